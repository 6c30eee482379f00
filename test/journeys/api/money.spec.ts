import { randomUUID } from 'node:crypto';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

describe('what support costs', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  let homeHead: Person;
  let school: ReturnType<typeof newSchool>;
  let home: ReturnType<typeof newSchool>;
  const deploymentId = randomUUID();
  const [claimId, again] = [randomUUID(), randomUUID()];
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];

  /** Accepted, or the journey stops here; answers with the position. */
  const accepted = async (who: Person, command: string, fields: object): Promise<string> => {
    const answer = await who.post(`/api/v1/money/${command}`, { ...fields });
    if (answer.status !== 200) throw new Error(`${command} was not accepted: ${answer.text}`);
    return answer.get('Position') ?? '0';
  };
  const refused = (who: Person, command: string, fields: object) =>
    who.post(`/api/v1/money/${command}`, { ...fields });
  /** An answer that has seen everything recorded so far. */
  const asked = async (path: string, who = adviser): Promise<Record<string, unknown>> => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const answer = await who.get(`${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as Record<string, unknown>;
  };
  const visit = (visitId: string, visitedOn: string, halfDays: number) => ({
    ...{ deploymentId, schoolId: school.schoolId, championId: randomUUID() },
    ...{ homeSchoolId: home.schoolId, visitId, visitedOn, halfDays },
    ...{ objectiveIds: [], notesRef: 'x', uses: [] },
  });
  const card = {
    ...{ version: 'journey-rates', title: 'Invented rates', example: true },
    ...{ effectiveFrom: '2026-09-01', boardAgreedOn: '2026-07-08' },
    rates: [{ role: 'SSPC', pencePerHalfDay: 17_501 }],
  };
  const about = { deploymentId, claimId };
  const reconciliation = () =>
    asked(`/api/v1/schools/${home.urn}/reconciliation?from=2026-11-01&to=2026-11-30`);

  beforeAll(async () => {
    county = await County.start();
    [school, home] = [newSchool(1), newSchool(2)];
    await county.given(
      ['team-leader', 'schools/register-school', school],
      ['team-leader', 'schools/register-school', home],
    );
    [adviser, leader, homeHead] = await Promise.all([
      county.as('adviser'),
      county.as('team-leader'),
      county.as('home-head', home.schoolId),
    ]);
    const at = { deploymentId, schoolId: school.schoolId };
    const between = { ...at, championId: randomUUID(), homeSchoolId: home.schoolId };
    await county.happened(`deployment-${deploymentId}`, [
      {
        type: 'SupportNeedIdentified',
        data: {
          ...{ ...at, specialism: 'early-reading', focus: 'Reading', priority: 'soon' },
          ...{ role: 'SSPC', proposedBy: 'team', identifiedOn: '2026-09-10', selfFunded: false },
        },
      },
      {
        type: 'ChampionProposed',
        data: {
          ...{ ...between, championPersonRef: 'person-champion', brokerId: 'person-adviser' },
          ...{ rationale: 'x', proposedOn: '2026-09-14' },
        },
      },
      {
        type: 'DeploymentConfirmed',
        data: {
          ...{ ...between, reservationId: randomUUID(), role: 'SSPC', halfDays: 12 },
          ...{ from: '2026-11-02', to: '2027-03-26', academicYear: '2026/27' },
          ...{ paidBy: 'allowance', scope: 'Reading', objectives: [] },
          payer: { kind: 'split', authorityPercent: 50 },
          confirmedById: 'person-team-leader',
        },
      },
      ...[
        visit(first, '2026-11-05', 2),
        visit(second, '2026-11-12', 1),
        visit(third, '2026-11-19', 2),
      ].map((data) => ({
        type: 'ChampionVisitRecorded',
        data: { ...data, recordedById: 'person-champion' },
      })),
    ]);
  });
  afterAll(() => county.stop());

  it('is claimed visit by visit at the Board’s rate, approved as the visits stand, paid, and invoiced by share', async () => {
    const claim = {
      ...about,
      homeSchoolId: home.schoolId,
      visitIds: [first, second],
    };
    problemIn(await refused(homeHead, 'claim-reimbursement', claim), 409, 'NoRateInForce');
    problemIn(await refused(leader, 'publish-rate-card', card), 403, 'NotYourRole');
    await accepted(await county.as('head-of-service'), 'publish-rate-card', card);
    problemIn(
      await refused(homeHead, 'claim-reimbursement', { ...claim, homeSchoolId: school.schoolId }),
      403,
      'NotYourSchool',
    );
    const claimed = await accepted(homeHead, 'claim-reimbursement', claim);
    expect(await accepted(homeHead, 'claim-reimbursement', claim)).toBe(claimed);
    problemIn(
      await refused(adviser, 'claim-reimbursement', { ...claim, claimId: again }),
      409,
      'VisitClaimed',
    );
    expect(await asked(`/api/v1/claims?homeSchool=${home.urn}&stage=claimed`)).toMatchObject({
      total: 1,
      claims: [
        {
          ...{ claimId, stage: 'claimed', halfDays: 3, amountPence: 52_503 },
          ...{ authorityPence: 26_252, schoolPence: 26_251 },
        },
      ],
    });
    for (const { urn } of [school, home]) {
      expect(await asked(`/api/v1/schools/${urn}/journey?limit=1`)).toMatchObject({
        entries: [
          {
            says: '£525.03 was claimed for 2 visits of a champion (1.5 days): £262.52 for the authority to pay, £262.51 for the school.',
          },
        ],
      });
    }

    // The second visit turns out to have been a whole day.
    await county.happened(`deployment-${deploymentId}`, [
      {
        type: 'VisitRecordAmended',
        data: {
          ...visit(second, '2026-11-12', 2),
          ...{ reason: 'A whole day.', amendedById: 'person-champion' },
        },
      },
    ]);
    const { detail } = problemIn(
      await refused(leader, 'approve-claim', about),
      409,
      'VisitsChanged',
    );
    expect(detail).toContain('claimed were 3 half-days');
    expect(detail).toContain('now it is 4 half-days');
    expect(await reconciliation()).toMatchObject({
      totals: {
        ...{ visits: 3, halfDays: 6, matched: 1, notClaimed: 1, changedSince: 1 },
        ...{ claimedPence: 52_503, paidPence: 0 },
      },
      visits: [
        { match: 'changed-since', visitId: second, halfDays: 2, claim: { claimId, halfDays: 1 } },
        { match: 'not-claimed', visitId: third },
        { match: 'matched', visitId: first, claim: { stage: 'claimed' } },
      ],
    });

    // Rejected and claimed anew, approved by somebody else, paid, and invoiced by share.
    await accepted(leader, 'reject-claim', { ...about, reason: 'The second visit was longer.' });
    const anew = { deploymentId, claimId: again };
    await accepted(leader, 'claim-reimbursement', {
      ...{ ...anew, homeSchoolId: home.schoolId },
      visitIds: [first, second, third],
    });
    problemIn(await refused(leader, 'approve-claim', anew), 409, 'NotYourOwnClaim');
    problemIn(await refused(homeHead, 'approve-claim', anew), 403, 'NotYourRole');
    const invoice = { deploymentId, claimIds: [again] };
    problemIn(await refused(adviser, 'invoice-school', invoice), 409, 'ClaimNotApproved');
    await accepted(await county.as('head-of-service'), 'approve-claim', anew);
    await accepted(leader, 'pay-claim', { ...anew, reference: 'payment-118' });
    const invoiced = await accepted(adviser, 'invoice-school', invoice);
    expect(await accepted(adviser, 'invoice-school', invoice)).toBe(invoiced);
    expect(await asked(`/api/v1/schools/${school.urn}/journey?limit=1`)).toMatchObject({
      entries: [
        {
          says: 'The supported school was invoiced £525.03, its 50% of 1 claim on 23 November 2026.',
        },
      ],
    });
    expect(await reconciliation()).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-30',
      totals: { visits: 3, matched: 3, claimedPence: 105_006, paidPence: 105_006 },
    });
    expect(
      await asked(`/api/v1/claims?deployment=${deploymentId}&from=2026-11-12&to=2026-11-12`),
    ).toMatchObject({
      total: 2,
      claims: [
        { claimId: again, stage: 'paid' },
        { claimId, stage: 'rejected' },
      ],
    });

    // Its head is told of it too, but not which share the supported school bears.
    const { total, claims } = (await homeHead.get('/api/v1/claims')).body as {
      total: number;
      claims: object[];
    };
    expect(total).toBe(2);
    expect(claims[0]).toMatchObject({ claimId: again, stage: 'paid', homeSchoolId: home.schoolId });
    for (const claim of claims)
      for (const field of ['authorityPercent', 'authorityPence', 'schoolPence', 'invoiceId'])
        expect(claim).not.toHaveProperty(field);
  });

  it('is told to the authority’s own, by parameters that make sense', async () => {
    const path = `/api/v1/schools/${home.urn}/reconciliation`;
    problemIn(await adviser.get(`${path}?from=2026-11-31`), 400, 'Malformed');
    problemIn(await adviser.get('/api/v1/schools/999999/reconciliation'), 404, 'NoSuchSchool');
    // Left out: the academic year.
    expect(await asked(path)).toMatchObject({ from: '2026-09-01', to: '2027-08-31' });
    expect((await homeHead.get(path)).status).toBe(403);
    const ofOther = await homeHead.get(`/api/v1/claims?homeSchool=${school.urn}`);
    problemIn(ofOther, 403, 'NotYourSchool');
    const lender = await county.as('home-head', school.schoolId);
    expect((await lender.get('/api/v1/claims')).body).toEqual({ total: 0, claims: [] });
    expect(await asked(`/api/v1/claims?homeSchool=${school.urn}`)).toMatchObject({ total: 0 });
  });
});
