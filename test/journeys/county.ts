import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import type { Response, Test } from 'supertest';
import { EventCodec, listening, Reactor } from '#application';
import type { JsonObject, Position, RecordedEvent } from '#kernel';
import { START } from '#kernel';
import type { Config, Tokens } from '#platform';
import { configFrom, logTo, tokensFor } from '#platform';
import { countyApp } from '../../apps/standalone/county-app';
import type { Ground } from './ground';
import { terrain } from './ground';

/*
 * The app people run, over stores of its own (embedded ones, or where the test file stands), listening on a free port.
 * Journeys are told as
 *   given what happened (commands, by those who may give them), when somebody asks or commands, then the answer and what
 *   the log holds now.
 */

type Fields = Readonly<Record<string, unknown>>;

/** Somebody signed in, or nobody. */
export interface Person {
  get(path: string): Test;
  post(path: string, body?: Fields, headers?: Readonly<Record<string, string>>): Test;
  readonly token: string | undefined;
}

export class County {
  private now = Date.parse('2026-11-23T09:00:00.000Z');
  private readonly folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  private readonly clock = { now: () => this.now };
  private readonly tokens: Tokens;
  private readonly config: Config;
  private ground: Ground;
  /** Where its log ended before it began: START, unless others have written to it. */
  private begins: Position;
  app: NestExpressApplication;
  url: string;

  private constructor(settings: Readonly<Record<string, string>>) {
    const own = { DATA_DIR: this.folder, SEED: 'none', LOG_LEVEL: 'silent' };
    this.config = configFrom({ ...own, ...settings });
    this.tokens = tokensFor(this.config);
  }

  /** With settings of its own, where a journey is about one. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<County> {
    const county = new County(settings);
    const { folder, clock, config, tokens } = county;
    const ground = await terrain().ground({ folder, clock: clock.now });
    county.ground = ground;
    county.begins = await ground.events.end();
    firstSchool = terrain().shared ? randomInt(1, 800) * 1000 - 800_000 : 0;
    county.app = await countyApp({
      eventStore: ground.events,
      readStore: ground.documents,
      ...(ground.backup === undefined ? {} : { backup: ground.backup }),
      ...{ clock, config, tokens, log: logTo('silent') },
    });
    county.url = await listening(county.app, { PORT: 0, HOST: '127.0.0.1' });
    return county;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.ground.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The moment it is from now on; time stands still in between. */
  at(moment: string): void {
    this.now = Date.parse(moment);
  }

  /** Whether its log can be copied to a file. */
  get copiesItsLog(): boolean {
    return this.ground.backup !== undefined;
  }

  /** A path in the county's own folder. */
  file(name: string): string {
    return join(this.folder, name);
  }

  nobody(): Person {
    return this.person(undefined);
  }

  /** Whoever has the token. */
  person(token: string | undefined): Person {
    const signed = (test: Test): Test =>
      token === undefined ? test : test.set('Authorization', `Bearer ${token}`);
    return {
      token,
      get: (path) => signed(request(this.url).get(path)),
      post: (path, body, headers = {}) =>
        signed(request(this.url).post(path)).set(headers).send(body),
    };
  }

  /** The invented person of a role, or another of that role; those who speak for a school need its id. */
  async as(role: string, schoolId?: string, id = `person-${role}`): Promise<Person> {
    const who = { id, role, ...(schoolId === undefined ? {} : { schoolId }) };
    return this.person(await this.tokens.issue(who, 3600));
  }

  /** What the log holds behind a position, as stored; by default all since the journey began. */
  async recorded(after: number = this.begins): Promise<readonly RecordedEvent[]> {
    const page = await this.ground.events.readLog(after as Position, { limit: 10_000 });
    return page.events;
  }

  /** Resolves when the policies have answered all there is, and what they asked for has been answered too. */
  async answered(): Promise<void> {
    for (let end = START; end < (await this.ground.events.end());) {
      end = await this.ground.events.end();
      await this.app.get(Reactor).caughtUp(end);
    }
  }

  /** Facts that are on record before the journey begins, without the commands that led to them. */
  async happened(
    stream: string,
    facts: readonly { readonly type: string; readonly data: JsonObject }[],
  ): Promise<void> {
    const codec = this.app.get(EventCodec);
    const commandId = randomUUID();
    const actor = { id: 'person-adviser', role: 'adviser' };
    const events = facts.map((fact) =>
      codec.toStore(stream, fact, randomUUID(), { actor, commandId, correlationId: commandId }),
    );
    // Not more at once than any store takes.
    for (let at = 0; at < events.length; at += 500)
      await this.ground.events.append(stream, 'any', events.slice(at, at + 500));
  }

  /**
   * Commands that were given and accepted before the journey begins, and are in the read models: who asks without naming a
   * position is not told of a time between. Answers with the last position.
   */
  async given(
    ...commands: readonly (readonly [role: string, command: string, fields: Fields])[]
  ): Promise<string> {
    let position = '0';
    for (const [role, command, fields] of commands) {
      const answer = await (await this.as(role)).post(`/api/v1/${command}`, fields);
      if (answer.status !== 200) throw new Error(`${command} was not accepted: ${answer.text}`);
      position = answer.get('Position') ?? position;
    }
    if (!(await this.ground.documents.waitFor(Number(position) as Position, 60_000)))
      throw new Error(`The read models have not come to position ${position} within a minute.`);
    return position;
  }
}

/** Before the first of the invented schools, counted from URN 900000: others in a log that is shared have theirs. */
let firstSchool = 0;

/** A school that may be registered: the n-th of invented ones. */
export function newSchool(
  n: number,
): Fields & { readonly schoolId: string; readonly urn: string; readonly name: string } {
  const urn = String(900_000 + firstSchool + n);
  return {
    schoolId: `00000000-0000-4000-8000-${urn.padStart(12, '0')}`,
    urn,
    asAt: '2026-09-01',
    state: 'open',
    name: `Invented Oak ${String(n).padStart(3, '0')} School`,
    phase: 'primary',
    kind: 'primary',
    status: 'maintained',
    typeName: 'Community school',
  };
}

/** An RFC 9457 problem with this status and code; what it says goes on. */
export function problemIn(
  response: Response,
  status: number,
  code: string,
): { detail: string; errors: { pointer: string; detail: string }[] } {
  expect({ status: response.status, body: response.body as unknown }).toMatchObject({
    status,
    body: { status, type: `/api/problems/${code}` },
  });
  expect(response.get('Content-Type')).toMatch(/^application\/problem\+json/);
  const { detail, errors = [] } = response.body as {
    detail: string;
    errors?: { pointer: string; detail: string }[];
  };
  expect(detail.length).toBeGreaterThan(10);
  return { detail, errors };
}
