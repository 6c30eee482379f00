import { academicYearOf } from '#domain';
import type { SchoolVisits, TeamAround, VisitOnDay, YearOfVisits } from '#read-models';
import { counted, dayInWords } from './words';

/*
 * The visits of advisers and the teams around schools, in words.
 */
const visits = (n: number, more = ''): string => counted(n, `${more}headline visit`);

/** "Headline visit 2 of 2026/27", "New-to-headship visit of 2026/27". */
export const visitName = ({
  kind,
  number,
  academicYear,
}: Pick<VisitOnDay, 'kind' | 'number' | 'academicYear'>): string =>
  kind === 'headline'
    ? `Headline visit ${number} of ${academicYear}`
    : `New-to-headship visit of ${academicYear}`;

/** "For 2026/27 the offer grants 3 headline visits: 1 is made, 1 is arranged and 1 is left to arrange." */
export function yearSentence(year: YearOfVisits, past = false): string {
  const { academicYear, granted, extra, scheduled, completed, left } = year;
  const [are, is] = past ? ['were', 'was'] : ['are', 'is'];
  const count = (n: number): string => (n === 0 ? `none ${is}` : `${n} ${n === 1 ? is : are}`);
  const more = newHeadSentence(year);
  if (left === undefined) {
    const there = scheduled + completed;
    const none = `No entitlement is on record for ${academicYear}`;
    return there === 0
      ? `${none}, so there ${is} no headline visit to arrange.${more}`
      : `${none}; ${visits(there)} ${there === 1 ? is : are} arranged or made.${more}`;
  }
  const offer = `For ${academicYear} the offer ${past ? 'granted' : 'grants'} ${granted === undefined ? 'no headline visits' : visits(granted)}`;
  const approved =
    extra === 0 ? '' : ` and ${visits(extra, 'extra ')} ${extra === 1 ? is : are} approved`;
  const rest =
    left < 0
      ? `${count(-left)} more than granted`
      : `${count(left)} ${past ? 'not used' : 'left to arrange'}`;
  const open = past
    ? scheduled === 0
      ? ''
      : `, ${count(scheduled)} never recorded`
    : `, ${count(scheduled)} arranged`;
  return `${offer}${approved}: ${count(completed)} made${open} and ${rest}.${more}`;
}

const newHeadSentence = ({ newToHeadship }: YearOfVisits): string =>
  newToHeadship === 0
    ? ''
    : ` ${counted(newToHeadship, 'visit')} for a new head ${newToHeadship === 1 ? 'counts' : 'count'} beside them.`;

/** What is to be done about an arranged visit: make it, or write it down. */
export const dueInWords = ({ on, recordDueOn }: VisitOnDay, today: string): string =>
  on > today
    ? `The visit, on ${dayInWords(on)}`
    : on === today
      ? 'The visit, today'
      : `The record, by ${dayInWords(recordDueOn)}`;

export const overdueInWords = (days: number): string => `${counted(days, 'day')} overdue`;

const cadences = { monthly: 'monthly', 'half-termly': 'each half-term' } as const;

/** "It meets monthly; it met 3 times, the last time on 2 November 2026, and meets next by 2 December 2026." */
export function meetingsSentence(team: TeamAround): string {
  const { cadence, meetings, lastMetOn, meetsBy, stoodDownOn } = team;
  const ended = stoodDownOn !== undefined;
  const met =
    lastMetOn === undefined
      ? ended
        ? 'no meeting is on record'
        : 'it has not met yet'
      : `it met ${meetings === 1 ? 'once' : `${meetings} times`}, ${meetings === 1 ? '' : 'the last time '}on ${dayInWords(lastMetOn)}`;
  const next = meetsBy === undefined ? '' : `, and meets next by ${dayInWords(meetsBy)}`;
  return `It ${ended ? 'met' : 'meets'} ${cadences[cadence]}; ${met}${next}.`;
}

/** `chair-of-governors` → "chair of governors". */
export const teamRoleInWords = (role: string): string => role.replaceAll('-', ' ');

/** What the page of one school shows. */
export function schoolVisitsView(found: SchoolVisits, today: string) {
  const named = (list: readonly VisitOnDay[]) =>
    list.map((visit) => ({
      ...visit,
      name: visitName(visit),
      due: dueInWords(visit, today),
      overdue: visit.daysOverdue === undefined ? undefined : overdueInWords(visit.daysOverdue),
    }));
  const teams = found.teams.map((team) => ({
    ...team,
    sentence: meetingsSentence(team),
    late: team.meetsBy !== undefined && team.meetsBy < today,
    members: team.members.map(({ personId, role }) => ({ personId, role: teamRoleInWords(role) })),
    open: team.open.map((action) => ({ ...action, late: action.due < today })),
  }));
  const year = academicYearOf(today);
  const now = found.years.find(({ academicYear }) => academicYear === year);
  return {
    ...found,
    sentence: now === undefined ? '' : yearSentence(now),
    others: found.years
      .filter((other) => other !== now)
      .map((other) => yearSentence(other, other.academicYear < year)),
    overdue: named(found.overdue),
    scheduled: named(found.scheduled),
    completed: named(found.completed),
    cancelled: named(found.cancelled),
    team: teams.find(({ stoodDownOn }) => stoodDownOn === undefined),
    pastTeams: teams.filter(({ stoodDownOn }) => stoodDownOn !== undefined),
  };
}
