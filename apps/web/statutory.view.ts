import type { noticeRecipients } from '#domain';
import type {
  AuthorityNotice,
  InvolvementLine,
  InvolvementOn,
  NoticeLine,
  NoticeOn,
  NoticeStage,
  SchoolCard,
} from '#read-models';
import { allOf, groundsInWords, powersInWords, riseKindsInWords } from '#read-models';
import type { Row } from './school.view';
import { capital, counted, dayInWords } from './words';

/** What a tag says, and its colour, which never says more than the word. */
export interface Tag {
  readonly name: string;
  readonly tag: string;
}

const stagesInWords: Readonly<Record<NoticeStage, Tag>> = {
  issued: { name: 'Given', tag: 'blue' },
  complied: { name: 'Complied with', tag: 'green' },
  'not-complied': { name: 'Not complied with', tag: 'red' },
  'intent-notified': { name: 'Power proposed', tag: 'orange' },
  'power-exercised': { name: 'Power used', tag: 'red' },
  closed: { name: 'Closed', tag: 'grey' },
  withdrawn: { name: 'Withdrawn', tag: 'grey' },
  ceased: { name: 'Lapsed', tag: 'grey' },
  standing: { name: 'Stands', tag: 'red' },
  lifted: { name: 'Authority may warn again', tag: 'grey' },
};
const recipientsInWords: Readonly<Record<(typeof noticeRecipients)[number], string>> = {
  'secretary-of-state': 'Secretary of State',
  'governing-body': 'governing body',
  headteacher: 'headteacher',
  diocese: 'diocese',
  foundation: 'those who appoint foundation governors',
};
const risesInWords: Readonly<Record<InvolvementOn['stage'], Tag>> = {
  announced: { name: 'Announced', tag: 'blue' },
  'under-way': { name: 'Under way', tag: 'orange' },
  ended: { name: 'Ended', tag: 'grey' },
};
const closedInWords: Readonly<Record<NonNullable<AuthorityNotice['closedBecause']>, string>> = {
  remedied: 'what was wrong has been put right',
  'no-power-needed': 'no power was needed',
  'no-longer-maintained': 'it is no longer a maintained school',
};

/** "5 days left", "last day today", "ended 3 days ago". */
export function daysLeftInWords(daysLeft: number): string {
  if (daysLeft === 0) return 'last day today';
  return daysLeft > 0
    ? `${counted(daysLeft, 'day')} left`
    : `ended ${counted(-daysLeft, 'day')} ago`;
}

/** A line of the county's list. */
export function lineView({ school, notice, daysLeft, next, by }: NoticeLine) {
  const ours = notice.givenBy === 'authority' ? notice : undefined;
  return {
    school,
    stage: stagesInWords[notice.stage],
    issuedOn: notice.issuedOn,
    about:
      ours === undefined
        ? 'By the Secretary of State'
        : `Section ${ours.section}: ${allOf(ours.grounds.map((ground) => groundsInWords[ground]))}`,
    complyBy: ours?.compliance.to,
    left: daysLeft === undefined ? undefined : daysLeftInWords(daysLeft),
    isLate: daysLeft !== undefined && daysLeft < 0,
    copies: ours?.copies.map((copy) => copyView(copy, ours.issuedOn)) ?? [],
    next,
    // The compliance date has a column of its own.
    by: by === ours?.compliance.to ? undefined : by,
  };
}

const copyView = (
  { to, sentOn }: AuthorityNotice['copies'][number],
  issuedOn: string,
): { to: string; sentOn: string; late: boolean } => ({
  to: capital(recipientsInWords[to]),
  sentOn,
  late: sentOn > issuedOn,
});

/** "2 warning notices are live; of 1 the compliance period has ended and nobody has decided." */
export function noticesSentence(live: number, overdue: number): string {
  const are = `${counted(live, 'warning notice')} ${live === 1 ? 'is' : 'are'} live`;
  return overdue === 0
    ? `${are}.`
    : `${are}. The compliance period of ${overdue} of them has ended, and whether it was complied with is to be decided.`;
}

/** A notice with all that was done on it, on its school's page. */
export function noticeView({ notice, daysLeft, next, by }: NoticeOn) {
  const { issuedOn, stage } = notice;
  const status = { stage: stagesInWords[stage], next, by };
  if (notice.givenBy === 'secretary-of-state') {
    return {
      ...status,
      title: `Notice of the Secretary of State, ${dayInWords(issuedOn)}`,
      rows: [
        row('Given on', dayInWords(issuedOn)),
        row('The authority was told on', dayInWords(notice.toldOn)),
        ...row('Kept at', notice.docRef),
        ...row('Authority may warn again from', inWords(notice.overOn)),
      ].flat(),
    };
  }
  const { from, to, statedTo } = notice.compliance;
  const left = daysLeft === undefined ? '' : ` (${daysLeftInWords(daysLeft)})`;
  const stated = statedTo === undefined ? '' : `; the notice said ${dayInWords(statedTo)}`;
  return {
    ...status,
    title: `Warning notice of ${dayInWords(issuedOn)}`,
    rows: [
      row('Given under', `Section ${notice.section}, Education and Inspections Act 2006`),
      row('Grounds', capital(allOf(notice.grounds.map((ground) => groundsInWords[ground])))),
      row('Matters it rests on', notice.matters),
      row('Action required', notice.actionsRequired),
      row('What the authority is minded to do', notice.mindedTo),
      row('Compliance period', `${dayInWords(from)} to ${dayInWords(to)}${left}${stated}`),
      ...notice.copies
        .map((copy) => copyView(copy, issuedOn))
        .map((copy) =>
          row(
            `Copy to: ${copy.to}`,
            `${dayInWords(copy.sentOn)}${copy.late ? ', after the notice was given' : ''}`,
          ),
        ),
      ...stepRows(notice),
    ].flat(),
  };
}

function stepRows(notice: AuthorityNotice): readonly Row[] {
  const { decided, intents, powers, overOn, stage, closedBecause } = notice;
  return [
    ...row(
      'Decision on compliance',
      decided === undefined
        ? undefined
        : `${decided.outcome === 'complied' ? 'Complied with' : 'Not complied with'}, decided on ${dayInWords(decided.on)}`,
    ),
    ...intents.flatMap((intent) =>
      row(
        'Powers proposed to the governing body',
        `On ${dayInWords(intent.notifiedOn)}, from ${dayInWords(intent.notBefore)}: ${allOf(intent.powers.map((power) => powersInWords[power]))}`,
      ),
    ),
    ...powers.flatMap((used) => row('Power used', usedInWords(used))),
    ...(stage === 'closed' || stage === 'withdrawn' || stage === 'ceased'
      ? row(
          stagesInWords[stage].name,
          `${inWords(overOn) ?? ''}${closedBecause === undefined ? '' : `: ${closedInWords[closedBecause]}`}`,
        )
      : []),
  ];
}

function usedInWords(used: AuthorityNotice['powers'][number]): string {
  const { power, exercisedOn, endedOn, secretaryOfStateConsentedOn, terms } = used;
  const consent =
    secretaryOfStateConsentedOn === undefined
      ? ''
      : `; the Secretary of State consented on ${dayInWords(secretaryOfStateConsentedOn)}`;
  const until = endedOn === undefined ? ', in use' : ` until ${dayInWords(endedOn)}`;
  return `${capital(powersInWords[power])}, from ${dayInWords(exercisedOn)}${until}${consent}${terms === undefined ? '' : `. ${terms}`}`;
}

const row = (key: string, value: string | undefined): readonly Row[] =>
  value === undefined ? [] : [{ key, value }];
const inWords = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : dayInWords(day);

/** RISE at a school, in words. */
export function involvementView(involvement: InvolvementOn) {
  const { kind, stage, from, expectedTo, endedOn, pastExpected, source } = involvement;
  return {
    kind: capital(riseKindsInWords[kind]),
    stage: risesInWords[stage],
    from,
    until:
      endedOn !== undefined
        ? `Ended ${dayInWords(endedOn)}`
        : expectedTo === undefined
          ? 'Not known'
          : `${dayInWords(expectedTo)}, expected${pastExpected ? '; that day has passed' : ''}`,
    source,
  };
}
export const riseLineView = ({ school, involvement, category }: InvolvementLine) => ({
  school,
  category,
  ...involvementView(involvement),
});

/** Whom concerns about a school go to, where no notice under the 2006 Act can be given. */
export function otherRoute({ status, kind }: SchoolCard): string | undefined {
  if (status === 'academy') {
    return 'This school is an academy. The authority gives warning notices to maintained schools only (Education and Inspections Act 2006, section 59); concerns go to its trust and to the Department for Education’s regional group.';
  }
  return kind === 'pru-ap'
    ? 'This is a pupil referral unit, to which warning notices under the Education and Inspections Act 2006 are not given; its route is the 2007 Management Committee Regulations.'
    : undefined;
}
