import { academicYearOf, yearsFrom } from '#domain';
import type { Framework } from '#domain';
import { academicYear, daysAfter } from './days';
import { assess } from './play-assessment';
import { meeting, workday } from './play-days';
import { adviserOf, headOfService, teamLeader } from './play-people';
import { propose } from './play-proposal';
import { dashboardWithinYear } from './play-readings';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';

/** A trigger as it stands on the log. */
export type RaisedTrigger = {
  readonly schoolId: string;
  readonly triggerId: string;
  readonly triggerType: string;
};

const CONCERNS = [
  'ATTENDANCE',
  'EXCLUSIONS',
  'COMPLAINTS',
  'FINANCE',
  'SAFEGUARDING',
  'GOVERNANCE',
  'RESULTS',
] as const;
/** Points from a threshold at which an adviser keeps an eye on a school. */
const WATCHED = 13;
/** Share of triggers by type that the team leader finds to need nothing: of schools with support, half as many. */
const NEEDS_NOTHING: Readonly<Record<string, number>> = {
  LEADERSHIP_CHANGE: 0.75,
  OFSTED_OUTCOME: 0.7,
  OFSTED_MONITORING: 0.2,
};
/** What is raised from here until the round is left to the round. */
const LEFT_TO_THE_ROUND = '04-20';
const ROUND_DECIDES = '07-01';

/** What a school goes through in one school year outside the round: who sees that something has changed, and says so. */
export function playYear(stage: Stage, school: PlayedSchool, begins: number): void {
  const { model, schoolId } = school;
  const year = academicYear(begins);
  const random = stage.chance(`year ${year} ${model.id}`);
  const strain = model.strain[year];
  const before = model.strain[academicYear(begins - 1)];
  // What the year brings is not known yet for the one that has just begun.
  const change =
    strain === undefined || before === undefined ? random.normal(0, 0.55) : strain - before;
  const day = workday(daysAfter(`${begins}-09-25`, random.between(0, 195)));
  const [notices, concern] = [random.next(), random.pick(CONCERNS)];
  stage.days.begin(async () => {
    await stage.days.until(day);
    const supported = school.category !== undefined && school.category !== 'Enhancement';
    const told = { schoolId, note: 'Invented example: seen on a visit.' };
    const flag = (triggerType: string, bySchool: boolean) =>
      stage.give(
        bySchool ? stage.headOf(school) : adviserOf(model),
        `${year} ${model.id}`,
        'FlagTrigger',
        { ...told, triggerType },
      );
    const { above = 0, below = 0 } = school.margin ?? {};
    if (!isOpen(school, day)) return;
    if (change > 0.25 && below < WATCHED) await flag(concern, false);
    else if (change < -0.15 && supported && above < WATCHED)
      await flag(notices < 0.25 ? 'SCHOOL_REQUEST' : 'SUPPORT_COMPLETE', notices < 0.25);
  });
}

/** What becomes of a trigger: dismissed, left to the round, or an assessment of its own and a decision. */
export async function answerTrigger(
  stage: Stage,
  school: PlayedSchool,
  { triggerId, triggerType }: RaisedTrigger,
  framework: (day: string) => Framework,
): Promise<void> {
  const { days } = stage;
  const { schoolId, model } = school;
  const matter = `${triggerType} ${days.today} ${model.id}`;
  const random = stage.chance(`trigger ${matter}`);
  const dismiss = (reason: string) =>
    stage.give(teamLeader, matter, 'DismissTrigger', { schoolId, triggerId, reason });
  await days.until(nextMeeting(daysAfter(days.today, random.between(2, 9))));
  const settled = school.category === 'Enhancement' ? 1 : 0.5;
  if (random.chance(settled * (NEEDS_NOTHING[triggerType] ?? 0))) {
    await dismiss(
      'Looked at with the adviser: it changes nothing in what the school needs (invented example).',
    );
    return;
  }
  while (school.engagedUntil >= days.today)
    await days.until(nextMeeting(daysAfter(school.engagedUntil, 1)));
  const date = days.today.slice(5);
  if (date >= LEFT_TO_THE_ROUND && date < '09-01') {
    await days.until(workday(`${days.today.slice(0, 4)}-09-02`));
    await dismiss('The annual round has looked at it (invented example).');
    return;
  }
  if (!isOpen(school, daysAfter(days.today, 90))) {
    await dismiss('The school closes (invented example).');
    return;
  }
  const from = days.today;
  const meetings = (n: number): string =>
    n === 0 ? from : nextMeeting(daysAfter(meetings(n - 1), 1));
  school.engagedUntil = meetings(6);
  const year = academicYearOf(from);
  const dashboard = dashboardWithinYear(stage.county, model, year, yearsFrom(year, -1), from);
  const assessed = await assess(stage, school, matter, { triggerId }, framework(from), dashboard, {
    judged: from,
    moderated: meetings(1),
  });
  await propose(
    stage,
    school,
    matter,
    assessed,
    {
      proposed: meetings(1),
      told: meetings(1),
      discussed: meetings(2),
      again: meetings(3),
      reviewed: meetings(5),
      decided: meetings(4),
      effective: meetings(4),
    },
    true,
  );
}

/** The team's next meeting outside the weeks of the round. */
function nextMeeting(day: string): string {
  const date = day.slice(5);
  return date >= ROUND_DECIDES && date < '09-08'
    ? meeting(`${day.slice(0, 4)}-09-08`)
    : meeting(day);
}

/** Years whose autumn finds one decision wrongly entered: the minutes say otherwise. */
const ENTERED_WRONGLY = [2023, 2024, 2025];

/** A decision that was entered wrongly is found and put right by someone else than who found it. */
export async function putRight(stage: Stage, begins: number): Promise<void> {
  if (!ENTERED_WRONGLY.includes(begins)) return;
  const { days } = stage;
  const matter = `correction ${begins}`;
  await days.until(workday(`${begins}-10-09`));
  const inForce = [...stage.schools.values()].filter(
    (school) =>
      school.category === 'Enhancement' &&
      school.since === `${begins}-09-01` &&
      isOpen(school, `${begins + 1}-08-31`) &&
      school.engagedUntil < days.today,
  );
  // They came on our register in any order.
  inForce.sort((a, b) => (a.model.id < b.model.id ? -1 : 1));
  const school = stage.chance(matter).pick(inForce);
  const { schoolId, model } = school;
  const recorded = await stage.events.readStream(`categorisation-${schoolId}`);
  const wrong = recorded.find(
    ({ type, data }) =>
      ['CategoryConfirmed', 'CategoryChanged'].includes(type) &&
      data['effectiveFrom'] === school.since,
  );
  if (wrong === undefined) throw new Error(`${model.id} has no decision to put right.`);
  await stage.give(headOfService, matter, 'CorrectCategory', {
    schoolId,
    correctsEventId: wrong.id,
    was: 'Enhancement',
    shouldBe: 'Prevention',
    effectiveFrom: `${begins}-09-01`,
    askedById: adviserOf(model).id,
    reason: 'Entered wrongly: the minutes and the letter say Prevention (invented example).',
  });
  school.category = 'Prevention';
}
