import { join } from 'node:path';
import { aggregates } from '#domain';
import { leadingIn } from '../../scripts/leading-to';

/*
 * The commands and events the work of a school-improvement team is made of [domain dossier, 7], each under its name, and what
 * we call it. Where one of its names means several of ours, each says which; where we say more than one word, the short name
 * works too (`alsoCalled`).
 */
jest.setTimeout(120_000);

interface Row {
  readonly context: string;
  /** Our commands; the first is the one the name stands for, unless `several`. */
  readonly ours: readonly string[];
  readonly events: readonly string[];
  /** The name is one word for acts that differ in what they say: each has its own name, and none the short one. */
  readonly several?: string;
}
const row = (context: string, ours: string, events: string, several?: string): Row => ({
  ...{ context, ours: ours.split(' '), events: events.split(' ') },
  ...(several === undefined ? {} : { several }),
});

const work: Readonly<Record<string, Row>> = {
  RegisterSchool: row('schools', 'RegisterSchool', 'SchoolRegistered'),
  RecordConversion: row('schools', 'RecordConversion', 'SchoolConvertedToAcademy'),
  CloseSchool: row('schools', 'CloseSchool RecordMerger', 'SchoolClosed SchoolsMerged'),
  RecordHeadChange: row('schools', 'RecordHeadChange', 'HeadteacherChangeRecorded'),
  PublishFramework: row('policy', 'PublishFramework', 'AssessmentFrameworkPublished'),
  PublishOffer: row('policy', 'PublishOffer', 'SupportOfferPublished'),
  OpenCycle: row('policy', 'OpenCycle CloseCycle', 'AssessmentCycleOpened AssessmentCycleClosed'),
  StartAssessment: row('risk', 'StartAssessment', 'RiskAssessmentStarted'),
  RecordIndicator: row(
    'risk',
    'RecordIndicator MarkIndicatorUnavailable',
    'IndicatorRecorded IndicatorMarkedUnavailable',
  ),
  ImportInspection: row('schools', 'RecordInspectionOutcome', 'InspectionOutcomeRecorded'),
  Score: row('risk', 'CalculateScore', 'RiskScoreCalculated'),
  Judge: row('risk', 'RecordJudgement', 'ProfessionalJudgementRecorded'),
  Moderate: row('risk', 'ModerateAssessment', 'AssessmentModerated'),
  Finalise: row('risk', 'FinaliseAssessment', 'RiskAssessmentFinalised RiskAssessmentSuperseded'),
  ProposeCategory: row('categories', 'ProposeCategory', 'CategoryProposed'),
  IssueLetter: row('categories', 'IssueLetter', 'ProposalLetterIssued'),
  // It is the school that is unreachable, not the discussion.
  RecordDiscussion: row(
    'categories',
    'RecordDiscussion RecordDiscussionAttempt',
    'ProposalDiscussed DiscussionDeclined SchoolUnreachable',
  ),
  Represent: row('categories', 'RecordRepresentation', 'SchoolRepresentationReceived'),
  ConfirmCategory: row('categories', 'ConfirmCategory', 'CategoryConfirmed'),
  ChangeCategory: row('categories', 'ConfirmCategory', 'CategoryChanged'),
  CorrectCategory: row('categories', 'CorrectCategory', 'CategoryCorrected'),
  RequestReview: row(
    'categories',
    'RequestReview DecideReview',
    'CategoryReviewRequested CategoryReviewDecided',
  ),
  FlagTrigger: row('categories', 'FlagTrigger', 'OutOfCycleReviewTriggered'),
  HoldTransition: row(
    'categories',
    'HoldTransitionMeeting AgreeTransitionPathway ConfirmCategory',
    'TransitionMeetingHeld TransitionPathwayAgreed TransitionCompleted',
  ),
  Grant: row(
    'support',
    'GrantEntitlement LapseEntitlement',
    'EntitlementGranted EntitlementAdjusted EntitlementLapsed',
  ),
  // Given by the system alone.
  ReserveDays: row(
    'support',
    'ReserveDays ReleaseDays ConsumeDays',
    'DaysReserved DaysReleased DaysConsumed',
  ),
  RegisterChampion: row(
    'champions',
    'RegisterChampion UpdateChampion PauseChampion RetireChampion',
    'ChampionRegistered ChampionUpdated ChampionPaused ChampionRetired',
  ),
  Declare: row(
    'champions',
    'DeclareAvailability DeclareInterest ResolveInterest',
    'AvailabilityDeclared InterestDeclared InterestResolved',
    'availability and an interest have nothing in common but the word',
  ),
  IdentifyNeed: row('support', 'IdentifyNeed', 'SupportNeedIdentified'),
  ProposeMatch: row('support', 'ProposeMatch DeclineMatch', 'ChampionProposed ChampionDeclined'),
  AgreeRelease: row(
    'support',
    'AgreeRelease WithdrawRelease',
    'HomeSchoolReleaseAgreed HomeSchoolReleaseWithdrawn',
  ),
  AcceptSupport: row(
    'support',
    'AcceptSupport DeclineSupport',
    'SupportedSchoolAgreed SupportedSchoolDeclined',
  ),
  // Begun by a person; the half-days are set aside of two ledgers before it is confirmed.
  ConfirmDeployment: row(
    'support',
    'ConfirmDeployment CompleteConfirmation',
    'DeploymentConfirmed',
  ),
  Start: row('support', 'StartDeployment', 'DeploymentStarted'),
  Pause: row('support', 'PauseDeployment', 'DeploymentPaused'),
  Resume: row('support', 'ResumeDeployment', 'DeploymentResumed'),
  Extend: row('support', 'ExtendDeployment CompleteExtension', 'DeploymentExtended'),
  Complete: row('support', 'CompleteDeployment', 'DeploymentCompleted'),
  End: row('support', 'EndDeployment', 'DeploymentEndedEarly'),
  RecordVisit: row(
    'support',
    'RecordVisit AmendVisitRecord',
    'ChampionVisitRecorded VisitRecordAmended',
  ),
  ScheduleHlv: row(
    'visits',
    'ScheduleHeadlineVisit RescheduleHeadlineVisit CompleteHeadlineVisit CancelHeadlineVisit',
    'HeadlineVisitScheduled HeadlineVisitRescheduled HeadlineVisitCompleted HeadlineVisitCancelled',
  ),
  Convene: row(
    'visits',
    'ConveneTeamAroundSchool HoldTasMeeting AgreeTasAction CloseTasAction StandDownTeam',
    'TeamAroundSchoolConvened TasMeetingHeld TasActionAgreed TasActionClosed TasStoodDown',
  ),
  Evaluate: row('support', 'EvaluateImpact', 'ImpactEvaluated'),
  Claim: row(
    'money',
    'ClaimReimbursement ApproveClaim RejectClaim PayClaim',
    'ReimbursementClaimed ReimbursementApproved ReimbursementRejected ReimbursementPaid',
  ),
  InvoiceSchool: row('money', 'InvoiceSchool', 'SupportInvoiced'),
  Review: row(
    'quality',
    'CompleteQualityReview ModerateQualityReview',
    'QualityReviewCompleted QualityReviewModerated',
  ),
  Raise: row(
    'quality',
    'IdentifyImprovementArea CloseImprovementArea',
    'ImprovementAreaIdentified ImprovementAreaClosed',
  ),
  Form: row(
    'collaborations',
    'FormCollaboration EndCollaboration',
    'CollaborationFormed CollaborationEnded',
  ),
  Issue: row(
    'statutory',
    'IssueWarningNotice SetCompliancePeriod DecideCompliance NotifyInterventionIntent ExerciseInterventionPower RecordSecretaryOfStateNotice',
    'WarningNoticeIssued CompliancePeriodSet ComplianceDecided InterventionIntentNotified InterventionPowerExercised NoticeCeased',
  ),
  Record: row('statutory', 'RecordRiseInvolvement', 'RiseInvolvementRecorded'),
  RecordMinutes: row('governance', 'RecordBoardDecision', 'BoardDecisionRecorded'),
};

const leading = leadingIn(join(__dirname, '../..'));
const commands = new Map(
  aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands).map(([name, command]) => [name, { aggregate, command }]),
  ),
);

describe.each(Object.entries(work))('%s', (name, { context, ours, events, several }) => {
  it('is a command of its context, under that name', () => {
    for (const own of ours) expect(commands.get(own)?.aggregate.context).toBe(context);
    const called = (own: string) => [own, ...(commands.get(own)?.command.alsoCalled ?? [])];
    if (several === undefined) expect(called(ours[0] ?? '')).toContain(name);
    else expect(ours.flatMap(called)).not.toContain(name);
  });

  it('leads to the events of its name, each by one of its commands', () => {
    const led = ours.flatMap((own) => {
      const aggregate = commands.get(own)?.aggregate;
      const among = new Set(Object.keys(aggregate?.events ?? {}));
      return leading.events(context, own, among);
    });
    expect(events.filter((event) => !led.includes(event))).toEqual([]);
  });
});

describe('other names', () => {
  const also = [...commands].flatMap(([name, { aggregate, command }]) =>
    (command.alsoCalled ?? []).map((called) => ({ name, called, context: aggregate.context })),
  );

  it('are of this table, and each of one command in its context', () => {
    expect(also.filter(({ called }) => !(called in work))).toEqual([]);
    const addresses = [
      ...also.map(({ context, called }) => `${context}/${called}`),
      ...[...commands].map(([name, { aggregate }]) => `${aggregate.context}/${name}`),
    ];
    expect(addresses).toEqual([...new Set(addresses)]);
  });
});
