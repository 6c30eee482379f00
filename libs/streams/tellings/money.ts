import type { ClaimEvent, RateCardEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided, tell, untold } from './telling';

export const moneyTellings: TellingsOf<ClaimEvent | RateCardEvent> = {
  RateCardPublished: untold,
  ReimbursementClaimed: confided,
  ReimbursementApproved: confided,
  ReimbursementRejected: confided,
  ReimbursementPaid: (data) =>
    tell('school.claim-paid.v1', { ...data, schoolId: data.homeSchoolId }),
  SupportInvoiced: as('school.support-invoiced.v1'),
};
