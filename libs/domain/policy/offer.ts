import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { academicYearOf } from '../shared/academic-year';
import type { Offer, OfferRow } from '../shared/framework';
import { takenByHeadlineVisits } from '../shared/framework';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import type { PublishOffer } from './commands';
import { offerCommands } from './commands';
import type { OfferEvent } from './events';
import { offerEvents } from './events';

/*
 * The offer says what support a school of each category and status is entitled to in an academic year. The Board agrees
 * it before it is published. There is one in force at a time; when it changes within the year (as the funding of
 * academies did on 1 April 2023) the new one names the one it replaces, which stands until then.
 */
export interface OffersState {
  /** By version, in the order they were published. */
  readonly versions: Readonly<Record<string, Offer & { readonly supersededBy?: string }>>;
}

/** The offer in force on a day: of that academic year's the one that took effect last. */
export function offerInForce({ versions }: OffersState, day: string): Offer | undefined {
  return Object.values(versions)
    .filter(
      ({ academicYear, effectiveFrom }) =>
        academicYear === academicYearOf(day) && effectiveFrom <= day,
    )
    .reduce<Offer | undefined>(
      (latest, next) =>
        latest === undefined || next.effectiveFrom >= latest.effectiveFrom ? next : latest,
      undefined,
    );
}

const refusals = {
  OfferVersionTaken: {
    kind: 'conflict',
    says: 'A published offer is never changed.',
    detail: (version: string) =>
      `Offer ${version} is published with other content, and a published offer is never changed. Publish this one under a new version that supersedes it.`,
    pointer: '/version',
  },
  BoardHasNotAgreed: {
    kind: 'invalid',
    says: 'The Board agrees an offer before it is published.',
    detail: (agreedOn: string, today: string) =>
      `The Board's agreement is dated ${agreedOn}, after today, ${today}. Publish the offer once the Board has agreed it.`,
    pointer: '/boardAgreedOn',
  },
  EffectiveOutsideYear: {
    kind: 'invalid',
    says: 'An offer takes effect within its academic year.',
    detail: (effectiveFrom: string, academicYear: string) =>
      `${effectiveFrom} does not lie in ${academicYear}, the year of the offer.`,
    pointer: '/effectiveFrom',
  },
  RowTwice: {
    kind: 'invalid',
    says: 'A category and status stand there twice.',
    detail: (category: string, status: string) =>
      `There are two rows for ${category} and ${status} schools. Keep one of them.`,
    pointer: '/rows',
  },
  HeadlineVisitTakesWhat: {
    kind: 'invalid',
    says: 'That headline visits count against the days, and how many half-days one takes, are said together.',
    detail: (category: string, status: string) =>
      `The row for ${category} and ${status} schools says one of the two only: that headline visits count against the days, or how many half-days one takes. Say both or neither.`,
    pointer: '/rows',
  },
  HeadlineVisitsTakeMore: {
    kind: 'invalid',
    says: 'Headline visits that count against the days of leadership champions cannot take more than there are.',
    detail: (category: string, status: string, taken: number, sslcHalfDays: number) =>
      `In the row for ${category} and ${status} schools the headline visits take ${taken} half-days, and leadership champions have ${sslcHalfDays}.`,
    pointer: '/rows',
  },
  YearHasOffer: {
    kind: 'conflict',
    says: 'The year has an offer, and only one is in force at a time.',
    detail: (academicYear: string, version: string) =>
      `${academicYear} has an offer already, ${version}. If this one replaces it, say so: supersedes must be ${version}.`,
    pointer: '/supersedes',
  },
  NothingToSupersede: {
    kind: 'invalid',
    says: 'The offer to be replaced is not the one in force in that year.',
    detail: (version: string, academicYear: string) =>
      `${version} is not an offer for ${academicYear} that could be replaced. Leave supersedes out or name the right one.`,
    pointer: '/supersedes',
  },
  TakesEffectBeforeReplaced: {
    kind: 'invalid',
    says: 'An offer cannot take effect before the one it replaces.',
    detail: (effectiveFrom: string, version: string, replacedFrom: string) =>
      `${effectiveFrom} is before ${replacedFrom}, when ${version}, which it replaces, takes effect.`,
    pointer: '/effectiveFrom',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

/** The year's offer that no other has replaced; there is at most one. */
const current = ({ versions }: OffersState, year: string) =>
  Object.values(versions).find(
    ({ academicYear, supersededBy }) => academicYear === year && supersededBy === undefined,
  );

function refusedByVisits(rows: readonly OfferRow[]): Refused | undefined {
  for (const row of rows) {
    const { category, status, sslcHalfDays, headlineVisitsCountAgainstDays: count } = row;
    if (count !== (row.halfDaysPerHeadlineVisit !== undefined))
      return refuse.HeadlineVisitTakesWhat(category, status);
    const taken = takenByHeadlineVisits(row);
    if (taken > sslcHalfDays)
      return refuse.HeadlineVisitsTakeMore(category, status, taken, sslcHalfDays);
  }
  return undefined;
}

function refusedByYear(
  state: OffersState,
  { academicYear, effectiveFrom, supersedes }: Readonly<PublishOffer>,
): Refused | undefined {
  const replaced = current(state, academicYear);
  if (replaced === undefined) {
    return supersedes === undefined
      ? undefined
      : refuse.NothingToSupersede(supersedes, academicYear);
  }
  if (supersedes === undefined) return refuse.YearHasOffer(academicYear, replaced.version);
  if (supersedes !== replaced.version) return refuse.NothingToSupersede(supersedes, academicYear);
  return effectiveFrom < replaced.effectiveFrom
    ? refuse.TakesEffectBeforeReplaced(effectiveFrom, replaced.version, replaced.effectiveFrom)
    : undefined;
}

export const decider: Decider<OffersState, ClassesOf<typeof offerCommands>, OfferEvent, Refused> = {
  initial: { versions: {} },
  evolve: {
    SupportOfferPublished: ({ versions }, data) => ({
      versions: { ...versions, [data.version]: data },
    }),
    SupportOfferSuperseded: ({ versions }, { version, supersededBy }) => {
      const offer = entryOf(versions, version);
      return {
        versions:
          offer === undefined ? versions : { ...versions, [version]: { ...offer, supersededBy } },
      };
    },
  },
  decide: {
    PublishOffer: (state, command, { today }) => {
      const { supersedes, ...data } = command;
      const { version, academicYear, effectiveFrom, boardAgreedOn, rows } = data;
      const published = entryOf(state.versions, version);
      if (published !== undefined) {
        const { supersededBy: _, ...known } = published;
        return same(known, data) ? [] : refuse.OfferVersionTaken(version);
      }
      if (boardAgreedOn > today) return refuse.BoardHasNotAgreed(boardAgreedOn, today);
      if (academicYearOf(effectiveFrom) !== academicYear)
        return refuse.EffectiveOutsideYear(effectiveFrom, academicYear);
      const again = rows.find(
        ({ category, status }, i) =>
          rows.findIndex((row) => row.category === category && row.status === status) !== i,
      );
      if (again !== undefined) return refuse.RowTwice(again.category, again.status);
      const refused = refusedByVisits(rows) ?? refusedByYear(state, command);
      if (refused !== undefined) return refused;
      const superseded = {
        version: supersedes ?? '',
        supersededBy: version,
        academicYear,
        effectiveFrom,
      };
      return [
        { type: 'SupportOfferPublished', data },
        ...(supersedes === undefined
          ? []
          : [{ type: 'SupportOfferSuperseded', data: superseded } as const]),
      ];
    },
  },
};

export const offer = aggregate({
  context: 'policy',
  name: 'policy-offer',
  is: 'The offers of support, one in force at a time: visits and half-days by category and status in an academic year.',
  stream: () => 'policy-offer',
  events: offerEvents,
  commands: offerCommands,
  refusals,
  decider,
});
