import type { EntitlementEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided, tell } from './telling';

export const supportTellings: TellingsOf<EntitlementEvent> = {
  EntitlementGranted: as('school.support-entitled.v1'),
  EntitlementAdjusted: (data) => tell('school.support-entitled.v1', { ...data, ...data.now }),
  ExtraDaysApproved: confided,
  DaysReserved: confided,
  DaysReleased: confided,
  DaysConsumed: confided,
  DaysConsumedAmended: confided,
  EntitlementLapsed: confided,
};
