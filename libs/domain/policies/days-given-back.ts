import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { ReservationRef } from '../support/deployment-shapes';
import type { DeploymentEvent } from '../support/deployment-events';

/** What is given back to both ledgers; of a need that lapsed before a champion was found there is nothing. */
function givenBack({
  data,
}: Recorded<{
  readonly type: string;
  readonly data: {
    readonly schoolId: string;
    readonly championId?: string;
    readonly reservations: readonly ReservationRef[];
  };
}>): readonly Ask[] {
  const { schoolId, championId, reservations } = data;
  return reservations.flatMap(({ reservationId, academicYear, paidBy }) => [
    ...(paidBy === 'allowance'
      ? [{ command: 'ReleaseDays', data: { schoolId, academicYear, reservationId } }]
      : []),
    ...(championId === undefined
      ? []
      : [{ command: 'ReleaseChampionDays', data: { championId, reservationId } }]),
  ]);
}

export const daysGivenBack = policy<DeploymentEvent>({
  name: 'days-given-back',
  says:
    'Whenever a deployment lapses, loses its champion before it began, or could not be confirmed or extended, give back to the school’s allowance and the ' +
    'champion’s year what was set aside.',
  atOnce: true,
  whenever: {
    SupportNeedLapsed: givenBack,
    SupportNeedReopened: givenBack,
    DeploymentConfirmationFailed: givenBack,
    DeploymentExtensionFailed: givenBack,
  },
});

/** In the order of the log, behind the visits before it: a visit is counted before what it did not use goes back. */
export const unusedDaysGivenBack = policy<DeploymentEvent>({
  name: 'unused-days-given-back',
  says:
    'Whenever a deployment is completed or ended early, give back to the school’s allowance and the champion’s year what ' +
    'was set aside and not used.',
  whenever: { DeploymentCompleted: givenBack, DeploymentEndedEarly: givenBack },
});
