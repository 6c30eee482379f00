import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_STORE, READ_STORE } from '#application';
import { aggregates } from '#domain';
import type { EventStore, ReadStore } from '#kernel';
import { folded } from '#kernel';
import { allowances, deployments, deploymentVisits } from '#read-models';
import { documentsIn, pureFold } from '../../support/pure-fold';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/*
 * One school's support through the API, from the need to the closing, and what each of those concerned is told of it on the
 * way: the school itself, the school that lends the champion, the champion, the team.
 */
const uuid = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const [supported, home, alone, enhanced] = [1, 2, 3, 4].map(newSchool) as [
  School,
  School,
  School,
  School,
];
type School = ReturnType<typeof newSchool>;
type Command = readonly [role: string, command: string, fields: Readonly<Record<string, unknown>>];
const deploymentId = uuid(100);
const waiting = uuid(101);
const championId = uuid(20);
const objectives = [uuid(70), uuid(71)].map((objectiveId) => ({
  ...{ objectiveId, what: 'Pupils read fluently', measure: 'Share at 90 words a minute' },
  ...{ baseline: '41%', target: '65%' },
}));
const [first, second] = [uuid(50), uuid(51)];
const YEAR = '2026/27';
const FROM = '2026-11-30';
const TO = '2027-03-31';

interface Line {
  readonly deploymentId: string;
  readonly overdue: readonly { readonly task: string; readonly daysOverdue: number }[];
}
const linesIn = ({ body }: { body: unknown }) =>
  (body as { deployments: readonly Line[] }).deployments;
const schoolsIn = ({ body }: { body: unknown }) =>
  (body as { schools: readonly { school: { schoolId: string } }[] }).schools.map(
    ({ school }) => school.schoolId,
  );

describe('support over HTTP', () => {
  let county: County;
  let adviser: Person;
  let needed: string;

  const support = (command: string, fields: object, role = 'adviser') =>
    [role, `support/${command}`, { deploymentId, ...fields }] as const;
  const on = (day: string) => county.at(`${day}T10:00:00.000Z`);
  const given = async (day: string, ...commands: readonly Command[]) => {
    on(day);
    return county.given(...commands);
  };

  /** What follows by a policy is recorded before the next day comes. */
  const followed = async (type: string, times = 1): Promise<void> => {
    const there = async () => (await county.recorded()).filter((event) => event.type === type);
    for (let tries = 0; (await there()).length < times; tries++) {
      if (tries === 400) throw new Error(`${type} did not follow.`);
      await pause(25);
    }
  };

  const inCategory = (schoolId: string, category: string) =>
    county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryConfirmed',
        data: {
          ...{ schoolId, proposalId: uuid(1), assessmentId: uuid(2), cycle: YEAR },
          ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category },
          ...{ effectiveFrom: '2026-09-15', deciderId: 'person-head-of-service' },
        },
      },
    ]);
  const granted = (schoolId: string, academicYear: string, sspcHalfDays: number) =>
    county.happened(`entitlement-${schoolId}-${academicYear.replace('/', '-')}`, [
      {
        type: 'EntitlementGranted',
        data: {
          ...{ schoolId, academicYear, status: 'maintained', offerVersion: 'example' },
          ...{ effectiveFrom: '2026-09-15', becauseOf: uuid(3), category: 'Prevention' },
          ...{ headlineVisits: 3, sspcHalfDays, sslcHalfDays: 4, fundedPercent: 100 },
        },
      },
    ]);

  beforeAll(async () => {
    county = await County.start();
    adviser = await county.as('adviser');
    await given(
      '2026-09-20',
      ...[supported, home, alone, enhanced].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
      [
        'team-leader',
        'champions/register-champion',
        {
          ...{ championId, personRef: 'person-champion', homeSchoolId: home.schoolId },
          ...{ roles: ['SSPC'], specialisms: ['early-reading'], phases: ['primary'] },
          ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
        },
      ],
    );
    await inCategory(supported.schoolId, 'Prevention');
    await inCategory(alone.schoolId, 'Intervention');
    await inCategory(enhanced.schoolId, 'Enhancement');
    await granted(supported.schoolId, '2025/26', 10);
    await granted(supported.schoolId, YEAR, 18);
    await granted(alone.schoolId, YEAR, 30);

    const { schoolId } = supported;
    await county.happened(`entitlement-${schoolId}-2025-26`, [
      {
        type: 'EntitlementLapsed',
        data: { schoolId, academicYear: '2025/26', sspcHalfDays: 10, sslcHalfDays: 4 },
      },
    ]);
    const homeSchoolId = home.schoolId;
    const need = {
      ...{ specialism: 'early-reading', role: 'SSPC', focus: 'SECRET FOCUS', priority: 'soon' },
    };
    needed = await given(
      '2026-11-02',
      support('identify-need', { ...need, schoolId }),
      support('identify-need', { ...need, schoolId: alone.schoolId, deploymentId: waiting }),
    );
    await given(
      '2026-11-10',
      support('propose-match', { championId, rationale: 'Did it before.' }),
      support('agree-release', {
        ...{ homeSchoolId, halfDays: 12, from: FROM, to: TO, homeHeadId: 'person-home-head' },
      }),
      support('accept-support', { schoolId, objectives, headId: 'person-headteacher' }),
      support('confirm-deployment', { scope: 'Weekly', halfDays: 10, from: FROM, to: TO }),
    );
    const visit = { objectiveIds: [uuid(70)], notesRef: 'records/1' };
    await given('2026-12-02', support('start-deployment', {}));
    await given(
      '2026-12-14',
      support('record-visit', { ...visit, visitId: first, visitedOn: '2026-12-11', halfDays: 1 }),
      support('record-visit', { ...visit, visitId: second, visitedOn: '2026-12-14', halfDays: 2 }),
    );
    await followed('DaysConsumed', 2);
    await given(
      '2026-12-16',
      support('amend-visit-record', { visitId: first, halfDays: 2, reason: 'Stayed on.' }),
    );
    await followed('DaysConsumedAmended');
    await followed('ChampionDaysAdjusted');
    await given('2027-01-11', support('pause-deployment', { because: 'head-absent' }));
    await given('2027-02-22', support('resume-deployment', {}));
    await given('2027-04-12', support('complete-deployment', { completedOn: '2027-03-31' }));
    await followed('ChampionDaysReleased');
    on('2027-05-20');
  });
  afterAll(() => county.stop());

  const asOf = (day: string) => `asOf=${day}`;
  const overdueOn = async (day: string) =>
    linesIn(await adviser.get(`/api/v1/deployments?overdue=true&${asOf(day)}`)).map((line) => [
      line.deploymentId,
      ...line.overdue.map(({ task, daysOverdue }) => [task.split(' ')[0], daysOverdue]),
    ]);

  it('tells how a deployment stands, with its visits, and which record was amended', async () => {
    const answer = await adviser.get(`/api/v1/deployments/${deploymentId}`);
    expect(answer.body).toMatchObject({
      school: { schoolId: supported.schoolId, name: supported.name },
      homeSchool: { schoolId: home.schoolId, name: home.name },
      ...{ championId, role: 'SSPC', specialism: 'early-reading', focus: 'SECRET FOCUS' },
      ...{ stage: 'completed', stageInWords: 'Completed', since: '2027-03-31' },
      ...{ from: FROM, to: TO, lastVisitOn: '2026-12-14' },
      halfDays: { agreed: 10, used: 4, left: 0 },
      payerInWords: 'paid by the authority',
      next: [{ what: 'Evaluate what it achieved' }],
      objectives,
      visits: [
        {
          visitId: second,
          visitedOn: '2026-12-14',
          recordDueOn: '2026-12-21',
          recordedLate: false,
        },
        {
          ...{ visitId: first, visitedOn: '2026-12-11', halfDays: 2 },
          amended: { times: 1, was: { visitedOn: '2026-12-11', halfDays: 1 } },
        },
      ],
    });
    expect((answer.body as { visits: object[] }).visits[0]).not.toHaveProperty('amended');
  });

  it('says what is overdue by the day it is asked as of, and by how many days', async () => {
    expect(await overdueOn('2026-11-30')).toEqual([]);
    // Confirmed, and its first day gone by.
    expect(await overdueOn('2026-12-01')).toEqual([[deploymentId, ['Start', 1]]]);
    // Started, and no visit in the first week.
    expect(await overdueOn('2026-12-09')).toEqual([]);
    expect(await overdueOn('2026-12-11')).toEqual([[deploymentId, ['See', 2]]]);
    expect(await overdueOn('2026-12-14')).toEqual([]);
    // Paused for more than four weeks.
    expect(await overdueOn('2027-02-08')).toEqual([]);
    expect(await overdueOn('2027-02-09')).toEqual([[deploymentId, ['Resume', 1]]]);
    // Its last day gone by, and not completed; then completed, and not evaluated.
    expect(await overdueOn('2027-04-05')).toEqual([[deploymentId, ['Complete,', 5]]]);
    expect(await overdueOn('2027-04-28')).toEqual([]);
    expect(await overdueOn('2027-04-29')).toEqual([[deploymentId, ['Evaluate', 1]]]);
    const not = await adviser.get(`/api/v1/deployments?overdue=false&${asOf('2027-04-29')}`);
    expect(linesIn(not).map((line) => line.deploymentId)).toEqual([waiting]);
  });

  it('puts what is overdue among the tasks of the worklist', async () => {
    const answer = await adviser.get(`/api/v1/worklist?${asOf('2027-04-29')}`);
    expect((answer.body as { tasks: object[] }).tasks).toEqual([
      {
        school: { schoolId: supported.schoolId, urn: supported.urn, name: supported.name },
        ...{ kind: 'deployment', task: 'Evaluate with the school what the deployment achieved' },
        ...{ since: '2027-03-31', by: '2027-04-28', daysOverdue: 1, deploymentId },
      },
    ]);
  });

  it('tells a school what it may have in a year, what is left, and what has lapsed', async () => {
    const head = await county.as('headteacher', supported.schoolId);
    const answer = await head.get(`/api/v1/schools/${supported.urn}/support`);
    expect(answer.body).toMatchObject({
      academicYear: YEAR,
      allowance: {
        granted: { category: 'Prevention', headlineVisits: 3, fundedPercent: 100 },
        pots: {
          sspc: { granted: 18, extra: 0, reserved: 4, consumed: 4, released: 6, left: 14 },
          sslc: { granted: 4, reserved: 0, consumed: 0, left: 4 },
        },
      },
      years: [YEAR, '2025/26'],
      lapsed: [{ academicYear: '2025/26', sspc: 10, sslc: 4 }],
      deployments: [
        { deploymentId, objectives, visits: [{ visitId: second }, { visitId: first }] },
      ],
    });
    const before = await head.get(`/api/v1/schools/${supported.urn}/support?year=2025-26`);
    expect(before.body).toMatchObject({
      academicYear: '2025/26',
      allowance: { pots: { sspc: { granted: 10, left: 0 } }, lapsed: { sspc: 10, sslc: 4 } },
    });
    const none = await head.get(`/api/v1/schools/${supported.urn}/support?year=2030-31`);
    expect(none.body).not.toHaveProperty('allowance');
    // The ledger of that day: all that was confirmed is set aside, and three half-days of it are used.
    const then = await head.get(`/api/v1/schools/${supported.urn}/support?${asOf('2026-12-15')}`);
    expect(then.body).toMatchObject({
      allowance: { pots: { sspc: { reserved: 10, consumed: 3, released: 0, left: 8 } } },
    });
  });

  it('counts a year’s half-days for the county and by school, and says how it forecasts', async () => {
    const head = await county.as('head-of-service');
    const answer = await head.get(`/api/v1/allowances?${asOf('2027-03-01')}`);
    const body = answer.body as { county: { sspc: { forecast: { says: string } } } };
    expect(body).toMatchObject({
      academicYear: YEAR,
      today: '2027-03-01',
      county: {
        sspc: {
          ...{ granted: 48, reserved: 10, consumed: 4, left: 38, lapsed: 0 },
          forecast: { consumed: 8, daysGone: 182, daysOfYear: 365 },
        },
        sslc: { granted: 8, reserved: 0, left: 8, forecast: { consumed: 0 } },
      },
      total: 2,
    });
    expect(body.county.sspc.forecast.says).toContain('4 half-days used in 182 of 365 days');
    expect(schoolsIn({ body })).toEqual([supported.schoolId, alone.schoolId]);
    const page = await head.get('/api/v1/allowances?year=2026-27&limit=1&skip=1');
    expect(schoolsIn(page)).toEqual([alone.schoolId]);
    const gone = await head.get('/api/v1/allowances?year=2025-26');
    expect(gone.body).toMatchObject({
      county: { sspc: { lapsed: 10, left: 0, forecast: { consumed: 0 } } },
      total: 1,
    });
    expect((await head.get('/api/v1/allowances?year=2027-28')).body).toMatchObject({
      total: 0,
      county: { sspc: { granted: 0 } },
    });
  });

  it('lists Prevention and Intervention schools without a deployment, and what is on its way', async () => {
    const at = async (day: string) =>
      adviser.get(`/api/v1/schools-without-deployment?${asOf(day)}`);
    expect(schoolsIn(await at('2026-11-05'))).toEqual([supported.schoolId, alone.schoolId]);
    const during = await at('2027-01-05');
    expect(during.body).toMatchObject({
      total: 1,
      schools: [
        {
          ...{ school: { schoolId: alone.schoolId }, category: 'Intervention' },
          without: '2026-09-15',
          coming: [{ deploymentId: waiting, stageInWords: 'A champion is wanted' }],
        },
      ],
    });
    const after = await at('2027-05-20');
    expect(schoolsIn(after)).toEqual([alone.schoolId, supported.schoolId]);
    expect(after.body).toMatchObject({ schools: [{}, { without: '2027-03-31', coming: [] }] });
  });

  it('finds deployments by each of the filters', async () => {
    const found = async (query: string) =>
      linesIn(await adviser.get(`/api/v1/deployments?${query}`)).map((line) => line.deploymentId);
    expect((await found('')).toSorted()).toEqual([deploymentId, waiting]);
    expect(await found('stage=completed')).toEqual([deploymentId]);
    expect(await found('stage=needed')).toEqual([waiting]);
    expect(await found(`school=${supported.urn}`)).toEqual([deploymentId]);
    expect(await found(`school=${alone.schoolId}&stage=completed`)).toEqual([]);
    expect(await found('school=999999')).toEqual([]);
    expect(await found(`homeSchool=${home.urn}`)).toEqual([deploymentId]);
    expect(await found(`champion=${championId.toUpperCase()}`)).toEqual([deploymentId]);
    expect(await found('specialism=early-reading&role=SSPC&open=true')).toHaveLength(2);
    expect(await found('specialism=attendance')).toEqual([]);
    expect(await found('role=SSLC')).toEqual([]);
    expect(await found('limit=1')).toHaveLength(1);
    expect(await found(asOf(needed))).toHaveLength(2);
  });

  it.each([
    ['deployments?stage=begun', '/stage'],
    ['deployments?overdue=yes', '/overdue'],
    ['deployments?school=%7B%22$gt%22:1%7D', '/school'],
    ['deployments?champion=1', '/champion'],
    ['deployments?role=sspc', '/role'],
    ['deployments?specialism=', '/specialism'],
    ['allowances?year=2026-28', '/year'],
    ['allowances?year=2026', '/year'],
  ])('refuses %s with a pointer to it', async (path, pointer) => {
    const { errors } = problemIn(await adviser.get(`/api/v1/${path}`), 400, 'Malformed');
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  describe('who may see what', () => {
    it('a home head: their own staff’s days, the name of the school and nothing else of it', async () => {
      const head = await county.as('home-head', home.schoolId);
      for (const path of ['deployments', `deployments/${deploymentId}`]) {
        const { status, text } = await head.get(`/api/v1/${path}`);
        expect(status).toBe(200);
        expect(text).toContain(supported.name);
        expect(text).not.toMatch(/SECRET|Prevention|objectives|41%|priority|category/);
      }
      const one = await head.get(`/api/v1/deployments/${deploymentId}`);
      expect(one.body).toMatchObject({ halfDays: { agreed: 10, used: 4 }, visits: [{}, {}] });
      const lists = await head.get(`/api/v1/deployments?school=${alone.urn}`);
      expect(linesIn(lists)).toEqual([]);
      problemIn(await head.get(`/api/v1/deployments/${waiting}`), 404, 'NoSuchDeployment');
      problemIn(await head.get(`/api/v1/schools/${supported.urn}/support`), 403, 'NotForYou');
    });

    it('a champion: their own deployments with the objectives, and no category', async () => {
      const champion = await county.as('champion', home.schoolId);
      const mine = await champion.get('/api/v1/deployments');
      expect(linesIn(mine).map((line) => line.deploymentId)).toEqual([deploymentId]);
      expect(mine.text).toContain('41%');
      expect(mine.text).not.toMatch(/Prevention|category/);
      problemIn(await champion.get(`/api/v1/deployments/${waiting}`), 404, 'NoSuchDeployment');
    });

    it('a school’s leaders: what supports their school, and of the rest not even whether it is there', async () => {
      for (const role of ['headteacher', 'chair']) {
        const leader = await county.as(role, alone.schoolId);
        const mine = linesIn(await leader.get('/api/v1/deployments'));
        expect(mine.map((line) => line.deploymentId)).toEqual([waiting]);
        const others = await leader.get(`/api/v1/deployments?school=${supported.urn}`);
        expect(linesIn(others)).toEqual([]);
        problemIn(await leader.get(`/api/v1/deployments/${deploymentId}`), 404, 'NoSuchDeployment');
        problemIn(
          await leader.get(`/api/v1/schools/${supported.urn}/support`),
          403,
          'NotYourSchool',
        );
        problemIn(await leader.get('/api/v1/allowances'), 403, 'NotForYou');
        problemIn(await leader.get('/api/v1/schools-without-deployment'), 403, 'NotForYou');
      }
    });

    it('nobody sees the reference of a champion’s person', async () => {
      for (const role of ['adviser', 'auditor', 'head-of-service']) {
        const reader = await county.as(role);
        const { text } = await reader.get(`/api/v1/deployments/${deploymentId}`);
        expect(text).not.toContain('person-champion');
      }
    });
  });

  describe('the pages', () => {
    const textOf = async (path: string, person = adviser): Promise<string> => {
      const { status, text } = await person.get(path);
      expect(status).toBe(200);
      expect(text.match(/<h1/g)).toHaveLength(1);
      return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    };

    it('a school’s tells its allowance in words and figures, its deployments, objectives and visits', async () => {
      const head = await county.as('headteacher', supported.schoolId);
      const page = await textOf(`/schools/${supported.urn}/support`, head);
      for (const says of [
        'For 2026/27 the school may have 9 days of pupil champions and ABLE (2 days used, no days set aside, 7 days left); and 2 days of leadership champions',
        'Pupil champions and ABLE 9 0 0 2 7',
        'With the end of 2025/26, 5 days of pupil champions and ABLE and 2 days of leadership champions lapsed.',
        'Early reading, by a pupil champion Completed',
        '22 days overdue Evaluate with the school what the deployment achieved',
        '5 days agreed: 2 days used, no days left',
        'Pupils read fluently Share at 90 words a minute 41% 65% Not judged yet',
        '11 December 2026 1 day Recorded in time Amended once; first recorded as half a day on 11 December 2026',
      ])
        expect(page).toContain(says);
      const before = await textOf(`/schools/${supported.urn}/support?asOf=2026-12-05`, head);
      expect(before).toContain('as it was known at the end of 5 December 2026');
      expect(before).toContain('Next: Make the first visit (the champion)');
      const other = await textOf(`/schools/${enhanced.urn}/support`);
      expect(other).toContain('Nothing is granted to this school for 2026/27');
      expect(other).toContain('No deployment of a champion is on record');
      expect((await head.get(`/schools/${alone.urn}/support`)).status).toBe(403);
    });

    it('the county’s tells what is overdue, what is open by stage, and who is without', async () => {
      const page = await textOf('/support');
      for (const says of [
        '0 deployments are confirmed or under way, 1 is being brokered, and 1 has ended and is not closed. Something is overdue of 1 deployment.',
        'A champion is wanted 1',
        'Intervention 15 September 2026 247 days A champion is wanted',
        'Pupil champions and ABLE 24 0 0 2 22',
        'carried on at the same rate',
      ])
        expect(page).toContain(says);
      const begun = await textOf('/support?stage=started');
      expect(begun).toContain('No deployment is at this stage.');
      const start = await textOf('/support?asOf=2026-09-10');
      for (const says of ['No deployment is open', 'No allowance is granted for 2026/27 yet'])
        expect(start).toContain(says);
      const head = await county.as('headteacher', supported.schoolId);
      expect((await head.get('/support')).status).toBe(403);
      expect((await adviser.get('/support?stage=closed')).status).toBe(400);
      expect((await adviser.get(`/schools/${alone.urn}/support?year=2026-28`)).status).toBe(400);
    });
  });

  it('knows at every position what a fold of the log up to it says', async () => {
    const events = county.app.get<EventStore>(EVENT_STORE);
    const documents = county.app.get<ReadStore>(READ_STORE);
    const models = [deployments, deploymentVisits, allowances];
    const begun = await county.recorded();
    let compared = 0;
    for (const { position } of begun) {
      const snapshot = await documents.snapshot({ at: position });
      const ours = new Set(begun.map(({ data }) => data['schoolId']));
      const known = [...(await documentsIn(snapshot, models))].filter(([, body]) =>
        ours.has(body['schoolId']),
      );
      const only = ({ data }: { data: object }) =>
        ours.has((data as { schoolId?: string }).schoolId);
      const expected = [...(await pureFold(events, models, position, only))];
      expect(known.toSorted(byKey)).toEqual(expected.toSorted(byKey));
      compared += known.length;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('has the figures that the ledger of the stream comes to', async () => {
    const { decider } = aggregates.find(({ name }) => name === 'entitlement')!;
    const stream = `entitlement-${supported.schoolId}-2026-27`;
    const history = (await county.recorded()).filter((event) => event.stream === stream);
    const { ledger } = folded<{ ledger: object }, never>(decider as never, history as never);
    const documents = county.app.get<ReadStore>(READ_STORE);
    const snapshot = await documents.snapshot();
    const found = await snapshot.get(allowances, `${supported.schoolId} ${YEAR}`);
    expect(found?.body['ledger']).toEqual(ledger);
  });
});

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : 1;
