import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { START } from '#kernel';
import { readModels } from '#read-models';
import { newSchool } from './county';

/*
 * How a process ends, as the system ends it: by signals, while it is at work. The built program, on a data folder of its
 * own; dist/ has to be of these sources, as `npm test` makes sure.
 */
const MAIN = join(__dirname, '../../dist/apps/standalone/main.js');
/** What a process gives itself, in ms, and what a busy machine may take on top. */
const BOUND = 10_000;
const SLACK = 5_000;

jest.setTimeout(60_000);

class Service {
  private readonly said: string[] = [];
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {
    process.stderr!.setEncoding('utf8').on('data', (text: string) => this.said.push(text));
  }

  static async on(folder: string): Promise<Service> {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, DATA_DIR: folder, PORT: '0', SEED: 'none', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(child.stderr, 'data');
    const { url, token } = JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')) as {
      url: string;
      token: string;
    };
    return new Service(child, url, token);
  }

  give(n: number): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify(newSchool(n));
    return fetch(`${this.url}/api/v1/schools/register-school`, { method: 'POST', headers, body });
  }

  /** An upload that has begun, and never goes on. */
  async unfinished(): Promise<void> {
    const upload = request(`${this.url}/api/v1/imports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'multipart/form-data; boundary=x',
      },
    });
    upload.on('error', () => undefined);
    upload.setHeader('expect', '100-continue');
    upload.flushHeaders();
    // The service has read the head of it, and asks for the rest.
    await once(upload, 'continue');
    upload.write('--x\r\n');
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  async ended(): Promise<{ code: number | null; said: string }> {
    const [code] = (await once(this.process, 'close')) as [number | null];
    return { code, said: this.said.join('') };
  }
}

describe('a process that is told to end', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'side-by-side-stopping-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s while commands pour in answers what it took, loses nothing, and ends with 0',
    async (signal) => {
      const service = await Service.on(folder);
      const acknowledged = new Set<number>();
      const torn: unknown[] = [];
      let refused = 0;
      const begun = Promise.withResolvers<undefined>();
      let next = 1;
      const sender = async (): Promise<void> => {
        for (;;) {
          try {
            const answer = await service.give(next++);
            if (!answer.ok) throw new Error(`Answered ${answer.status}: ${await answer.text()}`);
            acknowledged.add(((await answer.json()) as { position: number }).position);
            if (acknowledged.size === 200) begun.resolve(undefined);
          } catch (error) {
            const { cause } = error as { cause?: { code?: string } };
            // Nobody takes requests any more; or the connection was closed before this one was sent on it.
            if (['ECONNREFUSED', 'UND_ERR_SOCKET', 'ECONNRESET'].includes(cause?.code ?? ''))
              refused++;
            else torn.push(error);
            return;
          }
        }
      };
      const sending = Promise.all(Array.from({ length: 16 }, sender));
      await begun.promise;
      const at = performance.now();
      service.signal(signal);
      const { code, said } = await service.ended();
      const took = performance.now() - at;
      await sending;
      expect({ code, said: said.replace(/^Side by Side is at .*\n/, '') }).toEqual({
        code: 0,
        said: '',
      });
      expect(took).toBeLessThan(BOUND);
      expect(torn).toEqual([]);
      expect(refused).toBe(16);
      expect(existsSync(join(folder, 'service.json'))).toBe(false);

      const events = openEmbeddedEventStore({ folder, readOnly: true });
      const documents = openEmbeddedReadStore({ folder, collections: readModels, readOnly: true });
      try {
        // That the day came is on record as well, of the service itself.
        const filter = { streamPrefixes: ['school-'] };
        const { events: log } = await events.readLog(START, { limit: 100_000, filter });
        const positions = new Set<number>(log.map(({ position }) => position));
        expect([...acknowledged].filter((position) => !positions.has(position))).toEqual([]);
        // Each command was answered or was never taken: none was done behind the back of its sender.
        expect(positions.size).toBe(acknowledged.size);
        // What the checkpoint claims is there: as many schools as were registered up to it.
        const snapshot = await documents.snapshot();
        const upTo = log.filter(({ position }) => position <= snapshot.position).length;
        const schools = readModels.find(({ name }) => name === 'schools')!;
        expect(await snapshot.count(schools)).toBe(upTo);
      } finally {
        await documents.close();
        await events.close();
      }
    },
  );

  it('sends live listeners away at once', async () => {
    const service = await Service.on(folder);
    const live = await fetch(`${service.url}/api/v1/live?after=0`, {
      headers: { authorization: `Bearer ${(await signedIn(service)).token}` },
    });
    const told = live.text();
    const at = performance.now();
    service.signal('SIGTERM');
    // Ended in order, not torn: the text has an end.
    expect(await told).toContain('retry: ');
    expect((await service.ended()).code).toBe(0);
    expect(performance.now() - at).toBeLessThan(SLACK);
  });

  it('says what it cut off when the bound is over', async () => {
    const service = await Service.on(folder);
    await service.unfinished();
    const at = performance.now();
    service.signal('SIGTERM');
    const { code, said } = await service.ended();
    expect(code).toBe(1);
    expect(said).toMatch(
      /Ended 10 s after SIGTERM.* cut off while answering POST \/api\/v1\/imports/,
    );
    const took = performance.now() - at;
    expect(took).toBeGreaterThan(BOUND - 100);
    expect(took).toBeLessThan(BOUND + SLACK);
  });

  it('ends on the spot when it is told twice', async () => {
    const service = await Service.on(folder);
    await service.unfinished();
    const at = performance.now();
    service.signal('SIGTERM');
    // Closed to newcomers: the first signal has been taken.
    while (await answers(service.url));
    service.signal('SIGINT');
    const { code, said } = await service.ended();
    expect(code).toBe(1);
    expect(said).toMatch(/second signal, SIGINT; cut off while answering POST/);
    expect(performance.now() - at).toBeLessThan(SLACK);
  });
});

async function signedIn({ url }: Service): Promise<{ token: string }> {
  const response = await fetch(`${url}/api/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"adviser"}',
  });
  return (await response.json()) as { token: string };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then(
    ({ ok }) => ok,
    () => false,
  );
