import { exampleFrameworks, exampleRateCards } from '#domain';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

/*
 * What the head of service, the auditor and scrutiny ask of the county's own work, over HTTP: each question one request.
 * Three schools: one that was assessed and moved twice, one whose move nobody talked about, one academy.
 */
const uuid = (n: number) => `00000000-0000-4000-b000-${String(n).padStart(12, '0')}`;
const framework = exampleFrameworks.at(-1)!;
const [quiet, rushed, academy] = [newSchool(1), newSchool(2), newSchool(3)];
const offerVersion = 'o';

/** From a proposal to the decision on it; the steps between are given. */
const decided = (
  n: number,
  school: { readonly schoolId: string },
  move: { from?: string; to: string; effectiveFrom: string; triggerId?: string },
  proposedOn: string,
  between: readonly { type: string; data: object }[] = [],
) => {
  const { from, to, effectiveFrom, triggerId } = move;
  const about = { schoolId: school.schoolId, proposalId: uuid(n) };
  const occasion = triggerId === undefined ? { cycle: '2026/27' } : { triggerId };
  const on = { ...about, assessmentId: uuid(100 + n), ...occasion, reasonCode: 'RESULTS' };
  const decision = { ...on, offerVersion, effectiveFrom, deciderId: 'person-head-of-service' };
  return [
    {
      type: 'CategoryProposed',
      data: {
        ...{ ...on, ...(from === undefined ? {} : { from }), to, offerVersion, proposedOn },
        ...{ assessorId: 'person-a', moderatorIds: [], proposerId: 'person-a' },
      },
    },
    ...between.map(({ type, data }) => ({ type, data: { ...about, ...data } })),
    from === undefined
      ? { type: 'CategoryConfirmed', data: { ...decision, category: to } }
      : { type: 'CategoryChanged', data: { ...decision, from, to } },
  ];
};
const talk = (heldOn: string) => [
  { type: 'ProposalDiscussed', data: { mode: 'visit', heldOn, attendees: [] } },
];
const inVain = (...days: readonly string[]) =>
  days.map((attemptedOn) => ({ type: 'DiscussionDeclined', data: { mode: 'phone', attemptedOn } }));

/** An assessment with one reading, its score, its judgement and what moderation made of it. */
const assessed = (
  n: number,
  { schoolId }: { readonly schoolId: string },
  of: { suggested: string; judged: string; value: number; moderated?: string },
) => {
  const about = { schoolId, assessmentId: uuid(200 + n) };
  const departs = of.suggested !== of.judged;
  const { code, name, weight } = framework.indicators[0]!;
  return [
    {
      type: 'RiskAssessmentStarted',
      data: {
        ...{ ...about, cycle: '2026/27', frameworkVersion: framework.version, kind: 'primary' },
        startedOn: '2026-09-07',
      },
    },
    {
      type: 'RiskScoreCalculated',
      data: {
        ...{ ...about, frameworkVersion: framework.version, score: 50 * of.value, coverage: 100 },
        ...{ suggested: of.suggested, hardRules: [], inputHash: 'x' },
        steps: [
          {
            ...{ indicator: code, name, weight, period: '2025/26', value: of.value },
            ...{ band: 'amber', points: (weight / 2) * of.value, how: 'x' },
          },
        ],
      },
    },
    {
      type: 'ProfessionalJudgementRecorded',
      data: {
        ...{ ...about, assessorId: `person-adviser-${n}`, proposedCategory: of.judged },
        ...{ agreesWithScore: !departs, evidence: [], judgedOn: '2026-09-14' },
        ...(departs ? { direction: 'more-support', reasonCode: 'SAFEGUARDING' } : {}),
      },
    },
    ...(of.moderated === undefined
      ? []
      : [
          {
            type: 'AssessmentModerated',
            data: {
              ...{ ...about, moderatorIds: ['person-m'], moderatedOn: '2026-09-18' },
              ...(of.moderated === of.judged
                ? { outcome: 'agree' }
                : { outcome: 'change', category: of.moderated }),
            },
          },
        ]),
    {
      type: 'RiskAssessmentFinalised',
      data: {
        ...{ ...about, cycle: '2026/27', recommended: of.judged, coverage: 100 },
        ...{ assessorId: `person-adviser-${n}`, moderatorIds: [] },
        ...{ frameworkVersion: framework.version, finalisedOn: '2026-09-21' },
      },
    },
  ];
};

describe('the county’s own work', () => {
  let county: County;
  let auditor: Person;
  /** Where the log ended before anything was decided. */
  let before: string;

  beforeAll(async () => {
    county = await County.start();
    county.at('2024-09-01T09:00:00.000Z');
    await county.given(
      ['team-leader', 'schools/register-school', quiet],
      ['team-leader', 'schools/register-school', rushed],
      ['team-leader', 'schools/register-school', { ...academy, status: 'academy' }],
    );
    before = String((await county.recorded()).at(-1)?.position);
    const quietly = `categorisation-${quiet.schoolId}`;
    county.at('2024-09-10T09:00:00.000Z');
    await county.happened(
      quietly,
      decided(
        1,
        quiet,
        { to: 'Prevention', effectiveFrom: '2024-09-10' },
        '2024-09-01',
        talk('2024-09-05'),
      ),
    );
    await county.happened(
      `categorisation-${rushed.schoolId}`,
      decided(2, rushed, { to: 'Enhancement', effectiveFrom: '2024-09-10' }, '2024-09-09'),
    );
    county.at('2026-10-10T09:00:00.000Z');
    await county.happened(quietly, [
      {
        type: 'OutOfCycleReviewTriggered',
        data: {
          ...{ schoolId: quiet.schoolId, triggerId: uuid(50), triggerType: 'SAFEGUARDING' },
          happenedOn: '2026-09-10',
        },
      },
      ...decided(
        3,
        quiet,
        {
          ...{ from: 'Prevention', to: 'Intervention', triggerId: uuid(50) },
          effectiveFrom: '2026-10-12',
        },
        '2026-09-20',
        inVain('2026-09-25', '2026-09-28'),
      ),
    ]);
    await county.happened(
      `categorisation-${rushed.schoolId}`,
      decided(
        4,
        rushed,
        { from: 'Enhancement', to: 'Prevention', effectiveFrom: '2026-10-10' },
        '2026-10-01',
      ),
    );
    await county.happened(
      `risk-${quiet.schoolId}`,
      assessed(1, quiet, {
        ...{ suggested: 'Prevention', judged: 'Intervention', value: 1 },
        moderated: 'Intervention',
      }),
    );
    await county.happened(
      `risk-${rushed.schoolId}`,
      assessed(2, rushed, { suggested: 'Enhancement', judged: 'Enhancement', value: 0 }),
    );
    await county.happened('policy-framework', [
      {
        type: 'AssessmentFrameworkPublished',
        data: { ...framework, author: 'person-a', approver: 'person-b' },
      },
    ]);
    await county.happened('policy-rates', [
      { type: 'RateCardPublished', data: { ...exampleRateCards[0]! } },
    ]);
    county.at('2026-11-23T09:00:00.000Z');
    auditor = await county.as('auditor');
  });
  afterAll(() => county.stop());

  /** An answer that has seen everything recorded so far. */
  const asked = async (path: string, who = auditor): Promise<Record<string, unknown>> => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const answer = await who.get(`/api/v1/${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as Record<string, unknown>;
  };

  it('tells which decisions broke a rule and which were taken without a talk', async () => {
    const found = await asked('decisions/breaches');
    expect(found).toMatchObject({
      ...{ decisions: 4, breaches: 1, withoutTalk: 1, total: 2 },
      lines: [
        {
          school: { urn: rushed.urn, name: rushed.name },
          ...{ from: 'Enhancement', to: 'Prevention', deciderId: 'person-head-of-service' },
          broke: [{ rule: 'not-discussed' }],
        },
        { school: { name: quiet.name }, broke: [], instead: { of: 'declined' } },
      ],
    });
    const first = await auditor.get('/api/v1/decisions/breaches?limit=1');
    expect(first.get('Link')).toContain('skip=1');
    expect(await asked('decisions/breaches?to=2024-12-31')).toMatchObject({
      ...{ decisions: 2, total: 0 },
      lines: [],
    });
    expect(await asked(`decisions/breaches?asOf=${before}`)).toMatchObject({
      decisions: 0,
      says: 'No category was decided in this time.',
    });
  });

  it('tells the overrides of a year by adviser, direction and reason', async () => {
    expect(await asked('overrides')).toMatchObject({
      academicYear: '2026/27',
      all: { judgements: 2, overrides: 1, percent: 50, moreSupport: 1, lessSupport: 0 },
      byReason: [{ reasonCode: 'SAFEGUARDING', moreSupport: 1, lessSupport: 0 }],
      byAdviser: [
        { assessorId: 'person-adviser-1', overrides: 1, percent: 100 },
        { assessorId: 'person-adviser-2', overrides: 0, percent: 0 },
      ],
      total: 1,
      overrides: [
        {
          school: { name: quiet.name },
          ...{ suggested: 'Prevention', judged: 'Intervention', moderated: 'Intervention' },
        },
      ],
    });
    const none = await asked('overrides?year=2024-25');
    expect(none).toMatchObject({ total: 0, all: { judgements: 0 }, byAdviser: [] });
    expect(none['all']).not.toHaveProperty('percent');
    problemIn(await auditor.get('/api/v1/overrides?year=2026-28'), 400, 'Malformed');
  });

  it('tells where schools moved, by default over the last year, and by status and phase', async () => {
    const flows = await asked('flows');
    expect(flows).toMatchObject({
      ...{ from: '2025-11-23', to: '2026-11-23' },
      county: {
        before: { Enhancement: 1, Prevention: 1, Intervention: 0, none: 1 },
        after: { Enhancement: 0, Prevention: 1, Intervention: 1, none: 1 },
        net: { Enhancement: -1, Prevention: 0, Intervention: 1, none: 0 },
      },
      byStatus: [
        { of: { status: 'maintained' }, after: { Prevention: 1, Intervention: 1, none: 0 } },
        { of: { status: 'academy' }, after: { Prevention: 0, none: 1 } },
      ],
    });
    const { errors } = problemIn(
      await auditor.get('/api/v1/flows?from=2026-11-23&to=2026-01-01'),
      400,
      'Malformed',
    );
    expect(errors).toEqual([
      { pointer: '/from', detail: expect.stringContaining('after to') as string },
    ]);
  });

  it('tells how long things take, ended and running apart', async () => {
    const { county: all, says } = await asked('durations');
    expect(all).toMatchObject({
      inCategory: [
        { category: 'Enhancement', ended: { n: 1, median: 760 }, running: { n: 0 } },
        { category: 'Prevention', ended: { n: 1, median: 762 }, running: { n: 1, median: 44 } },
        { category: 'Intervention', ended: { n: 0 }, running: { n: 1, median: 42 } },
      ],
      triggerToDecision: { n: 1, median: 30, p90: 30 },
      proposalToDecision: { n: 4, median: 9, p90: 20 },
    });
    expect(says).toContain('nearest rank');
    expect(await asked('durations?from=2026-10-11')).toMatchObject({
      county: { proposalToDecision: { n: 0 }, triggerToDecision: { n: 0 } },
    });
  });

  it('tells how Prevention schools fared beside like ones, and warns', async () => {
    expect(await asked('prevention-outcomes')).toMatchObject({
      prevention: { schools: 1, moreSupport: 1, percentMoreSupport: 100, scoreChange: { n: 0 } },
      withoutDeployment: { schools: 1 },
      like: { schools: 1, moreSupport: 1, percentInSamePhases: 100 },
      byPhase: [{ phase: 'primary' }],
      caution: expect.stringContaining('does not show that support was the cause') as string,
    });
    expect(await asked('prevention-outcomes?from=2020-01-01&to=2021-01-01')).toMatchObject({
      prevention: { schools: 0, scoreChange: { n: 0 } },
      byPhase: [],
    });
  });

  it('tells what academies got beside maintained schools', async () => {
    expect(await asked('served-by-status')).toMatchObject({
      academicYear: '2026/27',
      statuses: [
        {
          ...{ status: 'maintained', schools: 2, counts: { Prevention: 1, Intervention: 1 } },
          durations: { of: { status: 'maintained' }, proposalToDecision: { n: 2 } },
        },
        { status: 'academy', schools: 1, funding: { authorityPence: 0, schoolPence: 0 } },
      ],
    });
  });

  it('tells which schools would be suggested something else, and saves nothing', async () => {
    const events = (await county.recorded()).length;
    const found = await asked('what-if?intervention=45&minimumCoverage=0&prevention=40');
    expect(found).toMatchObject({
      framework: { version: framework.version },
      ...{ schools: 2, withoutScore: 1, changed: 2, total: 2 },
      thresholds: [
        { parameter: 'prevention', now: 40 },
        { parameter: 'intervention', now: 45 },
        { parameter: 'minimumCoverage', now: 0 },
      ],
    });
    const [first] = found['lines'] as { school: object; category: string; now: object }[];
    expect(first).toMatchObject({ category: 'Intervention', school: { name: quiet.name } });
    expect(first?.now).toMatchObject({ suggested: 'Intervention', score: 50 });
    const { code } = framework.indicators[0]!;
    const weights = framework.indicators.map((one) => `weight.${one.code}=0`).join('&');
    const { errors } = problemIn(
      await auditor.get(
        `/api/v1/what-if?prevention=0&intervention=x&weight.nonsense=5&weight.${code}=-1`,
      ),
      400,
      'Malformed',
    );
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/intervention', `/weight.${code}`]);
    const absurd = problemIn(
      await auditor.get('/api/v1/what-if?prevention=0&weight.nonsense=5'),
      400,
      'Malformed',
    );
    expect(absurd.errors.map(({ pointer }) => pointer)).toEqual([
      '/prevention',
      '/weight.nonsense',
    ]);
    problemIn(await auditor.get(`/api/v1/what-if?${weights}`), 400, 'Malformed');
    for (const version of ['none-such', 'constructor', '__proto__'])
      problemIn(await auditor.get(`/api/v1/what-if?framework=${version}`), 400, 'Malformed');
    problemIn(await auditor.get(`/api/v1/what-if?asOf=${before}`), 404, 'NoFramework');
    expect(await county.recorded()).toHaveLength(events);
  });

  it('tells how panels agree, in all and where most points are for one domain', async () => {
    const { agreement } = await asked('quality/agreement');
    expect((agreement as object[]).slice(0, 1)).toMatchObject([
      {
        ...{ of: 'judgement', n: 1, agreed: 1, percent: 100 },
        byDomain: [{ n: 1, domain: framework.indicators[0]!.domain }],
      },
    ]);
  });

  it('tells allowances in pounds, and that there are none without a rate', async () => {
    expect(await asked('allowances')).toMatchObject({
      money: {
        ...{ rateVersion: exampleRateCards[0]!.version, example: true },
        pots: { sspc: { grantedPence: 0, overspendPence: 0 }, sslc: { usedPence: 0 } },
        byRole: [{ role: 'SSLC' }, { role: 'SSPC' }, { role: 'ABLE' }],
      },
    });
    const { money } = await asked(`allowances?asOf=${before}`);
    expect(Object.keys(money as object)).toEqual(['says']);
  });

  it('tells which schools had another URN, and that their history is joined', async () => {
    expect(await asked('urn-changes')).toEqual({ total: 0, schools: [] });
    const newUrn = newSchool(9).urn;
    await county.happened(`school-${quiet.schoolId}`, [
      {
        type: 'UrnChanged',
        data: { schoolId: quiet.schoolId, oldUrn: quiet.urn, newUrn, changedOn: '2026-11-01' },
      },
    ]);
    expect(await asked('urn-changes')).toMatchObject({
      total: 1,
      schools: [
        {
          school: { urn: newUrn, name: quiet.name, open: true },
          urns: [
            { urn: quiet.urn, until: '2026-11-01' },
            { urn: newUrn, from: '2026-11-01' },
          ],
          history: { joined: true },
        },
      ],
    });
  });

  const counts = ['flows', 'durations', 'prevention-outcomes', 'served-by-status'];
  const naming = ['decisions/breaches', 'overrides', 'what-if', 'urn-changes'];
  it('is told without names to the Board, and not at all to a school', async () => {
    const [board, head] = [
      await county.as('board'),
      await county.as('headteacher', quiet.schoolId),
    ];
    for (const path of counts) {
      const { status, text } = await board.get(`/api/v1/${path}`);
      expect([path, status, text.includes(quiet.name)]).toEqual([path, 200, false]);
    }
    for (const path of naming) expect((await board.get(`/api/v1/${path}`)).status).toBe(403);
    for (const path of [...counts, ...naming])
      expect((await head.get(`/api/v1/${path}`)).status).toBe(403);
  });

  it('is on a page: with schools for whoever may see them, in counts for the Board', async () => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const page = async (path: string, who = auditor): Promise<string> => {
      const { status, text } = await who.get(
        `${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`,
      );
      expect([path, status]).toEqual([path, 200]);
      return text;
    };
    const whole = await page('/oversight');
    expect(whole).toContain('Broke a rule');
    expect(whole).toContain('person-adviser-1');
    expect(whole).toContain('Of 4 decisions 1 broke a rule');
    const counted = await page('/oversight', await county.as('board'));
    expect(counted).toContain('Where schools moved');
    expect(counted).not.toContain(rushed.name);
    expect(counted).not.toContain('person-adviser-1');
    expect(await page('/oversight?asOf=2024-09-05')).toContain('No category has been decided yet');
    expect(await page('/oversight/what-if?intervention=45')).toContain('What would change');
    expect(await page('/oversight/urn-changes')).toContain('Schools whose URN changed');
    const absurd = await auditor.get('/oversight/what-if?intervention=900&weight.ofsted=-2');
    expect([absurd.status, absurd.text.includes('There is a problem')]).toEqual([400, true]);
    const late = await auditor.get('/oversight?from=2026-11-23&to=2026-01-01');
    expect([late.status, late.text.includes('must not be after')]).toEqual([400, true]);
    expect((await (await county.as('board')).get('/oversight/what-if')).status).toBe(403);
  });
});
