import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import { entryOf } from '../shared/plain';
import { cycleCommands } from './commands';
import type { CycleEvent } from './events';
import { cycleEvents } from './events';
import type { FrameworksState } from './framework';
import type { OffersState } from './offer';

/*
 * The annual cycle is the round in which every school is assessed, once for each academic year, on one version of the
 * framework and one offer. One is open at a time, and it cannot be closed while an open school has neither a finalised
 * assessment nor a waiver.
 */
export interface Cycle {
  readonly frameworkVersion: string;
  readonly offerVersion: string;
  readonly openedOn: string;
  readonly closedOn?: string;
  /** Schools that need not be assessed in it. */
  readonly waived: readonly string[];
}
export interface CyclesState {
  readonly cycles: Readonly<Record<AcademicYear, Cycle>>;
  readonly open?: AcademicYear;
}

interface Known {
  readonly frameworks: FrameworksState;
  readonly offers: OffersState;
  /** Identities of the open schools that have no finalised assessment in the cycle; empty when not asked. */
  readonly unassessed: readonly string[];
}

const refusals = {
  AnotherCycleOpen: {
    kind: 'conflict',
    says: 'One cycle is open at a time.',
    detail: (open: string) => `The cycle of ${open} is still open. Close it first.`,
    pointer: '/academicYear',
  },
  CycleOpenedBefore: {
    kind: 'conflict',
    says: 'Each year has one cycle, which is not opened twice.',
    detail: (academicYear: string) =>
      `The cycle of ${academicYear} has been opened before: it is closed, or open on another framework or offer. It cannot be opened again.`,
    pointer: '/academicYear',
  },
  NoSuchFramework: {
    kind: 'missing',
    says: 'The framework version is not published.',
    detail: (version: string) =>
      `Framework ${version} is not published. Publish it first or name another.`,
    pointer: '/frameworkVersion',
  },
  NoSuchOffer: {
    kind: 'missing',
    says: 'The offer version is not published.',
    detail: (version: string) =>
      `Offer ${version} is not published. Publish it first or name another.`,
    pointer: '/offerVersion',
  },
  OfferOfOtherYear: {
    kind: 'invalid',
    says: 'The offer is for another year.',
    detail: (version: string, offered: string, academicYear: string) =>
      `Offer ${version} is for ${offered}, not for ${academicYear}.`,
    pointer: '/offerVersion',
  },
  CycleNotOpen: {
    kind: 'conflict',
    says: 'The cycle of that year is not open.',
    detail: (academicYear: string) =>
      `The cycle of ${academicYear} is not open, so nothing in it can be waived or closed.`,
    pointer: '/academicYear',
  },
  ClosesBeforeOpened: {
    kind: 'invalid',
    says: 'A cycle cannot close before it opened, nor in the future.',
    detail: (closedOn: string, openedOn: string, today: string) =>
      `${closedOn} is not between the day the cycle opened, ${openedOn}, and today, ${today}.`,
    pointer: '/closedOn',
  },
  AssessmentsMissing: {
    kind: 'conflict',
    says: 'Open schools have neither a finalised assessment nor a waiver.',
    detail: (missing: readonly string[]) =>
      `${missing.length} open ${missing.length === 1 ? 'school has' : 'schools have'} no finalised assessment and no waiver: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' and others' : ''}. Finalise or waive each, then close the cycle.`,
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

export const decider: Decider<
  CyclesState,
  ClassesOf<typeof cycleCommands>,
  CycleEvent,
  Refused,
  Known
> = {
  initial: { cycles: {} },
  evolve: {
    AssessmentCycleOpened: ({ cycles }, { academicYear, ...terms }) => ({
      cycles: { ...cycles, [academicYear]: { ...terms, waived: [] } },
      open: academicYear,
    }),
    AssessmentWaived: (state, { academicYear, schoolId }) => {
      const cycle = entryOf(state.cycles, academicYear);
      if (cycle === undefined) return state;
      const waived = [...cycle.waived, schoolId];
      return { ...state, cycles: { ...state.cycles, [academicYear]: { ...cycle, waived } } };
    },
    AssessmentCycleClosed: (state, { academicYear, closedOn }) => {
      const cycle = entryOf(state.cycles, academicYear);
      if (cycle === undefined) return state;
      const { open, ...rest } = state;
      const cycles = { ...state.cycles, [academicYear]: { ...cycle, closedOn } };
      return open === undefined || open === academicYear
        ? { ...rest, cycles }
        : { ...state, cycles };
    },
  },
  decide: {
    OpenCycle: ({ cycles, open }, command, { known }) => {
      const { academicYear, frameworkVersion, offerVersion } = command;
      const cycle = entryOf(cycles, academicYear);
      const sameTerms =
        cycle?.frameworkVersion === frameworkVersion && cycle.offerVersion === offerVersion;
      if (open === academicYear && sameTerms) return [];
      if (cycle !== undefined) return refuse.CycleOpenedBefore(academicYear);
      if (open !== undefined) return refuse.AnotherCycleOpen(open);
      if (entryOf(known.frameworks.versions, frameworkVersion) === undefined)
        return refuse.NoSuchFramework(frameworkVersion);
      const offered = entryOf(known.offers.versions, offerVersion);
      if (offered === undefined) return refuse.NoSuchOffer(offerVersion);
      if (offered.academicYear !== academicYear) {
        return refuse.OfferOfOtherYear(offerVersion, offered.academicYear, academicYear);
      }
      return [{ type: 'AssessmentCycleOpened', data: { ...command } }];
    },
    WaiveAssessment: ({ cycles, open }, command) => {
      const { academicYear, schoolId } = command;
      if (open !== academicYear) return refuse.CycleNotOpen(academicYear);
      return entryOf(cycles, academicYear)?.waived.includes(schoolId) === true
        ? []
        : [{ type: 'AssessmentWaived', data: { ...command } }];
    },
    CloseCycle: ({ cycles, open }, command, { known, today }) => {
      const { academicYear, closedOn } = command;
      const cycle = entryOf(cycles, academicYear);
      if (cycle?.closedOn !== undefined) return [];
      if (cycle === undefined || open !== academicYear) return refuse.CycleNotOpen(academicYear);
      if (closedOn < cycle.openedOn || closedOn > today)
        return refuse.ClosesBeforeOpened(closedOn, cycle.openedOn, today);
      const missing = known.unassessed.filter((schoolId) => !cycle.waived.includes(schoolId));
      return missing.length > 0
        ? refuse.AssessmentsMissing(missing)
        : [{ type: 'AssessmentCycleClosed', data: { ...command } }];
    },
  },
};

export const cycle = aggregate({
  context: 'policy',
  name: 'cycle',
  is: 'The yearly rounds of assessing every school, one open at a time, each on one framework and one offer.',
  stream: () => 'cycle-annual',
  events: cycleEvents,
  commands: cycleCommands,
  refusals,
  decider,
  knows: {
    frameworks: { of: 'policy-framework', stream: () => 'policy-framework' },
    offers: { of: 'policy-offer', stream: () => 'policy-offer' },
    // Only closing needs to know which schools are left.
    unassessed: {
      asks: 'schools-without-assessment',
      about: ({ academicYear, closedOn }) =>
        closedOn === undefined ? {} : { year: String(academicYear) },
    },
  },
});
