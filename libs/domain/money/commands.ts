import type { CommandDeclarations } from '#kernel';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  Max,
  Min,
} from 'class-validator';
import { IsDay, IsId, IsListOf, IsText, Optional } from '../shared/decorators';
import type { ChampionRole } from '../shared/words';
import { championRoles } from '../shared/words';

/** £2,000 for half a day. [I]: our own bound, four times the highest rate we found, against slips of the point. */
const MOST_PENCE = 200_000;
/** [I]: more than anybody claims at once; so that one claim stays small. */
const MOST_AT_ONCE = 100;
const penceWanted = `$property must be a whole number of pence, 1 to ${MOST_PENCE}`;

class RateInput {
  @IsIn(championRoles) role: ChampionRole;
  @IsInt({ message: penceWanted })
  @Min(1, { message: penceWanted })
  @Max(MOST_PENCE, { message: penceWanted })
  pencePerHalfDay: number;
}

export class PublishRateCard {
  @IsText(40) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsDay() effectiveFrom: string;
  @IsDay() boardAgreedOn: string;
  /** One for each role. */
  @IsListOf(RateInput, { min: 1, max: championRoles.length }) rates: readonly RateInput[];
}

export class ClaimReimbursement {
  @IsId() deploymentId: string;
  /** The champion's own school, which is paid. */
  @IsId() homeSchoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() claimId?: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_AT_ONCE)
  @IsId({ each: true })
  visitIds: readonly string[];
}

export class ApproveClaim {
  @IsId() deploymentId: string;
  @IsId() claimId: string;
}

export class RejectClaim {
  @IsId() deploymentId: string;
  @IsId() claimId: string;
  @IsText(2000) reason: string;
}

export class PayClaim {
  @IsId() deploymentId: string;
  @IsId() claimId: string;
  /** Left out: today. */
  @Optional() @IsDay() paidOn?: string;
  @IsText(60) reference: string;
}

export class InvoiceSchool {
  @IsId() deploymentId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() invoiceId?: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_AT_ONCE)
  @IsId({ each: true })
  claimIds: readonly string[];
}

export const rateCardCommands = {
  PublishRateCard: {
    takes: PublishRateCard,
    says: 'Publish the rates home schools are paid by, as the Board agreed them.',
    by: ['head-of-service', 'board'],
  },
} as const satisfies CommandDeclarations;

export const claimCommands = {
  ClaimReimbursement: {
    takes: ClaimReimbursement,
    alsoCalled: ['Claim'],
    says: 'Claim the home school’s cost of visits of its champion, each visit once.',
    by: ['home-head', 'adviser', 'team-leader'],
  },
  ApproveClaim: {
    takes: ApproveClaim,
    says: 'Approve a claim that somebody else made, for visits that are as they were claimed.',
    by: ['team-leader', 'head-of-service'],
  },
  RejectClaim: {
    takes: RejectClaim,
    says: 'Reject a claim that is not paid, saying why.',
    by: ['team-leader', 'head-of-service'],
  },
  PayClaim: {
    takes: PayClaim,
    says: 'Record that an approved claim was paid.',
    by: ['team-leader', 'head-of-service'],
  },
  InvoiceSchool: {
    takes: InvoiceSchool,
    says: 'Invoice the supported school for its share of claims that are approved.',
    by: ['adviser', 'team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
