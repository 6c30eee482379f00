import type { ClassesOf, Decider } from '#kernel';
import { aggregate } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import { academicYearOf, daysOf } from '../shared/academic-year';
import type { Offer } from '../shared/framework';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import type { Category, MaintenanceStatus } from '../shared/words';
import { entitlementCommands } from './commands';
import type { EntitlementRefusal } from './entitlement-refusals';
import { entitlementRefusals, refuse } from './entitlement-refusals';
import type { Allowance, EntitlementEvent } from './events';
import { entitlementEvents } from './events';
import type { Ledger } from './ledger';
import {
  allowanceOf,
  allowanceOffered,
  consumed,
  emptyLedger,
  grantedIn,
  leftIn,
  potOf,
  released,
  reserved,
  unused,
} from './ledger';

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
  readonly ledger: Ledger;
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

export const decider: Decider<
  EntitlementState,
  ClassesOf<typeof entitlementCommands>,
  EntitlementEvent,
  EntitlementRefusal,
  Known
> = {
  initial: { granted: undefined, ledger: emptyLedger },
  evolve: {
    EntitlementGranted: (state, data) => ({
      ...state,
      granted: { ...data, allowance: allowanceOf(data) },
    }),
    EntitlementAdjusted: (state, data) => ({
      ...state,
      granted: { ...data, allowance: data.now },
    }),
    ExtraDaysApproved: ({ ledger, ...state }, { approvalId, pot, halfDays }) => ({
      ...state,
      ledger: { ...ledger, extra: { ...ledger.extra, [approvalId]: { pot, halfDays } } },
    }),
    DaysReserved: (state, data) => ({ ...state, ledger: reserved(state.ledger, data) }),
    DaysReleased: (state, data) => ({ ...state, ledger: released(state.ledger, data) }),
    DaysConsumed: (state, data) => ({ ...state, ledger: consumed(state.ledger, data) }),
    DaysConsumedAmended: (state, data) => ({ ...state, ledger: consumed(state.ledger, data) }),
    EntitlementLapsed: (state) => ({ ...state, ledger: { ...state.ledger, lapsed: true } }),
  },
  decide: {
    ApproveExtraDays: ({ granted, ledger }, command, { actor, newId }) => {
      const { approvalId = newId(0), pot, halfDays } = command;
      const there = entryOf(ledger.extra, approvalId);
      if (there !== undefined)
        return there.pot === pot && there.halfDays === halfDays ? [] : refuse.ApprovalIdTaken();
      if (granted === undefined) return refuse.NothingGranted(command.academicYear);
      if (ledger.lapsed) return refuse.EntitlementIsOver(command.academicYear);
      const data = { ...command, approvalId, approverId: actor.id };
      return [{ type: 'ExtraDaysApproved', data }];
    },

    ReserveDays: ({ granted, ledger }, command) => {
      const { schoolId, academicYear, reservationId, deploymentId, role, halfDays } = command;
      const there = entryOf(ledger.reservations, reservationId);
      if (there !== undefined) return there.released ? refuse.ReservationEnded() : [];
      if (granted === undefined) return refuse.NothingGranted(academicYear);
      if (ledger.lapsed) return refuse.EntitlementIsOver(academicYear);
      const pot = potOf(role);
      const left = leftIn(granted.allowance, ledger, pot);
      if (left < halfDays) {
        const all = grantedIn(granted.allowance, ledger, pot);
        return refuse.AllowanceSpent(left, all, pot, academicYear, halfDays);
      }
      const data = { schoolId, academicYear, reservationId, deploymentId, halfDays, role, pot };
      return [{ type: 'DaysReserved', data }];
    },

    ReleaseDays: ({ ledger }, { schoolId, academicYear, reservationId }) => {
      const there = entryOf(ledger.reservations, reservationId);
      if (there === undefined || there.released) return [];
      const { deploymentId } = there;
      const entry = { schoolId, academicYear, reservationId, deploymentId };
      return [{ type: 'DaysReleased', data: { ...entry, halfDays: unused(there) } }];
    },

    ConsumeDays: ({ ledger }, { schoolId, academicYear, reservationId, visitId, halfDays }) => {
      const there = entryOf(ledger.reservations, reservationId);
      if (there === undefined) return refuse.ReservationUnknown();
      const was = entryOf(there.used, visitId);
      if ((was ?? 0) === halfDays) return [];
      // Of a deployment that has ended a record may still be put right, within what its visits had used.
      const left = (there.released ? 0 : unused(there)) + (was ?? 0);
      if (left < halfDays) return refuse.MoreThanReserved(left, halfDays);
      const { deploymentId } = there;
      const entry = { schoolId, academicYear, reservationId, deploymentId, visitId, halfDays };
      return was === undefined
        ? [{ type: 'DaysConsumed', data: entry }]
        : [{ type: 'DaysConsumedAmended', data: { ...entry, was } }];
    },

    LapseEntitlement: ({ granted, ledger }, { schoolId, academicYear }, { today }) => {
      if (granted === undefined || ledger.lapsed) return [];
      const last = daysOf(academicYear)?.last ?? '';
      if (today <= last) return refuse.YearIsNotOver(academicYear, last);
      const data = {
        schoolId,
        academicYear,
        sspcHalfDays: leftIn(granted.allowance, ledger, 'sspc'),
        sslcHalfDays: leftIn(granted.allowance, ledger, 'sslc'),
      };
      return [{ type: 'EntitlementLapsed', data }];
    },

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
      const now = allowanceOffered(row);
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

export const entitlement = aggregate({
  context: 'support',
  name: 'entitlement',
  is: 'What one school is entitled to in one academic year: visits, half-days by role and who pays, by the offer of that year.',
  stream: ({ schoolId, academicYear, effectiveFrom }) => {
    const year = academicYear === undefined ? academicYearOf(String(effectiveFrom)) : academicYear;
    return `entitlement-${String(schoolId)}-${(year as string).replace('/', '-')}`;
  },
  events: entitlementEvents,
  commands: entitlementCommands,
  refusals: entitlementRefusals,
  decider,
  // Only granting, which alone names what it is because of, asks its neighbours.
  knows: {
    school: {
      of: 'school',
      stream: ({ becauseOf, schoolId }) =>
        becauseOf === undefined ? undefined : `school-${String(schoolId)}`,
    },
    categorisation: {
      of: 'categorisation',
      stream: ({ becauseOf, schoolId }) =>
        becauseOf === undefined ? undefined : `categorisation-${String(schoolId)}`,
    },
    offers: {
      of: 'policy-offer',
      stream: ({ becauseOf }) => (becauseOf === undefined ? undefined : 'policy-offer'),
    },
  },
});
