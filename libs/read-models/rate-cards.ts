import type { ReadModel, Snapshot } from '#kernel';
import type { ChampionRole, RateCard, RateCardEvent } from '#domain';

export const rateCards: ReadModel<RateCard, RateCardEvent> = {
  name: 'rate-cards',
  says: 'What home schools are paid for half a day of a champion, by role, from which day.',
  fixed: [],
  touches: { RateCardPublished: { keys: ({ data }) => [data.version], on: (_, { data }) => data } },
};

/** All versions, those that took effect last first. */
export async function listRateCards(snapshot: Snapshot): Promise<readonly RateCard[]> {
  const found = await snapshot.list<RateCard>(rateCards, { sort: { effectiveFrom: -1 } });
  return found.map(({ body }) => body);
}

/** Pence for half a day of a champion in this role on a day, by the card then in force; undefined where there is none. */
export const rateOn = (
  cards: readonly RateCard[],
  { role, day }: { readonly role: ChampionRole; readonly day: string },
): number | undefined =>
  cards
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom))
    .at(0)
    ?.rates.find((rate) => rate.role === role)?.pencePerHalfDay;
