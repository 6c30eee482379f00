import { policy } from '#kernel';
import type { DayEvent } from '../calendar/day';
import { academicYearOf } from '../shared/academic-year';

interface Known {
  /** Entitlements of years before that of the day which have not lapsed. */
  readonly ended: readonly { readonly schoolId: string; readonly academicYear: string }[];
}

export const yearOver = policy<DayEvent, Known>({
  name: 'year-over',
  says: 'Whenever a day comes, let entitlements of academic years that are over lapse; what visits of that year still use stays set aside.',
  knows: {
    ended: {
      asks: 'entitlements-not-lapsed',
      about: ({ data }) => ({ before: academicYearOf((data as { readonly day: string }).day) }),
    },
  },
  whenever: {
    DayTurned: (_, { ended }) =>
      ended.map(({ schoolId, academicYear }) => ({
        command: 'LapseEntitlement',
        data: { schoolId, academicYear },
        about: `${schoolId} ${academicYear}`,
      })),
  },
});
