import { same } from '../shared/same';
import { entryOf, present } from '../shared/plain';
import type { DeclareInterest } from './commands';
import type { ChampionRefusal } from './refusals';
import { refuse } from './refusals';
import type { ChampionDecide, Interest, RegisteredChampion } from './state';
import { about, ofChampion } from './state';

/** Whether a tie of a champion to a school bars them from it: declared by those who know, resolved by others. */
export const interestDecisions: Pick<ChampionDecide, 'DeclareInterest' | 'ResolveInterest'> = {
  DeclareInterest: ofChampion((champion, command, { actor, today, newId, known }) => {
    const { interestId = newId(0), counterpartyIds, nature, declaredOn = today, note } = command;
    const no = notOwn(champion, actor) ?? undeclarable(command, declaredOn, today);
    if (no !== undefined) return no;
    const taken = entryOf(champion.interests, interestId);
    if (taken !== undefined) return isSame(taken, command) ? [] : refuse.InterestIdTaken();
    if (command.interestId === undefined && isOpen(champion, command)) return [];
    if (known.strangers.length > 0) return refuse.CounterpartyNotRegistered(known.strangers);
    const declared = { interestId, counterpartyIds, nature, declaredById: actor.id, declaredOn };
    const data = { ...about(champion), ...declared, ...present({ note }) };
    return [{ type: 'InterestDeclared', data }];
  }),

  ResolveInterest: ofChampion((champion, command, { actor, today }) => {
    const { interestId, outcome, reason, resolvedOn = today } = command;
    const interest = entryOf(champion.interests, interestId);
    if (interest === undefined) return refuse.InterestUnknown();
    if (interest.outcome === outcome) return [];
    if ([interest.declaredById, champion.personRef].includes(actor.id)) return refuse.OwnInterest();
    if (resolvedOn > today) return refuse.InTheFuture('resolvedOn', resolvedOn, today);
    if (resolvedOn < interest.declaredOn)
      return refuse.BeforeTheLast('resolvedOn', resolvedOn, interest.declaredOn);
    const data = {
      ...about(champion),
      interestId,
      outcome,
      resolvedById: actor.id,
      resolvedOn,
      reason,
    };
    return [{ type: 'InterestResolved', data }];
  }),
};

/** A champion speaks for themselves only; whoever has another role is held against that elsewhere. */
export const notOwn = (
  { personRef }: RegisteredChampion,
  actor: { readonly id: string; readonly role: string },
): ChampionRefusal | undefined =>
  actor.role === 'champion' && actor.id !== personRef ? refuse.NotThemselves() : undefined;

/** The interest that keeps a champion from a school: one that bars them, or one that nobody has resolved. */
export const interestInTheWay = (
  { interests }: RegisteredChampion,
  schoolId: string,
): Interest | undefined =>
  Object.values(interests).find(
    ({ counterpartyIds, outcome }) => counterpartyIds.includes(schoolId) && outcome !== 'may-work',
  );

function undeclarable(
  { nature, note }: DeclareInterest,
  declaredOn: string,
  today: string,
): ChampionRefusal | undefined {
  if (nature === 'other' && note === undefined) return refuse.OtherInterestInWords();
  return declaredOn > today ? refuse.InTheFuture('declaredOn', declaredOn, today) : undefined;
}

const isSame = (
  interest: Interest,
  { counterpartyIds, nature }: Pick<DeclareInterest, 'counterpartyIds' | 'nature'>,
): boolean =>
  interest.nature === nature &&
  same(interest.counterpartyIds.toSorted(), counterpartyIds.toSorted());

/** The same interest is declared and waits to be resolved. */
const isOpen = ({ interests }: RegisteredChampion, said: DeclareInterest): boolean =>
  Object.values(interests).some((interest) => !interest.resolved && isSame(interest, said));
