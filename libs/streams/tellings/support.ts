import type { EntitlementEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, tell, untold } from './telling';

export const supportTellings: TellingsOf<EntitlementEvent> = {
  EntitlementGranted: as('school.support-entitled.v1'),
  EntitlementAdjusted: (data) => tell('school.support-entitled.v1', { ...data, ...data.now }),
  ExtraDaysApproved: untold,
  DaysReserved: untold,
  DaysReleased: untold,
  DaysConsumed: untold,
  DaysConsumedAmended: untold,
  EntitlementLapsed: untold,
};
