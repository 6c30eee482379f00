import type { InspectionOutcome, SchoolEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

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

export const schoolSentences: SentencesFor<SchoolEvent> = {
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
};
