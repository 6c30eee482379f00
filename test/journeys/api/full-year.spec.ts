import { exampleBankHolidays, exampleFrameworks, exampleOffers } from '#domain';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';
import { dashboard, nobody, peopleOf, STORY, telling } from '../full-year';

/*
 * A whole year of one school, from the register over Intervention to Enhancement, as those concerned live it: by commands
 * and questions over HTTP, with what each of them may see and do at the time, and what they may not.
 */
const uuid = (n: number) => `00000000-0000-4000-b000-${String(n).padStart(12, '0')}`;
const YEAR = '2026/27';
const MID_YEAR = '2027-01-15';
const [deploymentId, championId, reviewId] = [uuid(1), uuid(2), uuid(3)];
const [reading, phonics] = [uuid(70), uuid(71)];
const [asBefore, better] = [uuid(80), uuid(81)];
const [visited, tasId, actionId] = [uuid(90), uuid(91), uuid(92)];
/** What is between the team and the supported school. */
const PRIVATE =
  /Intervention|Enhancement|CONFIDENTIAL|fluently|41%|65%|67%|A day a week|Has done it|records\/\d|Tests of March/g;
const CONFIDENTIAL = 'Reading in key stage 1 (CONFIDENTIAL FOCUS)';

describe('a year of a school in Intervention', () => {
  const east = { northing: 200_000 };
  let [supported, home, other] = [1, 2, 3].map(newSchool) as [School, School, School];
  type School = ReturnType<typeof newSchool>;
  let schoolId: string;
  let here: string;
  let county: County;
  let [adviser, reviewer, leader, headOfService] = nobody;
  let [head, chair] = nobody;
  let [homeHead, champion, colleague, lender] = nobody;
  let [otherHead, stranger] = nobody;
  let [board, scrutiny, auditor] = nobody;

  beforeAll(async () => {
    county = await County.start();
    // Where the log is shared, these schools are the county's own from when it starts.
    [supported, home, other] = [1, 2, 3].map(newSchool) as [School, School, School];
    schoolId = supported.schoolId;
    here = `/api/v1/schools/${supported.urn}`;
    const people = await peopleOf(county, { supported, home, other });
    [adviser, reviewer, leader, headOfService] = people.team;
    [head, chair] = people.leaders;
    [homeHead, champion, colleague, lender] = people.lending;
    [otherHead, stranger] = people.others;
    [board, scrutiny, auditor] = people.around;
  });
  afterAll(() => county.stop());

  /** One story, told in its order: each part goes on from the ones before. */
  const story: (readonly [part: string, tell: () => Promise<void>])[] = [];
  const then = (part: string, tell: () => Promise<void>) => story.push([part, tell]);

  const { on, so, no, ask, read, barred, recorded } = telling(() => county);

  const OF_A_SCHOOL = ['', '/journey', '/why', '/coverage', '/support', '/visits', '/quality'];
  /** Whatever the stage: who has no business with the school sees nothing of it, and its own people do. */
  const onlyTheirs = async (): Promise<void> => {
    for (const path of OF_A_SCHOOL) {
      for (const who of [champion, homeHead, board, scrutiny]) await barred(who, here + path);
      await barred(otherHead, here + path, 'NotYourSchool');
    }
    for (const path of ['/schools', '/register', '/worklist', '/champions', '/visits', '/cycles'])
      for (const who of [champion, homeHead, board, scrutiny, head, chair, otherHead])
        await barred(who, `/api/v1${path}`);
    for (const who of [head, chair, auditor])
      for (const path of ['', '/journey', '/support']) await read(who, here + path);
    const counts = JSON.stringify(await read(board, '/api/v1/board'));
    for (const named of [supported.name, supported.urn, schoolId, home.name, home.urn])
      expect(counts).not.toContain(named);
  };

  const risk = (assessmentId: string) => ({ schoolId, assessmentId });
  const support = (command: string) => `support/${command}`;
  const deployment = () => `/api/v1/deployments/${deploymentId}`;
  /** Half-days of the two pots. */
  const pots = async (who = head) => {
    const { allowance } = (await read(who, `${here}/support?year=2026-27`)) as {
      allowance: { granted: object; pots: { sspc: object; sslc: object } };
    };
    return allowance;
  };

  then(
    'begins with a framework and an offer, a round, and the schools in the register',
    async () => {
      on('2026-07-06');
      const framework = { ...exampleFrameworks.at(-1)!, author: 'person-framework-author' };
      await no(adviser, 'policy/publish-framework', framework, 403, 'NotYourRole');
      await so(headOfService, 'policy/publish-framework', framework);
      const offer = exampleOffers.find(({ academicYear }) => academicYear === YEAR)!;
      await so(headOfService, 'policy/publish-offer', offer);
      for (const year of exampleBankHolidays)
        await so(headOfService, 'policy/publish-bank-holidays', year);
      for (const [n, school] of [supported, home, other].entries()) {
        const entry = { ...school, asAt: '2026-07-01', ...east, easting: 480_000 + n * 8_000 };
        await no(head, 'schools/register-school', entry, 403, 'NotYourRole');
        await so(leader, 'schools/register-school', entry);
      }
      on('2026-07-08');
      const round = { academicYear: YEAR, frameworkVersion: framework.version };
      const opened = { ...round, offerVersion: offer.version, openedOn: '2026-07-08' };
      await no(adviser, 'policy/open-cycle', opened, 403, 'NotYourRole');
      await so(headOfService, 'policy/open-cycle', opened);
      expect(await read(adviser, here)).toMatchObject({ name: supported.name });
      problemIn(await ask(adviser, `${here}/why`), 404, 'NoSuchChange');
    },
  );

  then('is assessed, judged by the adviser and moderated by another', async () => {
    on('2026-07-09');
    const about = risk(asBefore);
    await no(head, 'risk/start-assessment', { ...about, cycle: YEAR }, 403, 'NotYourRole');
    await so(adviser, 'risk/start-assessment', { ...about, cycle: YEAR });
    const readings = dashboard(0, '2025/26', '2026-07-09');
    await so(adviser, 'risk/record-readings', { ...about, readings });
    await so(adviser, 'risk/calculate-score', about);
    expect((await recorded('RiskScoreCalculated'))[0]?.data).toMatchObject({
      suggested: 'Intervention',
      coverage: 100,
    });
    on('2026-07-17');
    const judgement = { ...about, proposedCategory: 'Intervention' };
    await so(adviser, 'risk/record-judgement', judgement);
    await no(adviser, 'risk/finalise-assessment', about, 409, 'ModerationWanted');
    const agree = { ...about, outcome: 'agree' };
    await no(adviser, 'risk/moderate-assessment', agree, 403, 'NotYourRole');
    await so(leader, 'risk/moderate-assessment', agree);
    await so(adviser, 'risk/finalise-assessment', about);
  });

  /** From the proposal to the decision, with what bars it on the way. */
  const decided = async (assessmentId: string, to: string, days: Readonly<Days>): Promise<void> => {
    const about = { schoolId, proposalId: assessmentId.replace('-b000-', '-c000-') };
    on(days.proposed);
    await so(adviser, 'categories/propose-category', { ...about, assessmentId });
    const confirm = { ...about, effectiveFrom: days.effective };
    await no(headOfService, 'categories/confirm-category', confirm, 409, 'LetterNotIssued');
    await so(adviser, 'categories/issue-letter', {
      ...{ ...about, templateVersion: 'example-letter-1', recipients: ['head', 'chair'] },
      docHash: 'a'.repeat(64),
    });
    await no(headOfService, 'categories/confirm-category', confirm, 409, 'DiscussionWanted');
    on(days.discussed);
    await so(adviser, 'categories/record-discussion', {
      ...{ ...about, mode: 'visit', heldOn: days.discussed },
      attendees: ['person-adviser', 'person-headteacher'],
    });
    on(days.decided);
    for (const who of [adviser, leader, head, board])
      await no(who, 'categories/confirm-category', confirm, 403, 'NotYourRole');
    await so(headOfService, 'categories/confirm-category', confirm);
    expect(await read(chair, `${here}/why`)).toMatchObject({ change: { to } });
  };
  interface Days {
    readonly proposed: string;
    readonly discussed: string;
    readonly decided: string;
    readonly effective: string;
  }

  then(
    'comes into Intervention when the head of service says so, and is granted what that means',
    async () => {
      await decided(asBefore, 'Intervention', {
        ...{ proposed: '2026-07-20', discussed: '2026-07-21' },
        ...{ decided: '2026-08-27', effective: '2026-09-01' },
      });
      expect(await recorded('EntitlementGranted')).toMatchObject([
        {
          metadata: { actor: { role: 'policy' } },
          data: { schoolId, academicYear: YEAR, category: 'Intervention', headlineVisits: 5 },
        },
      ]);
      expect(await pots()).toMatchObject({
        granted: { category: 'Intervention', headlineVisits: 5, fundedPercent: 100 },
        // Its five headline visits take half a day each of those of leadership champions.
        pots: { sspc: { granted: 36, left: 36 }, sslc: { granted: 31, left: 31 } },
      });
      const grant = { schoolId, effectiveFrom: '2026-09-01', becauseOf: uuid(99) };
      await no(adviser, support('grant-entitlement'), grant, 403, 'NotYourRole');
      await onlyTheirs();
      on('2026-09-07');
      expect(await read(adviser, '/api/v1/schools-without-deployment')).toMatchObject({
        schools: [{ school: { schoolId }, category: 'Intervention' }],
      });
    },
  );

  then('names a need, and finds a champion for it', async () => {
    on('2026-09-08');
    const record = {
      ...{ championId, personRef: 'person-champion', homeSchoolId: home.schoolId },
      ...{ roles: ['SSPC'], specialisms: ['early-reading'], phases: ['primary'] },
      ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
    };
    await no(homeHead, 'champions/register-champion', record, 403, 'NotYourRole');
    await so(leader, 'champions/register-champion', record);
    on('2026-09-14');
    const need = {
      ...{ deploymentId, schoolId, specialism: 'early-reading', role: 'SSPC' },
      ...{ focus: CONFIDENTIAL, priority: 'urgent' },
    };
    await no(champion, support('identify-need'), need, 403, 'NotYourRole');
    await no(otherHead, support('identify-need'), need, 403, 'NotYourSchool');
    await so(adviser, support('identify-need'), need);
    const matches = `${here}/matches?role=SSPC&specialism=early-reading&halfDays=12&from=2026-10-05&to=2027-03-26`;
    expect(await read(adviser, matches)).toMatchObject({
      ranked: [{ championId, home: { schoolId: home.schoolId } }],
      excluded: [],
    });
    for (const who of [head, homeHead, champion, board]) await barred(who, matches);
    const match = { deploymentId, championId, rationale: 'Has done it at a school alike.' };
    await no(head, support('propose-match'), match, 403, 'NotYourRole');
    await so(adviser, support('propose-match'), match);
  });

  then('is agreed by both schools, and confirmed at the cost of the allowance', async () => {
    on('2026-09-21');
    const [from, to] = ['2026-10-05', '2027-03-26'];
    const release = { deploymentId, homeSchoolId: home.schoolId, halfDays: 14, from, to };
    await no(stranger, support('agree-release'), release, 403, 'NotYourSchool');
    await no(head, support('agree-release'), release, 403, 'NotYourRole');
    await so(homeHead, support('agree-release'), release);
    const objectives = [reading, phonics].map((objectiveId) => ({
      ...{ objectiveId, what: 'Pupils read fluently', measure: 'Share at 90 words a minute' },
      ...{ baseline: '41%', target: '65%' },
    }));
    const accepted = { deploymentId, schoolId, objectives };
    const confirm = { deploymentId, scope: 'A day a week', halfDays: 12, from, to };
    await no(adviser, support('confirm-deployment'), confirm, 409, 'AcceptanceWanted');
    await no(otherHead, support('accept-support'), accepted, 403, 'NotYourSchool');
    await no(homeHead, support('accept-support'), accepted, 403, 'NotYourRole');
    await so(head, support('accept-support'), accepted);
    on('2026-09-23');
    await no(champion, support('confirm-deployment'), confirm, 403, 'NotYourRole');
    const beyond = { ...confirm, halfDays: 15 };
    await no(adviser, support('confirm-deployment'), beyond, 409, 'BeyondRelease');
    await so(adviser, support('confirm-deployment'), confirm);
    expect(await recorded('DeploymentConfirmed')).toMatchObject([{ data: { schoolId } }]);
    expect(await pots()).toMatchObject({
      pots: { sspc: { granted: 36, reserved: 12, consumed: 0, left: 24 }, sslc: { left: 31 } },
    });
    expect(await read(champion, deployment())).toMatchObject({
      ...{ stage: 'confirmed', payerInWords: 'paid by the authority', objectives },
    });
    await seenByEach();
  });

  /** The same deployment, with as much of it as is each one's business. */
  const seenByEach = async (): Promise<void> => {
    const { objectives } = (await read(adviser, deployment())) as { objectives?: object };
    expect(objectives).toMatchObject([{ objectiveId: reading }, { objectiveId: phonics }]);
    for (const who of [head, chair, champion])
      expect(await read(who, deployment())).toMatchObject({ objectives: objectives! });
    const lent = (await ask(homeHead, deployment())).text;
    expect(lent).toContain(supported.name);
    expect(lent).not.toMatch(/objectives|CONFIDENTIAL|41%|priority|evaluation|notesRef/);
    for (const who of [homeHead, champion]) {
      const both = [deployment(), '/api/v1/deployments'].map((path) => ask(who, path));
      for (const { text } of await Promise.all(both))
        expect(text).not.toMatch(/Intervention|Enhancement|category/i);
    }
    for (const who of [champion, homeHead])
      await barred(who, `/api/v1/schools/${home.urn}/journey`);
    problemIn(await ask(otherHead, deployment()), 404, 'NoSuchDeployment');
    expect(await read(otherHead, '/api/v1/deployments')).toMatchObject({ deployments: [] });
    problemIn(await ask(colleague, deployment()), 404, 'NoSuchDeployment');
    for (const who of [board, scrutiny]) await barred(who, deployment());
  };

  then('is visited by its champion and by its adviser', async () => {
    on('2026-10-05');
    await no(colleague, support('start-deployment'), { deploymentId }, 403, 'NotYours');
    await no(head, support('start-deployment'), { deploymentId }, 403, 'NotYourRole');
    await so(champion, support('start-deployment'), { deploymentId });
    for (const [n, visitedOn, halfDays] of [
      [1, '2026-10-07', 2],
      [2, '2026-11-18', 2],
      [3, '2027-01-13', 3],
    ] as const) {
      on(visitedOn);
      const visit = { deploymentId, visitId: uuid(50 + n), visitedOn, halfDays };
      const record = { ...visit, objectiveIds: [reading], notesRef: `records/${n}` };
      await no(colleague, support('record-visit'), record, 403, 'NotYours');
      await no(homeHead, support('record-visit'), record, 403, 'NotYourRole');
      await so(champion, support('record-visit'), record);
    }
    expect(await recorded('DaysConsumed')).toHaveLength(3);
    expect(await pots(chair)).toMatchObject({
      pots: { sspc: { granted: 36, reserved: 12, consumed: 7, left: 24 } },
    });
    const visit = { schoolId, visitId: visited };
    const arranged = { ...visit, academicYear: YEAR, adviserId: 'person-adviser' };
    const schedule = { ...arranged, on: '2027-01-14' };
    await no(head, 'visits/schedule-headline-visit', schedule, 403, 'NotYourRole');
    await so(adviser, 'visits/schedule-headline-visit', schedule);
    on('2027-01-14');
    const { dashboardPosition } = (await read(adviser, `${here}/visits`)) as {
      dashboardPosition: number;
    };
    await so(adviser, 'visits/complete-headline-visit', {
      ...{ ...visit, dashboardPosition, findings: 'Pupils read more fluently.' },
      nextSteps: 'Look at mathematics.',
    });
    expect(await read(head, `${here}/visits`)).toMatchObject({
      years: [{ academicYear: YEAR, granted: 5, completed: 1, scheduled: 0, left: 4 }],
      completed: [{ visitId: visited, record: { late: false } }],
    });
  });

  then('has a team around it, which agrees an action', async () => {
    const team = {
      ...{ schoolId, tasId, cadence: 'half-termly', reason: 'Standards and leadership.' },
      members: [
        { personId: 'person-team-leader', role: 'lead' },
        { personId: 'person-adviser', role: 'adviser' },
        { personId: 'person-headteacher', role: 'headteacher' },
      ],
    };
    await no(adviser, 'visits/convene-team-around-school', team, 403, 'NotYourRole');
    await so(leader, 'visits/convene-team-around-school', team);
    on('2027-01-15');
    await so(adviser, 'visits/hold-tas-meeting', {
      ...{ schoolId, tasId, heldOn: '2027-01-15', summary: 'Reading is on its way.' },
      attendees: ['person-adviser', 'person-headteacher'],
    });
    await so(adviser, 'visits/agree-tas-action', {
      ...{ schoolId, tasId, actionId, what: 'Train two more adults.', due: '2027-02-26' },
      ownerId: 'person-headteacher',
    });
    expect(await read(head, `${here}/visits`)).toMatchObject({
      teams: [{ tasId, open: [{ actionId }] }],
    });
    for (const who of [champion, homeHead, board, head]) await barred(who, '/api/v1/visits/teams');
    await onlyTheirs();
    await seenByEach();
  });

  /** What was answered in mid-year, by who asked what. */
  const midYear: { who: Person; path: string; body: object }[] = [];
  then('answers in mid-year what each of its people may know', async () => {
    const county = ['/register', '/board', '/deployments', '/allowances', '/visits', '/worklist'];
    const all = [
      ...OF_A_SCHOOL.map((path) => here + path),
      ...[...county, '/champions', '/cycles', '/schools'].map((path) => `/api/v1${path}`),
      ...['/visits/teams', '/schools-without-deployment'].map((path) => `/api/v1${path}`),
      ...[`/champions/${championId}`, '/quality/verdicts'].map((path) => `/api/v1${path}`),
      deployment(),
    ];
    const own = [...OF_A_SCHOOL.map((path) => here + path), '/api/v1/deployments', deployment()];
    const staff = ['/api/v1/deployments', deployment()];
    for (const [who, paths] of [
      ...([adviser, leader, headOfService, auditor] as const).map((one) => [one, all] as const),
      ...([head, chair] as const).map((one) => [one, own] as const),
      ...([homeHead, champion] as const).map((one) => [one, staff] as const),
      [board, ['/api/v1/board', '/api/v1/quality/verdicts']] as const,
    ])
      for (const path of paths) midYear.push({ who, path, body: await read(who, path) });
    expect(midYear.length).toBeGreaterThan(100);
  });

  then('is reviewed by an adviser who had no part in brokering the support', async () => {
    on('2027-02-22');
    const begin = {
      ...{ reviewId, object: 'deployment', objectId: deploymentId, schoolId },
      ...{ occasion: 'cause', cause: 'Support in Intervention is always reviewed.' },
    };
    await no(adviser, 'quality/begin-quality-review', begin, 403, 'NotIndependent');
    await no(champion, 'quality/begin-quality-review', begin, 403, 'NotYourRole');
    await so(reviewer, 'quality/begin-quality-review', begin);
    const verdict = {
      ...{ reviewId, verdict: 'effective', evidence: 'Three records, and a talk with the head.' },
      objectives: [reading, phonics].map((objectiveId) => ({ objectiveId, verdict: 'effective' })),
    };
    await no(leader, 'quality/complete-quality-review', verdict, 403, 'NotYourReview');
    await so(reviewer, 'quality/complete-quality-review', verdict);
    expect(await read(head, `${here}/quality`)).toMatchObject({
      reviews: [{ reviewId, verdict: 'effective' }],
    });
    expect((await ask(board, '/api/v1/quality/verdicts')).text).not.toContain(schoolId);
  });

  then('closes the team’s action and stands the team down', async () => {
    on('2027-02-25');
    const down = { schoolId, tasId, reason: 'The school goes on by itself.', handOver: [] };
    await no(leader, 'visits/stand-down-team', down, 409, 'ActionsOpen');
    const closed = { schoolId, actionId, outcome: 'done', note: 'Both are trained.' };
    await so(adviser, 'visits/close-tas-action', closed);
    await no(adviser, 'visits/stand-down-team', down, 403, 'NotYourRole');
    await so(leader, 'visits/stand-down-team', down);
  });

  then('ends the support when it has done its work, judged with the head', async () => {
    on('2027-04-12');
    const completed = { deploymentId, completedOn: '2027-03-26' };
    await no(champion, support('complete-deployment'), completed, 403, 'NotYourRole');
    await so(adviser, support('complete-deployment'), completed);
    await no(adviser, support('close-deployment'), { deploymentId }, 409, 'EvaluationWanted');
    const results = [reading, phonics].map((objectiveId) => ({
      ...{ objectiveId, result: 'reached', now: '67%', evidence: 'Tests of March.' },
    }));
    const impact = { deploymentId, results, headId: 'person-headteacher' };
    await no(head, support('evaluate-impact'), impact, 403, 'NotYourRole');
    await so(adviser, support('evaluate-impact'), impact);
    await so(adviser, support('close-deployment'), { deploymentId });
    expect(await pots()).toMatchObject({
      granted: { category: 'Intervention' },
      pots: {
        sspc: { granted: 36, extra: 0, reserved: 7, consumed: 7, released: 5, left: 29 },
        sslc: { granted: 31, reserved: 0, consumed: 0, left: 31 },
      },
    });
    expect(await read(leader, '/api/v1/allowances?year=2026-27')).toMatchObject({
      county: { sspc: { granted: 36, consumed: 7, left: 29 } },
    });
    await seenByEach();
  });

  then(
    'comes to Enhancement within the year, by a trigger and a way out all three agreed',
    async () => {
      on('2027-04-19');
      const triggerId = uuid(95);
      const trigger = { schoolId, triggerId, triggerType: 'SUPPORT_COMPLETE' };
      await no(head, 'categories/flag-trigger', trigger, 403, 'SchoolsRequestOnly');
      await no(otherHead, 'categories/flag-trigger', trigger, 403, 'NotYourSchool');
      await so(adviser, 'categories/flag-trigger', trigger);
      const about = risk(better);
      await so(adviser, 'risk/start-assessment', { ...about, triggerId });
      const readings = dashboard(1, '2026/27 spring', '2027-04-19');
      await so(adviser, 'risk/record-readings', { ...about, readings });
      await so(adviser, 'risk/calculate-score', about);
      await so(adviser, 'risk/record-judgement', { ...about, proposedCategory: 'Enhancement' });
      await so(leader, 'risk/moderate-assessment', { ...about, outcome: 'agree' });
      await so(adviser, 'risk/finalise-assessment', about);
      on('2027-04-26');
      const heldOn = '2027-04-26';
      const people = { adviserId: 'person-adviser', championId: 'person-champion' };
      const meeting = { schoolId, heldOn, ...people, headId: 'person-headteacher' };
      await no(champion, 'categories/hold-transition-meeting', meeting, 403, 'NotYourRole');
      await so(adviser, 'categories/hold-transition-meeting', meeting);
      await decided(better, 'Enhancement', {
        ...{ proposed: '2027-04-27', discussed: '2027-04-29' },
        ...{ decided: '2027-05-04', effective: '2027-05-10' },
      });
      on('2027-05-10');
      expect(await read(adviser, '/api/v1/register?category=Enhancement')).toMatchObject({
        total: 1,
      });
      expect(await read(adviser, '/api/v1/register?category=Intervention')).toMatchObject({
        total: 0,
      });
      // What was used stays used, though nothing is granted any more.
      expect(await pots()).toMatchObject({
        granted: { category: 'Enhancement', headlineVisits: 1 },
        pots: { sspc: { granted: 0, consumed: 7, left: 0 }, sslc: { granted: 0, left: 0 } },
      });
      expect(await read(head, `${here}/visits`)).toMatchObject({
        years: [{ academicYear: YEAR, granted: 1, completed: 1, left: 0 }],
        teams: [{ tasId, stoodDownOn: '2027-02-25', open: [] }],
      });
      await onlyTheirs();
    },
  );

  then('has the whole story on its journey, and why it changed', async () => {
    const { total, entries } = (await read(head, `${here}/journey?limit=200`)) as {
      total: number;
      entries: { type: string }[];
    };
    expect(entries).toHaveLength(total);
    const types = entries.map(({ type }) => type).reverse();
    expect(types.filter((type) => type !== 'IndicatorRecorded')).toEqual(STORY);
    for (const who of [chair, adviser, auditor])
      expect(await read(who, `${here}/journey?limit=200`)).toEqual({ total, entries });

    const why = (await read(head, `${here}/why`)) as {
      change: object;
      stages: { stage: string; lines: { type: string; by: { role: string } }[] }[];
    };
    expect(why.change).toMatchObject({
      ...{ from: 'Intervention', to: 'Enhancement', effectiveFrom: '2027-05-10' },
    });
    const lines = Object.fromEntries(
      why.stages.map((stage) => [stage.stage, [...new Set(stage.lines.map(({ type }) => type))]]),
    );
    expect(lines).toMatchObject({
      trigger: ['OutOfCycleReviewTriggered'],
      readings: ['IndicatorRecorded'],
      score: ['RiskScoreCalculated'],
      judgement: ['ProfessionalJudgementRecorded'],
      moderation: ['AssessmentModerated', 'RiskAssessmentFinalised'],
      letter: ['CategoryProposed', 'ProposalLetterIssued'],
      discussion: ['TransitionMeetingHeld', 'ProposalDiscussed'],
      decision: ['CategoryChanged'],
    });
    expect(why.stages.at(-1)?.lines[0]?.by).toMatchObject({ role: 'head-of-service' });
  });

  then('knows today what it answered in mid-year, and tells each no more of it', async () => {
    for (const { who, path, body } of midYear) {
      const then = await who.get(`${path}?asOf=${MID_YEAR}`);
      expect({ path, status: then.status, body: then.body as object }).toEqual({
        path,
        status: 200,
        body,
      });
    }
    for (const path of OF_A_SCHOOL)
      problemIn(await otherHead.get(`${here}${path}?asOf=${MID_YEAR}`), 403, 'NotYourSchool');
  });

  then('left every event on the log, for the auditor and not for the adviser', async () => {
    await barred(adviser, '/api/v1/events');
    const page = (await auditor.get('/api/v1/events?limit=1000')).text;
    expect(page).toContain('CategoryChanged');
    for (const personal of ['talk with the head', 'always reviewed', 'on its way', 'are trained'])
      expect(page).not.toContain(personal);
  });

  then(
    'tells the school that lends the champion nothing of what is between the team and the other',
    async () => {
      for (const path of OF_A_SCHOOL.filter((one) => one !== '/why')) {
        const { status, text } = await ask(lender, `/api/v1/schools/${home.urn}${path}`);
        expect({ path, status, private: [...new Set(text.match(PRIVATE))] }).toEqual({
          ...{ path, status: 200, private: [] },
        });
      }
    },
  );

  it('goes from the register to the transition to Enhancement', async () => {
    for (const [part, tell] of story) {
      await tell().catch((error: unknown) => {
        throw new Error(`It ${part}: ${String(error)}`, { cause: error });
      });
    }
  });
});
