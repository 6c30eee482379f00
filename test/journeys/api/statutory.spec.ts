import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/* Warning notices and RISE, through the API: the statutory lead's question of live notices and compliance dates. */
const command = (name: string) => `/api/v1/statutory/${name}`;
const ISSUE = command('issue-warning-notice');
const RISE = command('record-rise-involvement');

const notice = (schoolId: string, issuedOn: string, complianceTo: string) => ({
  schoolId,
  section: '60',
  grounds: ['standards', 'management-or-governance'],
  matters: 'MATTERS: standards are far below those of similar schools.',
  actionsRequired: 'Agree a plan with the authority.',
  mindedTo: 'Appoint additional governors.',
  complianceFrom: issuedOn,
  complianceTo,
  copies: ['secretary-of-state', 'governing-body', 'headteacher'].map((to) => ({
    to,
    sentOn: issuedOn,
  })),
  issuedOn,
});
interface Line {
  readonly school: { readonly name: string; readonly urn: string };
  readonly notice: { readonly noticeId: string; readonly stage: string };
  readonly daysLeft?: number;
  readonly next?: string;
  readonly by?: string;
}
const noticesIn = ({ body }: { body: unknown }) => (body as { notices: Line[] }).notices;

/** Gives commands of this context as the head of service, and waits until they can be read. */
const done = (county: County, ...given: readonly (readonly [name: string, fields: object])[]) =>
  county.given(
    ...given.map(
      ([name, fields]) => ['head-of-service', `statutory/${name}`, { ...fields }] as const,
    ),
  );
/** The invented schools of a county: which numbers they have is known once it stands. */
const invented = () => ({
  one: newSchool(1),
  two: newSchool(2),
  academy: { ...newSchool(3), status: 'academy' },
  unit: { ...newSchool(4), phase: 'pru-ap', kind: 'pru-ap' },
  church: { ...newSchool(5), typeName: 'Voluntary controlled school' },
});
type Schools = ReturnType<typeof invented>;
const registered = async (): Promise<{ county: County } & Schools> => {
  const county = await County.start();
  const schools = invented();
  await county.given(
    ...Object.values(schools).map(
      (school) => ['team-leader', 'schools/register-school', school] as const,
    ),
  );
  return { county, ...schools };
};

describe('giving a warning notice', () => {
  let county: County;
  let head: Person;
  let schools: Schools;
  beforeAll(async () => {
    ({ county, ...schools } = await registered());
    const { one } = schools;
    head = await county.as('head-of-service');
    await done(county, ['issue-warning-notice', notice(one.schoolId, '2026-11-20', '2026-12-18')]);
  });
  afterAll(() => county.stop());

  it('is the head of service’s', async () => {
    for (const role of ['adviser', 'team-leader', 'auditor']) {
      const fields = notice(schools.two.schoolId, '2026-11-20', '2026-12-18');
      problemIn(await (await county.as(role)).post(ISSUE, fields), 403, 'NotYourRole');
    }
  });

  it('raises a trigger, so that the school’s category is looked at', async () => {
    await county.answered();
    const triggers = (await county.recorded()).filter(
      ({ type }) => type === 'OutOfCycleReviewTriggered',
    );
    expect(triggers).toMatchObject([
      {
        data: {
          schoolId: schools.one.schoolId,
          triggerType: 'WARNING_NOTICE',
          happenedOn: '2026-11-20',
        },
      },
    ]);
  });

  it('the same a second time records nothing', async () => {
    const fields = notice(schools.one.schoolId, '2026-11-20', '2026-12-18');
    expect((await head.post(ISSUE, fields)).body).toMatchObject({ recorded: [] });
  });

  it.each([
    ['AcademyElsewhere', 409, 'academy', {}],
    ['PupilReferralUnitElsewhere', 409, 'unit', {}],
    ['NotRegistered', 404, 'nobody', {}],
    ['RecipientMissing', 422, 'church', {}],
    ['GroundOfOtherSection', 422, 'two', { section: '60A' }],
    ['InTheFuture', 422, 'two', { issuedOn: '2026-11-24' }],
    ['CompliancePeriodUnfit', 422, 'two', { complianceTo: '2029-12-18' }],
    [
      'SecretaryOfStateCopyWanted',
      422,
      'two',
      { copies: [{ to: 'secretary-of-state', sentOn: '2026-11-21' }] },
    ],
    ['Malformed', 400, 'two', { complianceTo: '2026-02-30' }],
    ['Malformed', 400, 'two', { grounds: [] }],
    ['NoticeIsLive', 409, 'one', {}],
  ] as const)('is refused with %s (%i)', async (code, status, whose, more) => {
    const { schoolId } = whose === 'nobody' ? newSchool(99) : schools[whose];
    const ours = async () => (await county.recorded()).filter(({ type }) => /Notice/.test(type));
    const before = (await ours()).length;
    const fields = { ...notice(schoolId, '2026-11-19', '2026-12-17'), ...more };
    problemIn(await head.post(ISSUE, fields), status, code);
    expect(await ours()).toHaveLength(before);
  });
});

describe('the notices of the county', () => {
  let county: County;
  let adviser: Person;
  let one: Schools['one'];
  let two: Schools['two'];
  beforeAll(async () => {
    ({ county, one, two } = await registered());
    adviser = await county.as('adviser');
    await done(
      county,
      ['issue-warning-notice', notice(one.schoolId, '2026-11-20', '2026-12-18')],
      ['issue-warning-notice', notice(two.schoolId, '2026-10-01', '2026-11-18')],
    );
  });
  afterAll(() => county.stop());

  it('stand in one list, what is due first, with days left and copies; without what they say', async () => {
    const answer = await adviser.get('/api/v1/notices');
    expect(answer.body).toMatchObject({ today: '2026-11-23', total: 2 });
    expect(noticesIn(answer)).toMatchObject([
      {
        school: { name: two.name, urn: two.urn },
        daysLeft: -5,
        next: 'Decide whether it was complied with',
        by: '2026-11-18',
      },
      {
        school: { name: one.name },
        daysLeft: 25,
        next: 'Await compliance',
        by: '2026-12-18',
        notice: { copies: [{ to: 'secretary-of-state', sentOn: '2026-11-20' }, {}, {}] },
      },
    ]);
    expect(answer.text).not.toContain('MATTERS');
  });

  it('can be narrowed and paged', async () => {
    const overdue = await adviser.get('/api/v1/notices?which=overdue');
    expect(noticesIn(overdue).map(({ school }) => school.name)).toEqual([two.name]);
    const page = await adviser.get('/api/v1/notices?limit=1');
    const next = /<([^>]+)>; rel="next"/.exec(page.get('Link') ?? '')?.[1];
    const names = [...noticesIn(page), ...noticesIn(await adviser.get(next!))];
    expect(names.map(({ school }) => school.name)).toEqual([two.name, one.name]);
    problemIn(await adviser.get('/api/v1/notices?which=some'), 400, 'Malformed');
  });

  it('show a school’s head what theirs says, and nobody else’s head', async () => {
    const own = await county.as('headteacher', one.schoolId);
    const answer = await own.get(`/api/v1/schools/${one.urn}/statutory`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('MATTERS');
    problemIn(await own.get(`/api/v1/schools/${two.urn}/statutory`), 403, 'NotYourSchool');
  });
});

it('leads by the steps of the Act to a power, and to its end', async () => {
  const { county, two } = await registered();
  const [head, adviser] = [await county.as('head-of-service'), await county.as('adviser')];
  const noticeId = '00000000-0000-4000-8000-000000000010';
  const about = { schoolId: two.schoolId, noticeId };
  const power = { ...about, power: 'interim-executive-board' };
  const refused = async (name: string, fields: object, status: number, code: string) =>
    problemIn(await head.post(command(name), { ...fields }), status, code);
  await done(county, [
    'issue-warning-notice',
    { ...notice(two.schoolId, '2026-10-01', '2026-11-18'), noticeId },
  ]);
  await refused('exercise-intervention-power', power, 409, 'NonComplianceWanted');
  await done(county, [
    'decide-compliance',
    { ...about, outcome: 'not-complied', reasons: 'SECRET', decidedOn: '2026-11-19' },
  ]);
  await refused('exercise-intervention-power', power, 409, 'IntentWanted');
  await done(county, [
    'notify-intervention-intent',
    {
      ...about,
      powers: ['interim-executive-board', 'additional-governors'],
      notBefore: '2026-12-07',
      notifiedOn: '2026-11-20',
    },
  ]);
  await refused('exercise-intervention-power', power, 409, 'IntentNotRunOut');

  county.at('2026-12-08T09:00:00.000Z');
  await refused('exercise-intervention-power', power, 422, 'ConsentWanted');
  const used = { power: power.power, secretaryOfStateConsentedOn: '2026-12-04' };
  await done(county, ['exercise-intervention-power', { ...about, ...used }]);
  expect(noticesIn(await adviser.get('/api/v1/notices'))).toMatchObject([
    { notice: { stage: 'power-exercised', powers: [{ ...used, exercisedOn: '2026-12-08' }] } },
  ]);
  await refused('close-notice', { ...about, because: 'remedied', reason: 'x' }, 409, 'PowerInUse');

  county.at('2027-07-22T09:00:00.000Z');
  await done(
    county,
    ['end-intervention', { ...power, reason: 'A new governing body took over.' }],
    ['close-notice', { ...about, because: 'remedied', reason: 'Results have risen.' }],
  );
  expect(noticesIn(await adviser.get('/api/v1/notices'))).toEqual([]);
  const all = await adviser.get('/api/v1/notices?which=all');
  expect(noticesIn(all)).toMatchObject([{ notice: { stage: 'closed', overOn: '2027-07-22' } }]);
  expect(all.text).not.toContain('SECRET');

  // On a day gone by it was what it was then, with the days counted from that day.
  const then = await adviser.get('/api/v1/notices?asOf=2026-11-23');
  expect(then.body).toMatchObject({
    today: '2026-11-23',
    notices: [{ notice: { stage: 'intent-notified' }, by: '2027-01-18' }],
  });

  const journey = await adviser.get(`/api/v1/schools/${two.urn}/journey`);
  const says = (journey.body as { entries: { says: string }[] }).entries.map((entry) => entry.says);
  expect(says).toEqual(
    expect.arrayContaining([
      'The authority gave its governing body a warning notice under section 60 on 1 October 2026, because of low standards of performance and a breakdown of management or governance, to be complied with by 18 November 2026.',
      'The authority decided on 19 November 2026 that the warning notice was not complied with.',
      'Its governing body was told in writing that from 7 December 2026 the authority proposes to put an interim executive board in place and appoint additional governors.',
      'The authority used its power to put an interim executive board in place on 8 December 2026; the Secretary of State had consented on 4 December 2026.',
      'The warning notice was closed on 22 July 2027: what was wrong has been put right.',
    ]),
  );
  await county.stop();
});

it('a notice lapses when the Secretary of State gives one, and another may be given with permission', async () => {
  const { county, one } = await registered();
  const [head, adviser] = [await county.as('head-of-service'), await county.as('adviser')];
  const { schoolId } = one;
  await done(county, ['issue-warning-notice', notice(schoolId, '2026-10-01', '2026-12-18')]);
  await county.given([
    'team-leader',
    'statutory/record-secretary-of-state-notice',
    { schoolId, givenOn: '2026-11-10', toldOn: '2026-11-11' },
  ]);
  const answer = await adviser.get(`/api/v1/schools/${one.urn}/statutory`);
  expect(noticesIn(answer)).toMatchObject([
    { notice: { givenBy: 'secretary-of-state', stage: 'standing', live: true } },
    { notice: { givenBy: 'authority', stage: 'ceased', live: false, overOn: '2026-11-10' } },
  ]);
  const again = notice(schoolId, '2026-11-23', '2027-01-22');
  problemIn(await head.post(ISSUE, again), 409, 'SecretaryOfStateNoticeStands');
  await done(county, ['record-permission-to-warn', { schoolId }], ['issue-warning-notice', again]);
  expect(noticesIn(await adviser.get('/api/v1/notices'))).toMatchObject([
    { notice: { givenBy: 'authority', stage: 'issued' }, daysLeft: 60 },
  ]);
  await county.stop();
});

describe('national involvement', () => {
  let county: County;
  let adviser: Person;
  type School = ReturnType<typeof newSchool>;
  let stuck: School;
  let other: School;
  let left: School;
  beforeAll(async () => {
    county = await County.start();
    [stuck, other, left] = [newSchool(11), newSchool(12), newSchool(13)];
    adviser = await county.as('adviser');
    await county.given(
      ['team-leader', 'schools/register-school', { ...stuck, status: 'academy' }],
      ['team-leader', 'schools/register-school', other],
      ['team-leader', 'schools/register-school', left],
    );
  });
  afterAll(() => county.stop());

  it('is recorded by the team, of maintained schools and academies alike, and listed', async () => {
    const of = (schoolId: string, kind: string, from: string, more: object = {}) => ({
      schoolId,
      kind,
      from,
      source: 'Letter of the regional group',
      ...more,
    });
    await county.given(
      [
        'adviser',
        'statutory/record-rise-involvement',
        of(stuck.schoolId, 'targeted', '2026-09-07', { expectedTo: '2026-11-20' }),
      ],
      [
        'adviser',
        'statutory/record-rise-involvement',
        of(other.schoolId, 'universal', '2027-01-04'),
      ],
    );
    const answer = await adviser.get('/api/v1/national-involvement');
    expect(answer.body).toMatchObject({
      today: '2026-11-23',
      total: 2,
      schools: [
        {
          school: { name: stuck.name, status: 'academy' },
          involvement: { kind: 'targeted', stage: 'under-way', pastExpected: true },
        },
        { school: { name: other.name }, involvement: { stage: 'announced', pastExpected: false } },
      ],
    });
    // Whoever may not ask is told so before their request is looked at.
    problemIn(await (await county.as('auditor')).post(RISE, {}), 403, 'NotYourRole');
    problemIn(
      await (await county.as('auditor')).post(RISE, of(other.schoolId, 'targeted', '2026-09-07')),
      403,
      'NotYourRole',
    );
    problemIn(
      await adviser.post(RISE, of(stuck.schoolId, 'targeted', '2026-10-05')),
      409,
      'RiseUnderWay',
    );
    problemIn(
      await adviser.post(RISE, of(other.schoolId, 'targeted', '1999-01-01')),
      422,
      'RiseDayUnfit',
    );
  });

  it('is over when it has ended', async () => {
    const { schoolId } = left;
    const involvementId = '00000000-0000-4000-8000-000000000030';
    await county.given(
      [
        'adviser',
        'statutory/record-rise-involvement',
        { schoolId, involvementId, kind: 'targeted', from: '2025-09-08', source: 'Letter' },
      ],
      [
        'adviser',
        'statutory/end-rise-involvement',
        { schoolId, involvementId, endedOn: '2026-11-20' },
      ],
    );
    const own = await county.as('chair', schoolId);
    expect((await own.get(`/api/v1/schools/${left.urn}/statutory`)).body).toMatchObject({
      notices: [],
      involvement: [{ stage: 'ended', endedOn: '2026-11-20' }],
    });
    const rise = await adviser.get('/api/v1/national-involvement');
    expect(rise.text).not.toContain(left.urn);
    const journey = await adviser.get(`/api/v1/schools/${left.urn}/journey`);
    const [last] = (journey.body as { entries: { says: string }[] }).entries;
    expect(last?.says).toBe('The involvement of RISE teams ended on 20 November 2026.');
  });
});
