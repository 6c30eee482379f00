import {
  concernCodes,
  inspectionAreas,
  inspectionGrades,
  inspectionShapes,
  overallGrades,
  phases,
  safeguardingWords,
  schoolKinds,
  statuses,
} from '#domain';
import { replaces, sets, told } from './declaring';
import {
  academicYear,
  count,
  day,
  flag,
  group,
  id,
  laestab,
  list,
  optional,
  registerNumber,
  tenths,
  urn,
  word,
} from './fields';

const schoolId = id('The school, by our own identity, which stays when its URN changes.');
const asAt = day('Day of the register that first said so: true from then at the latest.');
const newUrn = urn('The URN the school has now.');
const oldUrn = urn('The URN it had before.');
const phase = word(phases)('Phase of education.');
const kind = word(schoolKinds)('Kind of school: schools are compared within their kind.');
const status = word(statuses)('Who maintains the school.');
const number = laestab('Authority and establishment number, seven digits.');
const trust = registerNumber('The trust, by its number in the register.');
const federation = registerNumber('The federation, by its number in the register.');
const open = flag('Whether the school is open.');
const openedOn = day('Day it opened.');
const ages = {
  ageFrom: optional(count('Age of the youngest pupils, in years.')),
  ageTo: optional(count('Age of the oldest pupils, in years.')),
} as const;
const numbers = {
  pupils: optional(count('Pupils on roll.')),
  capacity: optional(count('Places the school has.')),
  fsmPercent: optional(tenths('Share of pupils who may have free school meals, in percent.')),
  censusOn: optional(day('Day of the count.')),
} as const;

const inspection = {
  inspectionNumber: registerNumber('Ofsted’s number of the inspection.'),
  shape: word(inspectionShapes)('The framework it was found under; shapes cannot be compared.'),
} as const;
const area = word(inspectionAreas)('The area, in Ofsted’s words.');
const grade = word(inspectionGrades)('Its grade, in Ofsted’s words.');
const gradedOn = day('Day of the grade: a later visit may give another.');
const outcome = {
  schoolId,
  ...inspection,
  urnAtTime: urn('The school’s URN when it was inspected.'),
  startedOn: day('First day of the inspection.'),
  publishedOn: optional(day('Day the report was published.')),
  overall: optional(
    word(overallGrades)('1 outstanding, 2 good, 3 requires improvement, 4 inadequate.'),
  ),
  areas: list('Grades by area.', group('One area.', { area, grade, gradedOn: optional(gradedOn) })),
  safeguarding: optional(word(safeguardingWords)('Safeguarding, in the framework’s words.')),
  concern: optional(word(concernCodes)('Category of concern.')),
} as const;

/** What anybody may be told who may know that a school exists. The version stands in the name. */
export const publicMessages = {
  'school.registered.v1': told(
    'A school was entered in the authority’s register of schools.',
    {
      schoolId,
      urn: newUrn,
      laestab: optional(number),
      phase,
      kind,
      status,
      open,
      openedOn: optional(openedOn),
      ...ages,
      ...numbers,
      trustUid: optional(trust),
      federationUid: optional(federation),
      asAt,
    },
    {
      leaves: sets(
        ...['urn', 'laestab', 'phase', 'kind', 'status', 'open', 'openedOn', 'ageFrom', 'ageTo'],
        ...['pupils', 'capacity', 'fsmPercent', 'censusOn', 'trustUid', 'federationUid'],
      ),
    },
  ),
  'school.type-changed.v1': told(
    'The school is another type of establishment now.',
    { schoolId, status, asAt },
    { leaves: sets('status') },
  ),
  'school.phase-changed.v1': told(
    'The school teaches another phase now, or is compared with another kind of school.',
    { schoolId, phase, kind, asAt },
    { leaves: sets('phase', 'kind') },
  ),
  'school.ages-changed.v1': told(
    'The school takes pupils of other ages; an age left out is no longer known.',
    { schoolId, ...ages, asAt },
    { leaves: replaces('ageFrom', 'ageTo') },
  ),
  'school.establishment-number-changed.v1': told(
    'The school has another establishment number.',
    { schoolId, laestab: number, asAt },
    { leaves: sets('laestab') },
  ),
  'school.numbers-recorded.v1': told(
    'Pupils on roll and places were counted; a figure left out is not known for that count.',
    { schoolId, ...numbers, asAt },
    { leaves: replaces('pupils', 'capacity', 'fsmPercent', 'censusOn') },
  ),
  'school.trust-changed.v1': told(
    'The academy joined the trust named, or left its trust where none is named.',
    { schoolId, trustUid: optional(trust), asAt },
    { leaves: replaces('trustUid') },
  ),
  'school.federation-changed.v1': told(
    'The school joined the federation named, or left its federation where none is named.',
    { schoolId, federationUid: optional(federation), changedOn: day('Day of the change.') },
    { leaves: replaces('federationUid') },
  ),
  'school.opened.v1': told(
    'The proposed school opened.',
    { schoolId, open, openedOn },
    { leaves: sets('open', 'openedOn') },
  ),
  'school.closure-proposed.v1': told(
    'It was proposed to close the school.',
    {
      schoolId,
      closureProposed: flag('Always true.'),
      closesOn: optional(day('Day it would close, where one is named.')),
      asAt,
    },
    { leaves: replaces('closureProposed', 'closesOn') },
  ),
  'school.closure-withdrawn.v1': told(
    'The school is no longer proposed to close.',
    { schoolId, asAt },
    { leaves: replaces('closureProposed', 'closesOn') },
  ),
  'school.closed.v1': told(
    'The school closed.',
    {
      schoolId,
      open,
      closedOn: day('Day it closed.'),
      successorIds: list('Schools that follow it, by our identity.', id('A school.')),
    },
    { leaves: replaces('open', 'closedOn', 'closureProposed', 'closesOn') },
  ),
  'school.reopened.v1': told(
    'The school is open again, or had not closed after all.',
    { schoolId, open, reopenedOn: day('Day from which it is open.') },
    { leaves: replaces('open', 'closedOn') },
  ),
  'school.academised.v1': told(
    'The maintained school became an academy and has a new URN; it is still the same school.',
    {
      schoolId,
      urn: newUrn,
      oldUrn,
      status,
      laestab: optional(number),
      trustUid: optional(trust),
      convertedOn: day('Day it became an academy.'),
    },
    { leaves: sets('urn', 'status', 'laestab', 'trustUid') },
  ),
  'school.urn-changed.v1': told(
    'The school has a new URN without becoming an academy.',
    { schoolId, urn: newUrn, oldUrn, changedOn: day('Day of the change.') },
    { leaves: sets('urn') },
  ),
  'school.earlier-urn-found.v1': told(
    'The school was found to have had another URN before it was known.',
    { schoolId, oldUrn, until: optional(day('Last day of that URN.')) },
  ),
  'school.successor-named.v1': told(
    'The national links name another URN as the one that follows the school’s.',
    {
      schoolId,
      successorUrn: urn('The URN that follows.'),
      from: optional(day('Day from which it does.')),
    },
  ),
  'school.merged.v1': told(
    'Schools became one: this one continues, or closes into the one that does.',
    {
      schoolId,
      part: word(['continues', 'closes'])('What this school does in it.'),
      survivorId: id('The school that continues.'),
      closingIds: list('The schools that close into it.', id('A school.')),
      mergedOn: day('Day of the merger.'),
    },
  ),
  'school.record-corrected.v1': told(
    'A fact told of the school was wrong and is put right: the one field that is there.',
    {
      schoolId,
      phase: optional(phase),
      kind: optional(kind),
      status: optional(status),
      laestab: optional(number),
      openedOn: optional(openedOn),
      closedOn: optional(day('Day it closed.')),
    },
    { leaves: sets('phase', 'kind', 'status', 'laestab', 'openedOn', 'closedOn') },
  ),
  'school.inspection-published.v1': told(
    'Ofsted inspected the school; this is what it found, in the terms of its framework at the time.',
    outcome,
  ),
  'school.inspection-restated.v1': told(
    'Ofsted now says something else of an inspection than before; this is all it says now.',
    outcome,
  ),
  'school.inspection-regraded.v1': told(
    'A later visit gave one area of a report card another grade or confirmed it.',
    { schoolId, ...inspection, area, grade, was: grade, gradedOn },
  ),
  'school.inspection-withdrawn.v1': told('An inspection outcome that was told does not stand.', {
    schoolId,
    ...inspection,
  }),
  'school.changed.v1': told(
    'Something about the school was recorded that no other message tells. Whoever may see it asks the API.',
    { schoolId },
  ),
  'county.framework-published.v1': told(
    'A version of the assessment framework was published.',
    { effectiveFrom: day('Day from which it is in force.') },
    { leaves: (known, { effectiveFrom = null }) => ({ ...known, frameworkFrom: effectiveFrom }) },
  ),
  'county.offer-published.v1': told(
    'The offer of support for an academic year was published.',
    {
      academicYear: academicYear('The year it is for.'),
      effectiveFrom: day('Day from which it is in force.'),
    },
    { leaves: (known, { effectiveFrom = null }) => ({ ...known, offerFrom: effectiveFrom }) },
  ),
  'county.round-opened.v1': told(
    'The yearly round of assessing every school began.',
    { academicYear: academicYear('The year of the round.'), openedOn: day('Day it began.') },
    {
      leaves: (known, { academicYear: round = null }) => ({ ...known, round, roundOpen: true }),
    },
  ),
  'county.round-closed.v1': told(
    'The yearly round ended.',
    { academicYear: academicYear('The year of the round.'), closedOn: day('Day it ended.') },
    {
      leaves: (known, { academicYear: round = null }) => ({ ...known, round, roundOpen: false }),
    },
  ),
  'county.board-decided.v1': told(
    'The Board decided something that may be published; what it was stands in its minutes.',
    { decisionId: id('The decision.'), decidedOn: day('Day of the meeting.') },
  ),
  'county.changed.v1': told(
    'Something about the county as a whole was recorded that no other message tells.',
    {},
  ),
} as const;

/** What is publicly known of a school at the end of its chain. What is not there is not known, or is not so. */
export const schoolState = {
  urn: optional(newUrn),
  laestab: optional(number),
  phase: optional(phase),
  kind: optional(kind),
  status: optional(status),
  open: optional(open),
  openedOn: optional(openedOn),
  closedOn: optional(day('Day it closed.')),
  closureProposed: optional(flag('True while it is proposed to close.')),
  closesOn: optional(day('Day it would close.')),
  ...ages,
  ...numbers,
  trustUid: optional(trust),
  federationUid: optional(federation),
} as const;

/** What is known of the county as a whole. */
export const countyState = {
  frameworkFrom: optional(day('Day the framework published last is in force from.')),
  offerFrom: optional(day('Day the offer published last is in force from.')),
  round: optional(academicYear('The year of the last round.')),
  roundOpen: optional(flag('Whether that round is open.')),
} as const;
