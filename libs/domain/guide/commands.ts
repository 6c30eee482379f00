import type { CommandDeclarations } from '#kernel';
import { IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { IsDay, IsId, IsPersonRef, IsText, Optional } from '../shared/decorators';
import type { Phase } from '../shared/words';
import { phases } from '../shared/words';
import type { DocumentKind, GuidePage, GuideSection } from './events';
import { documentKinds, guidePages, guideSections } from './events';

class VersionInput {
  @IsText(40) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsDay() effectiveFrom: string;
  /** Documents that are the council's offer or strategy need it. */
  @Optional() @IsDay() boardAgreedOn?: string;
  /** The version that this one replaces. */
  @Optional() @IsText(40) supersedes?: string;
}

export class PublishGuideSection extends VersionInput {
  @IsIn(guideSections) section: GuideSection;
  /** Paragraphs, with an empty line between; lines that begin with a hyphen are a list. No markup. */
  @IsText(8000) text: string;
}

/** Of a host with a name, without a user or a port, in at most 500 characters. */
const LINK = /^https:\/\/(?=.{1,492}$)[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^\s<>"\\]*)?$/i;

export class PublishGuideDocument extends VersionInput {
  /** Left out: a new document, which gets an identity. */
  @Optional() @IsId() documentId?: string;
  @IsIn(documentKinds) kind: DocumentKind;
  @IsText(120) issuedBy: string;
  @Optional() @IsDay() issuedOn?: string;
  @Optional() @IsDay() effectiveTo?: string;
  @Matches(LINK, {
    message: '$property must be the address of a public page: https:// and a host, without spaces',
  })
  link: string;
  @IsText(1000) summary: string;
}

export class WithdrawGuideDocument {
  @IsId() documentId: string;
  @IsText(40) version: string;
  /** The first day without it. Left out: today, or its first day where that is yet to come. */
  @Optional() @IsDay() withdrawnFrom?: string;
  @IsText(500) reason: string;
}

class ResponsibilityInput {
  @IsText(120) role: string;
  @IsText(500) responsibility: string;
  @Optional() @IsIn(phases) phase?: Phase;
  @Optional() @IsText(120) area?: string;
  @Optional()
  @Matches(/^(?=.{5,120}$)[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, {
    message: '$property must be the mailbox of an office, such as office@council.example',
  })
  mailbox?: string;
  @Optional()
  @Matches(/^\+?[0-9][0-9 ()]{5,28}[0-9]$/, {
    message: '$property must be a telephone number: digits, spaces and brackets, 7 to 31 of them',
  })
  phone?: string;
  /** Whoever holds the post. Everybody can read it: leave it out unless that was decided. */
  @Optional() @IsText(120) publishedName?: string;
  /** Whose name it is; with publishedName. */
  @Optional() @IsPersonRef() personRef?: string;
  @IsBoolean() example: boolean;
}

export class EnterResponsibility extends ResponsibilityInput {
  /** Left out: a new identity is made. */
  @Optional() @IsId() responsibilityId?: string;
}

/** The entry as it is to read: what is left out is not there any more. */
export class ChangeResponsibility extends ResponsibilityInput {
  @IsId() responsibilityId: string;
}

export class RemoveResponsibility {
  @IsId() responsibilityId: string;
}

const pointsWanted = '$property must be a whole number, 1 (not at all) to 5 (very)';

export class GivePageHelpfulness {
  /** Of the form that was sent: each counts once. */
  @IsId() answerId: string;
  @IsIn(guidePages) page: GuidePage;
  @IsInt({ message: pointsWanted })
  @Min(1, { message: pointsWanted })
  @Max(5, { message: pointsWanted })
  points: number;
  @Optional() @IsText(1000) comment?: string;
}

const editors = ['team-leader', 'head-of-service'] as const;

export const sectionCommands = {
  PublishGuideSection: {
    takes: PublishGuideSection,
    says: 'Publish how a section of the public guide is to read from a day on.',
    by: editors,
  },
} as const satisfies CommandDeclarations;

export const documentCommands = {
  PublishGuideDocument: {
    takes: PublishGuideDocument,
    says: 'Enter a document in the public guide, or a version of one, with its dates and its address.',
    by: editors,
  },
  WithdrawGuideDocument: {
    takes: WithdrawGuideDocument,
    says: 'Take a version of a document out of the public guide from a day on.',
    by: editors,
  },
} as const satisfies CommandDeclarations;

export const directoryCommands = {
  EnterResponsibility: {
    takes: EnterResponsibility,
    says: 'Enter in the public directory which role answers for what, and how its office is reached.',
    by: editors,
  },
  ChangeResponsibility: {
    takes: ChangeResponsibility,
    says: 'Change an entry of the public directory: say the whole of it as it is to read.',
    by: editors,
  },
  RemoveResponsibility: {
    takes: RemoveResponsibility,
    says: 'Take an entry out of the public directory.',
    by: editors,
  },
} as const satisfies CommandDeclarations;

export const helpfulnessCommands = {
  GivePageHelpfulness: {
    takes: GivePageHelpfulness,
    says: 'Say how helpful a page of the public guide was: on the page itself, by anybody.',
    by: ['public'],
  },
} as const satisfies CommandDeclarations;
