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

/** "For 2026/27 the offer grants 3 headline visits: 1 is made, 1 is arranged and 1 is left." */
export function yearSentence(year: YearOfVisits): string {
  const { academicYear, granted, extra, scheduled, completed, left } = year;
  const new_ = newHeadSentence(year);
  if (left === undefined) {
    return scheduled + completed === 0
      ? `No entitlement is on record for ${academicYear}, so there is no headline visit to arrange.${new_}`
      : `No entitlement is on record for ${academicYear}; ${visits(scheduled + completed)} stand there.${new_}`;
  }
  const grants = `For ${academicYear} the offer grants ${granted === undefined ? 'no headline visits yet' : visits(granted)}`;
  const more = extra === 0 ? '' : ` and ${visits(extra, 'extra ')} ${be(extra)} approved`;
  const rest =
    left < 0
      ? `${-left} more than it grants now ${be(-left)} arranged or made`
      : `${left} ${be(left)} left to arrange`;
  return `${grants}${more}: ${completed} ${be(completed)} made, ${scheduled} ${be(scheduled)} arranged and ${rest}.${new_}`;
}

const be = (n: number): string => (n === 1 ? 'is' : 'are');

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
  const [now, ...earlier] = found.years;
  return {
    ...found,
    sentence: now === undefined ? '' : yearSentence(now),
    earlier: earlier.map((year) => yearSentence(year)),
    overdue: named(found.overdue),
    scheduled: named(found.scheduled),
    completed: named(found.completed),
    cancelled: named(found.cancelled),
    team: teams.find(({ stoodDownOn }) => stoodDownOn === undefined),
    pastTeams: teams.filter(({ stoodDownOn }) => stoodDownOn !== undefined),
  };
}
