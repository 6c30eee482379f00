import type { Category } from '#domain';
import { supportAbove } from '#domain';
import { daysAfter } from './days';
import { officeDay } from './play-calendar';
import type { PlayedChampion } from './play-champions';
import { asChampion, homeHeadOf } from './play-champions';
import type { Plan } from './play-needs';
import { adviserOf, headRefOn } from './play-people';
import type { Stage } from './play-stage';
import type { Random } from './random';

/** What is to change: a figure, from where it stands to where it is to come. */
export interface Aim {
  readonly objectiveId: string;
  readonly from: number;
  readonly to: number;
  readonly unit: string;
}

/** A piece of support that both schools have agreed to, as the rest of the play knows it. */
export interface Work {
  readonly plan: Plan;
  readonly deploymentId: string;
  readonly champion: PlayedChampion;
  readonly aims: readonly Aim[];
}

/** All support that has begun: what is judged later is found here. */
export class Works {
  readonly byDeployment = new Map<string, Work>();
  readonly byVisit = new Map<string, Work>();
}

/**
 * From the need to the confirmation: the champion is proposed, their home head releases them, and the head of the school
 * agrees to what is to change. It may end at each of these steps. Answers with what was confirmed, if anything was.
 */
export async function agree(stage: Stage, plan: Plan): Promise<Work | undefined> {
  const { days } = stage;
  const { matter, school, champion } = plan;
  const random = stage.chance(`agreement ${matter}`);
  const deploymentId = stage.id(matter);
  await days.until(plan.identified);
  if (!isStillSupported(plan)) return undefined;
  await identify(stage, plan, deploymentId, random);
  const fate = random.next();
  await days.until(officeDay(daysAfter(plan.identified, random.between(5, 8))));
  const { adviser } = partiesOf(plan);
  const lapse = (reason: string) =>
    stage.give(adviser, matter, 'LapseNeed', {
      deploymentId,
      reason: `${reason} (invented example).`,
    });
  if (champion === undefined) {
    await days.until(officeDay(daysAfter(days.today, 28)));
    await lapse('No champion with the time and the knowledge was found this term');
    return undefined;
  }
  if (fate < 0.03) {
    await lapse('The school has found help close by, and needs no more');
    return undefined;
  }
  if (fate > 0.9 && plan.other !== undefined)
    await proposeInVain(stage, plan, deploymentId, random);
  await stage.give(adviser, matter, 'ProposeMatch', {
    ...{ deploymentId, championId: champion.championId },
    rationale: `Knows ${plan.theme.specialism.replaceAll('-', ' ')}, and is near (invented example).`,
  });
  if (fate < 0.06) {
    await days.until(officeDay(daysAfter(days.today, 5)));
    await stage.give(stage.headOf(school), matter, 'DeclineSupport', {
      ...{ deploymentId, schoolId: school.schoolId },
      reason: 'Governors want the new plan to settle before others come in (invented example).',
    });
    return undefined;
  }
  await release(stage, plan, champion, deploymentId, fate);
  const aims = await accept(stage, plan, deploymentId, random);
  await days.until(plan.confirmed);
  if (!isStillSupported(plan)) {
    await lapse('The category changed before the work was confirmed');
    return undefined;
  }
  await stage.give(adviser, matter, 'ConfirmDeployment', {
    ...{ deploymentId, halfDays: plan.halfDays, from: plan.from, to: plan.to },
    scope: `${plan.theme.focus}: with leaders and staff, in school (invented example).`,
    rateVersion: 'example-rates-2022',
    ...(plan.payer === 'school' ? { paidBySchool: true } : {}),
  });
  school.champion = champion.personRef;
  return { plan, deploymentId, champion, aims };
}

const partiesOf = ({ school }: Plan) => ({ adviser: adviserOf(school.model) });

/** Whoever is not to pay for it has support in the category it was planned in, or with more. */
const isStillSupported = ({ school, category, payer }: Plan): boolean =>
  payer === 'school'
    ? school.category === category
    : supportAbove(school.category ?? 'Enhancement', category) >= 0;

const PRIORITIES: Readonly<Record<Category, readonly string[]>> = {
  Enhancement: ['routine'],
  Prevention: ['routine', 'soon'],
  Intervention: ['soon', 'urgent'],
};

/** The school itself asks now and then, and always when it pays. */
async function identify(
  stage: Stage,
  { matter, school, category, role, theme, payer }: Plan,
  deploymentId: string,
  random: Random,
): Promise<void> {
  const bySchool = payer === 'school' || random.chance(0.2);
  await stage.give(
    bySchool ? stage.headOf(school) : adviserOf(school.model),
    matter,
    'IdentifyNeed',
    {
      ...{ deploymentId, schoolId: school.schoolId, role, specialism: theme.specialism },
      focus: `${theme.focus} (invented example)`,
      priority: random.pick(PRIORITIES[category]),
      selfFunded: payer === 'school',
    },
  );
}

/** Another champion is proposed first, and one of those who are asked says no. */
async function proposeInVain(
  stage: Stage,
  { matter, school, other }: Plan,
  deploymentId: string,
  random: Random,
): Promise<void> {
  if (other === undefined) return;
  const first = `${matter} first`;
  await stage.give(adviserOf(school.model), first, 'ProposeMatch', {
    ...{ deploymentId, championId: other.championId },
    rationale: 'The nearest who has worked with such a school (invented example).',
  });
  await stage.days.until(officeDay(daysAfter(stage.days.today, 3)));
  const reason = 'It cannot be fitted in this term (invented example).';
  const [who, names] = random.pick([
    [asChampion(other), {}],
    [homeHeadOf(stage, other), { homeSchoolId: other.home.schoolId }],
    [stage.headOf(school), { schoolId: school.schoolId }],
  ] as const);
  await stage.give(who, first, 'DeclineMatch', { deploymentId, ...names, reason });
}

/** The home head's consent, which may be taken back and given again. */
async function release(
  stage: Stage,
  { matter, halfDays, further, from, to }: Plan,
  champion: PlayedChampion,
  deploymentId: string,
  fate: number,
): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(daysAfter(days.today, 2)));
  const about = { deploymentId, homeSchoolId: champion.home.schoolId };
  const consent = (which: string) =>
    stage.give(homeHeadOf(stage, champion), `${matter}${which}`, 'AgreeRelease', {
      ...{ ...about, halfDays: halfDays + further, from, to },
    });
  await consent('');
  if (fate < 0.06 || fate > 0.085) return;
  await stage.give(homeHeadOf(stage, champion), matter, 'WithdrawRelease', {
    ...about,
    reason: 'A colleague is off sick; we need them here for now (invented example).',
  });
  await days.until(officeDay(daysAfter(days.today, 4)));
  await consent(' again');
}

/** The head agrees to the champion and to what is to change. Answers with what that is. */
async function accept(
  stage: Stage,
  { matter, school, theme, halfDays }: Plan,
  deploymentId: string,
  random: Random,
): Promise<readonly Aim[]> {
  const { days } = stage;
  await days.until(officeDay(daysAfter(days.today, 2)));
  const {
    stands: [least, most],
    by,
    unit,
  } = theme;
  const now = random.between(least, most);
  const first = {
    ...{ what: theme.what, measure: theme.measure },
    aim: { objectiveId: stage.id(`objective ${matter} 0`), from: now, to: now + by, unit },
  };
  const second = {
    what: 'What was learnt stays in the school when the champion has gone',
    measure: 'Staff who say in the survey that they could lead the work themselves',
    aim: { objectiveId: stage.id(`objective ${matter} 1`), from: 2, to: 6, unit: ' of 8' },
  };
  const agreed = halfDays > 8 ? [first, second] : [first];
  const objectives = agreed.map(({ what, measure, aim: { objectiveId, from, to, unit: of } }) => ({
    ...{ objectiveId, what, measure },
    ...{ baseline: `${from}${of}`, target: `${to}${of}` },
  }));
  const byTeam = random.chance(0.15);
  await stage.give(
    byTeam ? adviserOf(school.model) : stage.headOf(school),
    matter,
    'AcceptSupport',
    {
      ...{ deploymentId, schoolId: school.schoolId, objectives },
      ...(byTeam ? { headId: headRefOn(school.model, days.today) } : {}),
    },
  );
  return agreed.map(({ aim }) => aim);
}
