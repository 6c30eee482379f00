import type { Category } from '#domain';
import { academicYear, daysAfter, daysBetween } from './days';
import { officeDay, schoolEntryDay, schoolFriday, workingDaysLater } from './play-calendar';
import { adviserOf, headOfService } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';

/** How many headline visits the example offers grant a year. */
const OFFERED: Readonly<Record<Category, number>> = {
  Enhancement: 1,
  Prevention: 3,
  Intervention: 5,
};
/** Days within a school year on which the advisers fill their diaries: month and day, and to when they plan. */
const DIARIES = ['09-15', '01-15', '04-23'] as const;
const LAST_DAYS = '07-06';
/** From here on some records are not written yet when the play ends. */
const LATELY = '2026-10-20';

/** The advisers' visits of one school year: arranged in autumn, and more where a category has gone up since. */
export async function playVisits(stage: Stage, begins: number): Promise<void> {
  const { days } = stage;
  const arranged = new Map<string, number>();
  for (const n of DIARIES.keys()) {
    await days.until(officeDay(filledOn(begins, n)));
    for (const school of stage.inOrder()) {
      const { model, category } = school;
      if (category === undefined || !isOpen(school, `${begins + 1}-08-30`)) continue;
      const random = stage.chance(`diary ${days.today} ${model.id}`);
      const before = arranged.get(model.id) ?? 0;
      const extra = n === 1 && category === 'Intervention' && random.chance(0.12);
      const wanted = Math.max(0, OFFERED[category] - before) + (extra ? 1 : 0);
      arranged.set(model.id, before + wanted);
      const first = daysAfter(days.today, 11);
      const span = daysBetween(first, `${begins + 1}-${LAST_DAYS}`);
      const on = Array.from({ length: wanted }, (_, k) =>
        schoolEntryDay(daysAfter(first, Math.floor((span * (k + random.next())) / wanted))),
      );
      const news = newHeadVisit(stage, school, begins, n);
      days.begin(() => arrange(stage, school, { begins, on: [...new Set(on)], extra, news }));
    }
  }
}

/** A day for a visit to a head who came since the diaries were filled last: a Friday, when there are no others. */
function newHeadVisit(
  stage: Stage,
  { model }: PlayedSchool,
  begins: number,
  n: number,
): string | undefined {
  const since = n === 0 ? `${begins}-${DIARIES[2]}` : filledOn(begins, n - 1);
  const until = filledOn(begins, n);
  const head = model.heads.findLast(({ from }) => from <= until);
  if (head === undefined || head.kind !== 'permanent' || head.from <= since) return undefined;
  const days = 15 + (Number(model.id.slice(1)) % 20);
  const friday = schoolFriday(daysAfter(stage.days.today, days));
  return model.heads.some(({ from }) => from > until && from <= friday) ? undefined : friday;
}

const filledOn = (begins: number, n: number): string => {
  const day = DIARIES[n] ?? '';
  return `${day >= '09' ? begins : begins + 1}-${day}`;
};

interface Diary {
  readonly begins: number;
  readonly on: readonly string[];
  /** One of them is beyond what was offered. */
  readonly extra: boolean;
  readonly news: string | undefined;
}

async function arrange(
  stage: Stage,
  school: PlayedSchool,
  { begins, on, extra, news }: Diary,
): Promise<void> {
  const { days } = stage;
  const { model, schoolId } = school;
  const adviser = adviserOf(model);
  const year = academicYear(begins);
  if (extra)
    await stage.give(headOfService, `${year} ${model.id}`, 'ApproveExtraVisit', {
      ...{ schoolId, academicYear: year },
      reason: 'Much is changing there at once; one visit more is worth it (invented example).',
    });
  const all = [
    ...on.map((day) => ({ day, kind: 'headline' })),
    ...(news === undefined ? [] : [{ day: news, kind: 'new-to-headship' }]),
  ];
  for (const { day, kind } of all) {
    const matter = `${kind} visit ${day} ${model.id}`;
    const visitId = stage.id(matter);
    await stage.give(adviser, matter, 'ScheduleHeadlineVisit', {
      ...{ schoolId, visitId, academicYear: year, kind, adviserId: adviser.id, on: day },
    });
    days.begin(() => make(stage, school, { matter, visitId, day }));
  }
}

/** Made on its day mostly; moved or called off at times. The record follows within five working days, or late. */
async function make(
  stage: Stage,
  school: PlayedSchool,
  visit: { readonly matter: string; readonly visitId: string; readonly day: string },
): Promise<void> {
  const { days } = stage;
  const { matter, visitId } = visit;
  const { model, schoolId } = school;
  const adviser = adviserOf(model);
  const random = stage.chance(matter);
  const about = { schoolId, visitId };
  let { day } = visit;
  const fate = random.next();
  if (fate < 0.13) await days.until(officeDay(daysAfter(day, -9)));
  if (fate < 0.03) {
    const reason = 'The school is being inspected that week (invented example).';
    await stage.give(adviser, matter, 'CancelHeadlineVisit', { ...about, reason });
    return;
  }
  if (fate < 0.13) {
    day = laterFrom(day, random.between(1, 2));
    const reason = 'The head asked for another day (invented example).';
    await stage.give(adviser, matter, 'RescheduleHeadlineVisit', { ...about, on: day, reason });
  }
  await days.until(day);
  if (day > LATELY && random.chance(0.25)) return;
  const dashboardPosition = stage.lastEvening;
  const late = random.chance(0.07) ? random.between(6, 9) : random.between(0, 2);
  await days.until(officeDay(workingDaysLater(day, late)));
  await stage.give(adviser, matter, 'CompleteHeadlineVisit', {
    ...about,
    findings: random.pick(FINDINGS),
    nextSteps: random.pick(NEXT_STEPS),
    dashboardPosition,
  });
  if (!random.chance(0.02)) return;
  await days.until(officeDay(daysAfter(days.today, 7)));
  await stage.give(adviser, matter, 'AmendHeadlineVisitRecord', {
    ...about,
    nextSteps: 'The head brings the plan to governors after half-term (invented example).',
    reason: 'The head pointed out that the date was another (invented example).',
  });
}

/** A Wednesday, on which no visit is arranged at first: so that no other is on it. */
const laterFrom = (day: string, weeks: number): string => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return daysAfter(day, 7 * weeks + 3 - weekday);
};

const FINDINGS = [
  'Leaders know where the work has taken hold and where not yet; attendance is the open matter (invented example).',
  'Reading is taught as agreed in all classes; writing lags behind (invented example).',
  'The plan is on course; governors now see figures they can question (invented example).',
  'Behaviour is calmer; teaching for pupils with special needs is uneven (invented example).',
];
const NEXT_STEPS = [
  'Look at books from three classes together at the next visit (invented example).',
  'The head brings the plan for attendance to governors before the next visit (invented example).',
  'Agree with the champion what the last visits are for (invented example).',
];
