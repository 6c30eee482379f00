import { exampleBankHolidays } from '#domain';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

/*
 * A year of headline visits and a team around a school, as the people concerned live it: by commands and questions over
 * HTTP, and on the pages.
 */
interface Visits {
  readonly dashboardPosition: number;
  readonly years: readonly object[];
  readonly overdue: readonly { readonly visitId: string; readonly daysOverdue: number }[];
  readonly scheduled: readonly { readonly visitId: string }[];
  readonly completed: readonly { readonly record: object }[];
  readonly cancelled: readonly object[];
  readonly teams: readonly { readonly tasId: string; readonly open: readonly object[] }[];
}
const id = (n: number) => `00000000-0000-4000-8000-0000000007${String(n).padStart(2, '0')}`;
const MADE_UP = {
  findings: 'Reading has improved in key stage 1.',
  nextSteps: 'Look at mathematics in year 4.',
};

describe('visits', () => {
  let county: County;
  let [adviser, leader, headOfService, auditor]: Person[] = [];
  const year = { academicYear: '2026/27' };

  beforeAll(async () => {
    county = await County.start();
    [adviser, leader, headOfService, auditor] = await Promise.all(
      ['adviser', 'team-leader', 'head-of-service', 'auditor'].map((role) => county.as(role)),
    );
    await county.given(
      ...exampleBankHolidays.map(
        (ofYear) => ['head-of-service', 'policy/publish-bank-holidays', { ...ofYear }] as const,
      ),
    );
  });
  afterAll(() => county.stop());

  /** Gives a command that is accepted; answers with its position. */
  async function so(person: Person | undefined, command: string, fields: object) {
    const answer = await person!.post(`/api/v1/visits/${command}`, { ...fields });
    expect({ status: answer.status, body: answer.body as object }).toMatchObject({ status: 200 });
    return answer.get('Position')!;
  }
  const no = async (
    person: Person | undefined,
    command: string,
    fields: object,
    ...[status, code]: [number, string]
  ) => problemIn(await person!.post(`/api/v1/visits/${command}`, { ...fields }), status, code);
  async function read<T>(person: Person | undefined, path: string): Promise<T> {
    const answer = await person!.get(path);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.body as T;
  }

  /** The n-th invented school, granted two headline visits for the year, with an adviser of its own, on a day. */
  async function atSchool(n: number, day: string, more: object = {}) {
    county.at(`${day}T09:00:00.000Z`);
    const school = newSchool(n);
    const { schoolId } = school;
    await county.happened(`entitlement-${schoolId}-2026-27`, [
      {
        type: 'EntitlementGranted',
        data: {
          ...{ schoolId, ...year, status: 'maintained', offerVersion: 'example-2026/27' },
          ...{ effectiveFrom: '2026-09-07', becauseOf: id(99), category: 'Prevention' },
          ...{ headlineVisits: 2, sspcHalfDays: 18, sslcHalfDays: 0, fundedPercent: 100 },
        },
      },
    ]);
    await county.given(['team-leader', 'schools/register-school', { ...school, ...more }]);
    const adviserId = `person-adviser-${n}`;
    return {
      ...{ school, schoolId, adviserId },
      head: await county.as('headteacher', schoolId),
      visit: (of: number, on: string, fields: object = {}) => ({
        ...{ schoolId, visitId: id(of), ...year, adviserId, on },
        ...fields,
      }),
      visits: (at: string) =>
        read<Visits>(adviser, `/api/v1/schools/${schoolId}/visits?atLeast=${at}`),
    };
  }

  it('are arranged within the entitlement, moved, called off and made, and one more is approved', async () => {
    const { schoolId, school, visit, visits, head } = await atSchool(1, '2026-09-14');
    await so(adviser, 'schedule-headline-visit', visit(1, '2026-10-12'));
    await so(adviser, 'schedule-headline-visit', visit(2, '2026-11-09'));
    await no(adviser, 'schedule-headline-visit', visit(3, '2027-03-01'), 409, 'VisitsUsedUp');
    const more = { schoolId, ...year, reason: 'A new head of mathematics.' };
    await no(adviser, 'approve-extra-visit', more, 403, 'NotYourRole');
    await so(headOfService, 'approve-extra-visit', more);
    await so(adviser, 'schedule-headline-visit', visit(3, '2027-03-01'));
    const moved = { schoolId, visitId: id(2), on: '2026-11-16', reason: 'An inspection.' };
    await so(adviser, 'reschedule-headline-visit', moved);
    const off = { schoolId, visitId: id(3), reason: 'The adviser leaves.' };
    const at = await so(leader, 'cancel-headline-visit', off);

    const { years, scheduled, cancelled, dashboardPosition } = await visits(at);
    const extra = { granted: 2, extra: 1, scheduled: 2, completed: 0, left: 1 };
    expect(years).toEqual([{ ...year, ...extra, newToHeadship: 0 }]);
    expect(scheduled).toMatchObject([
      { visitId: id(1), on: '2026-10-12', recordDueOn: '2026-10-19', number: 1, moved: 0 },
      { visitId: id(2), on: '2026-11-16', recordDueOn: '2026-11-23', number: 2, moved: 1 },
    ]);
    expect(cancelled).toMatchObject([{ visitId: id(3), number: 3 }]);

    county.at('2026-10-15T09:00:00.000Z');
    const record = { schoolId, visitId: id(1), ...MADE_UP, dashboardPosition };
    const beyond = { ...record, dashboardPosition: dashboardPosition + 1_000_000 };
    await no(adviser, 'complete-headline-visit', beyond, 422, 'DashboardInFuture');
    const early = { ...record, visitId: id(2) };
    await no(adviser, 'complete-headline-visit', early, 422, 'NotMadeYet');
    const made = await so(adviser, 'complete-headline-visit', record);
    expect(await so(adviser, 'complete-headline-visit', record)).toBe(made);
    expect((await visits(made)).completed).toMatchObject([
      {
        on: '2026-10-12',
        record: { ...MADE_UP, dashboardPosition, dueOn: '2026-10-19', late: false },
      },
    ]);
    const put = { schoolId, visitId: id(1), reason: 'The year was wrong.' };
    const findings = 'Reading has improved in year 3.';
    await no(head, 'amend-headline-visit-record', { ...put, findings }, 403, 'NotYourRole');
    await no(
      adviser,
      'amend-headline-visit-record',
      { ...put, visitId: id(2) },
      409,
      'NoRecordToAmend',
    );
    const amended = await so(adviser, 'amend-headline-visit-record', { ...put, findings });
    expect((await visits(amended)).completed).toMatchObject([
      { record: { findings, amended: { times: 1, was: MADE_UP } } },
    ]);
    // Frozen: asked as of that position, the visit is still to be made.
    const then = await read<Visits>(
      adviser,
      `/api/v1/schools/${schoolId}/visits?asOf=${dashboardPosition}`,
    );
    expect(then.completed).toEqual([]);

    const page = await head.get(`/schools/${school.urn}/visits?atLeast=${made}`);
    expect(page.text).toContain(
      'For 2026/27 the offer grants 2 headline visits and 1 extra headline visit is approved: 1 is made, 1 is arranged and 1 is left to arrange.',
    );
    expect(page.text).toContain('Look at mathematics in year 4.');
    expect(page.text).toContain('No team is convened around this school.');
    const before = await head.get(`/schools/${school.urn}/visits?asOf=2025-09-01`);
    expect(before.text).toContain('Nothing was known of this school');

    const { entries } = await read<{ entries: { type: string; says: string }[] }>(
      head,
      `/api/v1/schools/${schoolId}/journey?types=HeadlineVisitScheduled,HeadlineVisitRescheduled,HeadlineVisitCancelled,HeadlineVisitCompleted,ExtraHeadlineVisitApproved`,
    );
    expect(entries.map(({ says }) => says)).toEqual([
      'Headline visit 1 of 2026/27 was made on 12 October 2026.',
      'Headline visit 3 of 2026/27 was called off.',
      'The visit on 9 November 2026 was moved to 16 November 2026.',
      'Headline visit 3 of 2026/27 was arranged for 1 March 2027.',
      'An extra headline visit was approved for 2026/27.',
      'Headline visit 2 of 2026/27 was arranged for 9 November 2026.',
      'Headline visit 1 of 2026/27 was arranged for 12 October 2026.',
    ]);
  });

  it('are overdue from the day after the record was due, in the list of the county', async () => {
    const { schoolId, school, adviserId, visit, visits } = await atSchool(4, '2026-11-23');
    const at = await so(adviser, 'schedule-headline-visit', visit(11, '2026-11-16'));
    const list = async (more: string) =>
      read<{ total: number; visits: { visitId: string }[] }>(
        leader,
        `/api/v1/visits?atLeast=${at}&adviser=${adviserId}&${more}`,
      );
    expect(await list('overdue=true')).toMatchObject({ total: 0, visits: [] });
    county.at('2026-11-24T09:00:00.000Z');
    const { urn, name } = school;
    const overdue = { visitId: id(11), recordDueOn: '2026-11-23', daysOverdue: 1 };
    expect(await list('overdue=true')).toMatchObject({
      total: 1,
      visits: [{ ...overdue, school: { urn, name } }],
    });
    expect(await list('overdue=false')).toMatchObject({ total: 0 });
    expect(await list('overdue=true&today=2026-11-23')).toMatchObject({ total: 0 });
    expect(await list('dueBefore=2026-11-16')).toMatchObject({ total: 0 });
    expect(await list('dueBefore=2026-11-17')).toMatchObject({ total: 1 });
    const others = '/api/v1/visits?overdue=true&adviser=person-nobody';
    expect(await read(leader, others)).toMatchObject({ total: 0, visits: [] });
    const { dashboardPosition, ...known } = await visits(at);
    expect(known.overdue).toMatchObject([overdue]);
    const page = await leader!.get(`/visits?adviser=${adviserId}`);
    expect(page.text).toContain('1 day overdue');
    expect(page.text).toContain(name);

    const late = { schoolId, visitId: id(11), ...MADE_UP, dashboardPosition };
    const done = await visits(await so(adviser, 'complete-headline-visit', late));
    expect(done).toMatchObject({ overdue: [], completed: [{ record: { late: true } }] });
    const journey = `/api/v1/schools/${schoolId}/journey?types=HeadlineVisitCompleted`;
    const { entries } = await read<{ entries: object[] }>(adviser, journey);
    expect(entries).toMatchObject([
      {
        says: 'Headline visit 1 of 2026/27 was made on 16 November 2026; its record was due by 23 November 2026 and came late.',
        effectiveOn: '2026-11-16',
      },
    ]);
    const empty = (await leader!.get(`/visits?adviser=${adviserId}&days=7`)).text;
    expect(empty).toContain('is overdue.');
    expect(empty).toContain('No team with this member is convened around a school.');
  });

  it('are listed a page at a time, all pages of one moment and one day', async () => {
    const { adviserId, visit } = await atSchool(5, '2026-11-02');
    await so(adviser, 'schedule-headline-visit', visit(21, '2026-11-09'));
    const at = await so(adviser, 'schedule-headline-visit', visit(22, '2026-11-23'));
    const asked = `/api/v1/visits?adviser=${adviserId}&limit=1&atLeast=${at}&today=2026-11-12`;
    const first = await leader!.get(asked);
    expect(first.body).toMatchObject({ total: 2, visits: [{ visitId: id(21) }] });
    const next = /<(.*)>; rel="next"/.exec(first.get('Link') ?? '')?.[1] ?? '';
    const second = await read<object>(leader, next);
    expect(second).toMatchObject({ today: '2026-11-12', total: 2, visits: [{ visitId: id(22) }] });
  });

  it('for a new head count beside the others', async () => {
    const { schoolId, visit, visits } = await atSchool(6, '2026-11-24');
    const fields = visit(31, '2027-01-11', { kind: 'new-to-headship' });
    await no(adviser, 'schedule-headline-visit', fields, 409, 'NoNewHead');
    const post = { schoolId, personRef: 'person-new-head', kind: 'permanent', from: '2026-11-01' };
    await county.given(['team-leader', 'schools/record-head-change', post]);
    const at = await so(adviser, 'schedule-headline-visit', fields);
    expect((await visits(at)).years).toMatchObject([{ newToHeadship: 1, left: 2 }]);
    const second = { ...fields, visitId: id(32), on: '2027-02-08' };
    await no(adviser, 'schedule-headline-visit', second, 409, 'NewHeadHasVisit');
  });

  it('are refused where the year, the day or the school is not right, saying which', async () => {
    const { schoolId, visit } = await atSchool(7, '2026-11-24');
    await so(adviser, 'schedule-headline-visit', visit(41, '2027-01-11'));
    const schedule = (fields: object, status: number, code: string) =>
      no(adviser, 'schedule-headline-visit', visit(42, '2027-04-19', fields), status, code);
    const outside = await schedule({ on: '2027-09-01' }, 422, 'VisitOutsideYear');
    expect(outside.errors).toMatchObject([{ pointer: '/on' }]);
    await schedule({ on: '2027-01-11' }, 409, 'VisitOnThatDay');
    const far = { on: '2029-09-03', academicYear: '2029/30' };
    await schedule(far, 422, 'PlannedTooFarAhead');
    await schedule({ on: '2027-10-04', academicYear: '2027/28' }, 409, 'NoVisitsGranted');
    await schedule({ schoolId: newSchool(77).schoolId }, 404, 'NotRegistered');
    const { errors } = await schedule({ on: '2027-02-30', adviserId: 'Ms Oak' }, 400, 'Malformed');
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/adviserId', '/on']);
    const closes = { schoolId, closedOn: '2026-11-20', successorIds: [] };
    await county.given(['operator', 'schools/close-school', closes]);
    await schedule({}, 409, 'SchoolHasClosed');
  });

  it('and a team around the school: convened, meeting, acting, stood down', async () => {
    const { schoolId, school, adviserId, visits, head } = await atSchool(8, '2026-11-24');
    const academy = await atSchool(9, '2026-11-24', { status: 'academy', typeName: 'Academy' });
    const members = [
      { personId: adviserId, role: 'adviser' },
      { personId: 'person-new-head', role: 'headteacher' },
    ];
    const reason = 'Leadership has changed three times in a year.';
    const convene = { schoolId, tasId: id(50), convenedOn: '2026-11-02', members, reason };
    const monthly = { ...convene, cadence: 'monthly' };
    await no(adviser, 'convene-team-around-school', monthly, 403, 'NotYourRole');
    const ofAcademy = { ...monthly, schoolId: academy.schoolId };
    await no(leader, 'convene-team-around-school', ofAcademy, 409, 'TeamForMaintainedOnly');
    await so(leader, 'convene-team-around-school', monthly);
    const two = { ...monthly, tasId: id(51) };
    await no(leader, 'convene-team-around-school', two, 409, 'TeamConvened');
    const ofTeam = { schoolId, tasId: id(50) };
    const summary = 'Staffing was gone through.';
    const meeting = { ...ofTeam, heldOn: '2026-11-16', attendees: ['person-new-head'], summary };
    await so(adviser, 'hold-tas-meeting', meeting);
    const action = (n: number, what: string, due: string) => ({
      ...{ ...ofTeam, actionId: id(n), what, due, ownerId: 'person-adviser' },
      agreedOn: '2026-11-16',
    });
    await so(adviser, 'agree-tas-action', action(60, 'Advertise the deputy’s post.', '2026-12-04'));
    await so(adviser, 'agree-tas-action', action(61, 'Find a mentor.', '2026-11-20'));
    const changed = { ...ofTeam, members: members.slice(0, 1) };
    const at = await so(leader, 'change-tas-members', changed);
    expect((await visits(at)).teams).toMatchObject([
      {
        ...{ tasId: id(50), meetings: 1, lastMetOn: '2026-11-16', meetsBy: '2026-12-16' },
        members: changed.members,
        open: [{ actionId: id(61) }, { actionId: id(60) }],
      },
    ]);
    const teams = (more: string) =>
      read<object>(auditor, `/api/v1/visits/teams?atLeast=${at}&${more}`);
    const mine = `member=${adviserId}`;
    expect(await teams(`${mine}&meetsBefore=2026-12-17`)).toMatchObject({
      total: 1,
      teams: [{ school: { name: school.name } }],
    });
    expect(await teams(`${mine}&meetsBefore=2026-12-16`)).toMatchObject({ total: 0 });
    expect(await teams('member=person-new-head')).toMatchObject({ total: 0 });
    const page = await head.get(`/schools/${school.urn}/visits?atLeast=${at}`);
    expect(page.text).toContain('meets next by 16 December 2026');
    expect(page.text).toContain('Find a mentor.');

    await so(adviser, 'close-tas-action', { schoolId, actionId: id(61), outcome: 'done' });
    const end = { ...ofTeam, reason: 'Leadership is settled.', handOver: [] };
    const { detail } = await no(leader, 'stand-down-team', end, 409, 'ActionsOpen');
    expect(detail).toContain(id(60));
    const handOver = [{ actionId: id(60), toId: 'person-new-head' }];
    const down = await so(leader, 'stand-down-team', { ...end, handOver });
    expect((await visits(down)).teams).toMatchObject([
      { stoodDownOn: '2026-11-24', open: [{ ownerId: 'person-new-head', handedOver: true }] },
    ]);
    const after = { ...meeting, heldOn: '2026-11-23' };
    await no(adviser, 'hold-tas-meeting', after, 409, 'TeamStoodDown');
    const closed = { schoolId, actionId: id(60), outcome: 'no-longer-needed' };
    expect((await visits(await so(adviser, 'close-tas-action', closed))).teams).toMatchObject([
      { open: [] },
    ]);

    const types =
      'TeamAroundSchoolConvened,TasMeetingHeld,TasActionAgreed,TasActionClosed,TasMembersChanged,TasStoodDown';
    const { entries } = await read<{ entries: { says: string }[] }>(
      head,
      `/api/v1/schools/${schoolId}/journey?types=${types}`,
    );
    expect(entries.map(({ says }) => says)).toEqual([
      'An action of the team around the school was closed: no longer needed.',
      'The team around the school was stood down on 24 November 2026; 1 open action was handed over.',
      'An action of the team around the school was closed: done.',
      'The team around the school has other members or roles: 1 member now.',
      'The team around the school agreed an action, due by 20 November 2026: Find a mentor.',
      'The team around the school agreed an action, due by 4 December 2026: Advertise the deputy’s post.',
      'The team around the school met on 16 November 2026; 1 person was there.',
      'A team around the school was convened on 2 November 2026: 2 members, meeting monthly.',
    ]);
  });

  it('are for those who may see them', async () => {
    const { school, schoolId, visit, head } = await atSchool(10, '2026-11-24');
    const other = await atSchool(11, '2026-11-24');
    const own = `/api/v1/schools/${schoolId}/visits`;
    expect((await head.get(own)).status).toBe(200);
    expect((await head.get(`/schools/${school.urn}/visits`)).status).toBe(200);
    problemIn(await other.head.get(own), 403, 'NotYourSchool');
    expect((await other.head.get(`/schools/${school.urn}/visits`)).status).toBe(403);
    problemIn(await head.get('/api/v1/visits'), 403, 'NotForYou');
    expect((await head.get('/visits')).status).toBe(403);
    for (const role of ['champion', 'home-head', 'board', 'scrutiny']) {
      const person = await county.as(role, schoolId);
      problemIn(await person.get(own), 403, 'NotForYou');
      problemIn(await person.get('/api/v1/visits/teams'), 403, 'NotForYou');
    }
    await no(head, 'schedule-headline-visit', visit(71, '2027-05-10'), 403, 'NotYourRole');
    problemIn(await adviser!.get('/api/v1/visits?overdue=perhaps'), 400, 'Malformed');
    expect((await leader!.get('/visits?days=3000')).status).toBe(400);
  });
});
