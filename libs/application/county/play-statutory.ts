import { daysAfter } from './days';
import { officeDay } from './play-calendar';
import { adviserOf, headOfService, statusOn } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';

/** When the three notices of the years are given, and what comes of them. */
const NOTICES = [
  { on: '2023-02-09', outcome: 'complied', ground: 'standards' },
  { on: '2024-11-14', outcome: 'power-ended', ground: 'management-or-governance' },
  { on: '2026-06-11', outcome: 'power-in-use', ground: 'safety' },
] as const;
type Notice = (typeof NOTICES)[number];

/** What the Department does at schools, as far as the authority is told: from when, and for how long. */
const INVOLVEMENTS = [
  { on: '2025-04-24', kind: 'universal', lasts: 240 },
  { on: '2025-09-18', kind: 'targeted', lasts: 9999 },
  { on: '2026-09-24', kind: 'significant-improvement', lasts: 9999 },
] as const;

export function playStatutory(stage: Stage): void {
  const { days } = stage;
  for (const notice of NOTICES)
    days.begin(async () => {
      await days.until(officeDay(notice.on));
      const schools = inIntervention(stage).filter(
        ({ model }) =>
          model.kind !== 'pru-ap' && statusOn(model, daysAfter(notice.on, 400)) === 'maintained',
      );
      const school = stage.chance(`notice ${notice.on}`).pick(schools);
      await playNotice(stage, school, notice);
    });
  for (const involvement of INVOLVEMENTS)
    days.begin(async () => {
      await days.until(officeDay(involvement.on));
      const school = stage.chance(`rise ${involvement.on}`).pick(inIntervention(stage));
      await playInvolvement(stage, school, involvement);
    });
}

const inIntervention = (stage: Stage): readonly PlayedSchool[] =>
  stage
    .inOrder()
    .filter((school) => school.category === 'Intervention' && isOpen(school, '2026-12-31'));

/** Given with its copies; the period is made longer once; then it is complied with, or powers follow. */
async function playNotice(
  stage: Stage,
  school: PlayedSchool,
  { outcome, ground }: Notice,
): Promise<void> {
  const { days } = stage;
  const { model, schoolId } = school;
  const { today: issuedOn } = days;
  const matter = `notice ${issuedOn}`;
  const noticeId = stage.id(matter);
  const of = { schoolId, noticeId };
  const act = (command: string, more: object) =>
    stage.give(headOfService, matter, command, { ...of, ...more });
  const recipients = ['secretary-of-state', 'governing-body', 'headteacher'];
  const church = model.establishments.at(-1)?.type.name.startsWith('Voluntary') === true;
  let complianceTo = daysAfter(issuedOn, 42);
  await act('IssueWarningNotice', {
    ...{ section: '60', grounds: [ground], complianceFrom: issuedOn, complianceTo },
    matters: 'What leaders and governors agreed to last year has not been done (invented example).',
    actionsRequired: 'A plan with dates that governors check every month (invented example).',
    mindedTo: 'Appoint additional governors (invented example).',
    copies: [...recipients, ...(church ? ['diocese'] : [])].map((to) => ({ to, sentOn: issuedOn })),
  });
  if (outcome === 'power-ended') {
    await days.until(officeDay(daysAfter(issuedOn, 28)));
    complianceTo = daysAfter(issuedOn, 70);
    const reason = 'The new chair asked for time to meet staff first (invented example).';
    await act('SetCompliancePeriod', { complianceTo, reason });
  }
  await days.until(officeDay(daysAfter(complianceTo, 4)));
  const complied = outcome === 'complied';
  await act('DecideCompliance', {
    outcome: complied ? 'complied' : 'not-complied',
    reasons: complied
      ? 'The plan is there, and governors have checked it twice (invented example).'
      : 'There is a plan, and nobody has checked it (invented example).',
  });
  if (complied) return;
  const power = 'additional-governors';
  const notBefore = daysAfter(days.today, 10);
  await act('NotifyInterventionIntent', { powers: [power], notBefore });
  await days.until(officeDay(notBefore));
  await act('ExerciseInterventionPower', {
    power,
    terms: 'Two governors for a year, one with knowledge of finance (invented example).',
  });
  if (outcome === 'power-in-use') return;
  await days.until(officeDay(daysAfter(days.today, 220)));
  const reason = 'The governing body holds leaders to account by itself (invented example).';
  await act('EndIntervention', { power, reason });
  await days.until(officeDay(daysAfter(days.today, 7)));
  await act('CloseNotice', { because: 'remedied', reason });
}

async function playInvolvement(
  stage: Stage,
  { model, schoolId }: PlayedSchool,
  { on, kind, lasts }: (typeof INVOLVEMENTS)[number],
): Promise<void> {
  const { days } = stage;
  const matter = `rise ${on}`;
  const involvementId = stage.id(matter);
  const from = days.today;
  await stage.give(adviserOf(model), matter, 'RecordRiseInvolvement', {
    ...{ schoolId, involvementId, kind, from, expectedTo: daysAfter(from, 540) },
    source: 'Letter of the regional group (invented example)',
  });
  if (lasts > 540) return;
  await days.until(officeDay(daysAfter(from, lasts)));
  await stage.give(adviserOf(model), matter, 'EndRiseInvolvement', {
    ...{ schoolId, involvementId },
    reason: 'The conference programme is over (invented example).',
  });
}
