import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import { dayRefusals } from '../shared/recorded-days';

/** Every no about claims and invoices, with what to do about it. */
export const claimRefusals = {
  ...dayRefusals,
  ClaimIdTaken: {
    kind: 'conflict',
    says: 'A claim’s identity is used once.',
    detail: () => 'A claim of other visits has that identity. Give a new claimId, or leave it out.',
    pointer: '/claimId',
  },
  NoSupportToClaimFor: {
    kind: 'missing',
    says: 'Only visits of a deployment that was confirmed are claimed.',
    detail: () => 'No confirmed deployment has that identity. Look it up among the deployments.',
    pointer: '/deploymentId',
  },
  NotItsHomeSchool: {
    kind: 'conflict',
    says: 'The school that is paid is the champion’s own.',
    detail: () =>
      'The champion of this deployment is of another school. Name the champion’s own school.',
    pointer: '/homeSchoolId',
  },
  VisitNotRecorded: {
    kind: 'missing',
    says: 'Only visits on record are claimed.',
    detail: (visitId: string) =>
      `No visit ${visitId} is recorded in this deployment. Have its record made first, or leave it out.`,
    pointer: '/visitIds',
  },
  VisitClaimed: {
    kind: 'conflict',
    says: 'Each visit is claimed once, unless the claim was rejected.',
    detail: (day: string, claimId: string) =>
      `The visit of ${day} is in claim ${claimId} already. Leave it out, or have that claim rejected.`,
    pointer: '/visitIds',
  },
  NoRateInForce: {
    kind: 'conflict',
    says: 'A visit is paid by the rate card in force on its day.',
    detail: (role: string, day: string) =>
      `No rate card in force on ${day} has a rate for ${role}. Have the Board’s rates published first.`,
    pointer: '/visitIds',
  },
  VisitsOfTwoPayers: {
    kind: 'conflict',
    says: 'The visits of one claim are paid by the same shares.',
    detail: (from: string) =>
      `From ${from} others pay than before. Claim the visits before that day and those from it on apart.`,
    pointer: '/visitIds',
  },
  PayerChanged: {
    kind: 'conflict',
    says: 'A claim is approved by the shares that hold for the days of its visits.',
    detail: (claimed: number, now: number) =>
      `It was claimed with ${claimed}% to be paid by the authority; since then ${now}% was decided for those days. Reject this claim; the visits can then be claimed as it is now.`,
    pointer: '/claimId',
  },
  SharesDiffer: {
    kind: 'conflict',
    says: 'An invoice is of claims in which the school has the same share.',
    detail: () => 'The school’s share is not the same in all these claims. Invoice them apart.',
    pointer: '/claimIds',
  },
  ClaimUnknown: {
    kind: 'missing',
    says: 'There must be such a claim.',
    detail: (claimId: string) =>
      `This deployment has no claim ${claimId}. Look it up among the claims.`,
    pointer: '/claimId',
  },
  NotYourOwnClaim: {
    kind: 'conflict',
    says: 'Whoever made the visits, released the champion or made the claim does not approve it.',
    detail: () =>
      'You had a part in this claim: as its claimant, as the champion, or as the head who released them. Somebody else must approve it.',
    pointer: '/claimId',
  },
  VisitsChanged: {
    kind: 'conflict',
    says: 'A claim is approved for visits that are as they were claimed.',
    detail: (claimed: string, now: string) =>
      `Records of its visits were amended: claimed were ${claimed}, and now it is ${now}. Reject this claim; the visits can then be claimed as they are.`,
    pointer: '/claimId',
  },
  ClaimAlready: {
    kind: 'conflict',
    says: 'A claim is approved, then paid; or it is rejected, and nothing more happens to it.',
    detail: (stage: string) =>
      `This claim is ${stage} already. Look up how it stands; visits of a rejected claim can be claimed anew.`,
    pointer: '/claimId',
  },
  ClaimNotApproved: {
    kind: 'conflict',
    says: 'Only what was approved is paid and invoiced.',
    detail: (claimId: string, stage: string) =>
      `Claim ${claimId} is ${stage}, not approved. A team leader or the head of service approves it first.`,
  },
  ClaimInvoiced: {
    kind: 'conflict',
    says: 'A claim is invoiced once, and one that was invoiced is not rejected.',
    detail: (claimId: string, day: string) => `Claim ${claimId} was invoiced on ${day}.`,
  },
  NothingToInvoice: {
    kind: 'conflict',
    says: 'A school is invoiced only where it has a share to pay.',
    detail: (authorityPercent: number) =>
      `The authority pays ${authorityPercent}% of this deployment; of these claims nothing is the school’s to pay.`,
    pointer: '/claimIds',
  },
  InvoiceIdTaken: {
    kind: 'conflict',
    says: 'An invoice’s identity is used once.',
    detail: () =>
      'An invoice of other claims has that identity. Give a new invoiceId, or leave it out.',
    pointer: '/invoiceId',
  },
} as const;
export const refuse = refusing(claimRefusals);
export type ClaimRefusal = RefusalsOf<typeof claimRefusals>;
