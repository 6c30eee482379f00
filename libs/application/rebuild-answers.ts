import type { Position } from '#kernel';
import type { Difference } from './difference';
import type { Expectation } from './expecting';
import type { Pace } from './pacing';

export interface RebuildWishes {
  readonly expected: Expectation;
  /** Events a second at most. */
  readonly rate?: number;
  /** Goes on with the one whose building broke off, was refused or was a dry run. */
  readonly resume?: boolean;
  /** Builds and compares, and leaves what people see as it is. */
  readonly dryRun?: boolean;
}

/** What is told while it goes on. */
export type RebuildLine =
  Pace | { readonly comparing: Position } | { readonly difference: Difference };

export type Rebuilt = {
  readonly done: true;
  /** Folded in this run. */
  readonly events: number;
  readonly generation: string;
  /** False after a dry run. */
  readonly switched: boolean;
  /** What people saw before, to go back to. */
  readonly kept?: string;
};
export type Switched = { readonly done: true; readonly generation: string; readonly kept: string };
export type Finished = { readonly done: true; readonly dropped: readonly string[] };

/** The answer is no, and this is why and what to do. */
export interface NotDone {
  readonly done: false;
  readonly because:
    | 'RebuildUnderWay'
    | 'NothingToUndo'
    | 'NothingToResume'
    | 'DifferenceNotDeclared'
    | 'TakenOver'
    | 'Stopping'
    | 'NotCaughtUp';
  readonly detail: string;
}

/** Breaks work off with an answer. */
export class Broken extends Error {
  constructor(readonly answer: NotDone) {
    super(answer.detail);
  }
}
export const no = (because: NotDone['because'], detail: string): NotDone => ({
  done: false,
  because,
  detail,
});

export const notAsDeclared = ({ undeclared }: Difference): NotDone =>
  no(
    'DifferenceNotDeclared',
    `${undeclared === 1 ? 'One document differs' : `${undeclared} documents differ`} in a way that was not declared, so what people see is as it was. ` +
      'Read the difference. If it is what was meant, go on with resume and say so in expect; if not, drop it with finish.',
  );
export const underWay = (): NotDone =>
  no(
    'RebuildUnderWay',
    'The read models are being rebuilt already, or changed over. Wait until that is done.',
  );
export const takenOver = (): NotDone =>
  no(
    'TakenOver',
    'Another rebuild began meanwhile and this one was given up; what people see is that one’s matter now.',
  );
export const endsWithService = (): NotDone =>
  no(
    'Stopping',
    'The service is being stopped. What people see is as it was; go on with resume once it runs again.',
  );
export const notCaughtUp = (name: string, seconds: number): NotDone =>
  no(
    'NotCaughtUp',
    `${name} did not come up with the read models people see within ${seconds} s, so nothing was switched. Try again when less is being recorded.`,
  );
