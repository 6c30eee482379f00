import { setTimeout as pause } from 'node:timers/promises';

/** A command under a key of its own: sent again under it, it is the same command. */
export interface Sent {
  readonly key: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface Acknowledged extends Sent {
  readonly position: number;
}

/** Where a command can be given. */
export interface Api {
  readonly url: string;
  readonly token: string;
}

const schoolId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const registration = (n: number): Sent => ({
  key: `register ${n}`,
  path: 'schools/register-school',
  body: {
    schoolId: schoolId(n),
    urn: String(900001 + n),
    name: `Invented School ${n}`,
    phase: 'primary',
    kind: 'primary',
    status: 'maintained',
    typeName: 'Community school',
    state: 'open',
    asAt: '2020-01-01',
  },
});

/** The n-th change of head of a county of so many schools: each a day later than the school's last, so that none is old news. */
export const headChange = (n: number, schools: number): Sent => ({
  key: `head ${n}`,
  path: 'schools/record-head-change',
  body: {
    schoolId: schoolId(n % schools),
    personRef: `person-${n}`,
    kind: n % 2 === 0 ? 'permanent' : 'interim',
    from: new Date(Date.UTC(1990, 0, 2) + Math.floor(n / schools) * 86_400_000)
      .toISOString()
      .slice(0, 10),
  },
});

/** The answer was a no that trying again will not change: the drill is wrong, or the product is. */
export class Refused extends Error {}

/** What may pass: the service is not there, not ready, or its stores are not. */
const PASSING = new Set([409, 425, 429, 500, 502, 503, 504]);

/**
 * Sends one command once; undefined when it was not answered, or with a no that may pass. A 500 counts as one that may
 * pass and is noted: a drill in which there was any fails.
 */
export async function send(
  { url, token }: Api,
  sent: Sent,
  notes: { faults: string[] } = { faults: [] },
): Promise<Acknowledged | undefined> {
  let response: Response;
  let answer: { position: number; detail?: string };
  try {
    response = await fetch(`${url}/api/v1/${sent.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': sent.key,
      },
      body: JSON.stringify(sent.body),
      signal: AbortSignal.timeout(60_000),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    return undefined;
  }
  if (response.ok) return { ...sent, position: answer.position };
  const said = `${sent.key}: ${response.status} ${answer.detail ?? ''}`;
  if (!PASSING.has(response.status)) throw new Refused(said);
  if (response.status === 500) notes.faults.push(said);
  return undefined;
}

/**
 * Commands pour in, in lanes with schools of their own: the next goes off when the last was acknowledged, through whichever API
 * process the lane picks, and one that was not acknowledged is sent again under its key until it is.
 */
export class Load {
  readonly acknowledged = new Map<string, Acknowledged>();
  readonly notes = { faults: [] as string[] };
  /** Milliseconds from sending to acknowledgement of the slowest command. */
  slowest = 0;
  #lanes: Promise<void>[] = [];
  #stopping = false;
  #refused: Error | undefined;

  constructor(
    private readonly apis: () => readonly Api[],
    private readonly random: () => number,
    /** Ten to a lane: what grows with a school's history is not to be what the drill is about. */
    private readonly lanes = 20,
    private readonly schools = 200,
    /** Milliseconds between two commands of a lane. */
    private readonly gap = 400,
  ) {}

  /** Registers the schools and opens the lanes. */
  async start(): Promise<void> {
    const lanes = Array.from({ length: this.lanes }, (_, lane) => lane);
    await Promise.all(
      lanes.map(async (lane) => {
        for (let n = lane; n < this.schools; n += this.lanes) await this.#until(registration(n));
      }),
    );
    this.#lanes = lanes.map((lane) => this.#lane(lane));
  }

  /** Resolves when every command that was sent has been acknowledged. Throws when one was refused for good. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#lanes);
    if (this.#refused !== undefined) throw this.#refused;
  }

  async #lane(lane: number): Promise<void> {
    try {
      for (let n = lane; !this.#stopping; n += this.lanes) {
        await this.#until(headChange(n, this.schools));
        await pause(this.gap * (0.5 + this.random()));
      }
    } catch (error) {
      this.#refused ??= error as Error;
      this.#stopping = true;
    }
  }

  async #until(sent: Sent): Promise<void> {
    const begun = Date.now();
    for (;;) {
      const apis = this.apis();
      const api = apis[Math.floor(this.random() * apis.length)];
      const answer = api && (await send(api, sent, this.notes));
      if (answer !== undefined) {
        this.acknowledged.set(sent.key, answer);
        this.slowest = Math.max(this.slowest, Date.now() - begun);
        return;
      }
      await pause(50 + 100 * this.random());
    }
  }
}
