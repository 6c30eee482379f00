import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { DeploymentEvent } from '../support/deployment-events';

type Begun = Extract<
  DeploymentEvent,
  { type: 'DeploymentConfirmationBegun' | 'DeploymentExtensionBegun' }
>;

/**
 * The half-days of the champion's year, and before them those of the school's allowance where it pays. What is refused on
 * the way gives the confirmation or extension up, which in turn sends back what was set aside. It may have been given up
 * meanwhile, and what had been set aside by then sent back: so whoever comes too late sends back what is their own.
 */
const setAside =
  (complete: string, fail: string) =>
  ({ data }: Recorded<Begun>): readonly Ask[] => {
    const { deploymentId, reservationId, academicYear, halfDays, schoolId } = data;
    const { championId, homeSchoolId, from, to, role } = data;
    const of = { deploymentId, reservationId };
    const ofAllowance = data.paidBy === 'allowance';
    const back: readonly Ask[] = ofAllowance
      ? [{ command: 'ReleaseDays', data: { schoolId, academicYear, reservationId } }]
      : [];
    const givenUp =
      (...further: readonly Ask[]): NonNullable<Ask['otherwise']> =>
      ({ refused, detail: why }) => [{ command: fail, data: { ...of, refused, why } }, ...further];
    const entry = { ...of, academicYear, halfDays };
    const champions: Ask = {
      command: 'ReserveChampionDays',
      data: { ...entry, championId, homeSchoolId, supportedSchoolId: schoolId, from, to },
      then: [
        {
          command: complete,
          data: of,
          otherwise: () => [
            ...back,
            { command: 'ReleaseChampionDays', data: { championId, reservationId } },
          ],
        },
      ],
      otherwise: givenUp(...back),
    };
    return ofAllowance
      ? [
          {
            command: 'ReserveDays',
            data: { ...entry, schoolId, role },
            then: [champions],
            otherwise: givenUp(),
          },
        ]
      : [champions];
  };

export const daysSetAside = policy<DeploymentEvent>({
  name: 'days-set-aside',
  says:
    'Whenever a deployment is being confirmed or extended, set its half-days aside of the school’s allowance and of the ' +
    'champion’s year, then confirm or extend it; where either is refused, give it up.',
  atOnce: true,
  whenever: {
    DeploymentConfirmationBegun: setAside('CompleteConfirmation', 'FailConfirmation'),
    DeploymentExtensionBegun: setAside('CompleteExtension', 'FailExtension'),
  },
});
