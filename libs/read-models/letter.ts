import type { Filter, JsonObject, Snapshot } from '#kernel';
import type {
  Category,
  CategoryEvent,
  LetterOccasion,
  LetterTemplate,
  LetterValues,
  Offer,
  OfferRow,
} from '#domain';
import { allowanceOffered, daysAfter, filled, letterRecipients, textsFor } from '#domain';
import type { JourneyEntry } from './journey';
import { journey, upTo } from './journey';
import { letterTemplateOn } from './letter-templates';
import { offerOf } from './offers';
import type { SchoolCard } from './schools';
import { schoolOf } from './schools';
import { counted, dayInWords } from './sentences/words';

type Data<T extends CategoryEvent['type']> = Extract<CategoryEvent, { readonly type: T }>['data'];
type Recipient = (typeof letterRecipients)[number];

/** A letter that went out on the open proposal. */
export type IssuedLetter = {
  readonly category: Category;
  readonly templateVersion: string;
  readonly recipients: readonly string[];
  readonly docHash: string;
  readonly issuedOn: string;
};

/** The letter on the open proposal, filled in and not sent, with the versions it was made from. */
export type LetterDraft = {
  readonly draft: true;
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;
  readonly proposalId: string;
  readonly category: Category;
  readonly categoryBefore?: Category;
  /** The day it is dated: its template is the one in force then, and its terms are counted from it. */
  readonly dated: string;
  readonly templateVersion: string;
  readonly template: Pick<LetterTemplate, 'title' | 'example' | 'effectiveFrom'>;
  readonly offerVersion: string;
  readonly frameworkVersion: string;
  readonly assessmentId: string;
  readonly recipients: readonly Recipient[];
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The whole letter: subject and paragraphs with an empty line between, and a line's end after the last. */
  readonly text: string;
  /** Letters on this proposal that are on record, newest first. */
  readonly issued: readonly IssuedLetter[];
};

/** Why there is no letter, and what to do. */
export type NoLetter = {
  readonly none: 'NoOpenProposal' | 'NoLetterTemplate' | 'NothingOffered' | 'LetterMisdated';
  readonly detail: string;
};

/** How far ahead a letter may be dated, in days. [I]: no plan of the team’s reaches further than a year. */
const FURTHEST = 366;

const dialogue = ['CategoryProposed', 'ProposalLetterIssued', 'CategoryReviewDecided'];

/** The letter for a school on a day, from the template, proposal and offer the snapshot knows. */
export async function letterFor(
  snapshot: Snapshot,
  { schoolId, dated, today }: { schoolId: string; dated: string; today: string },
): Promise<LetterDraft | NoLetter> {
  const school = await schoolOf(snapshot, { school: schoolId });
  const proposalId = school?.proposal?.proposalId;
  const { proposal, issued } = await proposalOf(snapshot, schoolId, proposalId);
  if (school === undefined || proposal === undefined) return noProposal;
  if (dated < proposal.proposedOn || dated > daysAfter(today, FURTHEST))
    return misdated(dated, proposal.proposedOn);
  const template = await letterTemplateOn(snapshot, dated);
  if (template === undefined) return noTemplate(dated);
  const offer = await offerOf(snapshot, proposal.offerVersion);
  const row = offer?.rows.find(
    ({ category, status }) => category === proposal.to && status === school.status,
  );
  if (offer === undefined || row === undefined) return nothingOffered(proposal, school);
  const recipients = recipientsAt(school);
  const frameworkVersion = await frameworkOf(snapshot, schoolId, proposal.assessmentId);
  const values = valuesOf({
    ...{ school, proposal, offer, row, template, dated, recipients, frameworkVersion },
  });
  const [subject = '', ...paragraphs] = textsFor(template, proposal.to, occasionOf(proposal)).map(
    (words) => filled(words, values),
  );
  const { schoolId: id, urn, name } = school;
  const { version, title, example, effectiveFrom } = template;
  return {
    draft: true,
    school: { schoolId: id, urn, name },
    proposalId: proposal.proposalId,
    category: proposal.to,
    ...(proposal.from === undefined ? {} : { categoryBefore: proposal.from }),
    dated,
    templateVersion: version,
    template: { title, example, effectiveFrom },
    offerVersion: offer.version,
    frameworkVersion,
    assessmentId: proposal.assessmentId,
    recipients,
    subject,
    paragraphs,
    text: `${[subject, ...paragraphs].join('\n\n')}\n`,
    issued,
  };
}

/** The proposal as it stands, with the category of a review where one changed it, and the letters on it. */
async function proposalOf(snapshot: Snapshot, schoolId: string, proposalId: string | undefined) {
  const data =
    proposalId === undefined
      ? []
      : await rowsOf(snapshot, schoolId, dialogue, { 'data.proposalId': proposalId });
  const proposed = data.find(({ type }) => type === 'CategoryProposed')?.data as
    Data<'CategoryProposed'> | undefined;
  const changed = data.findLast(({ data: { category } }) => category !== undefined)?.data as
    Data<'CategoryReviewDecided'> | undefined;
  const issued = data
    .filter(({ type }) => type === 'ProposalLetterIssued')
    .map((row) => issuedIn(row.data as Data<'ProposalLetterIssued'>))
    .reverse();
  return {
    proposal: proposed && { ...proposed, to: changed?.category ?? proposed.to },
    issued,
  };
}

const issuedIn = ({
  proposedCategory: category,
  templateVersion,
  recipients,
  docHash,
  issuedOn,
}: Data<'ProposalLetterIssued'>): IssuedLetter => ({
  ...{ category, templateVersion, recipients, docHash, issuedOn },
});

async function frameworkOf(snapshot: Snapshot, schoolId: string, assessmentId: string) {
  const [begun] = await rowsOf(snapshot, schoolId, ['RiskAssessmentStarted'], {
    'data.assessmentId': assessmentId,
  });
  const version = begun?.data['frameworkVersion'];
  return typeof version === 'string' ? version : 'not on record';
}

/** Entries of the journey about one matter, in the order they were recorded. */
async function rowsOf(
  snapshot: Snapshot,
  schoolId: string,
  types: readonly string[],
  about: Filter,
): Promise<readonly { readonly type: string; readonly data: JsonObject }[]> {
  const found = await snapshot.list<JourneyEntry>(journey, {
    filter: { ...upTo(snapshot, schoolId), type: { $in: types }, ...about },
    sort: { position: 1 },
  });
  return found.map(({ body }) => body);
}

type Proposal = Data<'CategoryProposed'>;

const occasionOf = ({ from, to }: Proposal): LetterOccasion =>
  from === undefined ? 'first' : from === to ? 'stays' : 'moves';

/** Those whose post is not known to be vacant; both where both are: the letter goes to the office then. */
function recipientsAt({ head, chair }: SchoolCard): readonly Recipient[] {
  const held = { head: head?.kind !== 'vacant', chair: chair?.kind !== 'vacant' };
  const holders = letterRecipients.filter((office) => held[office]);
  return holders.length === 0 ? letterRecipients : holders;
}

const officesInWords: Readonly<Record<Recipient, string>> = {
  head: 'Headteacher',
  chair: 'Chair of Governors',
};

/** What stands in each place of the template. */
function valuesOf(of: {
  readonly school: SchoolCard;
  readonly proposal: Proposal;
  readonly offer: Offer;
  readonly row: OfferRow;
  readonly template: LetterTemplate;
  readonly dated: string;
  readonly recipients: readonly Recipient[];
  readonly frameworkVersion: string;
}): LetterValues {
  const { school, proposal, offer, row, template, dated, recipients, frameworkVersion } = of;
  // A text names a last day only where the template sets the term: nothing is printed for the others.
  const lastDay = (days: number | undefined): string =>
    days === undefined ? '' : dayInWords(daysAfter(dated, days));
  return {
    recipients: recipients.map((office) => officesInWords[office]).join(' and '),
    today: dayInWords(dated),
    school: school.name,
    urn: school.urn,
    category: proposal.to,
    categoryBefore: proposal.from ?? 'no category',
    proposedOn: dayInWords(proposal.proposedOn),
    academicYear: offer.academicYear,
    headlineVisits:
      row.headlineVisits === 0
        ? 'no headline visits'
        : counted(row.headlineVisits, 'headline visit'),
    sspcDays: daysInPrint(row.sspcHalfDays),
    sslcDays: daysInPrint(allowanceOffered(row).sslcHalfDays),
    funding: fundingInWords(row.fundedPercent),
    offerTitle: offer.title,
    frameworkVersion,
    discussBy: lastDay(template.discussWithinDays),
    respondBy: lastDay(template.respondWithinDays),
    reviewBy: lastDay(template.reviewWithinDays),
  };
}

/** Half-days as a letter prints them: "no days", "½ day", "1 day", "4½ days". */
export function daysInPrint(halfDays: number): string {
  if (halfDays === 0) return 'no days';
  const whole = Math.floor(halfDays / 2);
  const number = `${whole === 0 ? '' : whole}${halfDays % 2 === 0 ? '' : '½'}`;
  return `${number} ${halfDays <= 2 ? 'day' : 'days'}`;
}

export function fundingInWords(percent: number): string {
  if (percent === 100) return 'the council pays for all of it';
  return percent === 0
    ? 'the school pays for all of it'
    : `the council pays ${percent}% of it and the school the rest`;
}

const noProposal: NoLetter = {
  none: 'NoOpenProposal',
  detail:
    'No proposal is open for this school, so there is nothing to write about. Finalise an assessment and propose the category it recommends; then ask again.',
};
const noTemplate = (dated: string): NoLetter => ({
  none: 'NoLetterTemplate',
  detail: `No letter template is in force on ${dayInWords(dated)}. A team leader or the head of service publishes one that takes effect by then; then ask again.`,
});
const nothingOffered = ({ offerVersion, to }: Proposal, { status }: SchoolCard): NoLetter => ({
  none: 'NothingOffered',
  detail: `Offer ${offerVersion}, on which this was proposed, says nothing of ${to} for schools that are ${status === 'academy' ? 'academies' : 'maintained'}. Publish an offer that does and propose again, or write the letter by hand.`,
});
const misdated = (dated: string, proposedOn: string): NoLetter => ({
  none: 'LetterMisdated',
  detail: `The letter cannot be dated ${dayInWords(dated)}: it is dated from ${dayInWords(proposedOn)}, when the category was proposed, and no more than a year ahead.`,
});
