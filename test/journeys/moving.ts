import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import type { Test } from 'supertest';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { listening, Reactor } from '#application';
import type { EventStore, Position, ReadStore } from '#kernel';
import { LAST_VOLUME, positionIn, START, volumeOf } from '#kernel';
import { configFrom, logTo, systemClock, tokensIn } from '#platform';
import { readModels } from '#read-models';
import { countyApp } from '../../apps/standalone/county-app';
import { compiled } from '../drills/compiled';
import { canonicalWithOrdinals, ordinalsOf } from '../support/ordinals';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import { County, newSchool, problemIn } from './county';

/** Where a history can go to: what `ops copy` calls the place, and how a process opens it. */
export interface NewPlace {
  readonly place: string;
  open(): Promise<EventStore>;
  dispose(): Promise<void>;
}

/** The command line, compiled for the tests: no build before is needed. */
export class CommandLine {
  private readonly program = mkdtempSync(join(tmpdir(), 'moving-ops-'));

  constructor() {
    compiled(this.program, ['libs', 'apps/ops']);
  }

  start(...args: readonly string[]) {
    return spawn(process.execPath, [join(this.program, 'apps/ops/main.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...args: readonly string[]): Promise<{ code: number | null; report: CopyReport }> {
    const child = this.start(...args, '--json');
    const [out, err] = [text(child.stdout), text(child.stderr)];
    const [code] = (await once(child, 'close')) as [number | null];
    const said = await out;
    if (said === '') throw new Error(`ops said nothing: ${await err}`);
    const { report, problem } = JSON.parse(said) as { report?: CopyReport; problem?: Problem };
    return { code, report: report ?? { problem } };
  }

  remove(): void {
    rmSync(this.program, { recursive: true, force: true });
  }
}

interface Problem {
  readonly title: string;
  readonly detail: string;
}
export interface CopyReport {
  readonly copied?: number;
  readonly events?: number;
  readonly since?: number;
  readonly digest?: string;
  readonly difference?: string;
  readonly stillWritten?: boolean;
  readonly problem?: Problem | undefined;
}

/** The app over the log of the new place, with read models of its own. */
export class Served {
  private constructor(
    readonly events: EventStore,
    readonly documents: ReadStore,
    readonly app: NestExpressApplication,
    private readonly url: string,
    private readonly token: string,
    private readonly folder: string,
  ) {}

  static async over(events: EventStore): Promise<Served> {
    const folder = mkdtempSync(join(tmpdir(), 'moved-'));
    const documents = openEmbeddedReadStore({ folder, collections: readModels });
    const tokens = tokensIn(folder);
    const end = await events.end();
    const app = await countyApp({
      eventStore: events,
      readStore: documents,
      clock: systemClock,
      log: logTo('silent'),
      config: configFrom({ DATA_DIR: folder, SEED: 'none', LOG_LEVEL: 'silent' }),
      tokens,
    });
    const url = await listening(app, { PORT: 0, HOST: '127.0.0.1' });
    expect(await documents.waitFor(end, 30_000)).toBe(true);
    await app.get(Reactor).caughtUp(end);
    const token = await tokens.issue({ id: 'person-auditor', role: 'auditor' }, 3600);
    return new Served(events, documents, app, url, token, folder);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Test {
    return request(this.url).get(path).set('Authorization', `Bearer ${this.token}`).set(headers);
  }

  /** What a listener who comes back hears first. */
  async heardAfter(lastEventId: string): Promise<number> {
    const gone = new AbortController();
    const response = await fetch(`${this.url}/api/v1/live`, {
      headers: { authorization: `Bearer ${this.token}`, 'last-event-id': lastEventId },
      signal: gone.signal,
    });
    let heard = '';
    let id: string | undefined;
    for await (const bytes of response.body!) {
      heard += new TextDecoder().decode(bytes as Uint8Array);
      id = /^id: (\d+)$/m.exec(heard)?.[1];
      if (id !== undefined) break;
    }
    gone.abort();
    if (id === undefined) throw new Error(`Nothing was heard: ${heard}`);
    return Number(id);
  }

  async stop(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const SCHOOLS = 12;
const idsOf = async (answer: Test): Promise<readonly string[]> =>
  ((await answer).body as { events: { id: string }[] }).events.map(({ id }) => id);

/** A county that was served from a data folder, and is served from another place afterwards. */
export function movingJourney(name: string, makePlace: () => Promise<NewPlace>): void {
  describe(`a history that moves to ${name}`, () => {
    let ops: CommandLine;
    let old: County;
    let place: NewPlace;
    let served: Served;
    /** Positions as the old service gave them out, each with the answer it gave at it. */
    const tokens: {
      readonly position: string;
      readonly schools: unknown;
      next: readonly string[];
    }[] = [];
    let link: string;
    let linked: unknown;
    let digest: string;
    let source: EventStore;

    beforeAll(async () => {
      ops = new CommandLine();
      place = await makePlace();
      old = await County.start();
      const auditor = await old.as('auditor');
      for (let n = 1; n <= SCHOOLS; n++) {
        const position = await old.given(['team-leader', 'schools/register-school', newSchool(n)]);
        const answer = await auditor.get(`/api/v1/schools?asOf=${position}&atLeast=${position}`);
        tokens.push({ position, schools: answer.body as unknown, next: [] });
      }
      for (const token of tokens) {
        token.next = await idsOf(auditor.get(`/api/v1/events?after=${token.position}&limit=3`));
      }
      const page = await auditor.get('/api/v1/schools?limit=5');
      link = /<([^>]+)>; rel="next"/.exec(page.get('Link') ?? '')?.[1] ?? '';
      linked = (await auditor.get(link)).body as unknown;

      // Still being written to: what is copied is its present end, and that is said.
      const first = await ops.run('copy', '--from', old.file('.'), '--to', place.place);
      expect(first).toMatchObject({
        code: 0,
        report: { copied: SCHOOLS, events: SCHOOLS, stillWritten: true },
      });
      await old.given(['team-leader', 'schools/register-school', newSchool(SCHOOLS + 1)]);
      const folder = old.file('.');
      await old.app.close();
      const second = await ops.run('copy', '--from', folder, '--to', place.place);
      expect(second).toMatchObject({
        code: 0,
        report: { copied: 1, events: SCHOOLS + 1, stillWritten: false, since: 0 },
      });
      digest = second.report.digest ?? '';
      source = openEmbeddedEventStore({ folder, readOnly: true });
      served = await Served.over(await place.open());
    }, 120_000);

    afterAll(async () => {
      await served.stop();
      await source.close();
      rmSync(old.file('.'), { recursive: true, force: true });
      await place.dispose();
      ops.remove();
    });

    it('is the same log in its next volume', async () => {
      const before = await source.identity();
      expect(await served.events.identity()).toEqual({ ...before, volume: before.volume + 1 });
    });

    it('answers at every position of before as the old place answered at it', async () => {
      expect(tokens).toHaveLength(SCHOOLS);
      for (const { position, schools } of tokens) {
        for (const query of [`asOf=${position}`, `asOf=${position}&atLeast=${position}`]) {
          const answer = await served.get(`/api/v1/schools?${query}`);
          expect([position, answer.status, answer.body]).toEqual([position, 200, schools]);
          // What it hands out is of its own volume.
          expect(volumeOf(Number(answer.get('Position')) as Position)).toBe(1);
        }
      }
    });

    it('goes on behind every position of before with the event that came next', async () => {
      expect(tokens[0]?.next).toHaveLength(3);
      for (const { position, next } of tokens) {
        const here = await idsOf(served.get(`/api/v1/events?after=${position}&limit=3`));
        expect(here.slice(0, next.length)).toEqual(next);
      }
      const [, token] = tokens;
      const [, , third] = (await served.events.readLog(START, { limit: 3 })).events;
      expect(await served.heardAfter(token?.position ?? '')).toBe(third?.position);
    });

    it('follows a link of a page that was read before', async () => {
      const answer = await served.get(link);
      expect([answer.status, answer.body]).toEqual([200, linked]);
    });

    it('refuses in words a position it cannot know, and never takes it for another', async () => {
      for (const position of [positionIn(2, 3), positionIn(LAST_VOLUME, 1)]) {
        for (const path of ['schools?asOf=', 'schools?atLeast=', 'events?after=', 'live?after=']) {
          const answer = await served.get(`/api/v1/${path}${position}`);
          const { detail } = problemIn(answer, 400, 'NotAMoment');
          expect(detail).toContain('volume');
        }
      }
      problemIn(
        await served.get(`/api/v1/schools?asOf=${positionIn(1, 2 ** 43)}`),
        400,
        'NotComeYet',
      );
    });

    it('has read models that are the pure fold of the new log, and equal to the old ones but for positions', async () => {
      const now = await documentsIn(await served.documents.snapshot(), readModels);
      const end = await served.events.end();
      expect(digestOf(now)).toBe(digestOf(await pureFold(served.events, readModels, end)));
      const before = await pureFold(source, readModels, await source.end());
      expect(before.size).toBeGreaterThan(SCHOOLS);
      expect(digestOf(before)).not.toBe(digestOf(now));
      expect(digestOf(canonicalWithOrdinals(now, await ordinalsOf(served.events)))).toBe(
        digestOf(canonicalWithOrdinals(before, await ordinalsOf(source))),
      );
    });

    it('answers no policy a second time, and has nothing but what was moved', async () => {
      expect((await served.events.readLog(START, { limit: 1000 })).events).toHaveLength(
        SCHOOLS + 1,
      );
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    });
  });
}
