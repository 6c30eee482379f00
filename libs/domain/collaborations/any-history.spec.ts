import fc from 'fast-check';
import { isRefusal } from '#kernel';
import type { Step } from '../shared/playing-in-specs';
import {
  ask,
  dayAfter,
  drawnFrom,
  drawnWidely,
  played,
  playing,
  uuidInSpecs as uuid,
} from '../shared/playing-in-specs';
import { decider, form, known } from './history-in-specs';
import { decider as strengthsDecider } from './strengths';

/*
 * Schools that work together, from any legal history: there are always two, with a lead among them, while it goes on;
 * days stand in order; and whatever happened, somebody can end it. And any strength on record can be withdrawn.
 */
const stepsOf = (commands: object, onwards: readonly string[], days = 20) =>
  fc.array(
    fc.record({
      does: fc.constantFrom(...drawnFrom(commands, onwards)),
      pick: fc.nat(7),
      days: fc.nat(days),
    }),
    { minLength: 15, maxLength: 50 },
  );
const sampleOf = (steps: fc.Arbitrary<Step[]>) => fc.sample(steps, { numRuns: 200, seed: 4 });

const schools = [1, 2, 3, 4, 5].map((n) => uuid(900_000 + n));
const schoolAt = (pick: number) => schools[pick % 5] ?? '';
const about = { collaborationId: form.collaborationId };

const together = playing({
  decider,
  known: () => ({ ...known, open: schools }),
  commands: {
    FormCollaboration: ({ pick }, _, today) => ({
      ...form,
      schoolIds: schools.slice(0, pick),
      leadSchoolId: schoolAt(pick % 3),
      from: dayAfter(today, pick * 5 - 20),
      reviewDue: dayAfter(today, 100),
    }),
    JoinCollaboration: ({ pick }, _, today) => ({
      ...about,
      schoolId: schoolAt(pick),
      joinedOn: dayAfter(today, 1 - pick),
    }),
    LeaveCollaboration: ({ pick }, state, today) => {
      const schoolId = schoolAt(pick);
      const other = state.formed ? state.schoolIds.find((id) => id !== schoolId) : undefined;
      const leads = state.formed && state.leadSchoolId === schoolId && other !== undefined;
      const leaving = { ...about, schoolId, leftOn: dayAfter(today, 1 - pick), reason: 'x' };
      return leads ? { ...leaving, leadSchoolId: other } : leaving;
    },
    ReviewCollaboration: ({ pick }, _, today, at) => ({
      ...about,
      reviewedOn: dayAfter(today, 1 - pick),
      achieved: `${at}`,
      continues: pick % 2 === 0,
      ...(pick % 2 === 0 ? { nextReviewDue: dayAfter(today, 100) } : {}),
    }),
    // Seldom on a day that can be: so that lives are long.
    EndCollaboration: ({ pick }, _, today) => ({
      ...about,
      endedOn: pick === 7 ? today : '2000-01-01',
      reason: 'x',
    }),
  },
});
const steps = stepsOf(decider.decide, ['FormCollaboration', 'JoinCollaboration']);

describe('a collaboration, from any legal history', () => {
  it('has two schools and a lead among them, and its days stand in order', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { state } = played(together, drawn);
        if (!state.formed) return;
        expect(state.schoolIds.length).toBeGreaterThan(1);
        expect(new Set(state.schoolIds).size).toBe(state.schoolIds.length);
        expect(state.schoolIds).toContain(state.leadSchoolId);
        const days = state.reviews.map(({ reviewedOn }) => reviewedOn);
        expect(days).toEqual([...new Set(days)].toSorted());
        for (const day of [...Object.values(state.joined), ...days, state.endedOn ?? '9999'])
          expect(day >= state.terms.from).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('can be ended while it goes on, and then nothing more happens to it', () => {
    let ended = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { state, today } = played(together, drawn);
        if (!state.formed) return;
        const decision = ask(
          together,
          'EndCollaboration',
          { ...about, reason: 'x' },
          { state, today },
        );
        expect(decision).toHaveLength(state.endedOn === undefined ? 1 : 0);
        const join = { ...about, schoolId: uuid(900_009) };
        const joins = ask(together, 'JoinCollaboration', join, { state, today });
        if (state.endedOn === undefined) return;
        expect(isRefusal(joins) && joins.refused).toBe('CollaborationHasEnded');
        ended += 1;
      }),
      { numRuns: 200 },
    );
    expect(ended).toBeGreaterThan(10);
  });

  it('is drawn widely enough', () => {
    drawnWidely(together, sampleOf(steps));
  });
});

const strength = ({ pick }: { readonly pick: number }, today: string) => ({
  schoolId: schoolAt(0),
  area: ['early-reading', 'attendance'][pick % 2],
  phase: 'primary',
  evidenceKind: 'visit',
  evidenceRef: `note-${pick}`,
  observedOn: dayAfter(today, 1 - pick),
});
const strong = playing({
  decider: strengthsDecider,
  known: () => ({ school: { registered: true, open: true } }),
  commands: {
    RecordStrength: (step, _, today) => strength(step, today),
    WithdrawStrength: ({ pick }, state, today) => ({
      schoolId: schoolAt(0),
      strengthId: Object.keys(state.strengths)[pick % 3] ?? uuid(1),
      withdrawnOn: dayAfter(today, -(pick % 2)),
      reason: 'x',
    }),
  },
});
const ofStrengths = stepsOf(strengthsDecider.decide, ['RecordStrength']);

describe('strengths, from any legal history', () => {
  it('stand once each, and each can be withdrawn', () => {
    fc.assert(
      fc.property(ofStrengths, (drawn) => {
        const { state, today } = played(strong, drawn);
        const standing = Object.values(state.strengths).filter(
          ({ withdrawnOn }) => withdrawnOn === undefined,
        );
        const evidence = standing.map(({ strengthId: _, ...of }) => JSON.stringify(of));
        expect(new Set(evidence).size).toBe(evidence.length);
        for (const { schoolId, strengthId } of standing) {
          const command = { schoolId, strengthId, reason: 'x' };
          expect(ask(strong, 'WithdrawStrength', command, { state, today })).toHaveLength(1);
        }
      }),
    );
  });

  it('are drawn widely enough', () => {
    drawnWidely(strong, sampleOf(ofStrengths));
  });
});
