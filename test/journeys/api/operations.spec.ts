import { existsSync, mkdirSync } from 'node:fs';
import { openEmbeddedEventStore } from '#adapters';
import type { Response } from 'supertest';
import { READ_STORE } from '#application';
import type { Position, ReadStore } from '#kernel';
import { NotThereYet, START } from '#kernel';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

// Each rebuild reads and writes thousands of events.
jest.setTimeout(30_000);

describe('running the machine', () => {
  let county: County;
  let operator: Person;
  let adviser: Person;
  beforeAll(async () => {
    county = await County.start();
    [operator, adviser] = await Promise.all([county.as('operator'), county.as('adviser')]);
    await county.given(
      ...Array.from(
        { length: 25 },
        (_, i) => ['team-leader', 'schools/register-school', newSchool(i + 1)] as const,
      ),
    );
    // Enough that a rebuild is still under way when something else is asked for.
    const { schoolId } = newSchool(1);
    const counts = Array.from({ length: 5000 }, (_, n) => ({
      type: 'PupilNumbersRecorded',
      data: { schoolId, asAt: '2026-10-01', pupils: n },
    }));
    await county.happened(`school-${schoolId}`, counts);
  });
  afterAll(() => county.stop());

  const lines = (
    text: string,
  ): { position?: number; end?: number; done?: boolean; events?: number }[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { position?: number });

  it('rebuilds every read model, tells how far it is, and changes no answer', async () => {
    const recorded = await county.recorded();
    const end = recorded.at(-1)!.position;
    const before = (await adviser.get(`/api/v1/schools?atLeast=${end}`)).body as unknown;
    const answer = await operator
      .post('/api/v1/operations/rebuild', {})
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => done(null, text));
      });
    expect(answer.status).toBe(200);
    const told = lines(answer.body as string);
    expect(told.at(-1)).toMatchObject({ done: true, events: recorded.length });
    expect(told.slice(0, -1)).toContainEqual({ position: end, end });
    expect((await adviser.get('/api/v1/schools')).body).toEqual(before);
    // And what comes afterwards is seen in the new ones.
    const position = await county.given(['team-leader', 'schools/register-school', newSchool(90)]);
    expect(
      (await adviser.get(`/api/v1/schools/${newSchool(90).urn}?atLeast=${position}`)).status,
    ).toBe(200);
  });

  it('rebuilds once at a time', async () => {
    const rebuilding = [1, 2, 3].map(async () => {
      const response = await fetch(`${county.url}/api/v1/operations/rebuild`, {
        method: 'POST',
        headers: { authorization: `Bearer ${operator.token}` },
      });
      return { status: response.status, text: await response.text() };
    });
    const answers = await Promise.all(rebuilding);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      answers.filter(({ status, text }) => status === 409 && text.includes('RebuildUnderWay')),
    ).toHaveLength(2);
  });

  it('goes on answering while it rebuilds', async () => {
    const rebuild = await fetch(`${county.url}/api/v1/operations/rebuild`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operator.token}` },
    });
    const answered: string[] = [];
    const whole = rebuild.text().then((text) => {
      answered.push('rebuild');
      return text;
    });
    while (!answered.includes('rebuild')) {
      expect((await adviser.get('/api/v1/schools?limit=1')).status).toBe(200);
      answered.push('question');
    }
    expect(lines(await whole).at(-1)).toMatchObject({ done: true });
    expect(answered.indexOf('question')).toBe(0);
  });

  /** Where what is to be switched to never comes up with what people see, the answer says so, and nothing was switched. */
  async function notWithinAMinute(ask: () => PromiseLike<Response>): Promise<void> {
    const documents = county.app.get<ReadStore>(READ_STORE);
    let waited = 0;
    const now = performance.now.bind(performance);
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + waited);
    const behind = jest.spyOn(documents, 'activate').mockImplementation(() => {
      waited += 61_000;
      return Promise.reject(new NotThereYet(2 as Position, 1 as Position));
    });
    try {
      problemIn(await ask(), 409, 'NotCaughtUp');
    } finally {
      behind.mockRestore();
      clock.mockRestore();
    }
  }

  it('goes back to what people saw before, and forwards again, until that is finished', async () => {
    const rebuild = await operator
      .post('/api/v1/operations/rebuild', { expect: { journey: 'added' }, rate: 1_000_000 })
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => done(null, text));
      });
    const { generation, kept } = lines(rebuild.body as string).at(-1) as Record<string, string>;
    const before = (await adviser.get('/api/v1/schools')).body as unknown;
    await notWithinAMinute(() => operator.post('/api/v1/operations/undo', {}));
    const back = await operator.post('/api/v1/operations/undo', {});
    expect(back.body).toEqual({ generation: kept, kept: generation });
    expect((await adviser.get('/api/v1/schools')).body).toEqual(before);
    const forwards = await operator.post('/api/v1/operations/undo', {});
    expect(forwards.body).toEqual({ generation, kept });
    const finished = await operator.post('/api/v1/operations/finish', {});
    expect(finished.body).toEqual({ dropped: [kept] });
    problemIn(await operator.post('/api/v1/operations/undo', {}), 409, 'NothingToUndo');
    problemIn(
      await operator.post('/api/v1/operations/rebuild', { resume: true }),
      409,
      'NothingToResume',
    );
    expect((await adviser.get('/api/v1/schools')).body).toEqual(before);
  });

  it.each([
    [{ expect: 'some' }, '/expect'],
    [{ expect: { rumours: 'any' } }, '/expect'],
    [{ rate: 0 }, '/rate'],
    [{ resume: 'yes' }, '/resume'],
    [{ dryRun: 1 }, '/dryRun'],
    [{ haste: true }, '/haste'],
  ])('rebuilds nothing that is asked for as %j', async (wishes, pointer) => {
    const { errors } = problemIn(
      await operator.post('/api/v1/operations/rebuild', wishes),
      400,
      'Malformed',
    );
    expect(errors).toMatchObject([{ pointer }]);
  });

  it('copies the log to a file that opens and holds all of it, or says whose work that is', async () => {
    mkdirSync(county.file('copy'));
    const file = county.file('copy/events.db');
    problemIn(
      await operator.post('/api/v1/operations/backup', { file: 'copy.db' }),
      400,
      'Malformed',
    );
    problemIn(await operator.post('/api/v1/operations/backup', {}), 400, 'Malformed');
    const answer = await operator.post('/api/v1/operations/backup', { file });
    if (!county.copiesItsLog) {
      const { detail } = problemIn(answer, 501, 'NotOnThisStore');
      expect(detail).toContain('the tools it comes with');
      return;
    }
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    expect(existsSync(file)).toBe(true);
    const copy = openEmbeddedEventStore({ folder: county.file('copy'), readOnly: true });
    try {
      expect((await copy.readLog(START, { limit: 10_000 })).events).toEqual(
        await county.recorded(),
      );
    } finally {
      await copy.close();
    }
    // What is there is not written over.
    problemIn(await operator.post('/api/v1/operations/backup', { file }), 409, 'BackupRefused');
  });

  it('says how far each follower of the log has come', async () => {
    const position = await county.given(['team-leader', 'schools/register-school', newSchool(91)]);
    await adviser.get(`/api/v1/schools/${newSchool(91).urn}?atLeast=${position}`);
    const answer = await county.nobody().get('/health/ready');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      status: 'ready',
      followers: [
        { name: 'projector', position: Number(position), behindEvents: 0, behindSeconds: 0 },
        { name: 'reactor' },
      ],
    });
  });
});
