import { folded, isRefusal } from '#kernel';
import fc from 'fast-check';
import type { Category } from '../shared/words';
import { categories } from '../shared/words';
import type { CategoryEvent } from './events';
import { decider } from './categorisation';
import { schoolId, uuid } from './history-in-specs';
import { categoryOn, isSupported } from './periods';
import type { Step } from './random-history-in-specs';
import { dayAfter, decide, play } from './random-history-in-specs';

/*
 * The state machine of a proposal, from any legal history: made of commands drawn at random, each a little later than
 * the one before. A command is accepted or refused with a reason; what was accepted keeps the rules of the house, told
 * here once more from the events alone; and no open proposal is a dead end.
 */
/** Those that bring a proposal on are drawn more often, so that many are decided. */
const onwards = ['ProposeCategory', 'IssueLetter', 'RecordDiscussion', 'ConfirmCategory'] as const;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...onwards) },
      { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(decider.decide) as Step['does'][])) },
    ),
    role: fc.constantFrom('adviser', 'team-leader', 'head-of-service'),
    person: fc.constantFrom('person-a', 'person-b', 'person-c', 'person-d', 'person-e'),
    pick: fc.nat(3),
    days: fc.nat(20),
    category: fc.constantFrom(...categories),
  }),
  { minLength: 40, maxLength: 80 },
);

interface DecisionTaken {
  readonly event: Extract<CategoryEvent, { type: 'CategoryConfirmed' | 'CategoryChanged' }>;
  readonly to: Category;
  readonly byReview: boolean;
  readonly before: readonly CategoryEvent[];
  /** What happened before to the same proposal. */
  readonly own: readonly CategoryEvent[];
}
const decisionsIn = (history: readonly CategoryEvent[]): DecisionTaken[] =>
  history.flatMap((event, i) => {
    if (event.type !== 'CategoryConfirmed' && event.type !== 'CategoryChanged') return [];
    const { proposalId } = event.data;
    const before = history.slice(0, i);
    return [
      {
        event,
        to: event.type === 'CategoryChanged' ? event.data.to : event.data.category,
        byReview: 'reviewId' in event.data,
        before,
        own: before.filter(({ data }) => 'proposalId' in data && data.proposalId === proposalId),
      },
    ];
  });
function everyDecision(holds: (decision: DecisionTaken) => void) {
  let decisions = 0;
  fc.assert(
    fc.property(steps, (drawn) => {
      for (const decision of decisionsIn(play(drawn).history)) {
        holds(decision);
        decisions += 1;
      }
    }),
    { numRuns: 200 },
  );
  expect(decisions).toBeGreaterThan(100);
}

describe('from any legal history', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (_, again) => {
          expect(again()).toEqual([]);
        });
      }),
    );
  });

  it('a decision starts from the category in force, and leaves support only as agreed since the last', () => {
    everyDecision(({ event, before, to }) => {
      const inForce = categoryOn(folded(decider, before), event.data.effectiveFrom);
      expect(event.type === 'CategoryChanged' ? event.data.from : to).toBe(inForce ?? to);
      expect(to === (inForce ?? to)).toBe(event.type === 'CategoryConfirmed');
      if (!isSupported(inForce) || to !== 'Enhancement') return;
      const last = before.findLastIndex((past) => 'deciderId' in past.data);
      expect(before.slice(last + 1).map(({ type }) => type)).toContainEqual(
        expect.stringMatching(/^(TransitionMeetingHeld|NoFurtherNeedAgreed)$/),
      );
    });
  });

  it('each of the six moves happens, on an assessment, and in the year only for a reason', () => {
    everyDecision(({ event }) => {
      if (event.type !== 'CategoryChanged') return;
      const { assessmentId, cycle, triggerId, reviewId } = event.data;
      expect(assessmentId).not.toBe('');
      expect(cycle ?? triggerId ?? reviewId).toBeDefined();
    });
    const moves = fc
      .sample(steps, { numRuns: 300, seed: 4 })
      .flatMap((drawn) => play(drawn).history)
      .flatMap(({ type, data }) => (type === 'CategoryChanged' ? [`${data.from} ${data.to}`] : []));
    expect(new Set(moves).size).toBe(6);
  });

  it('a decision on a proposal was told by letter, and is not the sole assessor’s', () => {
    everyDecision(({ event, own, to, byReview }) => {
      if (byReview) return;
      expect(own).toContainEqual(
        expect.objectContaining({
          type: 'ProposalLetterIssued',
          data: expect.objectContaining({ proposedCategory: to }) as object,
        }),
      );
      const sole = own.flatMap(({ type, data }) =>
        type === 'CategoryProposed' && data.moderatorIds.length === 0 ? [data.assessorId] : [],
      );
      expect(sole).not.toContain(event.data.deciderId);
    });
  });

  it('a decision on more support, or within the year, was discussed or offered in vain on two days', () => {
    everyDecision(({ event, own, to, byReview }) => {
      const moves = event.type === 'CategoryChanged';
      if (byReview || (to === 'Enhancement' && !(event.data.cycle === undefined && moves))) return;
      const talks = own.filter(({ type }) => type === 'ProposalDiscussed').length;
      const failed = own.flatMap(({ data }) => ('attemptedOn' in data ? [data.attemptedOn] : []));
      expect(talks > 0 || new Set(failed).size > 1).toBe(true);
    });
  });

  it('no two periods begin on one day, and they stand in order', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const days = folded(decider, play(drawn).history).periods.map(({ from }) => from);
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
    );
  });

  it('an open proposal can be withdrawn, and can be brought to a decision', () => {
    let finished = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, today } = play(drawn);
        const { proposal } = folded(decider, history);
        if (proposal === undefined) return;
        const about = { schoolId, proposalId: proposal.proposalId };
        const by = (id: string) => ({
          now: '',
          today,
          actor: { id, role: 'head-of-service' },
          newId: uuid,
          known: { risk: { finalised: {} }, cycles: { cycles: {} }, offers: { versions: {} } },
        });
        expect(
          decide(
            'WithdrawProposal',
            folded(decider, history),
            { ...about, reason: 'x' },
            by('person-z'),
          ),
        ).toHaveLength(1);
        const so = (name: keyof typeof decider.decide, command: object) => {
          const decision = decide(name, folded(decider, history), command, by('person-z'));
          if (isRefusal(decision)) throw new Error(`${name}: ${decision.detail}`);
          history.push(...decision);
        };
        const { review, periods } = folded(decider, history);
        if (review !== undefined) {
          so('DecideReview', {
            schoolId,
            reviewId: review.reviewId,
            outcome: 'stands',
            reason: 'x',
            decidedOn: today,
          });
        }
        so('IssueLetter', {
          ...about,
          templateVersion: 'x',
          recipients: ['head'],
          docHash: 'last',
          issuedOn: today,
        });
        so('RecordDiscussion', {
          ...about,
          mode: 'visit',
          heldOn: today,
          attendees: ['person-head'],
        });
        if (isSupported(periods.at(-1)?.category)) {
          so('AgreeNoFurtherNeed', {
            schoolId,
            agreedOn: today,
            headId: 'person-head',
            reason: 'x',
          });
        }
        const from = periods.at(-1)?.from ?? today;
        so('ConfirmCategory', {
          ...about,
          effectiveFrom: dayAfter(from > today ? from : today, 1),
        });
        expect(folded(decider, history).proposal).toBeUndefined();
        finished += 1;
      }),
      { numRuns: 200 },
    );
    expect(finished).toBeGreaterThan(20);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 150, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(refusals.length).toBeGreaterThan(1000);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
