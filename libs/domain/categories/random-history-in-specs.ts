import type { Decision } from '#kernel';
import { evolved, isRefusal } from '#kernel';
import type { Category } from '../shared/words';
import { categories } from '../shared/words';
import type { CategoryEvent } from './events';
import { decider } from './categorisation';
import { schoolId, uuid } from './history-in-specs';
import { categoryOn } from './periods';
import type { CategoryRefusal } from './refusals';
import type { CategorisationState, KnownToCategorisation } from './state';

/* Plays commands one after another into the legal history of one school, for specs that draw them at random. */
export interface Step {
  readonly does: keyof typeof decider.decide;
  readonly role: 'adviser' | 'team-leader' | 'head-of-service';
  readonly person: string;
  readonly pick: number;
  readonly days: number;
  readonly category: Category;
}
export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Three assessments for each pick: of the round, of a trigger that may be open, and one that nobody moderated. */
const finalised = (
  state: CategorisationState,
  at: number,
): KnownToCategorisation['risk']['finalised'] => {
  const [open] = Object.keys(state.triggers);
  const of = (n: number, more: object) => ({
    [uuid(1000 + at * 10 + n)]: {
      assessmentId: uuid(1000 + at * 10 + n),
      recommended: categories[n % 3] ?? 'Prevention',
      assessorId: 'person-a',
      moderatorIds: ['person-b'],
      ...more,
    },
  });
  return {
    ...of(0, { cycle: '2026/27' }),
    ...of(1, open === undefined ? { cycle: '2026/27' } : { triggerId: open }),
    ...of(2, { cycle: '2026/27' }),
    ...of(3, { cycle: '2026/27', moderatorIds: [] }),
  };
};
const offers = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => {
    const academicYear = `20${25 + i}/${26 + i}`;
    const version = `offer-${25 + i}`;
    const terms = { title: '', example: true, boardAgreedOn: '2025-06-01', rows: [] };
    return [version, { version, academicYear, effectiveFrom: `20${25 + i}-09-01`, ...terms }];
  }),
);

function commandOf(
  step: Step,
  state: CategorisationState,
  today: string,
  at: number,
): object | undefined {
  const { pick, category } = step;
  const proposalId = state.proposal?.proposalId ?? uuid(1);
  const about = { schoolId, proposalId };
  const day = dayAfter(today, -pick);
  switch (step.does) {
    case 'FlagTrigger':
      return [
        { schoolId, triggerType: 'ROLL' },
        { schoolId, triggerType: 'OFSTED_OUTCOME' },
        { schoolId, triggerType: 'OFSTED_OUTCOME', sourceEventId: uuid(2) },
        { schoolId, triggerType: 'OFSTED_OUTCOME', sourceEventId: uuid(3) },
      ][pick];
    case 'DismissTrigger':
      return { schoolId, triggerId: Object.keys(state.triggers)[0] ?? uuid(2), reason: 'x' };
    case 'ProposeCategory':
      return { schoolId, assessmentId: uuid(1000 + at * 10 + pick) };
    case 'IssueLetter':
      return {
        ...about,
        templateVersion: 'x',
        recipients: ['head'],
        docHash: `${at}`,
        issuedOn: day,
      };
    case 'RecordDiscussion':
      return { ...about, mode: 'phone', heldOn: day, attendees: ['person-head'] };
    case 'RecordDiscussionAttempt':
      return {
        ...about,
        outcome: (['unreachable', 'unreachable', 'declined', 'declined'] as const)[pick],
        mode: 'phone',
        attemptedOn: day,
      };
    case 'RecordRepresentation':
      return { ...about, from: 'head', docRef: `${at}`, receivedOn: day };
    case 'RequestReview':
      return { schoolId, grounds: 'x' };
    case 'DecideReview': {
      const outcome = (['stands', 'changed', 'changed', 'withdrawn'] as const)[pick];
      const reviewId = state.review?.reviewId ?? uuid(3);
      return {
        schoolId,
        reviewId,
        outcome,
        reason: 'x',
        ...(outcome === 'changed' ? { category } : {}),
      };
    }
    case 'ConfirmCategory':
      return { ...about, effectiveFrom: dayAfter(today, pick * 10 - 10) };
    case 'WithdrawProposal':
      return { ...about, reason: 'x' };
    case 'CorrectCategory': {
      const effectiveFrom = dayAfter(today, -pick * 30);
      const was = categoryOn(state, effectiveFrom);
      const correction = { schoolId, correctsEventId: uuid(at), shouldBe: category, effectiveFrom };
      return { ...correction, ...(was && { was }), askedById: 'person-a', reason: 'x' };
    }
    case 'HoldTransitionMeeting':
      return {
        schoolId,
        heldOn: day,
        adviserId: 'person-a',
        championId: 'person-c',
        headId: 'person-h',
      };
    case 'AgreeTransitionPathway':
      return { schoolId, taper: 'x', endsOn: dayAfter(today, 90 - pick), headId: 'person-head' };
    case 'AgreeNoFurtherNeed':
      return { schoolId, agreedOn: day, headId: 'person-head', reason: 'x' };
  }
}

type Decide = (
  state: CategorisationState,
  command: object,
  given: object,
) => Decision<CategoryEvent, CategoryRefusal>;
export const decide = (name: keyof typeof decider.decide, ...args: Parameters<Decide>) =>
  (decider.decide[name] as Decide)(...args);

/** Plays the steps; `each` is told of every accepted command, and may give it again once its events are history. */
export function play(
  drawn: readonly Step[],
  each: (events: readonly CategoryEvent[], again: () => unknown) => void = () => undefined,
) {
  const history: CategoryEvent[] = [];
  const refusals: CategoryRefusal[] = [];
  let state = decider.initial;
  let today = '2026-06-15';
  drawn.forEach((step, at) => {
    today = dayAfter(today, step.days);
    const given = {
      now: `${today}T09:00:00.000Z`,
      today,
      actor: { id: step.person, role: step.role },
      newId: (n: number) => uuid(100_000 + at * 10 + n),
      known: {
        risk: { finalised: finalised(state, at) },
        cycles: { cycles: { '2026/27': { offerVersion: 'offer-26' } } },
        offers: { versions: offers },
      },
    };
    const command = commandOf(step, state, today, at) ?? {};
    const decision = decide(step.does, state, command, given);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    each(decision, () => decide(step.does, state, command, given));
  });
  return { history, today, refusals };
}
