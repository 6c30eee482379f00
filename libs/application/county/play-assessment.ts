import type { Category, Framework } from '#domain';
import { categories, supportAbove } from '#domain';
import type { Random } from './random';
import { adviserOf, teamLeader } from './play-people';
import type { PlayedReading } from './play-readings';
import type { PlayedSchool, Stage } from './play-stage';
import { dataOf } from './play-stage';

const SOURCE = 'Invented example data';

/** When an assessment is begun, judged and moderated. */
export interface AssessmentDays {
  readonly judged: string;
  readonly moderated: string;
}
export type Assessed = {
  readonly assessmentId: string;
  readonly recommended: Category;
};
interface Advice {
  readonly score?: number;
  readonly suggested?: Category;
  readonly floor?: Category;
}
interface Judged {
  readonly category: Category;
  readonly reasonCode?: string;
  readonly reasonText?: string;
  readonly evidence?: readonly { readonly says: string }[];
}

/** One assessment from its start today to its end, for a round or for a trigger. */
export async function assess(
  stage: Stage,
  school: PlayedSchool,
  matter: string,
  occasion: { readonly cycle: string } | { readonly triggerId: string },
  framework: Framework,
  dashboard: readonly PlayedReading[],
  on: AssessmentDays,
): Promise<Assessed> {
  const { schoolId, model } = school;
  const adviser = adviserOf(model);
  const random = stage.chance(`judgement ${matter}`);
  const started = await stage.give(adviser, matter, 'StartAssessment', { schoolId, ...occasion });
  const { assessmentId } = dataOf(started, 'RiskAssessmentStarted') as { assessmentId: string };
  const about = { schoolId, assessmentId };
  const readings = batchOf(framework, school, dashboard, stage.days.today);
  await stage.give(adviser, matter, 'RecordReadings', { ...about, ...readings });
  const scored = await stage.give(adviser, matter, 'CalculateScore', about);
  const advice = dataOf(scored, 'RiskScoreCalculated') as Advice;
  school.margin = marginOf(advice, framework.thresholds);

  await stage.days.until(on.judged);
  const judged = judge(advice, school.category, framework.thresholds, 'cycle' in occasion, random);
  const { category, ...why } = judged;
  await stage.give(adviser, matter, 'RecordJudgement', {
    ...about,
    proposedCategory: category,
    ...why,
  });
  const departs = category !== advice.suggested;
  if (departs || category === 'Intervention' || random.chance(0.06)) {
    await stage.days.until(on.moderated);
    await moderate(stage, school, matter, about, judged, advice, random);
  }
  const finished = await stage.give(adviser, matter, 'FinaliseAssessment', about);
  const { recommended } = dataOf(finished, 'RiskAssessmentFinalised') as Assessed;
  return { assessmentId, recommended };
}

function marginOf({ score = 0 }: Advice, { prevention, intervention }: Framework['thresholds']) {
  const limits = [0, prevention, intervention, 100];
  return {
    above: score - Math.max(...limits.filter((limit) => limit <= score)),
    below: Math.min(...limits.filter((limit) => limit >= score)) - score,
  };
}

/** The panel agrees, mostly; sometimes it wants the judgement made again, or comes to what the score says. */
async function moderate(
  stage: Stage,
  { model }: PlayedSchool,
  matter: string,
  about: { readonly schoolId: string; readonly assessmentId: string },
  { category, ...why }: Judged,
  { suggested, floor }: Advice,
  random: Random,
): Promise<void> {
  const bars = floor !== undefined && suggested !== undefined && supportAbove(floor, suggested) > 0;
  if (suggested !== undefined && suggested !== category && !bars && random.chance(0.1)) {
    await stage.give(teamLeader, matter, 'ModerateAssessment', {
      ...about,
      outcome: 'change',
      category: suggested,
      note: 'The panel found no more in the evidence than the score says already.',
    });
    return;
  }
  if (random.chance(0.06)) {
    await stage.give(teamLeader, `${matter} at first`, 'ModerateAssessment', {
      ...about,
      outcome: 'return',
      note: 'Please say more clearly what was seen at the school.',
    });
    const evidence = [
      ...(why.evidence ?? []),
      {
        says: 'Joint learning walk with the head; notes kept with the record of visit (invented).',
      },
    ];
    await stage.give(adviserOf(model), `${matter} again`, 'RecordJudgement', {
      ...about,
      proposedCategory: category,
      ...why,
      evidence,
    });
  }
  await stage.give(teamLeader, matter, 'ModerateAssessment', { ...about, outcome: 'agree' });
}

function batchOf(
  framework: Framework,
  { model }: PlayedSchool,
  dashboard: readonly PlayedReading[],
  asAt: string,
) {
  const applies = new Set(
    framework.indicators
      .filter(({ appliesTo }) => appliesTo.includes(model.kind))
      .map(({ code }) => code),
  );
  const wanted = dashboard.filter(({ indicator }) => applies.has(indicator));
  return {
    readings: wanted.flatMap((reading) =>
      'value' in reading ? [{ ...reading, source: SOURCE, asAt, example: true }] : [],
    ),
    unavailable: wanted.flatMap(({ indicator, period, ...reading }) =>
      'absence' in reading ? [{ indicator, period, reason: reading.absence, source: SOURCE }] : [],
    ),
  };
}

type Reason = readonly [code: string, text: string];
const MORE: readonly Reason[] = [
  ['SAFEGUARDING', 'The last safeguarding visit left actions open that the figures do not show.'],
  ['LEADERSHIP_CHANGE', 'The senior team is new and untried together.'],
  ['GOVERNANCE', 'Governors could not say how they hold leaders to account.'],
  ['ATTENDANCE', 'Attendance fell sharply in the weeks after the figures were taken.'],
  ['FINANCE', 'The recovery plan for the budget has slipped.'],
];
const LESS: readonly Reason[] = [
  ['SUPPORT_COMPLETE', 'The support of this year has done its work; books and lessons show it.'],
  ['RESULTS', 'One small cohort explains the figures; the years below are secure.'],
  ['OTHER', 'A strong new leadership team has the weaknesses well in hand.'],
];

/**
 * The adviser goes with the score, mostly. In a round, near a threshold, the category a school has stays as easily as it
 * changes; two departures in three are towards more support.
 */
function judge(
  { score = 0, suggested, floor }: Advice,
  now: Category | undefined,
  { prevention, intervention }: Framework['thresholds'],
  ofRound: boolean,
  random: Random,
): Judged {
  if (suggested === undefined) {
    return {
      category: now ?? 'Enhancement',
      reasonCode: 'OTHER',
      reasonText:
        'There are too few figures to go by; the panel decides on what it knows of the school.',
    };
  }
  const away = Math.min(Math.abs(score - prevention), Math.abs(score - intervention));
  const stays = now === undefined ? 0 : supportAbove(now, suggested);
  const nearly = ofRound ? 0.7 : 0.1;
  const instead = ((): Category | undefined => {
    if (now !== undefined && stays > 0)
      return random.chance(away < 4 ? nearly : 0.06) ? now : undefined;
    if (now !== undefined && stays < 0)
      return random.chance(away < 4 ? nearly / 2 : 0.02) ? now : undefined;
    if (random.chance(0.03)) return categories[categories.indexOf(suggested) + 1];
    return random.chance(0.008) ? categories[categories.indexOf(suggested) - 1] : undefined;
  })();
  if (instead === undefined || (floor !== undefined && supportAbove(floor, instead) > 0))
    return { category: suggested };
  const [reasonCode, reasonText] = random.pick(supportAbove(instead, suggested) > 0 ? MORE : LESS);
  return {
    category: instead,
    reasonCode,
    reasonText,
    evidence: [{ says: `${reasonText} (invented)` }],
  };
}
