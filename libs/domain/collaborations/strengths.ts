import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { dayRefusals, faultOfFact } from '../shared/recorded-days';
import { same } from '../shared/same';
import { schoolsNotOpen } from '../shared/schools-not-open';
import { strengthCommands } from './commands';
import type { StrengthEvent, StrengthRecorded } from './events';
import { strengthEvents } from './events';

/*
 * What one school is strong in, each from a piece of evidence of a day: so that the county knows who could help whom. A
 * strength does not run out by itself; whoever asks is told how old its evidence is.
 */
export interface StrengthsState {
  readonly strengths: Readonly<
    Record<string, StrengthRecorded & { readonly withdrawnOn?: string }>
  >;
}

interface Known {
  readonly school:
    { readonly registered: false } | { readonly registered: true; readonly open: boolean };
}

const refusals = {
  ...dayRefusals,
  ...schoolsNotOpen,
  StrengthIdTaken: {
    kind: 'conflict',
    says: 'A strength’s identity is used once.',
    detail: () =>
      'Another strength of this school has that identity. Leave strengthId out to get a new one.',
    pointer: '/strengthId',
  },
  StrengthOnRecord: {
    kind: 'conflict',
    says: 'The same evidence of the same strength is recorded once.',
    detail: (strengthId: string) =>
      `This is on record as strength ${strengthId}. Record other evidence, or withdraw that one first.`,
    pointer: '/evidenceRef',
  },
  StrengthUnknown: {
    kind: 'missing',
    says: 'There must be such a strength on record.',
    detail: () => 'This school has no such strength on record. Look up those it has.',
    pointer: '/strengthId',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  StrengthsState,
  ClassesOf<typeof strengthCommands>,
  StrengthEvent,
  RefusalsOf<typeof refusals>,
  Known
> = {
  initial: { strengths: {} },
  evolve: {
    StrengthRecorded: ({ strengths }, data) => ({
      strengths: { ...strengths, [data.strengthId]: data },
    }),
    StrengthWithdrawn: (state, { strengthId, withdrawnOn }) => {
      const strength = entryOf(state.strengths, strengthId);
      if (strength === undefined) return state;
      return { strengths: { ...state.strengths, [strengthId]: { ...strength, withdrawnOn } } };
    },
  },
  decide: {
    RecordStrength: ({ strengths }, command, { known, today, newId }) => {
      const data = { ...command, strengthId: command.strengthId ?? newId(0) };
      const recordedOnce = entryOf(strengths, data.strengthId);
      if (recordedOnce !== undefined) {
        const { withdrawnOn: _, ...recorded } = recordedOnce;
        return same(recorded, data) ? [] : refuse.StrengthIdTaken();
      }
      const twin = Object.values(strengths).find((other) => isTwin(other, data));
      if (twin !== undefined) {
        return command.strengthId === undefined ? [] : refuse.StrengthOnRecord(twin.strengthId);
      }
      const fault = faultOfFact('observedOn', data.observedOn, { today });
      if (fault !== undefined) return fault;
      if (!known.school.registered || !known.school.open)
        return refuse.SchoolsNotOpen([data.schoolId]);
      return [{ type: 'StrengthRecorded', data }];
    },

    WithdrawStrength: ({ strengths }, command, { today }) => {
      const { schoolId, strengthId, withdrawnOn = today, reason } = command;
      const strength = entryOf(strengths, strengthId);
      if (strength === undefined) return refuse.StrengthUnknown();
      if (strength.withdrawnOn !== undefined) return [];
      const { area, phase, observedOn } = strength;
      const data = { schoolId, strengthId, area, phase, withdrawnOn, reason };
      return (
        faultOfFact('withdrawnOn', withdrawnOn, { today, since: observedOn }) ?? [
          { type: 'StrengthWithdrawn', data },
        ]
      );
    },
  },
};

/** The same evidence of the same strength, and it still counts. */
function isTwin(
  { withdrawnOn, ...other }: StrengthsState['strengths'][string],
  data: StrengthRecorded,
): boolean {
  return (
    withdrawnOn === undefined && same({ ...other, strengthId: '' }, { ...data, strengthId: '' })
  );
}

export const strengths = aggregate({
  context: 'collaborations',
  name: 'strengths',
  is: 'What one school is strong in, each from a piece of evidence of a day, so that the county knows who could help whom.',
  stream: ({ schoolId }) => `strengths-${String(schoolId)}`,
  events: strengthEvents,
  commands: strengthCommands,
  refusals,
  decider,
  knows: {
    // Only a new strength is of a school that must be open; taking one back names it by its identity and a reason.
    school: {
      of: 'school',
      stream: ({ schoolId, reason }) =>
        reason === undefined ? `school-${String(schoolId)}` : undefined,
    },
  },
});
