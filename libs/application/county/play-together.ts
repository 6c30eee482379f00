import { daysAfter } from './days';
import { officeDay } from './play-calendar';
import { adviserOf, phaseOf, teamLeader } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';
import { THEMES } from './play-wording';
import type { Random } from './random';

const AREAS = Object.values(THEMES).flatMap((of) => of.map(({ specialism }) => specialism));
const EVIDENCE = ['inspection', 'results', 'visit', 'peer-review'] as const;
/** Share of schools a strength of which becomes known in a year. */
const FOUND = 0.2;
/** Collaborations that begin in a year, and how many of them are on an agreement. */
const BEGUN = 8;
const FORMAL = 3;

/** Strengths that are noted in one school year; one in twelve is taken back the year after. */
export async function playStrengths(stage: Stage, begins: number): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(`${begins}-10-05`));
  for (const school of stage.inOrder()) {
    const { model, schoolId, category } = school;
    const random = stage.chance(`strength ${begins} ${model.id}`);
    if (
      category !== 'Enhancement' ||
      !random.chance(FOUND) ||
      !isOpen(school, `${begins + 1}-08-30`)
    )
      continue;
    days.begin(async () => {
      await days.until(officeDay(daysAfter(days.today, random.between(0, 240))));
      const matter = `strength ${begins} ${model.id}`;
      const strengthId = stage.id(matter);
      await stage.give(adviserOf(model), matter, 'RecordStrength', {
        ...{ schoolId, strengthId, area: random.pick(AREAS), phase: phaseOf(model) },
        ...{
          evidenceKind: random.pick(EVIDENCE),
          evidenceRef: `example-evidence-${model.id}-${begins}`,
        },
        observedOn: daysAfter(days.today, -random.between(1, 30)),
      });
      if (!random.chance(1 / 12)) return;
      await days.until(officeDay(daysAfter(days.today, 300)));
      await stage.give(adviserOf(model), matter, 'WithdrawStrength', {
        ...{ schoolId, strengthId },
        reason: 'Who led it has left the school (invented example).',
      });
    });
  }
}

/** Collaborations that begin in one school year: between schools of a phase that are near each other. */
export async function playCollaborations(stage: Stage, begins: number): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(`${begins}-10-12`));
  const random = stage.chance(`collaborations ${begins}`);
  const open = stage.inOrder().filter((school) => isOpen(school, '2026-12-31'));
  for (let n = 0; n < BEGUN; n += 1) {
    const lead = random.pick(open.filter(({ category }) => category === 'Enhancement'));
    const near = random.shuffled(
      open.filter(
        ({ model }) =>
          model.id !== lead.model.id &&
          phaseOf(model) === phaseOf(lead.model) &&
          (phaseOf(model) !== 'primary' || model.liaisonGroup === lead.model.liaisonGroup),
      ),
    );
    const others = near.slice(0, random.between(1, 3));
    if (others.length === 0) continue;
    const matter = `together ${begins} ${n}`;
    const together = { matter, lead, others, next: near[others.length], begins };
    days.begin(() => playCollaboration(stage, together, n < FORMAL));
  }
}

interface Together {
  readonly matter: string;
  readonly lead: PlayedSchool;
  readonly others: readonly PlayedSchool[];
  /** Who joins later, if anybody does. */
  readonly next: PlayedSchool | undefined;
  readonly begins: number;
}

const PURPOSES = [
  ['curriculum', 'Plan together what is learnt when, from the early years on (invented example).'],
  ['writing', 'Moderate writing across the schools every half-term (invented example).'],
  ['mathematics', 'Share a leader for mathematics, and what they know (invented example).'],
  ['attendance', 'Learn from each other how attendance was brought up (invented example).'],
  ['leadership', 'Give deputy heads a term at each other\u2019s schools (invented example).'],
  ['special-needs', 'Share training for those who support pupils in class (invented example).'],
] as const;

async function playCollaboration(stage: Stage, one: Together, formal: boolean): Promise<void> {
  const { days } = stage;
  const { matter, lead, others, next } = one;
  const random = stage.chance(matter);
  const collaborationId = stage.id(matter);
  await days.until(officeDay(daysAfter(days.today, random.between(0, 200))));
  const reviewDue = daysAfter(days.today, 330);
  const [area, purpose] = random.pick(PURPOSES);
  await stage.give(teamLeader, matter, 'FormCollaboration', {
    ...{ collaborationId, kind: formal ? 'formal' : 'bespoke', purpose },
    schoolIds: [lead, ...others].map(({ schoolId }) => schoolId),
    ...{ leadSchoolId: lead.schoolId, area, from: days.today, reviewDue },
    ...(formal ? { agreementRef: `example-agreement-${collaborationId.slice(0, 8)}` } : {}),
  });
  if (next !== undefined && random.chance(0.4)) {
    await days.until(officeDay(daysAfter(days.today, 90)));
    const { schoolId } = next;
    await stage.give(teamLeader, matter, 'JoinCollaboration', { collaborationId, schoolId });
  }
  const [leaver] = others;
  if (others.length > 1 && leaver !== undefined && random.chance(0.25)) {
    await days.until(officeDay(daysAfter(days.today, 60)));
    await stage.give(stage.headOf(leaver), matter, 'LeaveCollaboration', {
      ...{ collaborationId, schoolId: leaver.schoolId },
      reason: 'Another federation of subjects fits us better now (invented example).',
    });
  }
  await reviewed(stage, matter, collaborationId, reviewDue, random);
}

/** Every year or so, until the work is done. Some reviews are late, and a few are due when the play ends. */
async function reviewed(
  stage: Stage,
  matter: string,
  collaborationId: string,
  due: string,
  random: Random,
): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(daysAfter(due, random.chance(0.2) ? 40 : -random.between(0, 12))));
  const continues = random.chance(0.55);
  const nextReviewDue = daysAfter(days.today, 360);
  await stage.give(teamLeader, `${matter} ${days.today}`, 'ReviewCollaboration', {
    ...{ collaborationId, continues, ...(continues ? { nextReviewDue } : {}) },
    achieved: 'What was planned is taught in all the schools now (invented example).',
  });
  if (continues) return reviewed(stage, matter, collaborationId, nextReviewDue, random);
  await days.until(officeDay(daysAfter(days.today, 14)));
  await stage.give(teamLeader, matter, 'EndCollaboration', {
    collaborationId,
    reason: 'Its work is done (invented example).',
  });
}
