import { setImmediate } from 'node:timers/promises';
import type {
  AnyReadModel,
  CollectionSpec,
  Found,
  Json,
  JsonObject,
  Position,
  Snapshot,
} from '#kernel';
import { canonical } from '#kernel';
import type { SchoolCard } from '#read-models';
import { schools } from '#read-models';
import type { CollectionDifference, Difference, DocumentChange, FieldChange } from './difference';
import type { Expectation } from './expecting';
import { isDeclared } from './expecting';

/*
 * Two generations of read models beside each other, at the same positions: what people see now and what they would see.
 * Both are read by key, a page at a time and side by side, so that neither is ever in memory as a whole.
 */

/** Documents read at a time from each side. */
const PAGE = 500;
/** Of so many documents of a collection that differ in one way it is said how; the others are counted. */
const LISTED = 8;
/** So many fields are told of one document. */
const FIELDS = 6;
/** A value is shown up to here. */
const SHOWN = 80;

/** What is to be compared. */
export interface Sides {
  readonly models: readonly AnyReadModel[];
  readonly expected: Expectation;
  /** The snapshots of what people see and of what they would see, at a position. */
  readonly at: (position: Position) => Promise<{ before: Snapshot; after: Snapshot }>;
  /** Where to compare, the last first; at the others only documents that can change are looked at. */
  readonly positions: readonly [Position, ...Position[]];
  /** Throws to break it off. */
  readonly goOn: () => void;
}

/** Compares whole generations: everything at the last position, and at earlier ones what can have been otherwise. */
export async function compared(sides: Sides): Promise<Difference> {
  const [position, ...earlier] = sides.positions;
  const noted = new Noted(sides);
  for (const at of [position, ...earlier]) {
    const { before, after } = await sides.at(at);
    for (const model of sides.models) {
      // A row that is written once is the same at every position from which it is known.
      if (at !== position && isRows(model)) continue;
      await collectionCompared(noted, model, { before, after, isPast: at !== position });
    }
  }
  return noted.difference(position);
}

const isRows = ({ touches }: AnyReadModel): boolean =>
  Object.values(touches).every((touch) => touch?.opens === true);

interface Pair {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly isPast: boolean;
}

async function collectionCompared(
  noted: Noted,
  model: AnyReadModel,
  { before, after, isPast }: Pair,
): Promise<void> {
  const [old, now] = [new ByKey(before, model), new ByKey(after, model)];
  for (;;) {
    const [was, is] = [await old.next(), await now.next()];
    if (was === undefined && is === undefined) return;
    const order = orderOf(was?.key, is?.key);
    if (order <= 0) old.pass();
    if (order >= 0) now.pass();
    if (!isPast) noted.seen(model.name);
    const found = order < 0 ? { was } : order > 0 ? { is } : { was, is };
    await noted.look(model.name, found, { before, after, isPast });
    if (old.pageBegins || now.pageBegins) await noted.rest();
  }
}

/** Keys by code point, which is the order of UTF-8 bytes; no key comes after every key. */
function orderOf(a: string | undefined, b: string | undefined): number {
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The documents of a collection one after the other, a page of them in memory. */
class ByKey {
  private page: readonly Found<JsonObject>[] = [];
  private place = 0;
  private last = false;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly collection: CollectionSpec,
  ) {}

  get pageBegins(): boolean {
    return this.place === 1;
  }

  async next(): Promise<Found<JsonObject> | undefined> {
    if (this.place === this.page.length && !this.last) {
      const after = this.page.at(-1)?.key;
      this.page = await this.snapshot.list(this.collection, {
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      this.place = 0;
      this.last = this.page.length < PAGE;
    }
    return this.page[this.place];
  }

  pass(): void {
    this.place += 1;
  }
}

interface BothStates {
  readonly was?: Found<JsonObject> | undefined;
  readonly is?: Found<JsonObject> | undefined;
}
type Counts = { -readonly [K in keyof CollectionDifference]: CollectionDifference[K] };

/** What has been found so far, bounded. */
class Noted {
  private readonly collections = new Map<string, Counts>();
  private readonly listed = new Map<string, DocumentChange[]>();
  private readonly count = { differing: 0, undeclared: 0, compared: 0 };

  constructor(private readonly sides: Sides) {}

  seen(collection: string): void {
    this.counts(collection).compared += 1;
    this.count.compared += 1;
  }

  /** Lets others have their turn: the embedded stores work in this thread. */
  async rest(): Promise<void> {
    this.sides.goOn();
    await setImmediate();
  }

  async look(collection: string, { was, is }: BothStates, pair: Pair): Promise<void> {
    const fields = differing(was, is);
    if (was !== undefined && is !== undefined && fields.length === 0) return;
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    const key = (is ?? was)?.key ?? '';
    this.counts(collection)[pair.isPast ? 'inThePast' : change] += 1;
    this.count.differing += 1;
    const declared = isDeclared(this.sides.expected, { collection, change, fields });
    if (!declared) this.count.undeclared += 1;
    const way = `${collection} ${change} ${declared} ${pair.isPast}`;
    let listed = this.listed.get(way);
    if (listed === undefined) this.listed.set(way, (listed = []));
    if (listed.length === LISTED) return;
    const school = await schoolOf(collection, key, { was, is }, pair);
    listed.push({
      ...{ collection, key, change },
      ...(school === undefined ? {} : { school }),
      fields: fields.slice(0, FIELDS),
      moreFields: Math.max(0, fields.length - FIELDS),
      at: pair.after.position,
      declared,
    });
  }

  difference(position: Position): Difference {
    const { differing: found, undeclared, compared: documents } = this.count;
    const all = [...this.listed.values()].flat();
    const listed = [...all.filter((one) => !one.declared), ...all.filter((one) => one.declared)];
    return {
      position,
      collections: Object.fromEntries(
        [...this.collections].filter(
          ([, { added, removed, changed, inThePast }]) => added + removed + changed + inThePast > 0,
        ),
      ),
      compared: documents,
      documents: listed,
      more: found - listed.length,
      undeclared,
    };
  }

  private counts(collection: string): Counts {
    let counts = this.collections.get(collection);
    if (counts === undefined) {
      counts = { compared: 0, added: 0, removed: 0, changed: 0, inThePast: 0 };
      this.collections.set(collection, counts);
    }
    return counts;
  }
}

/** What is not the same in two states of one document. Nothing where only one of them is there. */
function differing(
  was: Found<JsonObject> | undefined,
  is: Found<JsonObject> | undefined,
): readonly FieldChange[] {
  if (was === undefined || is === undefined) return [];
  const fields = fieldsIn('', was.body, is.body);
  if (fields.length > 0 || was.knownFrom === is.knownFrom) return fields;
  return [{ field: 'knownFrom', before: String(was.knownFrom), after: String(is.knownFrom) }];
}

function fieldsIn(
  field: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly FieldChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      fieldsIn(field === '' ? name : `${field}.${name}`, before[name], after[name]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i);
    return items.flatMap((i) => fieldsIn(`${field}[${i}]`, before[i] as Json, after[i] as Json));
  }
  if (before !== undefined && after !== undefined && canonical(before) === canonical(after))
    return [];
  if (before === after) return [];
  return [{ field, ...shown('before', before), ...shown('after', after) }];
}

const isRecord = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(side: 'before' | 'after', value: Json | undefined): Partial<FieldChange> {
  if (value === undefined) return {};
  const text = JSON.stringify(value);
  return { [side]: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text };
}

async function schoolOf(
  collection: string,
  key: string,
  { was, is }: BothStates,
  { before, after }: Pair,
): Promise<DocumentChange['school']> {
  const body = (is ?? was)?.body ?? {};
  const schoolId = collection === schools.name ? key : body['schoolId'];
  if (typeof schoolId !== 'string') return undefined;
  const card =
    (await after.get<SchoolCard>(schools, schoolId)) ??
    (await before.get<SchoolCard>(schools, schoolId));
  return card === undefined ? { schoolId } : { schoolId, urn: card.body.urn, name: card.body.name };
}
