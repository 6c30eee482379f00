import { present } from '../shared/plain';
import type { IssueWarningNotice } from './commands';
import { faultOfDay, faultOfGiving, yearAfter } from './days';
import { groundsOf } from './law';
import type { NoticeRefusal } from './refusals';
import { refuse } from './refusals';
import type { KnownToNotices, NoticesDecide } from './state';
import { liveNotice, standing, wasGiven } from './state';

type Names = 'IssueWarningNotice' | 'RecordSecretaryOfStateNotice' | 'RecordPermissionToWarn';
type Given = Readonly<IssueWarningNotice> & { readonly issuedOn: string };

/** Who gives a notice: the authority, or the Secretary of State in its stead. */
export const givingDecisions: Pick<NoticesDecide, Names> = {
  IssueWarningNotice: (state, command, { actor, today, newId, known }) => {
    const { noticeId = newId(0), issuedOn = today, ...rest } = command;
    const said = { ...rest, issuedOn };
    if (wasGiven(state, said, command.noticeId)) return [];
    if (state.notices[noticeId] !== undefined) return refuse.NoticeIdTaken();
    const no =
      faultOfSchool(known) ?? faultOfNotice(said, today) ?? faultOfCopies(said, today, known);
    if (no !== undefined) return no;
    const [secretary] = standing(state);
    if (secretary !== undefined) return refuse.SecretaryOfStateNoticeStands(secretary[1].givenOn);
    const live = liveNotice(state);
    if (live !== undefined) return refuse.NoticeIsLive(live.given.noticeId);
    return [{ type: 'WarningNoticeIssued', data: { ...said, noticeId, issuedById: actor.id } }];
  },

  RecordSecretaryOfStateNotice: (state, command, { today, newId, known }) => {
    const { schoolId, givenOn, secretaryNoticeId = newId(0), docRef } = command;
    // Where it was told of late, that is the day to give; on the same day mostly.
    const { toldOn = today } = command;
    const recorded = Object.entries(state.secretary).find(([id]) => id === secretaryNoticeId);
    const alike = Object.values(state.secretary).some((other) => other.givenOn === givenOn);
    if (recorded === undefined ? alike : recorded[1].givenOn === givenOn) return [];
    if (recorded !== undefined) return refuse.NoticeIdTaken();
    const no =
      faultOfSchool(known) ??
      faultOfGiving('givenOn', givenOn, today) ??
      faultOfDay(
        { field: 'toldOn', day: toldOn, after: givenOn, what: 'when the notice was given' },
        today,
      );
    if (no !== undefined) return no;
    const live = liveNotice(state);
    // s.60(4B): any earlier notice of the authority ceases to have effect from that time.
    const lapses = live !== undefined && live.given.issuedOn <= givenOn;
    return [
      {
        type: 'SecretaryOfStateNoticeRecorded',
        data: { schoolId, secretaryNoticeId, ...present({ docRef }), toldOn, givenOn },
      },
      ...(lapses
        ? ([
            {
              type: 'NoticeCeased',
              data: {
                schoolId,
                noticeId: live.given.noticeId,
                secretaryNoticeId,
                ceasedOn: givenOn,
              },
            },
          ] as const)
        : []),
    ];
  },

  RecordPermissionToWarn: (state, { schoolId, informedOn: given }, { today }) => {
    const informedOn = given ?? today;
    const stand = standing(state);
    const lifted = Object.values(state.secretary).some(({ liftedOn }) => liftedOn === informedOn);
    if (stand.length === 0) return lifted ? [] : refuse.NoSecretaryOfStateNotice();
    const after =
      stand
        .map(([, { toldOn }]) => toldOn)
        .toSorted()
        .at(-1) ?? informedOn;
    const no = faultOfDay(
      {
        field: 'informedOn',
        day: informedOn,
        after,
        what: 'when the authority was told of the notice',
      },
      today,
    );
    if (no !== undefined) return no;
    const secretaryNoticeIds = stand.map(([id]) => id);
    return [
      { type: 'PermissionToWarnRecorded', data: { schoolId, secretaryNoticeIds, informedOn } },
    ];
  },
};

/** s.59: maintained schools of England, without pupil referral units; another school has another route. */
export function faultOfSchool({ school }: KnownToNotices): NoticeRefusal | undefined {
  if (!school.registered) return refuse.NotRegistered();
  if (school.status === 'academy') return refuse.AcademyElsewhere();
  if (school.kind === 'pru-ap') return refuse.PupilReferralUnitElsewhere();
  return school.open ? undefined : refuse.NotOpenToNotices();
}

function faultOfNotice(
  { issuedOn, section, grounds, complianceFrom, complianceTo }: Given,
  today: string,
): NoticeRefusal | undefined {
  const day = faultOfGiving('issuedOn', issuedOn, today);
  if (day !== undefined) return day;
  const other = grounds.find((ground) => !groundsOf[section].includes(ground));
  if (other !== undefined) return refuse.GroundOfOtherSection(other, section);
  const latest = yearAfter(issuedOn);
  if (complianceFrom < issuedOn) {
    return refuse.CompliancePeriodUnfit(
      `it begins on ${complianceFrom}, before the notice of ${issuedOn}`,
    );
  }
  if (complianceTo <= complianceFrom) {
    return refuse.CompliancePeriodUnfit(
      `it ends on ${complianceTo} and begins on ${complianceFrom}, so it leaves no time`,
    );
  }
  return complianceTo > latest
    ? refuse.CompliancePeriodUnfit(
        `it ends on ${complianceTo}, more than a year after the notice (${latest})`,
      )
    : undefined;
}

/** s.60(6) and (6A): at the same time, to those the law names. What was sent late to others than the first is recorded so. */
function faultOfCopies(
  { copies, issuedOn }: Given,
  today: string,
  { school }: KnownToNotices,
): NoticeRefusal | undefined {
  const sent = new Map(copies.map(({ to, sentOn }) => [to, sentOn]));
  const twice = copies.find(({ to, sentOn }) => sent.get(to) !== sentOn);
  if (sent.size < copies.length) return refuse.RecipientTwice(twice?.to ?? 'same recipient');
  const secretary = sent.get('secretary-of-state');
  if (secretary !== issuedOn) return refuse.SecretaryOfStateCopyWanted(issuedOn, secretary);
  const missing = (['governing-body', 'headteacher'] as const).find((to) => !sent.has(to));
  if (missing !== undefined) return refuse.RecipientMissing(missing.replace('-', ' '));
  if (isVoluntary(school) && !sent.has('diocese') && !sent.has('foundation'))
    return refuse.RecipientMissing('diocese, or to whoever appoints the foundation governors');
  return copies
    .map(({ to, sentOn: day }) =>
      faultOfDay(
        { field: `copies (${to})`, day, after: issuedOn, what: 'when the notice was given' },
        today,
      ),
    )
    .find((fault) => fault !== undefined);
}

/** "Voluntary aided school" and "Voluntary controlled school", as the national register calls them. */
const isVoluntary = (school: KnownToNotices['school']): boolean =>
  school.registered && school.typeName.startsWith('Voluntary');
