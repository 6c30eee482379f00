import { daysAfter } from './days';
import { officeDay, schoolEntryDay } from './play-calendar';
import { adviserOf, headRefOn, statusOn, teamLeader } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';
import type { Random } from './random';

/** Teams Around the School of one year: for half of the maintained schools in Intervention. */
export async function playTeams(stage: Stage, begins: number): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(`${begins}-10-02`));
  for (const school of stage.inOrder()) {
    const { model, category } = school;
    const random = stage.chance(`team ${begins} ${model.id}`);
    const wanted = category === 'Intervention' && isOpen(school, `${begins + 1}-08-30`);
    const maintained = statusOn(model, daysAfter(days.today, 30)) === 'maintained';
    if (wanted && maintained && random.chance(0.5))
      days.begin(() => playTeam(stage, school, begins, random));
  }
}

const ACTIONS = [
  'Have the finance adviser look at the three-year budget with governors (invented example).',
  'Find cover so that subject leaders can see each other teach (invented example).',
  'Bring the action plan for attendance to one page (invented example).',
  'Hold a safeguarding walk with the new site manager (invented example).',
];

/** Meetings about once a month with an action or so each, until the school needs it no more or the year ends. */
async function playTeam(
  stage: Stage,
  school: PlayedSchool,
  begins: number,
  random: Random,
): Promise<void> {
  const { days } = stage;
  const { model, schoolId } = school;
  const matter = `team ${begins} ${model.id}`;
  const tasId = stage.id(matter);
  const of = { schoolId, tasId };
  const adviser = adviserOf(model);
  await days.until(officeDay(daysAfter(days.today, random.between(0, 30))));
  const members = [
    { personId: teamLeader.id, role: 'lead' },
    { personId: adviser.id, role: 'adviser' },
    { personId: headRefOn(model, days.today), role: 'headteacher' },
    { personId: 'demo-finance-adviser', role: 'finance' },
    ...(school.champion === undefined ? [] : [{ personId: school.champion, role: 'champion' }]),
  ];
  const monthly = random.chance(0.6);
  await stage.give(teamLeader, matter, 'ConveneTeamAroundSchool', {
    ...{ ...of, members, cadence: monthly ? 'monthly' : 'half-termly' },
    reason: 'Standards, finance and a change of head come together (invented example).',
  });
  let open: string | undefined;
  for (let n = 0; ; n += 1) {
    await days.until(
      schoolEntryDay(daysAfter(days.today, (monthly ? 28 : 49) + random.between(0, 5))),
    );
    if (open !== undefined && random.chance(0.8)) {
      await stage.give(adviser, `${matter} ${n}`, 'CloseTasAction', {
        ...{ schoolId, actionId: open },
        outcome: random.pick(['done', 'done', 'done-in-part', 'no-longer-needed']),
      });
      open = undefined;
    }
    if (days.today > `${begins + 1}-06-10` || school.category !== 'Intervention') break;
    await stage.give(adviser, `${matter} ${n}`, 'HoldTasMeeting', {
      ...{ ...of, heldOn: days.today },
      attendees: members.map(({ personId }) => personId),
      summary: 'What was agreed is under way; the next steps are on the list (invented example).',
    });
    if (n === 1) await addMember(stage, matter, of, members, adviser);
    if (open !== undefined) continue;
    open = stage.id(`action ${matter} ${n}`);
    await stage.give(adviser, `${matter} ${n}`, 'AgreeTasAction', {
      ...{ ...of, actionId: open, what: random.pick(ACTIONS) },
      ...{ ownerId: random.pick(members).personId, due: daysAfter(days.today, 28) },
    });
  }
  await stage.give(teamLeader, matter, 'StandDownTeam', {
    ...of,
    reason: 'The school’s own leaders carry it on from here (invented example).',
    handOver: open === undefined ? [] : [{ actionId: open, toId: adviser.id }],
  });
}

const addMember = (
  stage: Stage,
  matter: string,
  of: object,
  members: readonly object[],
  adviser: ReturnType<typeof adviserOf>,
) =>
  stage.give(adviser, matter, 'ChangeTasMembers', {
    ...of,
    members: [...members, { personId: 'demo-inclusion-adviser', role: 'inclusion' }],
  });
