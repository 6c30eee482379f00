import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import { academicYearOf, daysOf } from '../shared/academic-year';
import type { Offer, OfferRow } from '../shared/framework';
import { same } from '../shared/same';
import type { Category, MaintenanceStatus } from '../shared/words';
import { entitlementCommands } from './commands';
import type { Allowance, EntitlementEvent } from './events';
import { entitlementEvents } from './events';

/*
 * What one school is entitled to in one academic year. It follows the category that took effect last in the year, by
 * the offer's row for that category and the school's status. The offer says "up to", so a move within the year brings
 * the whole of the new row, not a share of it.
 */
interface Granted {
  readonly allowance: Allowance;
  readonly status: MaintenanceStatus;
  readonly offerVersion: string;
  readonly effectiveFrom: string;
}
export interface EntitlementState {
  readonly granted: Granted | undefined;
}

interface Known {
  readonly categorisation: {
    /** In order of their days; each lasts until the next begins. */
    readonly periods: readonly { readonly from: string; readonly category: Category }[];
  };
  readonly school:
    | { readonly registered: false }
    | { readonly registered: true; readonly status: MaintenanceStatus };
  readonly offers: { readonly versions: Readonly<Record<string, Offer>> };
}

const refusals = {
  SchoolNotRegistered: {
    kind: 'missing',
    says: 'Only a registered school is entitled to support.',
    detail: () => 'This school is not registered. Register it first.',
    pointer: '/schoolId',
  },
  NoCategoryInYear: {
    kind: 'conflict',
    says: 'Support goes with a category.',
    detail: (year: string) =>
      `This school has no category in ${year}. Confirm one first; its entitlement follows from it.`,
  },
  YearHasNoOffer: {
    kind: 'conflict',
    says: 'Support is granted by the offer of the year.',
    detail: (year: string, day: string) =>
      `There is no support offer for ${year} in force on ${day}. Publish it, then grant the entitlement.`,
  },
  OfferHasNoRow: {
    kind: 'conflict',
    says: 'The offer has a row for the school’s category and status.',
    detail: (version: string, category: Category, status: MaintenanceStatus) =>
      `Offer ${version} says nothing of ${category} for a school with status ${status}. Publish an offer that does.`,
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  EntitlementState,
  ClassesOf<typeof entitlementCommands>,
  EntitlementEvent,
  RefusalsOf<typeof refusals>,
  Known
> = {
  initial: { granted: undefined },
  evolve: {
    EntitlementGranted: (_, data) => ({ granted: { ...data, allowance: allowanceOf(data) } }),
    EntitlementAdjusted: (_, data) => ({ granted: { ...data, allowance: data.now } }),
  },
  decide: {
    GrantEntitlement: ({ granted }, command, { known }) => {
      const { schoolId, becauseOf } = command;
      const { school, categorisation } = known;
      if (!school.registered) return refuse.SchoolNotRegistered();
      const { status } = school;
      const academicYear = academicYearOf(command.effectiveFrom);
      const last = lastOfYear(categorisation.periods, academicYear);
      if (last === undefined) return refuse.NoCategoryInYear(academicYear);
      const { category, effectiveFrom } = last;
      const told = [command.offerVersion, granted?.offerVersion];
      const offer = offerFor(known, told, academicYear, effectiveFrom);
      if (offer === undefined) return refuse.YearHasNoOffer(academicYear, effectiveFrom);
      const offerVersion = offer.version;
      const row = offer.rows.find((of) => of.category === category && of.status === status);
      if (row === undefined) return refuse.OfferHasNoRow(offerVersion, category, status);
      const now = allowanceOf(row);
      const terms = { schoolId, academicYear, status, offerVersion, effectiveFrom, becauseOf };
      if (granted === undefined)
        return [{ type: 'EntitlementGranted', data: { ...terms, ...now } }];
      const { allowance: was } = granted;
      return same([was, granted.status, granted.offerVersion], [now, status, offerVersion])
        ? []
        : [{ type: 'EntitlementAdjusted', data: { ...terms, was, now } }];
    },
  },
};

/** The category last in force in a year, and from which day of the year. */
function lastOfYear(periods: Known['categorisation']['periods'], academicYear: AcademicYear) {
  const { first, last } = daysOf(academicYear) ?? { first: '', last: '' };
  const period = periods.findLast(({ from }) => from <= last);
  if (period === undefined) return undefined;
  const { category, from } = period;
  return { category, effectiveFrom: from < first ? first : from };
}

/** Of the year's offers the first of those told that is one, or else the one in force on the day. */
function offerFor(
  { offers }: Known,
  told: readonly (string | undefined)[],
  academicYear: AcademicYear,
  day: string,
): Offer | undefined {
  const ofYear = Object.values(offers.versions).filter((of) => of.academicYear === academicYear);
  const known = told
    .map((version) => ofYear.find((offer) => offer.version === version))
    .find((offer) => offer !== undefined);
  return known ?? lastInForce(ofYear, day);
}

const lastInForce = (offers: readonly Offer[], day: string): Offer | undefined =>
  offers
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1);

const allowanceOf = (row: Allowance | OfferRow): Allowance => ({
  category: row.category,
  headlineVisits: row.headlineVisits,
  sspcHalfDays: row.sspcHalfDays,
  sslcHalfDays: row.sslcHalfDays,
  fundedPercent: row.fundedPercent,
});

export const entitlement = aggregate({
  context: 'support',
  name: 'entitlement',
  is: 'What one school is entitled to in one academic year: visits, half-days by role and who pays, by the offer of that year.',
  stream: ({ schoolId, effectiveFrom }) =>
    `entitlement-${String(schoolId)}-${academicYearOf(String(effectiveFrom)).replace('/', '-')}`,
  events: entitlementEvents,
  commands: entitlementCommands,
  refusals,
  decider,
  knows: {
    school: { of: 'school', stream: ({ schoolId }) => `school-${String(schoolId)}` },
    categorisation: {
      of: 'categorisation',
      stream: ({ schoolId }) => `categorisation-${String(schoolId)}`,
    },
    offers: { of: 'policy-offer', stream: () => 'policy-offer' },
  },
});
