import { daysAfter, daysBetween } from './days';
import { officeDay, schoolDay, workingDaysLater } from './play-calendar';
import { asChampion, homeHeadOf } from './play-champions';
import { claim } from './play-money';
import { adviserOf, headRefOn, statusOn } from './play-people';
import type { Stage } from './play-stage';
import type { Aim, Work, Works } from './play-support';
import type { Random } from './random';

/** A visit as it is to be. */
interface Visit {
  readonly visitId: string;
  readonly on: string;
  readonly halfDays: number;
}

/** Of what begins from here on, some waits for its first visit or rests when the play ends. */
const LATELY = '2026-09-20';
/** Half-days of a visit: a day mostly. */
const A_DAY = 2;

/** The champion's work from its first day: visits with their records, what comes between, and what it came to. */
export async function work(stage: Stage, works: Works, one: Work): Promise<void> {
  const { days } = stage;
  const { plan, deploymentId, champion } = one;
  const { matter, school } = plan;
  const random = stage.chance(`work ${matter}`);
  await days.until(plan.from);
  await stage.give(asChampion(champion), matter, 'StartDeployment', { deploymentId });
  works.byDeployment.set(deploymentId, one);
  const { unclaimed, ended } = await visit(stage, works, one, random);
  if (!ended) {
    // Some are left as they are when their last day is over, and stand on the list of what is overdue.
    const left = plan.to > LATELY && random.chance(0.4);
    await days.until(left ? '9999' : officeDay(laterOf(days.today, plan.to)));
    await stage.give(adviserOf(school.model), matter, 'CompleteDeployment', { deploymentId });
  }
  if (unclaimed.length > 0) days.begin(() => claim(stage, one, 'last', unclaimed));
  await evaluate(stage, one, random);
}

/** Visit by visit, until the last or until the work is ended before its time; answers with what is yet to be claimed. */
async function visit(
  stage: Stage,
  works: Works,
  one: Work,
  random: Random,
): Promise<{ readonly unclaimed: readonly string[]; readonly ended: boolean }> {
  const { days } = stage;
  const { plan } = one;
  const { model } = plan.school;
  const visits = visitsOf(stage, one, random);
  const was = statusOn(model, days.today);
  const fate = random.next();
  const middle = plan.from > LATELY ? 1 : Math.floor(visits.length / 2);
  if (plan.from > LATELY && random.chance(0.15)) await days.until('9999');
  let unclaimed: string[] = [];
  for (const [n, next] of visits.entries()) {
    if (n === middle) {
      if (fate < 0.07) {
        await endEarly(stage, one, random.pick(ENDINGS));
        return { unclaimed, ended: true };
      }
      await halfWay(stage, one, next, fate);
    }
    if (was !== statusOn(model, next.on)) {
      await days.until(next.on);
      await endEarly(stage, one, 'became-academy');
      return { unclaimed, ended: true };
    }
    await record(stage, one, next, random);
    works.byVisit.set(next.visitId, one);
    unclaimed.push(next.visitId);
    if (n === middle && plan.halfDays > 14) {
      const soFar = unclaimed;
      unclaimed = [];
      days.begin(() => claim(stage, one, 'first', soFar));
    }
  }
  return { unclaimed, ended: false };
}

/** Half way through, the work rests now and then, or more of it is asked for. */
async function halfWay(stage: Stage, one: Work, next: Visit, fate: number): Promise<void> {
  const { further, school, category } = one.plan;
  if (fate > 0.92) await pause(stage, one, next);
  if (further > 0 && school.category === category) await extend(stage, one);
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);

/** Spread over the days of the deployment, the first within a week; not all half-days are used. */
function visitsOf(stage: Stage, { plan }: Work, random: Random): readonly Visit[] {
  const { matter, from, to, halfDays } = plan;
  const used = halfDays - (random.chance(0.45) ? random.between(1, 3) : 0);
  const count = Math.max(1, Math.ceil(used / A_DAY));
  const span = daysBetween(from, to);
  const days = Array.from({ length: count }, (_, n) =>
    n === 0
      ? schoolDay(daysAfter(from, random.between(0, 5)))
      : schoolDay(daysAfter(from, Math.floor((span * n) / count) + random.between(0, 3))),
  );
  return [...new Set(days)]
    .filter((day) => day <= to)
    .sort()
    .map((on, n) => ({
      ...{ visitId: stage.id(`visit ${matter} ${n}`), on },
      halfDays: n === count - 1 && used % A_DAY === 1 ? 1 : A_DAY,
    }));
}

/** The record, within five working days mostly; now and then it is put right soon after. */
async function record(
  stage: Stage,
  { deploymentId, champion, aims }: Work,
  { visitId, on, halfDays }: Visit,
  random: Random,
): Promise<void> {
  const { days } = stage;
  const late = random.chance(0.06) ? random.between(6, 8) : random.between(0, 2);
  await days.until(officeDay(workingDaysLater(on, late)));
  const by = asChampion(champion);
  const objectiveIds = aims.map(({ objectiveId }) => objectiveId);
  const both = objectiveIds.length > 1 && random.chance(0.4);
  await stage.give(by, visitId, 'RecordVisit', {
    ...{ deploymentId, visitId, visitedOn: on, halfDays },
    objectiveIds: both ? objectiveIds : [random.pick(objectiveIds)],
    notesRef: `example-record-${on}`,
  });
  if (!random.chance(0.04)) return;
  await stage.give(by, visitId, 'AmendVisitRecord', {
    ...{ deploymentId, visitId },
    ...(halfDays > 1 && random.chance(0.6)
      ? { halfDays: 1 }
      : { notesRef: `example-record-${on}-2` }),
    reason: 'Entered wrongly; the diary says otherwise (invented example).',
  });
}

async function pause(stage: Stage, { plan, deploymentId }: Work, next: Visit): Promise<void> {
  const { matter, school } = plan;
  const { days } = stage;
  const head = stage.headOf(school);
  const of = { deploymentId, schoolId: school.schoolId };
  await stage.give(head, matter, 'PauseDeployment', { ...of, because: 'inspection' });
  await days.until(plan.from > LATELY ? '9999' : officeDay(next.on));
  await stage.give(stage.headOf(school), matter, 'ResumeDeployment', { ...of, resumedOn: next.on });
}

/** What the home head had released beyond what was confirmed is asked for. */
async function extend(stage: Stage, { plan, deploymentId }: Work): Promise<void> {
  const { matter, school, further, to } = plan;
  await stage.give(adviserOf(school.model), matter, 'ExtendDeployment', {
    ...{ deploymentId, halfDays: further, to },
    reason: 'One more visit, to hand the work over well (invented example).',
  });
}

const ENDINGS = [
  'objectives-met',
  'objectives-met',
  'champion-unavailable',
  'school-request',
  'relationship',
] as const;

async function endEarly(
  stage: Stage,
  { plan, deploymentId, champion }: Work,
  because: (typeof ENDINGS)[number] | 'became-academy',
): Promise<void> {
  const { matter, school } = plan;
  await stage.days.until(officeDay(stage.days.today));
  if (because === 'champion-unavailable') {
    await stage.give(homeHeadOf(stage, champion), `${matter} under way`, 'WithdrawRelease', {
      ...{ deploymentId, homeSchoolId: champion.home.schoolId },
      reason: 'They are needed at home for the rest of the year (invented example).',
    });
    await stage.days.until(officeDay(daysAfter(stage.days.today, 7)));
  }
  await stage.give(adviserOf(school.model), matter, 'EndDeployment', { deploymentId, because });
}

const RESULTS = [
  'reached',
  'reached',
  'reached',
  'partly',
  'partly',
  'partly',
  'not-reached',
] as const;

/** Where a figure has come to: to what was aimed for, about half way, or hardly from where it was. */
const stands = ({ from, to }: Aim, result: (typeof RESULTS)[number]): number =>
  result === 'reached' ? to : from + Math.round((to - from) * (result === 'partly' ? 0.5 : 0.1));

/** Objective by objective, with the school; now and then without it first. Then it is closed. */
async function evaluate(
  stage: Stage,
  { plan, deploymentId, aims }: Work,
  random: Random,
): Promise<void> {
  const { days } = stage;
  const { matter, school } = plan;
  const adviser = adviserOf(school.model);
  await days.until(officeDay(daysAfter(days.today, random.between(5, 24))));
  const judged = aims.map((aim) => {
    const result = random.pick(RESULTS);
    return {
      ...{ objectiveId: aim.objectiveId, result, now: `${stands(aim, result)}${aim.unit}` },
      evidence: 'Seen in lessons and in the school’s own figures (invented example).',
    };
  });
  const judge = (which: string, more: object) =>
    stage.give(adviser, `${matter}${which}`, 'EvaluateImpact', {
      ...{ deploymentId, results: judged, ...more },
    });
  if (random.chance(0.12)) {
    await judge(' alone', {});
    await days.until(officeDay(daysAfter(days.today, 9)));
  }
  await judge('', { headId: headRefOn(school.model, days.today) });
  await days.until(officeDay(daysAfter(days.today, random.between(2, 12))));
  await stage.give(adviser, matter, 'CloseDeployment', { deploymentId });
}
