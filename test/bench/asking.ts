import type { EmbeddedEventStore } from '#adapters';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import type { Position, ReadStore, Snapshot } from '#kernel';
import { journeyOf, listSchools, readModels, registerPage, schoolOf } from '#read-models';
import { foldSchool } from './folding';
import { schoolId, urn } from './history';
import type { Figure } from './measuring';
import { inMs, timed, turnAbout } from './measuring';

/** A folder with a log and its read models, and what is in it. */
export interface County {
  readonly folder: string;
  readonly schools: number;
  readonly events: number;
}

/** How often each question is asked before the turn passes to the other county. */
const IN_A_ROW = 40;
const ROUNDS = 15;

class Opened {
  private readonly events: EmbeddedEventStore;
  private readonly documents: ReadStore;
  private asked = 0;
  private end = 0;
  private lastDay = '';

  constructor(readonly county: County) {
    this.events = openEmbeddedEventStore({ folder: county.folder, readOnly: true });
    this.documents = openEmbeddedReadStore({
      folder: county.folder,
      collections: readModels,
      readOnly: true,
    });
  }

  async open(): Promise<this> {
    this.end = await this.events.end();
    const [last] = (await this.events.readLog((this.end - 1) as Position)).events;
    this.lastDay = last?.recordedAt.slice(0, 10) ?? '';
    return this;
  }

  async close(): Promise<void> {
    await this.documents.close();
    await this.events.close();
  }

  /** Asks a question of one school after another, `IN_A_ROW` times. */
  repeat = (question: (of: Opened, school: number) => Promise<unknown>) => () =>
    timed(IN_A_ROW, async () => {
      for (let i = 0; i < IN_A_ROW; i++)
        await question(this, (this.asked += 7) % this.county.schools);
    });

  async everySchool(question: (of: Opened, school: number) => Promise<unknown>): Promise<void> {
    for (let school = 0; school < this.county.schools; school++) await question(this, school);
  }

  now = (): Promise<Snapshot> => this.documents.snapshot();
  /** As of the middle of the log. */
  halfWay = (): Promise<Snapshot> =>
    this.documents.snapshot({ at: Math.floor(this.end / 2) as Position });

  fold = (school: number): Promise<unknown> => foldSchool(this.events, school);
  card = async (school: number): Promise<unknown> =>
    schoolOf(await this.now(), { school: urn(school) });
  journey = async (school: number): Promise<unknown> =>
    journeyOf(await this.now(), { schoolId: schoolId(school) });
  list = async (at: Promise<Snapshot>): Promise<unknown> => listSchools(await at, {});
  register = async (at: Promise<Snapshot>): Promise<unknown> =>
    registerPage(await at, { effectiveAt: this.lastDay });
}

type Question = readonly [
  what: string,
  ask: (of: Opened, school: number) => Promise<unknown>,
  atMost?: number,
];

const ofLists: readonly Question[] = [
  ['List of schools, now', (of) => of.list(of.now()), 2],
  ['Category register, now', (of) => of.register(of.now()), 2],
  ['List of schools as of half-way', (of) => of.list(of.halfWay())],
  ['Category register as of half-way', (of) => of.register(of.halfWay())],
  ['Card of a school', (of, school) => of.card(school), 2],
  ['Newest page of a journey', (of, school) => of.journey(school)],
];

const ofOneSchool: readonly Question[] = [
  ['Loading and folding a school', (of, school) => of.fold(school), 1.5],
  ['Card of a school', (of, school) => of.card(school), 1.5],
  ['Newest page of a journey', (of, school) => of.journey(school), 1.5],
];

/** What a question costs with a long history behind it, in proportion to a short one, in the same county. */
export async function askingOverHistory(about: {
  readonly short: County;
  readonly long: County;
}): Promise<readonly Figure[]> {
  const note = (what: string): string =>
    `${what}: ${about.long.events} events against ${about.short.events}`;
  return proportions(about.long, about.short, ofLists, note);
}

/** What one school costs in a county ten times the size, in proportion, with as many events a school. */
export async function askingInCounties(about: {
  readonly small: County;
  readonly large: County;
}): Promise<readonly Figure[]> {
  const note = (what: string): string =>
    `${what}: among ${about.large.schools} schools against ${about.small.schools}`;
  return proportions(about.large, about.small, ofOneSchool, note);
}

async function proportions(
  more: County,
  less: County,
  questions: readonly Question[],
  note: (what: string) => string,
): Promise<readonly Figure[]> {
  const [large, small] = [await new Opened(more).open(), await new Opened(less).open()];
  const figures: Figure[] = [];
  for (const [what, ask, atMost] of questions) {
    // Every school once, so that both answer from pages they have at hand.
    for (const county of [large, small]) await county.everySchool(ask);
    const { ours, bare, ratio } = await turnAbout(ROUNDS, large.repeat(ask), small.repeat(ask));
    figures.push({
      what: note(what),
      ours: inMs(1 / ours),
      beside: inMs(1 / bare),
      value: 1 / ratio,
      unit: 'times',
      ...(atMost === undefined ? {} : { limit: { atMost } }),
      events: more.events,
    });
  }
  await Promise.all([large.close(), small.close()]);
  return figures;
}
