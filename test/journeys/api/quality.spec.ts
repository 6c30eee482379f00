import { exampleQualityPolicies } from '#domain';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/*
 * Quality over HTTP: a policy is published, a sample drawn, work reviewed by somebody who had no part in it, moderated, and
 * what is found below effective becomes better; support found poor twice in a year goes to the head of service.
 */
const uuid = (n: number) => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const command = (name: string) => `/api/v1/quality/${name}`;
const [BEGIN, COMPLETE, MODERATE] = ['begin', 'complete', 'moderate'].map((verb) =>
  command(`${verb}-quality-review`),
) as [string, string, string];
const YEAR = '2026/27';
const objectiveId = uuid(70);
const area = { what: 'Records end with agreed next steps.', ownerId: 'person-owner' };
const evidence = 'Six records and a talk with the head.';

describe('the quality of the team’s work', () => {
  const supported = newSchool(1);
  const home = newSchool(2);
  const { schoolId } = supported;
  let county: County;
  let adviser: Person;
  let leader: Person;
  let headOfService: Person;

  beforeAll(async () => {
    county = await County.start();
    county.at('2026-09-01T08:00:00.000Z');
    await county.given(
      ...[supported, home].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
      ['head-of-service', 'policy/publish-quality-policy', { ...exampleQualityPolicies[0] }],
    );
    // Five assessments of the autumn, one of them against its score; the assessor is not the reviewer.
    for (let n = 1; n <= 5; n++) await assessed(n);
    for (const n of [1, 2]) await supporting(n);
    county.at('2026-11-23T09:00:00.000Z');
    [adviser, leader, headOfService] = await Promise.all([
      county.as('adviser'),
      county.as('team-leader'),
      county.as('head-of-service'),
    ]);
  });
  afterAll(() => county.stop());

  /** One story, told in its order: each part goes on from the ones before. */
  const story: (readonly [part: string, tell: () => Promise<void>])[] = [];
  const then = (part: string, tell: () => Promise<void>) => story.push([part, tell]);

  const assessmentId = (n: number) => uuid(100 + n);
  async function assessed(n: number): Promise<void> {
    const about = { schoolId, assessmentId: assessmentId(n) };
    const score = { frameworkVersion: 'f', coverage: 90, suggested: 'Enhancement' };
    const category = n === 1 ? 'Prevention' : 'Enhancement';
    await county.happened(`risk-${schoolId}`, [
      {
        type: 'RiskAssessmentStarted',
        data: {
          ...{ ...about, cycle: `${2020 + n}/${21 + n}`, frameworkVersion: 'f', kind: 'primary' },
          startedOn: '2026-09-07',
        },
      },
      {
        type: 'RiskScoreCalculated',
        data: { ...about, ...score, steps: [], hardRules: [], inputHash: 'x' },
      },
      {
        type: 'ProfessionalJudgementRecorded',
        data: {
          ...{ ...about, assessorId: 'person-assessor', proposedCategory: category },
          ...{ agreesWithScore: n !== 1, evidence: [], judgedOn: '2026-09-14' },
        },
      },
      {
        type: 'AssessmentModerated',
        data: {
          ...{ ...about, moderatorIds: ['person-panel'], moderatedOn: '2026-09-18' },
          outcome: 'agree',
        },
      },
      {
        type: 'RiskAssessmentFinalised',
        data: {
          ...{ ...about, cycle: `${2020 + n}/${21 + n}`, recommended: category, coverage: 90 },
          ...{ assessorId: 'person-assessor', moderatorIds: ['person-panel'] },
          ...{ frameworkVersion: 'f', finalisedOn: '2026-09-21' },
        },
      },
    ]);
  }

  const deploymentId = (n: number) => uuid(200 + n);
  const visitId = (n: number) => uuid(400 + n);
  /** Records of the champion's visits, those of each deployment. */
  const visits = [[1, 2, 3], [4]];
  /** Support that has started: brokered by the team leader, by a champion of the other school. */
  async function supporting(n: number): Promise<void> {
    const about = { deploymentId: deploymentId(n), schoolId };
    const between = { ...about, championId: uuid(300), homeSchoolId: home.schoolId };
    await county.happened(`deployment-${deploymentId(n)}`, [
      {
        type: 'SupportNeedIdentified',
        data: {
          ...{ ...about, specialism: 'early-reading', focus: 'Reading', priority: 'soon' },
          ...{ role: 'SSPC', proposedBy: 'team', identifiedOn: '2026-09-10', selfFunded: false },
        },
      },
      {
        type: 'ChampionProposed',
        data: {
          ...{ ...between, championPersonRef: 'person-champion', brokerId: 'person-team-leader' },
          ...{ rationale: 'x', proposedOn: '2026-09-14' },
        },
      },
      {
        type: 'SupportedSchoolAgreed',
        data: {
          ...between,
          headId: 'person-head',
          objectives: [
            { objectiveId, what: 'Phonics', measure: 'Check', baseline: '62%', target: '80%' },
          ],
        },
      },
      { type: 'DeploymentStarted', data: { ...between, startedOn: '2026-09-01' } },
      ...visits[n - 1]!.map((visit) => ({
        type: 'ChampionVisitRecorded',
        data: {
          ...{ ...between, visitId: visitId(visit), visitedOn: '2026-09-01', halfDays: 1 },
          ...{ objectiveIds: [objectiveId], notesRef: 'x', uses: [] },
          recordedById: 'person-champion',
        },
      })),
    ]);
  }

  /** Accepted, or the journey stops here; answers with the position. */
  const accepted = async (who: Person, path: string, fields: object): Promise<string> => {
    const { status, text, headers } = await who.post(path, { ...fields });
    if (status !== 200) throw new Error(`${path} was not accepted: ${text}`);
    return (headers as Record<string, string>)['position'] ?? '0';
  };
  /** What the policies did: when they have answered, so many of this type are there at least. */
  const recorded = async (type: string, n: number): Promise<void> => {
    await county.answered();
    const found = (await county.recorded()).filter((event) => event.type === type);
    if (found.length < n) throw new Error(`There are not ${n} ${type}, but ${found.length}.`);
  };
  /** An answer that has seen everything recorded so far. */
  const asked = async (who: Person, path: string): Promise<Record<string, unknown>> => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const mark = path.includes('?') ? '&' : '?';
    const answer = await who.get(`${path}${mark}atLeast=${end}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as Record<string, unknown>;
  };

  then(
    'is reviewed by a sample that is drawn once, by the policy, with a seed on record',
    async () => {
      const half = { academicYear: YEAR, halfTerm: 1, from: '2026-09-01', to: '2026-10-30' };
      const DRAW = command('draw-quality-sample');
      problemIn(await adviser.post(DRAW, half), 403, 'NotYourRole');
      problemIn(await leader.post(DRAW, { ...half, to: '2026-12-01' }), 422, 'InTheFuture');
      problemIn(await leader.post(DRAW, { ...half, from: '2026-08-31' }), 422, 'HalfTermUnfit');
      problemIn(await leader.post(DRAW, { ...half, halfTerm: 1.5 }), 400, 'Malformed');
      await accepted(leader, DRAW, { ...half, seed: 'oak-17' });
      problemIn(await leader.post(DRAW, { ...half, seed: 'elm-3' }), 409, 'SampleDrawnBefore');

      // All of the overrides, and a third of the other four, rounded up; the first three records, and a fifth of the rest.
      const { samples } = await asked(adviser, '/api/v1/quality/samples');
      const [sample] = samples as [Record<string, unknown>];
      expect(sample).toMatchObject({
        seed: 'oak-17',
        policyVersion: 'example-quality-2022',
        drawn: 7,
      });
      expect(sample['population']).toEqual([
        { object: 'assessment', percent: 33, size: 5, byRule: 1, byShare: 2 },
        { object: 'visit-record', percent: 20, size: 4, byRule: 3, byShare: 1 },
      ]);
      const { work } = await asked(adviser, '/api/v1/quality/drawn?sample=2026-27-1');
      const drawn = work as { objectId: string; by: string; stage: string }[];
      expect(drawn.map(({ stage }) => stage)).toEqual(Array(7).fill('to-be-reviewed'));
      expect(drawn.find(({ by }) => by === 'all-overrides')?.objectId).toBe(assessmentId(1));
      const first = drawn.filter(({ by }) => by === 'first-of-a-new-champion');
      expect(first.map(({ objectId }) => objectId)).toEqual([1, 2, 3].map(visitId));
    },
  );

  then(
    'is judged by somebody who had no part, and below effective with what is to become better',
    async () => {
      const review = {
        ...{ reviewId: uuid(1), object: 'assessment', objectId: assessmentId(1), schoolId },
        ...{ occasion: 'sample', academicYear: YEAR, halfTerm: 1 },
      };
      const notDrawn = [2, 3, 4, 5].map(assessmentId);
      const { work } = await asked(adviser, '/api/v1/quality/drawn');
      const ids = (work as { objectId: string }[]).map(({ objectId }) => objectId);
      const objectId = notDrawn.find((id) => !ids.includes(id));
      problemIn(await adviser.post(BEGIN, { ...review, objectId }), 409, 'NotInSample');
      problemIn(await adviser.post(BEGIN, { ...review, objectId: uuid(9) }), 409, 'NotInSample');
      await accepted(adviser, BEGIN, review);

      const verdict = { reviewId: uuid(1), verdict: 'return', evidence };
      const { errors } = problemIn(await adviser.post(COMPLETE, verdict), 422, 'AreaWanted');
      expect(errors[0]?.pointer).toBe('/improvementAreas');
      const improvementAreas = [{ ...area, due: '2027-01-29' }];
      const late = { ...verdict, improvementAreas: [{ ...area, due: '2026-11-01' }] };
      problemIn(await adviser.post(COMPLETE, late), 422, 'AreaDueUnfit');
      problemIn(
        await leader.post(COMPLETE, { ...verdict, improvementAreas }),
        403,
        'NotYourReview',
      );
      await accepted(adviser, COMPLETE, { ...verdict, improvementAreas });
      const twice = await adviser.post(COMPLETE, { ...verdict, improvementAreas });
      expect(twice.body).toMatchObject({ recorded: [] });

      // The policy makes an area of it, with its owner and its day.
      await recorded('ImprovementAreaIdentified', 1);
      expect(await asked(adviser, '/api/v1/quality/areas?owner=person-owner')).toMatchObject({
        total: 1,
        overdue: 0,
        improvementAreas: [
          { ...area, due: '2027-01-29', reviewId: uuid(1), school: { name: supported.name } },
        ],
      });
      expect(await asked(adviser, '/api/v1/quality/areas?owner=person-nobody')).toMatchObject({
        total: 0,
      });
      expect(await asked(adviser, '/api/v1/quality/areas?today=2027-02-10')).toMatchObject({
        overdue: 1,
        improvementAreas: [{ overdueDays: 12 }],
      });
      expect(await asked(adviser, '/api/v1/quality/drawn?stage=completed')).toMatchObject({
        total: 1,
        work: [{ reviewId: uuid(1), objectId: assessmentId(1) }],
      });
    },
  );

  then(
    'is moderated by somebody else, whose verdict stands while the first stays on record',
    async () => {
      const other = { reviewId: uuid(1), verdict: 'agree-with-change' };
      problemIn(await adviser.post(MODERATE, other), 403, 'NotYourRole');
      problemIn(await leader.post(MODERATE, other), 422, 'ReasonForOtherVerdict');
      await accepted(leader, MODERATE, { ...other, reason: 'One reading is last year’s.' });
      problemIn(
        await headOfService.post(MODERATE, { reviewId: uuid(1), verdict: 'return' }),
        409,
        'VerdictModeratedBefore',
      );
      const { reviews } = await asked(adviser, `/api/v1/schools/${supported.urn}/quality`);
      expect(reviews).toMatchObject([
        { stage: 'moderated', reviewed: 'return', verdict: 'agree-with-change', areas: 1 },
      ]);
      expect(JSON.stringify(reviews)).not.toMatch(/last year|Six records/);
    },
  );

  const judged = async (n: number): Promise<void> => {
    const review = {
      ...{ reviewId: uuid(10 + n), object: 'deployment', objectId: deploymentId(n), schoolId },
      ...{ occasion: 'cause', cause: 'The school asked.' },
    };
    problemIn(await leader.post(BEGIN, review), 403, 'NotIndependent');
    await accepted(adviser, BEGIN, review);
    const verdict = { reviewId: uuid(10 + n), verdict: 'not-effective', evidence };
    const improvementAreas = [{ ...area, due: '2026-12-18' }];
    problemIn(
      await adviser.post(COMPLETE, { ...verdict, improvementAreas }),
      422,
      'ObjectivesUnfit',
    );
    const objectives = [{ objectiveId, verdict: 'partly-effective' }];
    await accepted(adviser, COMPLETE, { ...verdict, objectives, improvementAreas });
  };

  then(
    'found poor on support calls for another look at the school, and the second time for the head of service',
    async () => {
      await judged(1);
      await recorded('PoorVerdictNoted', 1);
      const triggers = (await county.recorded()).filter(
        ({ type }) => type === 'OutOfCycleReviewTriggered',
      );
      expect(triggers.map(({ data }) => data)).toMatchObject([
        { schoolId, triggerType: 'SUPPORT_INEFFECTIVE', happenedOn: '2026-11-23' },
      ]);
      expect(await asked(adviser, '/api/v1/quality/escalations')).toMatchObject({ total: 0 });

      await judged(2);
      await recorded('EscalatedToHeadOfService', 1);
      const { escalations } = await asked(adviser, '/api/v1/quality/escalations?open=true');
      const [escalation] = escalations as [{ escalationId: string }];
      expect(escalation).toMatchObject({
        reviewIds: [uuid(11), uuid(12)],
        academicYear: YEAR,
        school: { urn: supported.urn },
      });
      const answer = {
        ...{ schoolId, escalationId: escalation.escalationId },
        ...{ decision: 'substitute-the-champion', reason: 'Another knows phonics.' },
      };
      const ANSWER = command('answer-escalation');
      problemIn(await leader.post(ANSWER, answer), 403, 'NotYourRole');
      problemIn(
        await headOfService.post(ANSWER, { ...answer, escalationId: uuid(999) }),
        404,
        'NoSuchEscalation',
      );
      await accepted(headOfService, ANSWER, answer);
      problemIn(
        await headOfService.post(ANSWER, { ...answer, decision: 'end' }),
        409,
        'EscalationAnsweredBefore',
      );
      expect(await asked(adviser, '/api/v1/quality/escalations?open=true')).toMatchObject({
        total: 0,
      });
      // Nobody but the service itself notes a poor verdict.
      const noted = {
        ...{ schoolId, reviewId: uuid(13), deploymentId: deploymentId(1), becauseOf: uuid(14) },
        ...{ verdict: 'not-effective', foundOn: '2026-11-23' },
      };
      problemIn(await headOfService.post(command('note-poor-verdict'), noted), 403, 'NotYourRole');
    },
  );

  then('says how verdicts are spread, and how far panels agree, naming nobody', async () => {
    const board = await county.as('board');
    const { objects } = await asked(board, '/api/v1/quality/verdicts');
    expect(objects).toMatchObject([
      { object: 'assessment', reviewed: 1, verdicts: [{}, { reviews: 1 }, { reviews: 0 }] },
      { object: 'visit-record', reviewed: 0 },
      { object: 'deployment', reviewed: 2 },
      { object: 'champion', reviewed: 0 },
    ]);
    expect(
      await asked(board, '/api/v1/quality/verdicts?from=2026-11-24&to=2026-11-30'),
    ).toMatchObject({ objects: [{ reviewed: 0 }, {}, { reviewed: 0 }, {}] });
    const { agreement } = await asked(board, '/api/v1/quality/agreement');
    expect(agreement).toMatchObject([
      {
        of: 'judgement',
        n: 5,
        agreed: 5,
        percent: 100,
        kappa: 1,
        verdicts: ['Enhancement', 'Prevention', 'Intervention', 'return'],
        table: [{ second: [4, 0, 0, 0] }, { second: [0, 1, 0, 0] }, {}, {}],
      },
      { of: 'assessment', n: 1, agreed: 0, percent: 0, kappa: 0 },
      { of: 'visit-record', n: 0 },
      { of: 'deployment', n: 0, says: expect.stringContaining('None was moderated') as string },
      { of: 'champion', n: 0 },
    ]);
    const earlier = await asked(board, '/api/v1/quality/agreement?to=2026-09-17');
    expect(earlier).toMatchObject({ agreement: [{ n: 0 }, { n: 0 }, {}, {}, {}] });
    problemIn(await board.get('/api/v1/quality/areas'), 403, 'NotForYou');
    problemIn(await board.get('/api/v1/quality/agreement?from=31'), 400, 'Malformed');
  });

  then('closes an area when it has become better, and hands one on', async () => {
    const { improvementAreas } = await asked(adviser, '/api/v1/quality/areas');
    const [first, second] = improvementAreas as { areaId: string }[];
    const REASSIGN = command('reassign-improvement-area');
    const handed = { areaId: first?.areaId, ownerId: 'person-other', reason: 'On leave.' };
    problemIn(await adviser.post(REASSIGN, { ...handed, due: '2126-01-01' }), 422, 'AreaDueUnfit');
    await accepted(adviser, REASSIGN, handed);
    const close = {
      areaId: second?.areaId,
      outcome: 'achieved',
      evidence: 'All records have them.',
    };
    await accepted(leader, command('close-improvement-area'), close);
    problemIn(
      await leader.post(command('close-improvement-area'), { ...close, outcome: 'not-achieved' }),
      409,
      'AreaClosedBefore',
    );
    expect(await asked(adviser, '/api/v1/quality/areas?owner=person-other')).toMatchObject({
      total: 1,
    });
    const { improvementAreas: all } = await asked(
      adviser,
      `/api/v1/schools/${supported.urn}/quality`,
    );
    expect((all as { open: boolean }[]).map(({ open }) => open)).toEqual([true, true, false]);
  });

  then(
    'a champion is reviewed on the journey of the home school, and the school’s leaders see no such review',
    async () => {
      await county.given([
        'team-leader',
        'champions/register-champion',
        {
          ...{ championId: uuid(300), personRef: 'person-champion', homeSchoolId: home.schoolId },
          ...{ roles: ['SSPC'], specialisms: ['early-reading'], phases: ['primary'] },
          ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
        },
      ]);
      const review = {
        ...{ reviewId: uuid(30), object: 'champion', objectId: uuid(300) },
        ...{ occasion: 'cause', cause: 'The yearly review.' },
      };
      problemIn(await leader.post(BEGIN, { ...review, schoolId }), 422, 'OfAnotherSchool');
      await accepted(leader, BEGIN, { ...review, schoolId: home.schoolId });
      await accepted(leader, COMPLETE, {
        ...{ reviewId: uuid(30), verdict: 'continue-with-development', evidence },
        improvementAreas: [{ ...area, due: '2027-06-30' }],
      });
      await recorded('ImprovementAreaIdentified', 4);
      const path = `/api/v1/schools/${home.urn}/quality`;
      expect(await asked(adviser, path)).toMatchObject({
        total: 1,
        reviews: [{ object: 'champion' }],
        improvementAreas: [{ object: 'champion' }],
      });
      const head = await county.as('headteacher', home.schoolId);
      expect(await asked(head, path)).toMatchObject({
        total: 0,
        reviews: [],
        improvementAreas: [],
      });
      problemIn(await head.get(`/api/v1/schools/${supported.urn}/quality`), 403, 'NotYourSchool');
    },
  );

  then(
    'stands on the journey of the school, sentence by sentence, and as of the days before there was nothing',
    async () => {
      const { entries } = await asked(
        adviser,
        `/api/v1/schools/${supported.urn}/journey?limit=200`,
      );
      const says = (entries as { says: string }[]).map((entry) => entry.says);
      expect(says).toEqual(
        expect.arrayContaining([
          'A review of the quality of a risk assessment began, as it was drawn in the sample.',
          'The quality of a risk assessment was reviewed: return, with 1 area for improvement.',
          'The verdict on a risk assessment was moderated: agree with change stands in place of return.',
          'The quality of the work of a champion at the school was reviewed: not effective, with 1 area for improvement.',
          'Support was found poor for the second time in 2026/27, and it went to the head of service.',
          'The head of service decided on the support that was found poor again: another champion takes over.',
          'An area for improvement was given to somebody else.',
          'An area for improvement was closed: it has become better.',
        ]),
      );
      const before = await adviser.get(`/api/v1/schools/${supported.urn}/quality?asOf=2026-11-22`);
      expect(before.body).toMatchObject({ today: '2026-11-22', total: 0, improvementAreas: [] });
    },
  );

  then(
    'is shown on a page of the county and of the school, each for whoever may see it',
    async () => {
      const end = (await county.recorded()).at(-1)?.position ?? 0;
      const page = async (who: Person, path: string) => {
        const { status, text } = await who.get(`${path}?atLeast=${end}`);
        expect(status).toBe(200);
        const html = text;
        const words = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
        expect(words).not.toMatch(/undefined|\[object|NaN|Six records|Another knows/);
        return words;
      };
      const ours = await page(adviser, '/quality');
      expect(ours).toContain('Of 3 open areas for improvement, none is overdue.');
      expect(ours).toContain(supported.name);
      expect(ours).toContain('Of 5 moderated, 5 were agreed (100%). Kappa is 1.00.');
      expect(ours).toContain('6 pieces of work are drawn and not reviewed yet.');
      const boards = await page(await county.as('board'), '/quality');
      expect(boards).toContain('You see counts for the whole county.');
      expect(boards).not.toContain(supported.name);
      const school = await page(adviser, `/schools/${supported.urn}/quality`);
      expect(school).toContain(
        'Return, 23 November 2026. Moderated on 23 November 2026: agree with change stands.',
      );
      expect(school).toContain('Objective by objective: partly effective.');
      expect(school).toContain('Decided on 23 November 2026: another champion takes over.');
      const head = await page(
        await county.as('headteacher', home.schoolId),
        `/schools/${home.urn}/quality`,
      );
      expect(head).toContain('No work at this school has been reviewed.');
      expect(head).toContain(
        'Yearly reviews of champions are about a person and are not shown here.',
      );
      problemIn(
        await (await county.as('scrutiny')).get('/api/v1/quality/verdicts'),
        403,
        'NotForYou',
      );
    },
  );

  it('goes from the sample to what has become better', async () => {
    for (const [part, tell] of story) {
      await tell().catch((error: unknown) => {
        throw new Error(`It ${part}: ${String(error)}`, { cause: error });
      });
    }
  });
});
