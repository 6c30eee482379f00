import { createHash } from 'node:crypto';
import { exampleLetterTemplates, exampleOffers } from '#domain';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

/*
 * The letter with the proposed category: drafted by one request, printed from a page, and put on record as it went out.
 */
interface Draft {
  readonly proposalId: string;
  readonly dated: string;
  readonly templateVersion: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly text: string;
  readonly docHash: string;
  readonly issued: readonly { readonly docHash: string }[];
}
const id = (n: number) => `00000000-0000-4000-8000-0000000008${String(n).padStart(2, '0')}`;
const [example] = exampleLetterTemplates;
const offer = exampleOffers.find(({ version }) => version === 'example-2026/27')!;

describe('the letter', () => {
  let county: County;
  let [adviser, leader, auditor]: Person[] = [];

  beforeEach(async () => {
    county = await County.start();
    [adviser, leader, auditor] = await Promise.all(
      ['adviser', 'team-leader', 'auditor'].map((role) => county.as(role)),
    );
    county.at('2026-10-05T09:00:00.000Z');
  });
  afterEach(() => county.stop());

  const publishTemplate = (more: object = {}) =>
    county.given(['team-leader', 'policy/publish-letter-template', { ...example, ...more }]);

  /** A school with a proposal made on an assessment of the round; answers with the position it is known at. */
  async function proposedAt(n: number, more: object = {}, of: object = {}) {
    const school = { ...newSchool(n), ...of };
    const { schoolId, urn } = school;
    await county.given(['team-leader', 'schools/register-school', school]);
    const proposalId = id(10 + n);
    const about = { schoolId, assessmentId: id(30 + n) };
    const begun = {
      ...{ ...about, cycle: '2026/27', kind: 'primary' },
      ...{ frameworkVersion: 'example-2025', startedOn: '2026-07-08' },
    };
    await county.happened(`risk-${schoolId}`, [{ type: 'RiskAssessmentStarted', data: begun }]);
    const proposed = {
      ...{ ...about, proposalId, to: 'Prevention', cycle: '2026/27', reasonCode: 'ANNUAL_ROUND' },
      ...{ offerVersion: offer.version, assessorId: 'person-assessor', moderatorIds: ['person-b'] },
      ...{ proposerId: 'person-adviser', proposedOn: '2026-10-01', ...more },
    };
    await county.happened(`categorisation-${schoolId}`, [
      { type: 'CategoryProposed', data: proposed },
    ]);
    const at = String((await county.recorded()).at(-1)!.position);
    const here = `/api/v1/schools/${schoolId}/letter`;
    return { schoolId, urn, name: school.name, proposalId, here, at };
  }
  const ask = (path: string, at: string, more = '') => adviser!.get(`${path}?atLeast=${at}${more}`);
  async function drafted(path: string, at: string, more = ''): Promise<Draft> {
    const answer = await ask(path, at, more);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.body as Draft;
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  it('is drafted from template, proposal and offer, and recorded as it was drafted', async () => {
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer }]);
    await publishTemplate();
    const { schoolId, proposalId, here, at, name, urn } = await proposedAt(1, {
      from: 'Enhancement',
    });
    const draft = await drafted(here, at);
    expect(draft).toMatchObject({
      ...{ draft: true, school: { schoolId, urn, name }, proposalId, dated: '2026-10-05' },
      ...{ category: 'Prevention', categoryBefore: 'Enhancement' },
      ...{ templateVersion: 'example-letter-1', template: { example: true } },
      ...{ offerVersion: offer.version, frameworkVersion: 'example-2025', issued: [] },
      recipients: ['head', 'chair'],
    });
    expect(draft.text).toBe(`${[draft.subject, ...draft.paragraphs].join('\n\n')}\n`);
    expect(draft.docHash).toBe(sha256(draft.text));
    for (const words of [
      'Dear Headteacher and Chair of Governors,',
      `${name} (URN ${urn})`,
      'moves from Enhancement to Prevention for 2026/27',
      '3 headline visits in the year and up to 9 days of pupil champions; the council pays for all of it.',
      'by 19 October 2026',
      'by 26 October 2026',
      'By 2 November 2026',
    ])
      expect(draft.text).toContain(words);
    expect(draft.text).not.toMatch(/[{}]/);
    expect(await drafted(here, at)).toEqual(draft);

    const { templateVersion, recipients, docHash } = draft;
    const issue = { schoolId, proposalId, templateVersion, recipients, docHash };
    const done = await adviser!.post('/api/v1/categories/issue-letter', issue);
    expect({ status: done.status, text: done.text }).toMatchObject({ status: 200 });
    const after = await drafted(here, done.get('Position')!);
    const { schoolId: _, proposalId: _proposal, ...sent } = issue;
    expect(after).toEqual({
      ...draft,
      issued: [{ ...sent, category: 'Prevention', issuedOn: '2026-10-05' }],
    });
  });

  it('is drafted as it would have been: with the template and the proposal known then', async () => {
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer }]);
    await publishTemplate();
    const { here, at } = await proposedAt(1);
    const then = await drafted(here, at, '&dated=2026-10-05');
    county.at('2026-10-12T09:00:00.000Z');
    const wording = { version: 'next', subject: 'Again: {category}', effectiveFrom: '2026-10-10' };
    const seen = await publishTemplate(wording);

    expect(await drafted(here, seen)).toMatchObject({
      ...{ templateVersion: 'next', subject: 'Again: Prevention', dated: '2026-10-12' },
    });
    // Known now, and dated before the new wording is in force; and known then, whatever it is dated.
    expect(await drafted(here, seen, '&dated=2026-10-05')).toEqual(then);
    expect(await drafted(here, seen, `&asOf=${at}&dated=2026-10-05`)).toEqual(then);
    expect(await drafted(here, seen, '&asOf=2026-10-05')).toEqual(then);
    expect(await drafted(here, seen, `&asOf=${at}`)).toMatchObject({
      templateVersion: 'example-letter-1',
    });
    // Of two that begin on one day, the one published last.
    const corrected = await publishTemplate({ ...wording, version: 'next-b' });
    expect(await drafted(here, corrected)).toMatchObject({ templateVersion: 'next-b' });
  });

  it('names the category a review came to, and goes to whoever is there', async () => {
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer }]);
    await publishTemplate();
    const { schoolId, proposalId, here, at } = await proposedAt(1, { to: 'Intervention' });
    expect((await drafted(here, at)).text).toContain('It is the first one we propose');
    const day = '2026-10-05';
    await county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryReviewDecided',
        data: {
          ...{
            schoolId,
            proposalId,
            reviewId: id(60),
            outcome: 'changed',
            category: 'Enhancement',
          },
          ...{ reviewerId: 'person-team-leader-2', reason: 'Newer figures.', decidedOn: day },
        },
      },
    ]);
    const vacant = { schoolId, kind: 'vacant', from: day };
    const seen = await county.given(['adviser', 'schools/record-head-change', vacant]);
    const draft = await drafted(here, seen);
    expect(draft).toMatchObject({ category: 'Enhancement', recipients: ['chair'] });
    expect(draft.text).toContain('Dear Chair of Governors,');
    expect(draft.text).not.toContain('Intervention');
    const card = await adviser!.get(`/api/v1/schools/${schoolId}?atLeast=${seen}`);
    expect(card.body).toMatchObject({ proposal: { proposalId, to: 'Enhancement' } });
  });

  it('is not there where something is missing, and says what to do', async () => {
    const { here, at } = await proposedAt(1);
    const no = async (status: number, code: string, more = '', path = here, from = at) =>
      problemIn(await ask(path, from, more), status, code).detail;

    expect(await no(409, 'NoLetterTemplate')).toContain('in force on 5 October 2026');
    const templated = await publishTemplate({ effectiveFrom: '2026-10-02' });
    expect(await no(409, 'NoLetterTemplate', '&dated=2026-10-01', here, templated)).toContain(
      '1 October',
    );
    expect(await no(409, 'NothingOffered', '', here, templated)).toContain('Offer example-2026/27');
    for (const dated of ['2026-09-30', '2027-10-07', '2199-12-31'])
      expect(await no(422, 'LetterMisdated', `&dated=${dated}`)).toContain('1 October 2026');
    const { errors } = problemIn(await ask(here, at, '&dated=2026-02-30'), 400, 'Malformed');
    expect(errors).toMatchObject([{ pointer: '/dated' }]);

    const other = newSchool(2);
    const seen = await county.given(['team-leader', 'schools/register-school', other]);
    const without = `/api/v1/schools/${other.urn}/letter`;
    expect(await no(404, 'NoOpenProposal', '', without, seen)).toContain('propose the category');
    await no(404, 'NoSuchSchool', '', '/api/v1/schools/999999/letter');
  });

  it('is not written where the offer has no row for schools like it', async () => {
    const rows = offer.rows.filter(({ status }) => status === 'maintained');
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer, rows }]);
    await publishTemplate();
    const { here, at } = await proposedAt(1, {}, { status: 'academy', typeName: 'Academy' });
    expect(problemIn(await ask(here, at), 409, 'NothingOffered').detail).toContain('academies');
  });

  it('has a template that team leaders and the head of service publish, and nobody changes', async () => {
    const publish = 'policy/publish-letter-template';
    const by = async (role: string, more: object = {}) =>
      (await county.as(role)).post(`/api/v1/${publish}`, { ...example, ...more });
    for (const role of ['adviser', 'board', 'headteacher', 'operator'])
      expect((await by(role)).status).toBe(403);
    expect((await by('team-leader')).status).toBe(200);
    problemIn(await by('head-of-service', { title: 'Other' }), 409, 'LetterTemplateVersionTaken');
    const text = 'Dear {headteacher}, {category}';
    const unknown = await by('head-of-service', { version: 'next', paragraphs: [{ text }] });
    expect(problemIn(unknown, 422, 'LetterPlaceUnknown').detail).toContain('{headteacher}');
  });

  it('is a page the team prints it from; the school sees what went out', async () => {
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer }]);
    await publishTemplate();
    const { schoolId, urn, here, at } = await proposedAt(1);
    const page = await adviser!.get(`/schools/${urn}/letter?atLeast=${at}`);
    expect(page.status).toBe(200);
    const { docHash } = await drafted(here, at);
    for (const words of ['Dear Headteacher and Chair', docHash, 'example-letter-1', 'Draft'])
      expect(page.text).toContain(words);
    expect(page.text).toContain('None is on record yet');
    const school = await leader!.get(`/schools/${urn}?atLeast=${at}`);
    expect(school.text).toContain(`/schools/${urn}/letter`);

    const other = newSchool(2);
    const seen = await county.given(['team-leader', 'schools/register-school', other]);
    const empty = await auditor!.get(`/schools/${other.urn}/letter?atLeast=${seen}`);
    expect([empty.status, empty.text]).toEqual([
      200,
      expect.stringContaining('No proposal is open for this school'),
    ]);

    for (const role of ['headteacher', 'chair']) {
      const own = await county.as(role, schoolId);
      problemIn(await own.get(here), 403, 'NotForYou');
      expect((await own.get(`/schools/${urn}/letter`)).status).toBe(403);
      expect((await own.get(`/schools/${urn}?atLeast=${at}`)).text).not.toContain('/letter"');
    }
  });
});
