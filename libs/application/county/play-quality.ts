import type { Actor } from '#kernel';
import { academicYearOf } from '#domain';
import { daysAfter } from './days';
import type { HalfTerm } from './play-calendar';
import { officeDay } from './play-calendar';
import type { PlayedChampion } from './play-champions';
import { headOfService, otherAdviserOf, reviewer, teamLeader } from './play-people';
import type { PlayedSchool, Stage } from './play-stage';
import { dataOf } from './play-stage';
import type { Aim, Works } from './play-support';
import type { Random } from './random';

type Drawn = {
  readonly object: 'assessment' | 'visit-record' | 'deployment';
  readonly objectId: string;
  readonly schoolId: string;
};
/** A review under way. */
interface Review {
  readonly matter: string;
  readonly reviewId: string;
  readonly by: Actor;
  readonly random: Random;
}
interface Area {
  readonly areaId: string;
  readonly what: string;
  readonly ownerId: string;
  readonly due: string;
}

/** Days after the end of a half-term on which its sample is drawn. */
const DRAWN_AFTER = 8;

/** The sample of one half-term, drawn by lot, and a review of each piece of work the lot fell on. */
export async function playSample(stage: Stage, works: Works, term: HalfTerm): Promise<void> {
  const { days } = stage;
  const { academicYear, halfTerm, from, to } = term;
  await days.until(officeDay(daysAfter(to, DRAWN_AFTER)));
  const matter = `sample ${academicYear} ${halfTerm}`;
  const answer = await stage.give(teamLeader, matter, 'DrawQualitySample', {
    ...{ academicYear, halfTerm, from, to },
    seed: `example-${academicYear}-${halfTerm}`,
  });
  const { drawn } = dataOf(answer, 'QualitySampleDrawn') as unknown as { drawn: readonly Drawn[] };
  const bySchoolId = new Map(stage.inOrder().map((school) => [school.schoolId, school]));
  for (const one of drawn) {
    const school = bySchoolId.get(one.schoolId);
    if (school === undefined) throw new Error(`The sample holds school ${one.schoolId}.`);
    days.begin(() => playReview(stage, works, school, one, { academicYear, halfTerm }));
  }
}

async function playReview(
  stage: Stage,
  works: Works,
  school: PlayedSchool,
  one: Drawn,
  sample: { readonly academicYear: string; readonly halfTerm: number },
): Promise<void> {
  const { days } = stage;
  const { object, objectId, schoolId } = one;
  const matter = `review ${object} ${objectId}`;
  const random = stage.chance(matter);
  const by = random.chance(0.5) ? reviewer : otherAdviserOf(school.model);
  const review: Review = { matter, reviewId: stage.id(matter), by, random };
  const { reviewId } = review;
  const work = works.byDeployment.get(objectId) ?? works.byVisit.get(objectId);
  await days.until(officeDay(daysAfter(days.today, random.between(3, 20))));
  await stage.give(by, matter, 'BeginQualityReview', {
    ...{ reviewId, object, objectId, schoolId, occasion: 'sample', ...sample },
    ...(object === 'visit-record' && work ? { deploymentId: work.deploymentId } : {}),
  });
  if (random.chance(0.01)) {
    const reason = 'The papers were at the school that has closed its office (invented example).';
    await stage.give(by, matter, 'AbandonQualityReview', { reviewId, reason });
    return;
  }
  await days.until(officeDay(daysAfter(days.today, random.between(7, 20))));
  switch (object) {
    case 'assessment': {
      const verdict = random.chance(0.03)
        ? 'return'
        : random.chance(0.1)
          ? 'agree-with-change'
          : 'agree';
      await judge(stage, review, { verdict }, verdict === 'return');
      return;
    }
    case 'visit-record': {
      const redo = random.chance(0.04);
      const minor = !redo && random.chance(0.16);
      const criteria = { timely: !minor, evaluative: !redo, evidence: !redo, nextSteps: true };
      const verdict = redo ? 'redo' : minor ? 'minor' : 'meets';
      await judge(stage, review, { verdict, criteria }, redo);
      return;
    }
    case 'deployment':
      await judgeSupport(stage, review, school, work?.aims ?? []);
  }
}

const EVIDENCE =
  'Read with the papers beside it, and talked through with one who was there (invented example).';

async function judge(
  stage: Stage,
  { matter, reviewId, by, random }: Review,
  verdict: object,
  wanting: boolean,
): Promise<void> {
  const areas = wanting ? [areaOf(stage, matter, by)] : [];
  await stage.give(by, matter, 'CompleteQualityReview', {
    ...{ reviewId, ...verdict, evidence: EVIDENCE, improvementAreas: areas },
  });
  for (const area of areas) stage.days.begin(() => improve(stage, area, by, random));
}

/** Some schools are hard to support in some years: there it is found not to work, and found so again. */
const isHard = (stage: Stage, { model }: PlayedSchool): boolean =>
  stage.chance(`hard to support ${model.id} ${academicYearOf(stage.days.today)}`).chance(0.18);

/** Effective mostly. What is found poor is looked at by somebody else, who may see it otherwise. */
async function judgeSupport(
  stage: Stage,
  review: Review,
  school: PlayedSchool,
  aims: readonly Aim[],
): Promise<void> {
  const { days } = stage;
  const { matter, reviewId, random } = review;
  const poor = random.chance(isHard(stage, school) ? 0.75 : 0.05);
  const verdict = poor
    ? random.pick(['partly-effective', 'partly-effective', 'not-effective'])
    : random.pick(['effective', 'effective', 'highly-effective']);
  const objectives = aims.map(({ objectiveId }) => ({ objectiveId, verdict }));
  await judge(stage, review, { verdict, objectives }, poor);
  if (!poor && !random.chance(0.06)) return;
  const better = poor && random.chance(0.25);
  await days.until(officeDay(daysAfter(days.today, 6)));
  await stage.give(teamLeader, matter, 'ModerateQualityReview', {
    ...{ reviewId, verdict: better ? 'effective' : verdict },
    ...(better ? { reason: 'The figures of this term came in since (invented example).' } : {}),
  });
}

const areaOf = (stage: Stage, matter: string, { id: ownerId }: Actor): Area => ({
  areaId: stage.id(`area ${matter}`),
  what: 'Say what changed for pupils, and how it is known (invented example).',
  ownerId,
  due: daysAfter(stage.days.today, 42),
});

/** Handed on now and then; somebody looks at what became of it about when it is due. */
async function improve(stage: Stage, area: Area, by: Actor, random: Random): Promise<void> {
  const { days } = stage;
  const { areaId } = area;
  await days.until(officeDay(daysAfter(days.today, random.between(28, 75))));
  if (random.chance(0.2)) {
    await stage.give(teamLeader, areaId, 'ReassignImprovementArea', {
      ...{ areaId, ownerId: reviewer.id, due: daysAfter(days.today, 40) },
      reason: 'Taken over while a colleague is away (invented example).',
    });
    await days.until(officeDay(daysAfter(days.today, 30)));
  }
  await stage.give(by, areaId, 'CloseImprovementArea', {
    areaId,
    outcome: random.pick(['achieved', 'achieved', 'achieved', 'partly-achieved']),
    evidence: 'The next two records were read: they say it (invented example).',
  });
}

/** Some champions are looked at each spring, in turn. */
export async function playChampionReviews(
  stage: Stage,
  champions: readonly PlayedChampion[],
  begins: number,
): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(`${begins + 1}-03-02`));
  const { today } = days;
  for (const { n, championId, home, from, until } of champions) {
    if (n % 10 !== begins % 10 || from > today || until < today) continue;
    const matter = `review champion ${n} ${begins}`;
    const reviewId = stage.id(matter);
    const random = stage.chance(matter);
    await stage.give(reviewer, matter, 'BeginQualityReview', {
      ...{ reviewId, object: 'champion', objectId: championId, schoolId: home.schoolId },
      ...{ occasion: 'cause', cause: 'Each champion is looked at in turn (invented example).' },
    });
    await stage.give(reviewer, matter, 'CompleteQualityReview', {
      ...{ reviewId, evidence: EVIDENCE },
      verdict: random.chance(0.3) ? 'continue-with-development' : 'continue',
    });
  }
}

export type Escalated = { readonly schoolId: string; readonly escalationId: string };

/** What the head of service decides when support for a school is found poor a second time in a year. */
export async function answerEscalation(
  stage: Stage,
  { schoolId, escalationId }: Escalated,
): Promise<void> {
  const { days } = stage;
  const random = stage.chance(`escalation ${days.today} ${schoolId}`);
  await days.until(officeDay(daysAfter(days.today, random.between(5, 12))));
  await stage.give(headOfService, escalationId, 'AnswerEscalation', {
    ...{ schoolId, escalationId },
    decision: random.pick([
      're-scope',
      'substitute-the-champion',
      'continue-with-support-for-the-champion',
    ]),
    reason: 'Talked over with the head and the champion (invented example).',
  });
}
