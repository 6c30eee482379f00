import type { ExerciseInterventionPower } from './commands';
import { faultOfDay, yearAfter } from './days';
import { faultOfSchool } from './giving';
import { isPowerFor, lastDayFor } from './law';
import type { NoticeRefusal } from './refusals';
import { refuse } from './refusals';
import type { Notice, NoticesDecide, NoticesState } from './state';
import { inUse, isLive } from './state';

type Names = Exclude<
  keyof NoticesDecide,
  'IssueWarningNotice' | 'RecordSecretaryOfStateNotice' | 'RecordPermissionToWarn'
>;

/** From the compliance period to the end of a notice. */
export const interveningDecisions: Pick<NoticesDecide, Names> = {
  SetCompliancePeriod: (state, command, { today }) => {
    const { noticeId, complianceTo, setOn = today } = command;
    const notice = liveOf(state, noticeId);
    if ('refused' in notice) return notice;
    const { complianceTo: was, decided, given } = notice;
    if (complianceTo === was) return [];
    if (decided !== undefined)
      return refuse.ComplianceIsDecided(decided.outcome, decided.decidedOn);
    const no = faultOfDay(
      { field: 'setOn', day: setOn, after: given.issuedOn, what: 'when the notice was given' },
      today,
    );
    if (no !== undefined) return no;
    if (setOn > was) return refuse.PeriodHasEnded(was);
    if (complianceTo < was) return refuse.PeriodOnlyExtended(was);
    if (complianceTo > yearAfter(setOn)) {
      return refuse.CompliancePeriodUnfit(
        `it would end on ${complianceTo}, more than a year from ${setOn}`,
      );
    }
    return [{ type: 'CompliancePeriodSet', data: { ...command, was, setOn } }];
  },

  DecideCompliance: (state, command, { actor, today }) => {
    const { noticeId, outcome, decidedOn = today } = command;
    const known = state.notices[noticeId];
    if (known?.decided?.outcome === outcome) return [];
    const notice = liveOf(state, noticeId);
    if ('refused' in notice) return notice;
    const { decided, given, complianceTo } = notice;
    if (decided !== undefined)
      return refuse.ComplianceIsDecided(decided.outcome, decided.decidedOn);
    const no = faultOfDay(
      {
        field: 'decidedOn',
        day: decidedOn,
        after: given.issuedOn,
        what: 'when the notice was given',
      },
      today,
    );
    if (no !== undefined) return no;
    if (outcome === 'not-complied' && decidedOn <= complianceTo)
      return refuse.PeriodStillRuns(complianceTo);
    return [{ type: 'ComplianceDecided', data: { ...command, deciderId: actor.id, decidedOn } }];
  },

  NotifyInterventionIntent: (state, command, { today, known }) => {
    const { noticeId, powers, notBefore, notifiedOn = today } = command;
    const notice = nonCompliant(state, noticeId);
    if ('refused' in notice) return notice;
    const { given, intents, decided } = notice;
    if (
      intents.some(
        (told) =>
          told.notifiedOn === notifiedOn &&
          told.notBefore === notBefore &&
          powers.every((power) => told.powers.includes(power)),
      )
    ) {
      return [];
    }
    const unfit = powers.find((power) => !isPowerFor(power, given.section));
    if (unfit !== undefined) return refuse.PowerNotForSection(unfit, given.section);
    const no =
      faultOfSchool(known) ??
      faultOfDay(
        {
          field: 'notifiedOn',
          day: notifiedOn,
          after: decided.decidedOn,
          what: 'when it was decided that the notice was not complied with',
        },
        today,
      );
    if (no !== undefined) return no;
    const latest = yearAfter(notifiedOn);
    if (notBefore <= notifiedOn || notBefore > latest)
      return refuse.IntentTooShort(notBefore, notifiedOn, latest);
    return [{ type: 'InterventionIntentNotified', data: { ...command, notifiedOn } }];
  },

  ExerciseInterventionPower: (state, command, { today, known }) => {
    const { noticeId, power, exercisedOn = today } = command;
    const notice = nonCompliant(state, noticeId);
    if ('refused' in notice) return notice;
    const used = inUse(notice).find((one) => one.power === power);
    if (used?.exercisedOn === exercisedOn) return [];
    if (used !== undefined) return refuse.PowerInUse(power, used.exercisedOn);
    const no =
      faultOfSchool(known) ??
      faultOfPower(notice, { ...command, exercisedOn }) ??
      faultOfConsent({ ...command, exercisedOn }) ??
      (exercisedOn > today ? refuse.InTheFuture('exercisedOn', exercisedOn, today) : undefined);
    if (no !== undefined) return no;
    return [{ type: 'InterventionPowerExercised', data: { ...command, exercisedOn } }];
  },

  // Also on a notice that lapsed while a power was in use: what was begun can be ended.
  EndIntervention: (state, command, { today }) => {
    const { noticeId, power, endedOn = today } = command;
    const notice = state.notices[noticeId];
    if (notice === undefined) return refuse.NoticeUnknown();
    const used = inUse(notice).find((one) => one.power === power);
    if (used === undefined) {
      return notice.powers.some((one) => one.power === power && one.endedOn === endedOn)
        ? []
        : refuse.PowerNotInUse(power);
    }
    const no = faultOfDay(
      { field: 'endedOn', day: endedOn, after: used.exercisedOn, what: 'when the power was used' },
      today,
    );
    return no ?? [{ type: 'InterventionEnded', data: { ...command, endedOn } }];
  },

  CloseNotice: (state, command, { today }) => {
    const { noticeId, closedOn = today } = command;
    if (state.notices[noticeId]?.stage === 'closed') return [];
    const notice = nonCompliant(state, noticeId);
    if ('refused' in notice) return notice;
    const [used] = inUse(notice);
    if (used !== undefined) return refuse.PowerInUse(used.power, used.exercisedOn);
    const no = faultOfDay(
      { field: 'closedOn', day: closedOn, after: lastDayOf(notice), what: 'the last step taken' },
      today,
    );
    return no ?? [{ type: 'NoticeClosed', data: { ...command, closedOn } }];
  },

  WithdrawNotice: (state, command, { today }) => {
    const { noticeId, withdrawnOn = today } = command;
    if (state.notices[noticeId]?.stage === 'withdrawn') return [];
    const notice = liveOf(state, noticeId);
    if ('refused' in notice) return notice;
    if (notice.powers.length > 0) return refuse.PowerWasUsed();
    const no = faultOfDay(
      {
        field: 'withdrawnOn',
        day: withdrawnOn,
        after: lastDayOf(notice),
        what: 'the last step taken',
      },
      today,
    );
    return no ?? [{ type: 'NoticeWithdrawn', data: { ...command, withdrawnOn } }];
  },
};

const howEnded = {
  complied: 'complied with',
  closed: 'closed',
  withdrawn: 'withdrawn',
  ceased: 'superseded by one of the Secretary of State',
} as const;

/** The notice, while something can still be done on it. */
function liveOf({ notices }: NoticesState, noticeId: string): Notice | NoticeRefusal {
  const notice = notices[noticeId];
  if (notice === undefined) return refuse.NoticeUnknown();
  const { stage } = notice;
  return isLive(notice) ? notice : refuse.NoticeEnded(howEnded[stage as keyof typeof howEnded]);
}

type NonCompliant = Notice & { readonly decided: NonNullable<Notice['decided']> };

/** s.60(1)(b) and (c): the period ran out, and the authority is not satisfied. */
function nonCompliant(state: NoticesState, noticeId: string): NonCompliant | NoticeRefusal {
  const notice = liveOf(state, noticeId);
  if ('refused' in notice) return notice;
  const { decided } = notice;
  return decided === undefined
    ? refuse.NonComplianceWanted(notice.complianceTo)
    : { ...notice, decided };
}

type Exercised = Readonly<ExerciseInterventionPower> & { readonly exercisedOn: string };

/** s.60(1)(d), and what the sections of the powers themselves say. */
function faultOfPower(
  notice: Notice,
  { power, exercisedOn }: Exercised,
): NoticeRefusal | undefined {
  const told = notice.intents.filter(({ powers }) => powers.includes(power));
  const [notBefore] = told.map((intent) => intent.notBefore).toSorted();
  if (notBefore === undefined) return refuse.IntentWanted(power);
  if (exercisedOn < notBefore) return refuse.IntentNotRunOut(notBefore);
  const last = lastDayFor(power, notice.complianceTo);
  if (last !== undefined && exercisedOn > last) return refuse.PowerOutOfTime(power, last);
  const board = inUse(notice).some((used) => used.power === 'interim-executive-board');
  return board && power === 'additional-governors' ? refuse.InterimBoardInPlace() : undefined;
}

/** s.65: an interim executive board, and it alone, takes the consent of the Secretary of State beforehand. */
function faultOfConsent({
  power,
  exercisedOn,
  secretaryOfStateConsentedOn: consentedOn,
}: Exercised): NoticeRefusal | undefined {
  if (power !== 'interim-executive-board')
    return consentedOn === undefined ? undefined : refuse.ConsentForBoardOnly(power);
  if (consentedOn === undefined) return refuse.ConsentWanted();
  return exercisedOn < consentedOn
    ? refuse.OutOfOrder(
        'exercisedOn',
        exercisedOn,
        consentedOn,
        'when the Secretary of State consented',
      )
    : undefined;
}

/** The day of the last step on a notice: what ends it is not before that. */
function lastDayOf({ given, decided, intents, powers }: Notice): string {
  const days = [
    given.issuedOn,
    decided?.decidedOn,
    ...intents.map(({ notifiedOn }) => notifiedOn),
    ...powers.map(({ exercisedOn, endedOn }) => endedOn ?? exercisedOn),
  ].filter((day) => day !== undefined);
  return days.toSorted().at(-1) ?? given.issuedOn;
}
