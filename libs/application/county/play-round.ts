import type { Framework } from '#domain';
import { assess } from './play-assessment';
import { workday } from './play-days';
import { headOfService, teamLeader } from './play-people';
import { propose } from './play-proposal';
import { dashboardOfRound } from './play-readings';
import type { PlayedSchool, Stage } from './play-stage';
import { academicYear, daysAfter } from './days';

/** Days in July on which schools are assessed; the schools are spread over them. */
const ASSESSING_DAYS = 6;

/** The Monday or so after the Board has agreed the offer. */
const opensOn = (summer: number): string => workday(`${summer}-07-08`);

/** The round in the summer of a year: every school is assessed, and decided on for the school year to come. */
export async function playRound(
  stage: Stage,
  summer: number,
  framework: Framework,
  offerVersion: string,
): Promise<void> {
  const { days } = stage;
  const cycle = academicYear(summer);
  await days.until(opensOn(summer));
  const round = { academicYear: cycle, frameworkVersion: framework.version, offerVersion };
  await stage.give(headOfService, cycle, 'OpenCycle', { ...round, openedOn: days.today });
  for (const school of stage.schools.values()) {
    const { model, schoolId } = school;
    if (!isOpen(school, days.today)) continue;
    if (isOpen(school, `${summer}-10-01`)) {
      days.begin(() => playSchool(stage, school, summer, framework));
      continue;
    }
    const reason = 'The school closes this summer.';
    await stage.give(teamLeader, `${cycle} ${model.id}`, 'WaiveAssessment', {
      academicYear: cycle,
      schoolId,
      reason,
    });
  }
  await days.until(workday(`${summer}-08-31`));
  await stage.give(headOfService, cycle, 'CloseCycle', {
    academicYear: cycle,
    closedOn: days.today,
  });
}

async function playSchool(
  stage: Stage,
  school: PlayedSchool,
  summer: number,
  framework: Framework,
): Promise<void> {
  const cycle = academicYear(summer);
  const { model } = school;
  const matter = `${cycle} ${model.id}`;
  const nth = Number(model.id.slice(1)) % ASSESSING_DAYS;
  await stage.days.until(workday(daysAfter(opensOn(summer), 1 + nth)));
  const dashboard = dashboardOfRound(
    stage.county,
    school.model,
    academicYear(summer - 1),
    stage.days.today,
  );
  const assessed = await assess(stage, school, matter, { cycle }, framework, dashboard, {
    judged: workday(`${summer}-07-17`),
    moderated: workday(`${summer}-07-18`),
  });
  await propose(
    stage,
    school,
    matter,
    assessed,
    {
      proposed: workday(`${summer}-07-19`),
      told: workday(`${summer}-07-20`),
      discussed: workday(`${summer}-07-${21 + (nth % 4)}`),
      again: workday(`${summer}-07-28`),
      reviewed: workday(`${summer}-08-18`),
      decided: workday(`${summer}-08-27`),
      effective: `${summer}-09-01`,
    },
    false,
  );
}

/** Open on a day as the county knows it, whether or not our register has heard. */
export function isOpen({ model: { establishments } }: PlayedSchool, day: string): boolean {
  const opened = establishments[0]?.openedOn ?? '';
  const closed = establishments.at(-1)?.closedOn ?? '9999';
  return opened <= day && day <= closed;
}
