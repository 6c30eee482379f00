import { folded, isRefusal } from '#kernel';
import fc from 'fast-check';
import { categories } from '../shared/words';
import type { CategoryEvent } from './events';
import { decider, schoolId, uuid } from './history-in-specs';
import { categoryOn, isSupported } from './periods';
import type { Step } from './random-history-in-specs';
import { dayAfter, decide, play } from './random-history-in-specs';

/*
 * The state machine of a proposal, from any legal history: made of commands drawn at random, each a little later than
 * the one before. A command is accepted or refused with a reason; what was accepted keeps the rules of the house, told
 * here once more from the events alone; and no open proposal is a dead end.
 */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.constantFrom(...(Object.keys(decider.decide) as (keyof typeof decider.decide)[])),
    role: fc.constantFrom('adviser', 'team-leader', 'head-of-service'),
    person: fc.constantFrom('person-a', 'person-b', 'person-c', 'person-d', 'person-e'),
    pick: fc.nat(3),
    days: fc.nat(20),
    category: fc.constantFrom(...categories),
  }),
  { minLength: 20, maxLength: 60 },
);

const decisionsIn = (history: readonly CategoryEvent[]) =>
  history.flatMap((event, i) =>
    event.type === 'CategoryConfirmed' || event.type === 'CategoryChanged'
      ? [{ event, before: history.slice(0, i) }]
      : [],
  );

describe('from any legal history', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        let last: (() => unknown) | undefined;
        play(drawn, (_, events, again) => {
          last?.();
          last =
            events.length === 0
              ? undefined
              : () => {
                  expect(again()).toEqual([]);
                };
        });
      }),
    );
  });

  it('a decision was told by letter, discussed where it must be, and starts from the category in force', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        for (const { event, before } of decisionsIn(play(drawn, () => undefined).history)) {
          const { data } = event;
          const to = event.type === 'CategoryChanged' ? event.data.to : event.data.category;
          const inForce = categoryOn(folded(decider, before), data.effectiveFrom);
          const from = event.type === 'CategoryChanged' ? event.data.from : (inForce ?? to);
          expect(inForce ?? from).toBe(from);
          expect(to === from).toBe(event.type === 'CategoryConfirmed');
          const since = before.slice(before.findLastIndex((past) => 'deciderId' in past.data) + 1);
          if (isSupported(inForce) && to === 'Enhancement') {
            expect(since.map(({ type }) => type)).toContainEqual(
              expect.stringMatching(/^(TransitionMeetingHeld|NoFurtherNeedAgreed)$/),
            );
          }
          if (event.type === 'CategoryChanged' && event.data.reviewId !== undefined) continue;
          const own = before.filter(
            (past) => 'proposalId' in past.data && past.data.proposalId === data.proposalId,
          );
          expect(own).toContainEqual(
            expect.objectContaining({
              type: 'ProposalLetterIssued',
              data: expect.objectContaining({ proposedCategory: to }) as object,
            }),
          );
          const talks = own.filter(({ type }) => type === 'ProposalDiscussed').length;
          const failed = new Set(
            own.flatMap((past) => ('attemptedOn' in past.data ? [past.data.attemptedOn] : [])),
          );
          const moves = event.type === 'CategoryChanged';
          if (to !== 'Enhancement' || (data.cycle === undefined && moves)) {
            expect(talks > 0 || failed.size > 1).toBe(true);
          }
          const proposal = own.find(({ type }) => type === 'CategoryProposed');
          if (proposal?.type === 'CategoryProposed' && proposal.data.moderatorIds.length === 0) {
            expect(data.deciderId).not.toBe(proposal.data.assessorId);
          }
        }
      }),
    );
  });

  it('no two periods begin on one day, and they stand in order', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const days = folded(decider, play(drawn, () => undefined).history).periods.map(
          ({ from }) => from,
        );
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
    );
  });

  it('an open proposal can be withdrawn, and can be brought to a decision', () => {
    let finished = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, today } = play(drawn, () => undefined);
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
    const seen = new Set<string>();
    let refused = 0;
    for (const drawn of fc.sample(steps, { numRuns: 400, seed: 4 })) {
      const played = play(drawn, () => undefined);
      played.history.forEach(({ type }) => seen.add(type));
      refused += played.refused;
    }
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    expect(refused).toBeGreaterThan(1000);
  });
});
