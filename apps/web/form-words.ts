import {
  capital,
  categoriesInWords,
  championRolesInWords,
  interestNaturesInWords,
  interestOutcomesInWords,
  kindsInWords,
  phasesInWords,
  statusesInWords,
  typeInWords,
} from './words';

/*
 * What the fields of commands are called on a form. Most names are English once they are taken apart; those that are not
 * stand here, and so does what somebody who fills one in wants to know.
 */

/** Names that do not read well taken apart. */
const labels: Readonly<Record<string, string>> = {
  about: 'What it is about',
  achieved: 'What was achieved',
  ageFrom: 'Lowest age',
  ageTo: 'Highest age',
  agreementRef: 'Where the agreement is kept',
  always: 'Always reviewed',
  amber: 'Amber from',
  answererId: 'Who answered',
  apologies: 'Who sent apologies',
  areaId: 'Improvement area',
  asAt: 'As at',
  askedById: 'Who asked for it',
  author: 'Who wrote it',
  authorityId: 'Who was there for the authority',
  because: 'Why',
  becauseOf: 'Event it follows from',
  boardAgreedOn: 'Agreed by the Board on',
  bodies: 'Other bodies asked',
  body: 'Body that answers, where it is no school',
  cadence: 'How often they meet',
  capacity: 'Places for pupils',
  censusOn: 'Date of the census',
  closingIds: 'Schools that close',
  complianceFrom: 'Compliance period from',
  complianceTo: 'Compliance period to',
  continues: 'Does it go on?',
  correctsEventId: 'Event that is corrected',
  counterpartyIds: 'Schools the interest is in',
  dashboardPosition: 'Position of the dashboard used',
  decideBy: 'To be decided by',
  docHash: 'Fingerprint of the letter (SHA-256)',
  docRef: 'Where the document is kept',
  due: 'Due by',
  evaluative: 'Does it evaluate?',
  evenIfOlder: 'Even if it is older than what is known?',
  evidenceKind: 'Kind of evidence',
  evidenceRef: 'Where the evidence is kept',
  example: 'Is this example data?',
  expectedTo: 'Expected to last until',
  first: 'How many of the first',
  floor: 'At least this category',
  focus: 'What the school needs support with',
  frameworkVersion: 'Version of the framework',
  from: 'From',
  fsmPercent: 'Pupils with free school meals, per cent',
  fundedPercent: 'Paid by the authority, per cent',
  halfDays: 'Half-days',
  halfDaysPerHeadlineVisit: 'Half-days of leadership champions that one headline visit takes',
  halfTerm: 'Half-term',
  handOver: 'Actions that go on elsewhere',
  headId: 'Headteacher',
  headlineVisitsCountAgainstDays: 'Do headline visits count against the days?',
  homeHeadId: 'Home headteacher',
  informedOn: 'Day it was informed',
  intervention: 'Score from which it is Intervention',
  laestab: 'LAESTAB number',
  leadSchoolId: 'School that leads',
  matters: 'Matters the notice is about',
  measure: 'How it is measured',
  mindedTo: 'What the authority is minded to do otherwise',
  minimumCoverage: 'Least coverage, per cent',
  mode: 'How',
  moderatorIds: 'Who moderates',
  newUrn: 'New URN',
  nextReviewDue: 'To be reviewed next by',
  notBefore: 'Not before',
  notesRef: 'Where the notes are kept',
  now: 'Where it stands now',
  object: 'What is reviewed',
  objectId: 'The assessment, visit, deployment or champion reviewed',
  offerVersion: 'Version of the offer',
  oldUrn: 'Old URN',
  on: 'Date',
  overall: 'Overall grade',
  ownerId: 'Who sees to it',
  paidBySchool: 'Does the school pay all of it?',
  pencePerHalfDay: 'Pence for a half-day',
  per: 'For each',
  percent: 'Per cent',
  pot: 'Which days',
  powers: 'Powers it may use',
  present: 'Who was present',
  prevention: 'Score from which it is Prevention',
  publishable: 'May it be published?',
  pupils: 'Pupils on roll',
  rateVersion: 'Version of the rate card',
  rationale: 'Why this champion',
  reasonCode: 'Main reason',
  reasonText: 'Reason in words',
  red: 'Red from',
  refused: 'Code of the refusal',
  reviewDue: 'To be reviewed by',
  says: 'In words',
  secretaryNoticeId: 'Notice of the Secretary of State',
  secretaryOfStateConsentedOn: 'Date the Secretary of State consented',
  seed: 'Seed of the draw',
  selfFunded: 'Does the school pay itself?',
  shape: 'Kind of report',
  shares: 'Shares that are reviewed',
  shouldBe: 'What it should be',
  sslcHalfDays: 'Half-days of leadership champions (SSLC)',
  sspcHalfDays: 'Half-days of pupil champions (SSPC) and ABLE',
  successorIds: 'Schools that follow it',
  summaryRef: 'Where the summary is kept',
  supersedes: 'Version it replaces',
  survivorId: 'School that goes on',
  tasId: 'Team around the school',
  templateVersion: 'Version of the letter’s template',
  timely: 'Was it written in time?',
  toId: 'Who takes it over',
  toSchoolId: 'School they move to',
  triggerType: 'What happened',
  typeName: 'Type of establishment',
  uid: 'Group id (UID)',
  unavailable: 'Figures that cannot be had',
  urn: 'URN',
  urnAtTime: 'URN at the time',
  was: 'What it was',
  what: 'What is to be done or to change',
  when: 'Only when the category',
  worse: 'Worse when',
  year: 'Calendar year',
  yearlyCapHalfDays: 'Most half-days in a year',
};

/** `heldOn` → "Held on"; `deploymentId` → "Deployment"; `claimIds` → "Claims". */
export function labelOf(name: string): string {
  const known = labels[name];
  if (known !== undefined) return known;
  const bare = name.replace(/(Id|Ref)$/, '').replace(/(Id|Ref)s$/, 's');
  const words = bare.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return capital(words);
}

/** `HoldTasMeeting` → "Hold TAS meeting". */
export const titleOf = (command: string): string =>
  typeInWords(command).replace(/\b(rise|tas|urn)\b/g, (word) => word.toUpperCase());

/** What to put in a field of this name, where the kind of field does not say it. */
const hints: Readonly<Record<string, string>> = {
  becauseOf: 'The id of the event, as the school’s journey has it over the API.',
  counterpartyIds: 'The URN of each, one on a line.',
  dashboardPosition:
    'The position of the log the dashboard you used was of; filled in is that of now.',
  docHash: '64 digits and letters a to f, as the tool that made the letter gives them.',
  docRef: 'Its number or address in the document store; the document itself stays there.',
  evidenceRef: 'Its number or address in the document store.',
  notesRef: 'Their number or address in the document store.',
  summaryRef: 'Its number or address in the document store.',
  halfDays: 'Two half-days are one day: for a day and a half, enter 3.',
  yearlyCapHalfDays: 'Two half-days are one day.',
  sslcHalfDays: 'Two half-days are one day.',
  sspcHalfDays: 'Two half-days are one day.',
  halfDaysPerHeadlineVisit: 'Only where headline visits count against the days.',
  pencePerHalfDay: '17500 is £175.',
  halfTerm: '1 is the first half of the autumn term, 6 the second half of the summer term.',
  indicator: 'The code the framework gives it.',
  period: 'Such as 2025/26, 2025/26 autumn or 2026-03-31.',
  specialism: 'The code of a specialism, such as early-reading.',
  specialisms: 'Codes such as early-reading, one on a line.',
  seed: 'Leave empty to have one made.',
  version: 'What people will call it, such as 2026-1.',
  agreementRef: 'Its number or address in the document store.',
};

/** Days that say what was so; any other `…On` that may be left out is the day somebody did something, and that is today. */
const notToday: ReadonlySet<string> = new Set([
  ...['boardAgreedOn', 'censusOn', 'gradedOn', 'publishedOn', 'vettedOn', 'visitedOn'],
  'secretaryOfStateConsentedOn',
]);
/** Contexts whose days are those of other people's papers. */
const ofPapers: readonly string[] = ['schools', 'guide'];
const DAY = 'For example, 23 11 2026';

export function hintOfDay(name: string, optional: boolean, context: string): string {
  const today =
    optional && !ofPapers.includes(context) && /(^o|O)n$/.test(name) && !notToday.has(name);
  return today ? `Leave empty for today. ${DAY}` : DAY;
}

/** What somebody may leave out, and when. */
const whenLeftOut: Readonly<Record<string, string>> = {
  headId:
    'From the team: the reference of the head who agreed, never a name. A head leaves it empty.',
  homeHeadId:
    'From the team: the reference of the head who agreed, never a name. A head leaves it empty.',
  visitedOn: 'Left empty, it stays as it was arranged or recorded. For example, 23 11 2026',
};

export const hintOf = (name: string, optional: boolean): string | undefined =>
  (optional ? whenLeftOut[name] : undefined) ?? hints[name];

const tables: readonly Readonly<Record<string, string | { readonly name: string }>>[] = [
  categoriesInWords,
  championRolesInWords,
  interestNaturesInWords,
  interestOutcomesInWords,
  kindsInWords,
  phasesInWords,
  statusesInWords,
];
const abbreviations: Readonly<Record<string, string>> = {
  able: 'ABLE',
  laestab: 'LAESTAB',
  ofsted: 'Ofsted',
  rise: 'RISE',
  sslc: 'SSLC',
  sspc: 'SSPC',
};

/** One of a closed list of words, for the eye: from the tables of words, or as it reads. */
export function wordInWords(word: string, among: readonly string[]): string {
  const found = tables.find((table) => among.every((one) => Object.hasOwn(table, one)))?.[word];
  if (found !== undefined) return typeof found === 'string' ? found : found.name;
  if (/[ .\d]/.test(word) || /^[A-Z]{2,3}$/.test(word)) return word;
  // Names of fields, and codes such as OFSTED_OUTCOME or half-termly.
  if (/[a-z][A-Z]/.test(word)) return labelOf(word);
  const words = word
    .toLowerCase()
    .replace(/^(half|re)-/, '$1\u2011')
    .split(/[-_]/)
    .map((part) => abbreviations[part] ?? part)
    .join(' ');
  return capital(words);
}

/** What the contexts are called, those a team works in most first. */
export const contextsInWords: ReadonlyMap<string, string> = new Map([
  ['support', 'Support and deployments'],
  ['visits', 'Visits and teams around schools'],
  ['risk', 'Risk assessment'],
  ['categories', 'Categories'],
  ['quality', 'Quality'],
  ['champions', 'Champions'],
  ['collaborations', 'Schools together'],
  ['money', 'Money'],
  ['statutory', 'Notices and RISE'],
  ['governance', 'Governance'],
  ['schools', 'The register of schools'],
  ['policy', 'Policies and the yearly round'],
  ['guide', 'The public guide'],
  ['calendar', 'The calendar'],
]);

/** What a team records day by day. */
export const daily: readonly string[] = [
  'IdentifyNeed',
  'ProposeMatch',
  'RecordVisit',
  'ScheduleHeadlineVisit',
  'CompleteHeadlineVisit',
  'HoldTasMeeting',
  'CloseTasAction',
  'RecordDiscussion',
  'FlagTrigger',
  'DeclareAvailability',
  'AgreeRelease',
  'AcceptSupport',
  'HoldBoardMeeting',
  'ClaimReimbursement',
];
