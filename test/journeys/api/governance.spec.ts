import { randomUUID } from 'node:crypto';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

type Body = Readonly<Record<string, unknown>>;

describe('the bodies that govern', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  let board: Person;
  let scrutiny: Person;
  const id = (n: number) => newSchool(n).schoolId;
  const bodyOf = async (person: Person, path: string): Promise<Body> => {
    const answer = await person.get(path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.body as Body;
  };
  const given = async (person: Person, command: string, fields: Body) => {
    const answer = await person.post(`/api/v1/governance/${command}`, fields);
    expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: 200 });
    return answer.get('Position') ?? '';
  };
  const refused = async (person: Person, command: string, fields: Body) =>
    person.post(`/api/v1/governance/${command}`, fields);

  beforeAll(async () => {
    county = await County.start();
    county.at('2026-10-20T09:00:00.000Z');
    await county.given(
      ...[1, 2, 3].map((n) => ['team-leader', 'schools/register-school', newSchool(n)] as const),
    );
    [adviser, leader, board, scrutiny] = await Promise.all([
      county.as('adviser'),
      county.as('team-leader'),
      county.as('board'),
      county.as('scrutiny'),
    ]);
  });
  afterAll(() => county.stop());

  describe('the Board', () => {
    const meetingId = randomUUID();
    const [openPaper, closedPaper] = [randomUUID(), randomUUID()];
    const members = (n: number) => Array.from({ length: n }, (_, i) => `person-board-${i + 1}`);

    it('sits by terms, decides with a quorum, shows scrutiny what it may, and has its record put right', async () => {
      const meet = { meetingId, heldOn: '2026-10-07', halfTerm: 1, present: members(3) };
      problemIn(await refused(board, 'hold-board-meeting', meet), 409, 'NoTermsInForce');
      const terms = {
        title: 'Example terms',
        example: true,
        seats: 5,
        effectiveFrom: '2026-09-01',
      };
      for (const quorum of [0, 1.5, -3, 101]) {
        const { errors } = problemIn(
          await refused(board, 'set-board-terms', { ...terms, quorum }),
          400,
          'Malformed',
        );
        expect(errors[0]?.pointer).toBe('/quorum');
      }
      problemIn(
        await refused(leader, 'set-board-terms', { ...terms, quorum: 3 }),
        403,
        'NotYourRole',
      );
      await given(board, 'set-board-terms', { ...terms, quorum: 3 });
      await given(board, 'hold-board-meeting', meet);

      // It decides with a quorum, on papers that lay on the table.
      const paper = { docRef: 'board-10-4', tabledOn: '2026-10-01' };
      await given(board, 'table-paper', {
        ...paper,
        paperId: openPaper,
        title: 'Deployments of the summer',
        publishable: true,
      });
      await given(leader, 'table-paper', {
        ...paper,
        paperId: closedPaper,
        title: 'One school’s case',
        publishable: false,
      });
      await given(board, 'hold-board-meeting', {
        heldOn: '2026-10-14',
        halfTerm: 1,
        present: members(2),
        apologies: ['person-board-3'],
      });
      const decide = { meetingId, paperIds: [openPaper, closedPaper] };
      await given(board, 'record-board-decision', {
        ...decide,
        decision: 'Agreed.',
        publishable: true,
      });
      const decided = await given(leader, 'record-board-decision', {
        ...decide,
        paperIds: [closedPaper],
        decision: 'Behind closed doors.',
        publishable: false,
      });
      const meetings = await bodyOf(board, `/api/v1/board/meetings?atLeast=${decided}`);
      expect(meetings).toMatchObject({
        total: 2,
        terms: { quorum: 3, example: true },
        meetings: [
          { heldOn: '2026-10-14', quorate: false, membersPresent: 2 },
          { heldOn: '2026-10-07', academicYear: '2026/27', quorate: true, present: members(3) },
        ],
      });
      const [inquorate] = meetings['meetings'] as [{ meetingId: string }];
      problemIn(
        await refused(board, 'record-board-decision', {
          ...decide,
          meetingId: inquorate.meetingId,
          decision: 'Agreed.',
          publishable: true,
        }),
        409,
        'NotQuorate',
      );

      // Scrutiny sees what may be published, and no persons.
      expect(await bodyOf(board, '/api/v1/board/decisions')).toMatchObject({ total: 2 });
      const open = await bodyOf(scrutiny, '/api/v1/board/decisions');
      expect(open).toMatchObject({
        total: 1,
        decisions: [{ decision: 'Agreed.', stands: true, papers: [{ paperId: openPaper }] }],
      });
      expect(JSON.stringify(open)).not.toContain(closedPaper);
      const seen = await bodyOf(scrutiny, '/api/v1/board/meetings');
      expect(seen).toMatchObject({ total: 2 });
      expect(JSON.stringify(seen)).not.toContain('person-');
      const page = (await scrutiny.get('/governance')).text;
      expect(page).toContain('Agreed.');
      expect(page).toContain('You see what may be published');
      expect(page).not.toMatch(/Behind closed doors|One school|Liaison/);
      expect((await board.get('/governance')).text).toContain('Behind closed doors.');
      problemIn(
        await (await county.as('headteacher', id(1))).get('/api/v1/board/decisions'),
        403,
        'NotForYou',
      );

      // Put right, the meeting had no quorum, and its decision does not stand.
      const corrected = await given(leader, 'correct-board-record', {
        meetingId,
        present: members(1),
        apologies: ['person-board-2', 'person-board-3'],
        reason: 'Two had sent apologies.',
      });
      expect(await bodyOf(scrutiny, `/api/v1/board/decisions?atLeast=${corrected}`)).toMatchObject({
        decisions: [{ stands: false }],
      });
      expect(await bodyOf(board, '/api/v1/board/meetings')).toMatchObject({
        meetings: [{}, { quorate: false, corrected: true }],
      });
    });
  });

  it('have a school in one liaison group at a time', async () => {
    const [vale, downs] = [randomUUID(), randomUUID()];
    const formedOn = '2026-09-01';
    const form = { groupId: vale, name: 'Vale', schoolIds: [id(1), id(2)], formedOn };
    await given(leader, 'form-liaison-group', form);
    const other = { groupId: downs, name: 'Downs', schoolIds: [id(2), id(3)], formedOn };
    const { detail } = problemIn(
      await refused(leader, 'form-liaison-group', other),
      409,
      'InOtherLiaisonGroup',
    );
    expect(detail).toContain('Vale');
    await given(leader, 'form-liaison-group', { ...other, schoolIds: [id(3)] });
    const change = { schoolId: id(2), on: '2026-10-01' };
    const join = { ...change, groupId: downs, change: 'join' };
    problemIn(await refused(leader, 'change-liaison-membership', join), 409, 'InOtherLiaisonGroup');
    await given(leader, 'change-liaison-membership', { ...change, groupId: vale, change: 'leave' });
    await given(leader, 'change-liaison-membership', join);
    const position = await given(leader, 'hold-liaison-meeting', {
      groupId: downs,
      heldOn: '2026-10-14',
      halfTerm: 1,
      schoolIds: [id(2)],
      authorityId: 'person-adviser',
    });
    expect(await bodyOf(adviser, `/api/v1/liaison-groups?atLeast=${position}`)).toMatchObject({
      total: 2,
      groups: [
        {
          name: 'Downs',
          schools: [{ schoolId: id(2) }, { schoolId: id(3) }],
          meetings: 1,
          lastMeeting: { heldOn: '2026-10-14', schools: 1 },
        },
        { name: 'Vale', schools: [{ schoolId: id(1) }], meetings: 0 },
      ],
    });
    const meetings = `/api/v1/liaison-meetings?atLeast=${position}`;
    const ofDowns = {
      total: 1,
      meetings: [{ name: 'Downs', heldOn: '2026-10-14', schools: [{ schoolId: id(2) }] }],
    };
    expect(await bodyOf(adviser, meetings)).toMatchObject(ofDowns);
    expect(await bodyOf(adviser, `${meetings}&group=${downs}`)).toMatchObject(ofDowns);
    expect(JSON.stringify(await bodyOf(adviser, meetings))).not.toContain('person-adviser');
    expect(await bodyOf(adviser, `${meetings}&group=${vale}`)).toEqual({ total: 0, meetings: [] });
    problemIn(await adviser.get(`${meetings}&group=downs`), 400, 'Malformed');
    const { text } = await adviser.get(`/governance?atLeast=${position}`);
    expect(text).toContain('Downs, 14 October 2026');
    const journey = await bodyOf(adviser, `/api/v1/schools/${newSchool(2).urn}/journey?limit=4`);
    expect((journey['entries'] as { says: string }[]).map(({ says }) => says)).toEqual([
      'Its head met with the liaison group Downs on 14 October 2026, 1 school in all.',
      'It came into the liaison group Downs on 1 October 2026.',
      'It left the liaison group Vale on 1 October 2026.',
      'The liaison group Vale was formed on 1 September 2026, of 2 schools.',
    ]);
  });

  it('tell a chair when they were consulted: with others, and on the proposal for the school', async () => {
    const consultationId = randomUUID();
    const open = {
      consultationId,
      about: 'The offer for 2027/28',
      schoolIds: [id(1), id(2)],
      bodies: ['Schools Forum'],
      openedOn: '2026-10-12',
      until: '2026-10-30',
    };
    problemIn(
      await refused(leader, 'open-consultation', { ...open, schoolIds: [id(98)] }),
      409,
      'SchoolsNotOpen',
    );
    const ofProposal = { schoolId: id(1), proposalId: randomUUID(), mode: 'phone' } as const;
    await county.happened(`categorisation-${id(1)}`, [
      { type: 'SchoolUnreachable', data: { ...ofProposal, attemptedOn: '2026-10-13' } },
      {
        type: 'ProposalDiscussed',
        data: { ...ofProposal, heldOn: '2026-10-15', attendees: ['person-head'] },
      },
      {
        type: 'SchoolRepresentationReceived',
        data: {
          schoolId: id(1),
          proposalId: ofProposal.proposalId,
          from: 'chair',
          docRef: 'letter-7',
          receivedOn: '2026-10-16',
        },
      },
    ]);
    const opened = await given(leader, 'open-consultation', open);
    const answer = { consultationId, view: 'comments', docRef: 'answer-1' };
    const chair = await county.as('chair', id(1));
    problemIn(
      await refused(chair, 'record-consultation-answer', { ...answer, schoolId: id(2) }),
      403,
      'NotYourSchool',
    );
    problemIn(
      await refused(await county.as('headteacher', id(3)), 'record-consultation-answer', {
        ...answer,
        schoolId: id(3),
      }),
      409,
      'NotConsulted',
    );
    const own = `/api/v1/schools/${newSchool(1).urn}/consultations`;
    county.at('2026-10-28T09:00:00.000Z');
    expect(await bodyOf(chair, `${own}?atLeast=${opened}`)).toMatchObject({
      open: [{ consultationId, daysLeft: 2 }],
    });
    const position = await given(chair, 'record-consultation-answer', {
      ...answer,
      schoolId: id(1),
    });
    const list = await bodyOf(chair, `${own}?atLeast=${position}`);
    expect(list).toMatchObject({
      total: 5,
      consulted: [
        { type: 'ConsultationAnswered', effectiveOn: '2026-10-28', by: { id: 'person-chair' } },
        { type: 'SchoolRepresentationReceived', effectiveOn: '2026-10-16' },
        { type: 'ProposalDiscussed', effectiveOn: '2026-10-15' },
        { type: 'SchoolUnreachable', effectiveOn: '2026-10-13' },
        { type: 'ConsultationOpened', effectiveOn: '2026-10-12', consultationId },
      ],
      open: [{ answered: { view: 'comments', answeredOn: '2026-10-28', late: false } }],
    });
    expect(await bodyOf(chair, `${own}?asOf=2026-10-20`)).toMatchObject({ total: 4 });
    const shown = (await chair.get(`/schools/${newSchool(1).urn}/together`)).text;
    expect(shown).toContain('1 to 5 of 5 times');
    expect(shown).toContain('Answered');
    const close = { consultationId, outcome: 'It goes to the Board with their words.' };
    problemIn(await refused(leader, 'close-consultation', close), 409, 'ClosesTooSoon');
    county.at('2026-11-02T09:00:00.000Z');
    const all = '/api/v1/consultations?open=true';
    expect(await bodyOf(adviser, all)).toMatchObject({
      consultations: [{ asked: 3, answered: 1, overdue: true }],
    });
    const closed = await given(leader, 'close-consultation', close);
    expect(await bodyOf(adviser, `${all}&atLeast=${closed}`)).toMatchObject({ total: 0 });
    expect(await bodyOf(chair, own)).toMatchObject({ total: 6, open: [] });
    problemIn(await (await county.as('chair', id(2))).get(own), 403, 'NotYourSchool');
  });
});
