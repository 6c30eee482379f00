import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { academicYearOf } from '../shared/academic-year';
import type { QualityPolicy } from '../shared/quality-policy';
import type { DrawQualitySample } from './commands';
import { sampleCommands } from './commands';
import { daysBetween } from '../shared/working-days';
import type { Candidate } from './drawing';
import { draw, DRAWING } from './drawing';
import type { DataFor, SampleEvent } from './events';
import { sampleEvents } from './events';
import { inTheFuture } from './refusals';
import { sampleStream } from './review';

/*
 * Which work of a half-term is reviewed. It is drawn once, by the policy in force on the last day of the half-term, with
 * a seed that is on record: a sample is not drawn until it pleases, and anybody can draw it again.
 */
export interface SampleState {
  readonly drawn: DataFor<'QualitySampleDrawn'> | undefined;
}

interface Known {
  readonly policy: { readonly versions: Readonly<Record<string, QualityPolicy>> };
  /** The finished work of the half-term. */
  readonly population: readonly Candidate[];
}

/** A half-term with the holidays after it; the longest is the last, to the end of August. */
const HALF_TERM_AT_MOST_DAYS = 100;

export const sampleRefusals = {
  InTheFuture: inTheFuture,
  SampleDrawnBefore: {
    kind: 'conflict',
    says: 'The sample of a half-term is drawn once.',
    detail: (drawnOn: string, seed: string) =>
      `This sample was drawn on ${drawnOn} with the seed ${seed}, and stands. Review what it holds, or review for cause.`,
  },
  HalfTermUnfit: {
    kind: 'invalid',
    says: 'A half-term lies in its academic year, and is at most 100 days long.',
    detail: (from: string, to: string, academicYear: string) =>
      `From ${from} to ${to} is no half-term of ${academicYear}: both days must lie in it, in their order, and at most ${HALF_TERM_AT_MOST_DAYS} days apart. Check the days.`,
    pointer: '/from',
  },
  NoQualityPolicy: {
    kind: 'conflict',
    says: 'A sample is drawn by the policy in force.',
    detail: (day: string) =>
      `No quality policy was in force on ${day}. Publish one that was, then draw the sample.`,
  },
  NothingToDrawFrom: {
    kind: 'conflict',
    says: 'A sample is drawn from work that was done.',
    detail: (from: string, to: string) =>
      `Nothing was finished from ${from} to ${to} that could be reviewed. Check the days.`,
  },
} as const;
const refuse = refusing(sampleRefusals);
type Refused = RefusalsOf<typeof sampleRefusals>;

export const decider: Decider<
  SampleState,
  ClassesOf<typeof sampleCommands>,
  SampleEvent,
  Refused,
  Known
> = {
  initial: { drawn: undefined },
  evolve: { QualitySampleDrawn: (_, drawn) => ({ drawn }) },
  decide: {
    DrawQualitySample: ({ drawn: before }, command, { actor, today, newId, known }) => {
      const { academicYear, halfTerm, from, to, seed = newId(0) } = command;
      if (before !== undefined) {
        return drewTheSame(before, command)
          ? []
          : refuse.SampleDrawnBefore(before.drawnOn, before.seed);
      }
      const no = periodUnfit(command, today);
      if (no !== undefined) return no;
      const policy = inForce(known.policy.versions, to);
      if (policy === undefined) return refuse.NoQualityPolicy(to);
      if (known.population.length === 0) return refuse.NothingToDrawFrom(from, to);
      const data = {
        ...{ academicYear, halfTerm, from, to, policyVersion: policy.version, seed },
        method: DRAWING,
        ...draw(known.population, policy, seed),
        drawnById: actor.id,
        drawnOn: today,
      };
      return [{ type: 'QualitySampleDrawn', data }];
    },
  },
};

function periodUnfit(
  { academicYear, from, to }: Readonly<DrawQualitySample>,
  today: string,
): Refused | undefined {
  const inYear = [from, to].every((day) => academicYearOf(day) === academicYear);
  const days = daysBetween(from, to);
  if (!inYear || days < 0 || days > HALF_TERM_AT_MOST_DAYS) {
    return refuse.HalfTermUnfit(from, to, academicYear);
  }
  return to > today ? refuse.InTheFuture('to', to, today) : undefined;
}

const drewTheSame = (
  { from, to, seed }: DataFor<'QualitySampleDrawn'>,
  command: Readonly<DrawQualitySample>,
): boolean => from === command.from && to === command.to && (command.seed ?? seed) === seed;

/** Of those that had taken effect the latest; of equals the last published. */
const inForce = (
  versions: Readonly<Record<string, QualityPolicy>>,
  day: string,
): QualityPolicy | undefined =>
  Object.values(versions)
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<QualityPolicy | undefined>(
      (latest, next) =>
        latest === undefined || next.effectiveFrom >= latest.effectiveFrom ? next : latest,
      undefined,
    );

export const sample = aggregate({
  context: 'quality',
  name: 'quality-sample',
  is: 'Which work of a half-term is reviewed: drawn once, by the policy in force, with a seed that is on record.',
  stream: (command) =>
    sampleStream({ academicYear: command['academicYear'], halfTerm: command['halfTerm'] }),
  events: sampleEvents,
  commands: sampleCommands,
  refusals: sampleRefusals,
  decider,
  knows: {
    policy: { of: 'policy-quality', stream: () => 'policy-quality' },
    population: {
      asks: 'quality-population',
      about: ({ from, to }) => ({ from: String(from), to: String(to) }),
    },
  },
});
