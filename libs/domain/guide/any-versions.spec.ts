import fc from 'fast-check';
import type { Step } from '../shared/playing-in-specs';
import {
  dayAfter,
  drawnFrom,
  drawnWidely,
  played,
  playing,
  uuidInSpecs as uuid,
} from '../shared/playing-in-specs';
import { decider as documentDecider } from './documents';
import { handbook, section } from './history-in-specs';
import { decider as sectionDecider } from './sections';
import type { Version } from './versions';
import { inForceOn, standing } from './versions';

/*
 * From any legal history there is at most one version of a document or a section in force on any day, whatever was
 * published ahead, entered afterwards, replaced or withdrawn.
 */
const stepsOf = (commands: object, onwards: readonly string[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      does: fc.constantFrom(...drawnFrom(commands, onwards)),
      pick: fc.nat(63),
      days: fc.nat(9),
    }),
    { minLength: 10, maxLength: 40 },
  );

/** Days around today, both ways; the picks spread over them. */
const dayOf = (today: string, pick: number): string => dayAfter(today, ((pick * 7) % 41) - 20);
const some = (versions: readonly Version[], pick: number): Version | undefined =>
  versions[pick % Math.max(1, versions.length)];
const versionAt = (
  versions: readonly Version[],
  { pick }: Pick<Step, 'pick'>,
  today: string,
): Pick<Version, 'version' | 'effectiveFrom'> & { readonly supersedes?: string } => {
  const inTheWay = some(versions, pick);
  return {
    version: `v${pick}`,
    effectiveFrom: dayOf(today, pick),
    ...(pick % 3 === 0 || inTheWay === undefined ? {} : { supersedes: inTheWay.version }),
  };
};

const documentAt = (pick: number): string => uuid(7100 + (pick % 2));
const documents = playing({
  decider: documentDecider,
  known: () => ({}),
  commands: {
    PublishGuideDocument: (step, state, today) => {
      const documentId = documentAt(step.pick);
      const next = versionAt(standing(state.documents[documentId]), step, today);
      return {
        ...handbook,
        ...next,
        documentId,
        ...(step.pick % 5 === 0 ? { effectiveTo: dayAfter(next.effectiveFrom, step.days) } : {}),
      };
    },
    WithdrawGuideDocument: ({ pick, days }, state, today) => {
      const documentId = documentAt(pick);
      const { version = 'none' } = some(standing(state.documents[documentId]), pick) ?? {};
      const withdrawnFrom = dayAfter(today, days * 3 - 12);
      return { documentId, version, reason: 'x', ...(pick % 2 === 0 ? {} : { withdrawnFrom }) };
    },
  },
});

const sections = playing({
  decider: sectionDecider,
  known: () => ({}),
  commands: {
    PublishGuideSection: (step, state, today) => ({
      ...section,
      ...versionAt(standing(state.sections['costs']), step, today),
    }),
  },
});

/** On no day of any of them are two in force. */
function atMostOne(versions: readonly Version[]): void {
  const days = versions.flatMap(({ effectiveFrom, effectiveTo }) => [
    effectiveFrom,
    ...(effectiveTo === undefined ? ['2099-01-01'] : [effectiveTo]),
  ]);
  for (const day of days)
    expect(versions.filter((version) => inForceOn(version, day)).length).toBeLessThan(2);
}

describe.each([
  {
    of: 'documents',
    steps: stepsOf(documentDecider.decide, ['PublishGuideDocument']),
    after: (drawn: readonly Step[]) =>
      Object.values(played(documents, drawn).state.documents).map((own) => standing(own)),
    widely: (drawn: readonly (readonly Step[])[]) => {
      drawnWidely(documents, drawn);
    },
  },
  {
    of: 'sections',
    steps: stepsOf(sectionDecider.decide, []),
    after: (drawn: readonly Step[]) =>
      Object.values(played(sections, drawn).state.sections).map((own) => standing(own)),
    widely: (drawn: readonly (readonly Step[])[]) => {
      drawnWidely(sections, drawn);
    },
  },
])('the versions of $of, from any legal history', ({ steps, after, widely }) => {
  it('are in force one at a time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        after(drawn).forEach(atMostOne);
      }),
      { numRuns: 300 },
    );
  });

  it('are drawn widely enough', () => {
    widely(fc.sample(steps, { numRuns: 200, seed: 7 }));
  });
});
