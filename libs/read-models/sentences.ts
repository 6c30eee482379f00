import type { AnySchoolEvent, InspectionOutcome } from '#domain';

/** One sentence per event, as an adviser would say it. A type without a sentence does not compile. */
type Sentences = {
  readonly [T in AnySchoolEvent['type']]: (
    data: Extract<AnySchoolEvent, { readonly type: T }>['data'],
  ) => string;
};

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** `2026-11-23` → "23 November 2026". */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

const on = (day: string | undefined): string => (day === undefined ? '' : ` on ${dayInWords(day)}`);

const occasion = ({ cycle }: { readonly cycle?: string }): string =>
  cycle === undefined ? 'because of a trigger' : `for the annual round of ${cycle}`;

/** "1 other", "3 others". */
const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

/** `LEADERSHIP_CHANGE` → "leadership change". */
export const reasonInWords = (code: string): string =>
  code === 'RISE'
    ? 'RISE'
    : code.toLowerCase().replaceAll('_', ' ').replace('ofsted', 'Ofsted').replace('rise', 'RISE');

const absenceWords: Readonly<Record<string, string>> = {
  'not-applicable': 'it does not apply to this school',
  'not-published': 'it was not published nationally',
  suppressed: 'it is suppressed, the cohort is too small',
  'not-yet-collected': 'it has not been collected yet',
};
/** Why there is no figure, in words. */
export const absenceInWords = (absence: string): string => absenceWords[absence] ?? absence;

const overallWords: Readonly<Record<string, string>> = {
  '1': 'Outstanding',
  '2': 'Good',
  '3': 'Requires improvement',
  '4': 'Inadequate',
};
const concernWords: Readonly<Record<string, string>> = {
  SM: 'special measures',
  SWK: 'serious weaknesses',
  RSI: 'requires significant improvement',
};

/** What Ofsted found, in the terms of its framework: never a number across frameworks. */
export function inspectionInWords(outcome: InspectionOutcome): string {
  const concern =
    outcome.concern === undefined
      ? ''
      : `; in a category of concern: ${concernWords[outcome.concern] ?? outcome.concern}`;
  switch (outcome.shape) {
    case 'report-card': {
      const grades = Map.groupBy(outcome.areas, ({ grade }) => grade);
      const parts = [...grades].map(
        ([grade, areas]) =>
          `${grade} in ${areas.length === outcome.areas.length ? 'every area' : areas.map(({ area }) => area).join(', ')}`,
      );
      const safeguarding =
        outcome.safeguarding === 'not-met'
          ? '; safeguarding standards not met'
          : outcome.safeguarding === 'met'
            ? '; safeguarding standards met'
            : '';
      return `Report card: ${parts.join('; ')}${safeguarding}${concern}`;
    }
    case 'graded':
      return `Graded inspection: overall ${overallWords[outcome.overall ?? ''] ?? 'not stated'}${concern}`;
    case 'graded-without-overall':
      return `Graded inspection without an overall grade: ${outcome.areas.map(({ area, grade }) => `${area} ${overallWords[grade] ?? grade}`).join(', ')}${concern}`;
    case 'ungraded':
      return `Ungraded inspection: ${outcome.outcome ?? 'no outcome stated'}${concern}`;
  }
}

const headWords = {
  permanent: 'permanent head',
  interim: 'interim head',
  acting: 'acting head',
  vacant: 'vacant headship',
} as const;
const chairWords = {
  chair: 'chair of governors',
  acting: 'acting chair of governors',
  vacant: 'vacant chair',
} as const;

export const sentences: Sentences = {
  SchoolRegistered: ({ name, urn }) => `${name} was entered in our register with URN ${urn}.`,
  SchoolRenamed: ({ name, was }) => `${was} is now called ${name}.`,
  SchoolTypeChanged: ({ typeName, typeWas }) => `It became a ${typeName}; it was a ${typeWas}.`,
  SchoolPhaseChanged: ({ kind, kindWas }) =>
    `It is now compared with ${kind} schools; before, with ${kindWas} schools.`,
  AgeRangeChanged: ({ ageFrom, ageTo }) =>
    `It now takes pupils from ${ageFrom ?? 'any'} to ${ageTo ?? 'any'} years of age.`,
  LaestabChanged: ({ laestab }) => `Its establishment number is now ${laestab}.`,
  PupilNumbersRecorded: ({ pupils, capacity }) =>
    `${pupils === undefined ? 'No pupil number is stated' : counted(pupils, 'pupil')}${capacity === undefined ? '' : `, ${counted(capacity, 'place')}`}.`,
  SchoolAddressChanged: () => 'Its address changed.',
  TrustJoined: ({ trust }) => `It joined the trust ${trust.name}.`,
  TrustLeft: ({ trust }) => `It left the trust ${trust.name}.`,
  TrustRenamed: ({ trust, was }) => `Its trust ${was} is now called ${trust.name}.`,
  SchoolFederated: ({ federation }) => `It became part of the federation ${federation.name}.`,
  FederationLeft: ({ federation }) => `It left the federation ${federation.name}.`,
  SchoolOpened: ({ openedOn }) => `It opened${on(openedOn)}.`,
  ClosureProposed: ({ closesOn }) => `It is proposed to close${on(closesOn)}.`,
  ClosureProposalWithdrawn: () => 'It is no longer proposed to close.',
  SchoolClosed: ({ closedOn }) => `It closed${on(closedOn)}.`,
  SchoolReopened: () => 'It is open again.',
  SchoolConvertedToAcademy: ({ convertedOn, oldUrn, newUrn, trust }) =>
    `It became an academy${trust === undefined ? '' : ` of ${trust.name}`}${on(convertedOn)}; its URN changed from ${oldUrn} to ${newUrn}.`,
  UrnChanged: ({ oldUrn, newUrn }) => `Its URN changed from ${oldUrn} to ${newUrn}.`,
  PredecessorUrnRecorded: ({ urn }) => `It was found to have had the URN ${urn} before.`,
  SuccessorUrnNamed: ({ urn }) =>
    `The national links name ${urn} as the URN that follows its present one.`,
  SchoolsMerged: ({ part, closingIds }) =>
    part === 'continues'
      ? `${counted(closingIds.length, 'other school')} merged into it.`
      : 'It merged into another school.',
  HeadteacherChangeRecorded: ({ kind, from, first, newToPost }) =>
    first
      ? `Its head was recorded: ${headWords[kind]} since ${dayInWords(from)}.`
      : `A change of head: ${headWords[kind]} from ${dayInWords(from)}${newToPost ? ', new to the post' : ''}.`,
  ChairOfGovernorsChangeRecorded: ({ kind, from, first }) =>
    `${first ? 'Its chair was recorded' : 'A change of chair'}: ${chairWords[kind]} from ${dayInWords(from)}.`,
  InspectionOutcomeRecorded: (outcome) =>
    `Ofsted, inspection of ${dayInWords(outcome.startedOn)}. ${inspectionInWords(outcome)}.`,
  InspectionAreaRegraded: ({ area, grade, was, gradedOn }) =>
    `A later visit by Ofsted gave ${area} the grade ${grade}${on(gradedOn)}; it was ${was}.`,
  InspectionOutcomeRestated: (outcome) =>
    `Ofsted restated the inspection of ${dayInWords(outcome.startedOn)}. ${inspectionInWords(outcome)}.`,
  InspectionOutcomeWithdrawn: ({ inspectionNumber }) =>
    `The outcome of inspection ${inspectionNumber} does not stand.`,
  SchoolRecordCorrected: ({ field, was, shouldBe }) =>
    `Its record was put right: ${field} is ${shouldBe}, not ${was ?? 'empty'}.`,

  AssessmentWaived: ({ academicYear }) =>
    `It was agreed that it need not be assessed in the round of ${academicYear}.`,
  RiskAssessmentStarted: (data) =>
    `A risk assessment was started ${occasion(data)}, on framework ${data.frameworkVersion}.`,
  IndicatorRecorded: ({ indicator, period, value, unit, example }) =>
    `Reading of ${indicator} for ${period}: ${value} ${unit}${example ? ' (example data)' : ''}.`,
  IndicatorMarkedUnavailable: ({ indicator, period, reason }) =>
    `No reading of ${indicator} for ${period}: ${absenceInWords(reason)}.`,
  RiskScoreCalculated: ({ score, coverage, suggested }) =>
    `The score is ${score ?? 'not to be had'} of 100 with ${coverage}% of the weight covered; ${suggested === undefined ? 'no category is suggested, the panel decides' : `it suggests ${suggested}`}.`,
  ProfessionalJudgementRecorded: ({ proposedCategory, agreesWithScore }) =>
    `The adviser judged that it needs ${proposedCategory}, ${agreesWithScore ? 'as the score suggests' : 'departing from the score'}.`,
  AssessmentModerated: ({ outcome, category }) =>
    outcome === 'agree'
      ? 'The judgement was moderated and agreed.'
      : outcome === 'return'
        ? 'The judgement was moderated and returned to the adviser.'
        : `The judgement was moderated and changed to ${category ?? 'another category'}.`,
  RiskAssessmentFinalised: ({ recommended, ...data }) =>
    `The assessment ${occasion(data)} was finalised and recommends ${recommended}.`,
  RiskAssessmentSuperseded: () => 'A newer assessment took the place of this one.',
  RiskAssessmentAbandoned: () => 'The assessment was given up before it was finished.',

  OutOfCycleReviewTriggered: ({ triggerType, happenedOn }) =>
    `A review outside the round was called for: ${reasonInWords(triggerType)}${on(happenedOn)}.`,
  OutOfCycleReviewDismissed: () => 'It was decided that the trigger needs no review.',
  CategoryProposed: ({ from, to }) =>
    `${to} was proposed${from === undefined || from === to ? '' : `; it was in ${from}`}.`,
  ProposalLetterIssued: ({ recipients, proposedCategory, issuedOn }) =>
    `The letter proposing ${proposedCategory} went to the ${recipients.join(' and the ')}${on(issuedOn)}.`,
  ProposalDiscussed: ({ mode, heldOn }) =>
    `The proposal was discussed with the school (${mode})${on(heldOn)}.`,
  DiscussionDeclined: ({ attemptedOn }) =>
    `The school declined to discuss the proposal${on(attemptedOn)}.`,
  SchoolUnreachable: ({ attemptedOn }) =>
    `The school could not be reached to discuss the proposal${on(attemptedOn)}.`,
  SchoolRepresentationReceived: ({ from, receivedOn }) =>
    `The ${from === 'both' ? 'head and the chair' : from} answered the proposal in writing${on(receivedOn)}.`,
  CategoryReviewRequested: ({ decideBy }) =>
    `The school asked for a review, to be decided by ${dayInWords(decideBy)}.`,
  CategoryReviewDecided: ({ outcome, category }) =>
    outcome === 'stands'
      ? 'The review left the category as it was.'
      : outcome === 'withdrawn'
        ? 'The school took its request for a review back.'
        : `The review decided ${category ?? 'otherwise'}.`,
  CategoryConfirmed: ({ category, effectiveFrom }) =>
    `${category} was confirmed from ${dayInWords(effectiveFrom)}.`,
  CategoryChanged: ({ from, to, effectiveFrom }) =>
    `It moved from ${from} to ${to} from ${dayInWords(effectiveFrom)}.`,
  ProposalWithdrawn: () => 'The proposal was withdrawn.',
  CategoryCorrected: ({ was, shouldBe, effectiveFrom }) =>
    `The record was put right: from ${dayInWords(effectiveFrom)} its category is ${shouldBe}, not ${was}.`,
  TransitionMeetingHeld: ({ heldOn }) =>
    `The transition meeting of adviser, champion and head was held${on(heldOn)}.`,
  NoFurtherNeedAgreed: ({ agreedOn }) =>
    `It was agreed with the head that no further support is needed${on(agreedOn)}.`,

  EntitlementGranted: ({ academicYear, ...allowance }) =>
    `For ${academicYear} it is entitled to ${allowanceInWords(allowance)}.`,
  EntitlementAdjusted: ({ academicYear, now }) =>
    `Its entitlement for ${academicYear} is now ${allowanceInWords(now)}.`,
};

/** "3 headline visits, 9 days of pupil champions and no days of leadership champions, paid by the authority". */
function allowanceInWords(allowance: {
  readonly headlineVisits: number;
  readonly sspcHalfDays: number;
  readonly sslcHalfDays: number;
  readonly fundedPercent: number;
}): string {
  const { headlineVisits, sspcHalfDays, sslcHalfDays, fundedPercent } = allowance;
  const days = (halves: number): string =>
    halves === 0 ? 'no days' : halves === 2 ? '1 day' : `${halves / 2} days`;
  const paid =
    fundedPercent === 100
      ? 'paid by the authority'
      : fundedPercent === 0
        ? 'at the school’s own cost'
        : `${fundedPercent}% paid by the authority`;
  return `${headlineVisits === 0 ? 'no headline visits' : counted(headlineVisits, 'headline visit')}, ${days(sspcHalfDays)} of pupil champions and ${days(sslcHalfDays)} of leadership champions, ${paid}`;
}
