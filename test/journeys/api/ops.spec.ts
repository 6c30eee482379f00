import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * The command line as people run it: the built program, in processes of its own, on a data folder of its own. Needs
 * dist/ to be of these sources, as `npm test` makes sure.
 */
const DIST = join(__dirname, '../../../dist/apps');
const scratch = mkdtempSync(join(tmpdir(), 'side-by-side-ops-'));
const folder = join(scratch, 'data');
const county = join(scratch, 'county');

// Most of these start a service and stop it again.
jest.setTimeout(120_000);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const start = (program: string, args: readonly string[], data = folder) =>
  spawn(process.execPath, [join(DIST, program), ...args], {
    env: { ...process.env, DATA_DIR: data, PORT: '0', SEED: 'none', LOG_LEVEL: 'warn' },
  });

async function ops(...args: readonly (string | { data: string })[]): Promise<Ended> {
  const data = args.find((arg) => typeof arg !== 'string')?.data;
  const child = start(
    'ops/main.js',
    args.filter((arg) => typeof arg === 'string'),
    data,
  );
  const [out, err]: string[][] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out!.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err!.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: out!.join(''), err: err!.join('') };
}

interface Told {
  readonly ok: boolean;
  readonly verb: string;
  readonly report: Readonly<Record<string, unknown>> & { readonly faults: readonly unknown[] };
  readonly problem: { readonly title: string; readonly detail: string };
}

/** Runs a verb with --json; stdout must be one line of JSON, whatever came of it. */
async function told(
  ...args: readonly string[]
): Promise<Told & { code: number | null; err: string }> {
  const { code, out, err } = await ops(...args, '--json');
  expect(out.trim().split('\n')).toHaveLength(1);
  return { ...(JSON.parse(out) as Told), code, err };
}

const countyFile = (begins: string): string =>
  join(
    county,
    readdirSync(county).find((name) => name.startsWith(begins))!,
  );

describe('the command line', () => {
  let service: ReturnType<typeof start>;
  beforeAll(async () => {
    expect(await told('county', '--out', county, '--seed', '11')).toMatchObject({
      ok: true,
      code: 0,
    });
    // On a folder nobody serves: it starts a service, and takes it away again.
    const register = await told('import', 'register', countyFile('edubasealldata'));
    expect(register).toMatchObject({
      ok: true,
      code: 0,
      report: { dryRun: false, schoolsChanged: 236, faults: [] },
    });
    expect(register.err).toContain('starting one for this');
    // Not led astray by what one that was killed left behind. No pid is above 2^22 on Linux.
    writeFileSync(
      join(folder, 'service.json'),
      '{"pid": 4194305, "url": "http://127.0.0.1:9", "token": "x"}',
    );
    const after = await told('status');
    expect(after).toMatchObject({ ok: true, code: 0, report: { status: 'ready' } });
    expect(after.err).toContain('starting one for this');
    rmSync(join(folder, 'service.json'), { force: true });
    service = start('standalone/main.js', []);
    await once(service.stderr, 'data');
  });
  afterAll(async () => {
    const gone = once(service, 'exit');
    service.kill('SIGTERM');
    await gone;
    rmSync(scratch, { recursive: true, force: true });
  });

  it('works through the service that runs, and stops nothing', async () => {
    const links = await told('import', 'links', countyFile('links_'));
    expect(links).toMatchObject({ ok: true, code: 0 });
    expect(links.err).not.toContain('starting one');
    expect(await told('rebuild')).toMatchObject({ ok: true, code: 0, report: { done: true } });
    expect(await told('check')).toMatchObject({
      ok: true,
      code: 0,
      report: [{ ok: true }, { ok: true }, { ok: true }],
    });
    expect(service.exitCode).toBeNull();
  });

  it('says what is wrong and what to do, without a stack, where there is no data folder', async () => {
    const { code, out, err } = await ops('status', { data: join(scratch, 'nowhere') });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/There is no folder .*nowhere.*npm start or an import/);
    expect(err).not.toMatch(/^\s+at /m);
    expect(existsSync(join(scratch, 'nowhere'))).toBe(false);
  });

  it.each([
    ['no such verb', ['abolish']],
    ['an argument missing', ['why']],
    ['an unknown option', ['status', '--loud']],
  ])('refuses %s as usage, in JSON where that is asked for', async (_, args) => {
    expect((await ops(...args)).code).toBe(2);
    expect(await told(...args)).toMatchObject({
      ok: false,
      code: 2,
      problem: { title: 'Not understood' },
    });
  });

  it('imports the same file a second time without a trace', async () => {
    const again = await told('import', 'register', countyFile('edubasealldata'));
    expect(again).toMatchObject({
      ok: true,
      code: 0,
      report: { schoolsChanged: 0, eventsAppended: 0 },
    });
  });

  it('names the line and the column of what could not be used, and ends with 1', async () => {
    const lines = readFileSync(countyFile('edubasealldata'), 'latin1').split('\r\n');
    const opened = lines[0]!
      .split(',')
      .findIndex((name) => name.replaceAll('"', '') === 'OpenDate');
    const broken = lines[1]!.split(',').map((cell, i) => (i === opened ? '"31-02-2001"' : cell));
    const file = join(scratch, 'edubasealldata20261102.csv');
    writeFileSync(file, [lines[0], broken.join(','), ...lines.slice(2)].join('\r\n'), 'latin1');

    const { code, ok, report } = await told('import', 'register', file, '--dry-run');
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(report.faults).toEqual([
      expect.objectContaining({ line: 2, column: 'OpenDate', value: '31-02-2001' }) as unknown,
    ]);
    expect((await ops('import', 'register', file, '--dry-run')).out).toMatch(
      /line 2, OpenDate, "31-02-2001": /,
    );
  });

  it('takes no file older than the last unless asked to', async () => {
    const file = join(scratch, 'edubasealldata20250101.csv');
    writeFileSync(file, readFileSync(countyFile('edubasealldata')));
    expect(await told('import', 'register', file)).toMatchObject({
      ok: false,
      code: 1,
      problem: { title: 'Older than last' },
    });
    expect(await told('import', 'register', file, '--even-if-older', '--dry-run')).toMatchObject({
      ok: true,
      code: 0,
    });
  });

  it('gives a command, and reads it back in the journey of the school', async () => {
    const { report } = await told('schools', '--q', '900001');
    const { schoolId } = (report['schools'] as { schoolId: string }[])[0]!;
    const data = JSON.stringify({ schoolId, kind: 'vacant', from: '2026-11-20' });
    const give = [
      'give',
      'schools/record-head-change',
      '--as',
      'adviser',
      '--key',
      'k1',
      '--data',
      data,
    ];
    expect(await told(...give)).toMatchObject({ ok: true, code: 0, report: { repeated: false } });
    expect(await told(...give)).toMatchObject({ ok: true, code: 0, report: { repeated: true } });
    const { out } = await ops('journey', '900001');
    expect(out).toContain('HeadteacherChangeRecorded');
    expect(out).toContain('adviser; true from 2026-11-20');
  });

  it('prints a refusal as a sentence with each field it is about', async () => {
    const { code, err } = await ops(
      'give',
      'schools/register-school',
      '--data',
      '{"urn": "1", "colour": "red"}',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/^ {2}\/urn: /m);
    expect(err).toMatch(/^ {2}\/colour: /m);
    const torn = await told('give', 'schools/register-school', '--data', '{"urn":');
    expect(torn).toMatchObject({ code: 1, problem: { title: 'Not JSON' } });
    expect(await told('why', '900002')).toMatchObject({
      code: 1,
      problem: { title: 'No such change' },
    });
  });

  it('issues a token that the service takes, for a role and a reference, and not for anything else', async () => {
    const issued = await told('token', '--role', 'adviser', '--id', 'adviser-7', '--days', '2');
    expect(issued).toMatchObject({
      ok: true,
      code: 0,
      report: { id: 'adviser-7', role: 'adviser' },
    });
    const { url } = JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')) as {
      url: string;
    };
    const headers = { authorization: `Bearer ${issued.report['token'] as string}` };
    expect((await fetch(`${url}/api/v1/schools`, { headers })).status).toBe(200);
    for (const wrong of [
      ['--role', 'king', '--id', 'x', '--days', '1'],
      ['--role', 'headteacher', '--id', 'x', '--days', '1'],
      ['--role', 'adviser', '--id', 'x', '--days', '1', '--school', 'y'],
      ['--role', 'adviser', '--id', 'A Person', '--days', '1'],
      ['--role', 'adviser', '--id', 'x', '--days', '0'],
      ['--role', 'adviser', '--id', 'x', '--days', '401'],
    ]) {
      expect(await told('token', ...wrong)).toMatchObject({
        ok: false,
        code: 1,
        problem: { title: 'Not issued', detail: expect.stringMatching(/--\w+/) as unknown },
      });
    }
  });

  it('plays no county into a log that holds something else, nor beside a service', async () => {
    expect(await told('seed')).toMatchObject({
      ok: false,
      code: 1,
      problem: { detail: expect.stringMatching(/service|another process/i) as unknown },
    });
    const { out, code } = await ops('doctor');
    expect({ out, code }).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^in order {2}settings: .*DATA_DIR=.*\nin order {2}data folder: /,
      ) as unknown,
    });
  });

  it('copies the log, and never over what is there', async () => {
    const file = join(scratch, 'copy.db');
    expect(await told('backup', file)).toMatchObject({ ok: true, code: 0 });
    expect(existsSync(file)).toBe(true);
    expect(await told('backup', file)).toMatchObject({
      ok: false,
      code: 1,
      problem: { title: 'Backup refused' },
    });
  });
});
