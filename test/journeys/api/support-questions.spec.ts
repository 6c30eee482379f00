import type { County, Person } from '../county';
import { problemIn } from '../county';
import type { School } from '../support-story';
import { championId, deploymentId, supportStory, uuid, waiting, YEAR } from '../support-story';

/*
 * The questions people ask, each answered by one request: by the adviser, the head, the chair, the home head, the champion,
 * the Board, scrutiny and finance.
 */
describe('questions about support', () => {
  let county: County;
  let adviser: Person;
  let supported: School;
  let home: School;
  let alone: School;

  const read = async (path: string, who = adviser): Promise<Record<string, unknown>> => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const answer = await who.get(`/api/v1/${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as Record<string, unknown>;
  };
  beforeAll(async () => {
    ({ county, supported, home, alone } = await supportStory());
    adviser = await county.as('adviser');
  });
  afterAll(() => county.stop());

  it('Prevention and Intervention schools without a deployment or with an overdue visit, with days (11)', async () => {
    expect(await read('support-gaps')).toMatchObject({
      ...{ today: '2026-11-23', total: 1, withoutDeployment: 1, visitOverdue: 1, both: 1 },
      schools: [
        {
          school: { schoolId: alone.schoolId },
          deployment: { without: '2026-09-15', days: 69, coming: [{ deploymentId: waiting }] },
          visits: [{ adviserId: 'person-colleague', recordDueOn: '2026-11-09', daysOverdue: 14 }],
          daysOverdue: 14,
        },
      ],
    });
    expect(await read('support-gaps?category=Prevention')).toMatchObject({ total: 0, schools: [] });
    problemIn(await adviser.get('/api/v1/support-gaps?category=Enhancement'), 400, 'Malformed');
  });

  it('an adviser’s schools and what is due this week (14)', async () => {
    const found = async (query: string) =>
      ((await read(`worklist?${query}`))['tasks'] as { kind: string; task: string }[]).map(
        ({ kind, task }) => `${kind}: ${task}`,
      );
    expect(await found('')).toEqual([
      'trigger: Look at the trigger: leadership change',
      'record: Record headline visit 1, or call it off',
      'trigger: Look at the trigger: support ineffective',
      'proposal: Discuss the proposal, or decide it where no discussion is needed',
    ]);
    expect(await found('adviser=me&dueBy=2027-03-26')).toEqual([
      'trigger: Look at the trigger: leadership change',
      'trigger: Look at the trigger: support ineffective',
      'proposal: Discuss the proposal, or decide it where no discussion is needed',
      'deployment: Complete, extend or end the deployment, whose last day is over',
    ]);
    expect(await found('adviser=me&dueBy=2026-11-30')).toHaveLength(3);
    expect(await found('adviser=person-colleague')).toEqual([
      'record: Record headline visit 1, or call it off',
    ]);
    expect(await found('adviser=person-nobody&dueBy=2027-08-31')).toEqual([]);
    expect(await found('kind=record')).toHaveLength(1);
    problemIn(await adviser.get('/api/v1/worklist?dueBy=soon'), 400, 'Malformed');
  });

  it('what changed since the last headline visit, and since a day (15)', async () => {
    const since = await read(`schools/${supported.urn}/since-last-visit`);
    expect(since).toMatchObject({
      ...{ today: '2026-11-23', since: '2026-10-14', basis: 'visit', visit: { number: 1 } },
      changes: {
        head: { now: { kind: 'interim', from: '2026-11-01' } },
        deployments: [
          { deploymentId, then: { halfDays: { used: 3 } }, now: { halfDays: { used: 5 } } },
        ],
        ...{ readings: [], notices: [] },
      },
      verdicts: [{ verdict: 'partly-effective', object: 'deployment' }],
    });
    expect(since['changes']).not.toHaveProperty('category');
    expect((since['entries'] as { type: string }[]).map(({ type }) => type)).toEqual(
      (await county.recorded(since['thenPosition'] as number))
        .filter(
          ({ data }) => data['schoolId'] === supported.schoolId && data['visitId'] !== uuid(32),
        )
        .map(({ type }) => type)
        .toReversed(),
    );
    const day = await read(`schools/${supported.urn}/since-last-visit?since=2026-09-15&limit=1`);
    expect(day).toMatchObject({
      ...{ basis: 'day', since: '2026-09-15' },
      changes: { category: { now: { is: 'Prevention', since: '2026-09-15' } } },
      entries: [{ heading: 'money' }],
    });
    expect(day['changes']).not.toHaveProperty('category.then');
    expect(await read(`schools/${home.urn}/since-last-visit`)).toMatchObject({
      ...{ basis: 'day', since: '2026-09-01' },
    });
    const later = `/api/v1/schools/${supported.urn}/since-last-visit?since=2027-01-01`;
    problemIn(await adviser.get(later), 400, 'Malformed');
  });

  it('a head’s standing: category, why, what is left, how to respond (19, 20)', async () => {
    const head = await county.as('headteacher', supported.schoolId);
    expect(await read(`schools/${supported.urn}/standing`, head)).toMatchObject({
      says: 'This school is in Prevention, since 15 September 2026.',
      ...{ category: 'Prevention', since: '2026-09-15', academicYear: YEAR },
      because: [{ stage: 'decision', says: 'Prevention was confirmed from 15 September 2026.' }],
      allowance: { pots: { sspc: { granted: 18 } } },
      visits: { granted: 3, completed: 1, left: 2 },
      proposal: { to: 'Intervention', stage: 'letter-issued' },
      respond: [
        { what: 'discuss', open: true },
        { what: 'represent', open: true },
        { what: 'ask-for-review', open: true },
      ],
    });
    const then = await read(`schools/${supported.urn}/standing?asOf=2026-09-14`, head);
    expect(then).toMatchObject({ says: 'No category has been decided for this school.' });
    expect(then).not.toHaveProperty('allowance');
    expect((then['respond'] as { open: boolean }[]).some(({ open }) => open)).toBe(false);
    problemIn(await head.get(`/api/v1/schools/${home.urn}/standing`), 403, 'NotYourSchool');
  });

  it('a home head’s days out and what is owed (21)', async () => {
    const head = await county.as('home-head', home.schoolId);
    const lent = await read(`schools/${home.urn}/lending`, head);
    expect(lent).toMatchObject({
      says: 'In 2026/27 colleagues have been out for 2.5 days. 1 visit is not claimed yet, worth £350.02; £525.03 is claimed and not paid, and £0.00 was paid.',
      champions: [{ championId, out: { agreed: 12, used: 5, toCome: 7 } }],
      owed: {
        notClaimed: { visits: 1, halfDays: 2, amountPence: 35_002, withoutRate: 0 },
        ...{ claimedPence: 0, approvedPence: 52_503, paidPence: 0, owedPence: 52_503 },
      },
      claims: [{ claimId: uuid(61), school: { name: supported.name }, visits: 2 }],
    });
    const months = lent['calendar'] as { month: string; halfDays: number }[];
    expect(months.map(({ month, halfDays }) => `${month} ${halfDays}`)).toEqual([
      ...['2026-09 0', '2026-10 3', '2026-11 2', '2026-12 0', '2027-01 0', '2027-02 0'],
      ...['2027-03 0', '2027-04 0', '2027-05 0', '2027-06 0', '2027-07 0', '2027-08 0'],
    ]);
    expect(JSON.stringify(lent)).not.toMatch(/SECRET|Prevention|objective|53%/);
    expect(await read(`schools/${home.urn}/lending?year=2025-26`, head)).toMatchObject({
      says: 'In 2025/26 nobody of this school has been out as a champion yet.',
    });
    problemIn(await head.get(`/api/v1/schools/${supported.urn}/lending`), 403, 'NotYourSchool');
    problemIn(await head.get(`/api/v1/schools/${home.urn}/lending?year=2026-28`), 400, 'Malformed');
  });

  it('whether support had impact at a school, and over the county (22, 29)', async () => {
    const chair = await county.as('chair', supported.schoolId);
    expect(await read(`schools/${supported.urn}/impact`, chair)).toMatchObject({
      says: 'Of 2 objectives, 0 were reached, 1 was reached in part and 1 was not reached.',
      summary: { deployments: 1, objectives: 2, partly: 1, notReached: 1, reviewed: 1 },
      deployments: [
        {
          verdict: { verdict: 'partly-effective', on: '2026-11-19', moderated: false },
          objectives: [
            { baseline: '41%', target: '65%', now: '53%', change: { by: 12, unit: '%' } },
            { result: 'not-reached', change: { by: 1, unit: '%' } },
          ],
        },
      ],
    });
    expect(await read(`schools/${home.urn}/impact`)).toMatchObject({
      says: 'No support with agreed objectives is on record.',
    });
    const impact = await read('impact?from=2026-11-01');
    expect(impact).toMatchObject({
      all: { deployments: 1, withSchool: 1, objectives: 2, partly: 1, notReached: 1 },
      bySpecialism: [
        {
          specialism: 'early-reading',
          changes: [{ unit: '%', objectives: 2, medianChange: 6.5 }],
          way: { objectives: 2, medianPercent: 8.34 },
        },
      ],
      byMeasure: [{ measure: 'Missed' }, { measure: 'Share' }],
    });
    const board = await county.as('board');
    expect(await read('impact?from=2026-11-01', board)).not.toHaveProperty('byMeasure');
    expect(await read('impact?from=2026-11-21')).toMatchObject({ all: { objectives: 0 } });
    problemIn(await adviser.get('/api/v1/impact?from=2026-11-01&to=2026-10-01'), 400, 'Malformed');
  });

  it('when a school was consulted: letters, discussions, agreements, judgements (23)', async () => {
    const chair = await county.as('chair', supported.schoolId);
    const { consulted } = await read(`schools/${supported.urn}/consultations`, chair);
    expect((consulted as { type: string }[]).map(({ type }) => type).toSorted()).toEqual([
      'ImpactEvaluated',
      'ProposalLetterIssued',
      'SupportNeedIdentified',
      'SupportedSchoolAgreed',
    ]);
    expect(await read(`schools/${home.urn}/consultations`)).toMatchObject({ consulted: [] });
  });

  it('a champion’s own work (24)', async () => {
    const champion_ = await county.as('champion', home.schoolId, 'person-03');
    const mine = await read('champions/me', champion_);
    expect(mine).toMatchObject({
      says: 'You have 1 deployment confirmed or under way; nothing of yours is overdue; 30 half-days of this year are not set aside.',
      champions: [{ championId, capacity: { academicYear: YEAR } }],
      deployments: [{ deploymentId, objectives: [{}, {}], visits: [{}, {}, {}] }],
      overdue: [],
    });
    expect(JSON.stringify(mine)).not.toMatch(/Prevention|personRef/);
    const stranger = await county.as('champion', home.schoolId, 'person-stranger');
    expect(await read('champions/me', stranger)).toMatchObject({ champions: [], deployments: [] });
    problemIn(await adviser.get('/api/v1/champions/me'), 403, 'NotForYou');
  });

  it('what champions cost, to the penny (27)', async () => {
    const costs = await read('costs');
    const spent = {
      ...{ halfDays: 3, costPence: 52_503, claimedPence: 0, approvedPence: 52_503, paidPence: 0 },
      ...{ authorityPence: 26_252, schoolPence: 26_251, invoicedPence: 0, perDayPence: 35_002 },
    };
    expect(costs).toMatchObject({
      total: spent,
      byAcademicYear: [{ year: '2026/27', ...spent }],
      byFinancialYear: [{ year: '2026/27', ...spent }],
      byCategory: [
        { category: 'Enhancement', schools: 0, costPence: 0 },
        { category: 'Prevention', schools: 1, ...spent },
        { category: 'Intervention', schools: 0 },
      ],
      withCountySchools: { costPence: 52_503, percent: 100 },
      schools: [{ school: { schoolId: supported.schoolId }, ...spent }],
      homeSchools: [{ school: { schoolId: home.schoolId }, ...spent }],
    });
    for (const role of ['board', 'scrutiny']) {
      const seen = await read('costs', await county.as(role));
      expect(seen).toMatchObject({ total: spent });
      for (const field of ['schools', 'homeSchools', 'byCategory'])
        expect(seen).not.toHaveProperty(field);
    }
    expect(await read('costs?year=2025-26')).toMatchObject({
      total: { halfDays: 0, costPence: 0 },
    });
    expect(await read('costs?asOf=2026-10-01')).toMatchObject({ total: { costPence: 0 } });
    problemIn(await adviser.get('/api/v1/costs?financialYear=2026'), 400, 'Malformed');
  });

  it('the Board’s half-term: counts and exceptions, and no school (29)', async () => {
    const board = await county.as('board');
    const found = await read('board/deployments', board);
    expect(found).toMatchObject({
      ...{ academicYear: YEAR, halfTerm: 2, from: '2026-11-01', to: '2026-12-31' },
      ...{ named: 0, started: 0, underWay: 1, completed: 0, endedEarly: 0 },
      judged: { deployments: 1, objectives: 2, notReached: 1 },
      exceptions: [
        { kind: 'not-reached', says: '1 of 2 objectives not reached', on: '2026-11-20' },
        { kind: 'poor-verdict', says: 'found partly effective', on: '2026-11-19' },
      ],
    });
    expect(await read('board/deployments?halfTerm=1', board)).toMatchObject({
      ...{ from: '2026-09-01', to: '2026-10-31', named: 2, started: 1, exceptions: [] },
    });
    for (const { schoolId, urn, name } of [supported, home, alone])
      expect(JSON.stringify(found)).not.toMatch(new RegExp(`${schoolId}|${urn}|${name}|SECRET`));
    problemIn(await board.get('/api/v1/board/deployments?halfTerm=7'), 400, 'Malformed');
  });

  it('needs no champion can meet, by area and specialism (30)', async () => {
    expect(await read('unmet-needs')).toMatchObject({
      ...{ open: 1, unmet: 1, areas: ['In no liaison group'], specialisms: ['attendance'] },
      cells: [
        {
          ...{ open: 1, unmet: 1 },
          reasons: expect.arrayContaining([
            expect.objectContaining({ code: 'own-school', needs: 1 }),
            expect.objectContaining({ code: 'home-supported', needs: 1 }),
          ]) as unknown,
          needs: [{ school: { schoolId: alone.schoolId }, specialists: 1 }],
        },
      ],
    });
    const seen = await read('unmet-needs', await county.as('board'));
    expect(seen).toMatchObject({ unmet: 1, cells: [{ unmet: 1 }] });
    expect(JSON.stringify(seen)).not.toContain(alone.schoolId);
    expect(await read('unmet-needs?asOf=2026-09-14')).toMatchObject({ open: 0, cells: [] });
  });
});
