import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import type { Position, ReadStore } from '#kernel';
import { NotThereYet, START } from '#kernel';
import type { Config } from '#platform';

/** The two places of generations that are kept up with the log; each names one by its number, 0 none. */
const PLACES = ['generation here', 'generation there'] as const;
/** The one that is being built, or was when its building broke off. */
const UNFINISHED = 'generation unfinished';
/** The highest number ever given to one: a sleeper may still write to one that was dropped long ago. */
const NUMBERED = 'generations numbered';

const FIRST = 1;
const nameOf = (number: number): string => `g${number}`;
const numberOf = (name: string): number => Number(name.slice(1)) || 0;

/** Which generations there are, and what each is for. */
export interface Stand {
  /** The one people see; undefined until something is built. */
  readonly active: string | undefined;
  /** The one kept beside it: to go back to, or about to be switched to. */
  readonly beside: string | undefined;
  readonly unfinished: string | undefined;
  readonly all: readonly string[];
}

/**
 * Which generations of read models are kept and for what, as marks in the read store say it to every process alike. Up to
 * two are kept up with the log, and either can be the active one: changing between them is one write, `activate`.
 */
export class Generations {
  constructor(private readonly documents: ReadStore) {}

  async look(): Promise<Stand> {
    const [all, unfinished, ...places] = await Promise.all([
      this.documents.generations(),
      this.documents.mark(UNFINISHED),
      ...PLACES.map((place) => this.documents.mark(place)),
    ]);
    const names = all.map(({ name }) => name);
    const active = all.find((one) => one.active)?.name;
    const there = (number: number): string | undefined =>
      names.find((name) => name === nameOf(number) && name !== active);
    return {
      active,
      beside: places.map(there).find((name) => name !== undefined),
      unfinished: there(unfinished),
      all: names,
    };
  }

  /** Makes the first one, where there is none yet. */
  async begin(): Promise<void> {
    if ((await this.look()).active !== undefined) return;
    const first = nameOf(FIRST);
    await this.documents.writePage(first, [], START);
    try {
      await this.documents.activate(first, { notBehind: true });
    } catch (error) {
      // Another process began, and has come on since.
      if (!(error instanceof NotThereYet)) throw error;
    }
  }

  /** A new one to build, under a name that none ever had. */
  async toBuild(): Promise<string> {
    const { all } = await this.look();
    const number = Math.max(await this.documents.mark(NUMBERED), ...all.map(numberOf), FIRST) + 1;
    await this.documents.setMark(NUMBERED, number as Position);
    await this.documents.setMark(UNFINISHED, number as Position);
    await this.documents.writePage(nameOf(number), [], START);
    return nameOf(number);
  }

  /** True while nobody else has begun to build another one. */
  async isToBuild(name: string): Promise<boolean> {
    return (await this.documents.mark(UNFINISHED)) === numberOf(name);
  }

  /** From here on workers keep it up with the log, beside the active one. */
  async putBeside(name: string, active: string): Promise<void> {
    const [here, there] = PLACES;
    const isHere = (await this.documents.mark(here)) === numberOf(active);
    const isThere = (await this.documents.mark(there)) === numberOf(active);
    if (!isHere && !isThere) await this.documents.setMark(here, numberOf(active) as Position);
    await this.documents.setMark(isThere ? here : there, numberOf(name) as Position);
  }

  /** It has been switched to; what was active before stands beside it. */
  async finished(): Promise<void> {
    await this.documents.setMark(UNFINISHED, START);
  }

  /** Nobody is to keep it up any more. */
  async forget(name: string): Promise<void> {
    for (const mark of [...PLACES, UNFINISHED])
      if ((await this.documents.mark(mark)) === numberOf(name))
        await this.documents.setMark(mark, START);
  }
}

/** What the lease of the one who keeps a generation up is called. */
export const projectorOf = (generation: string): string => `projector ${generation}`;

/**
 * Who holds a lease: this process and no other. An embedded log has one process at a time, so there it is the same
 * holder after a restart, who need not wait for what it held before it was killed.
 */
export const holderIn = ({ EVENTSTORE_URL }: Pick<Config, 'EVENTSTORE_URL'>): string =>
  EVENTSTORE_URL === undefined
    ? 'the only process'
    : `${hostname()} ${process.pid} ${randomUUID()}`;
