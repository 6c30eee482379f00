import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { DeploymentEvent } from '../support/deployment-events';

type Visited = Extract<DeploymentEvent, { type: 'ChampionVisitRecorded' | 'VisitRecordAmended' }>;

/** How many half-days the visit uses now of each reservation; of one it no longer draws on, none. */
function counted({ data }: Recorded<Visited>): readonly Ask[] {
  const { schoolId, championId, visitId, uses } = data;
  return uses.flatMap(({ reservationId, academicYear, paidBy, halfDays }) => {
    const entry = { reservationId, visitId, halfDays };
    return [
      ...(paidBy === 'allowance'
        ? [{ command: 'ConsumeDays', data: { ...entry, schoolId, academicYear } }]
        : []),
      { command: 'ConsumeChampionDays', data: { ...entry, championId } },
    ];
  });
}

export const visitCounted = policy<DeploymentEvent>({
  name: 'visit-counted',
  says:
    'Whenever a visit is recorded or its record amended, count its half-days against what was set aside in the school’s ' +
    'allowance and the champion’s year.',
  whenever: { ChampionVisitRecorded: counted, VisitRecordAmended: counted },
});
