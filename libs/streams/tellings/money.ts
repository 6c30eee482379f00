import type { ClaimEvent, RateCardEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const moneyTellings: TellingsOf<ClaimEvent | RateCardEvent> = {
  RateCardPublished: untold,
  ReimbursementClaimed: untold,
  ReimbursementApproved: untold,
  ReimbursementRejected: untold,
  ReimbursementPaid: untold,
  SupportInvoiced: untold,
};
