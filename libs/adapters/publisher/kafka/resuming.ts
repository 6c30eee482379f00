import type { Admin, IHeaders, KafkaMessage } from 'kafkajs';
import type { Audience, ChainEnd, Position, Resumption } from '#kernel';
import { audiences, positionFrom, START, StoreError } from '#kernel';
import type { KafkaConnection } from './connection';
import { nameOf, Partitions } from './partitions';
import type { ReadRecord, Stretch } from './reading';
import { readStretches } from './reading';
import type { Topics } from './topics';

/** Records of a partition of messages that are looked at from its end; more when none of them says its place. */
const TAIL = 1_000;
/** How long one question to the brokers may take, in ms. */
const PATIENCE = 30_000;

/**
 * What stands beside a record as headers: its place, and the place up to which every event had its messages and the ends of
 * its chains confirmed before the record was sent. A partition takes what is sent to it whole or not at all, so of
 * messages only the last one of each partition carries it.
 */
export const marksOf = (position: Position, confirmedTo: Position): Record<string, string> => ({
  position: String(position),
  confirmedto: String(confirmedTo),
});

export const endMarksOf = (end: ChainEnd, confirmedTo: Position): Record<string, string> => ({
  ...marksOf(end.position, confirmedTo),
  sequence: String(end.sequence),
  hash: end.hash,
  event: end.id,
});

/** What was found outside. */
export interface Found extends Resumption {
  /** Of each partition of messages, the place up to which all of its messages are outside. */
  readonly outside: ReadonlyMap<string, Position>;
  /** The next offset of every partition. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly partitions: Partitions;
  /** Newest ends that an older one came behind, and which must be written once more. */
  readonly overtaken: readonly ChainEnd[];
}

/**
 * Finds the place from the topics alone. The compacted topics are read whole: the ends of all chains. Of the messages the
 * last ones are read: what they say was confirmed, and which of the rest are outside already. A publisher that woke up
 * late may have repeated older ones behind newer ones: the place is the greatest that any record names.
 */
export async function findPlace(
  connection: KafkaConnection,
  admin: Admin,
  prefix: string,
  topics: Readonly<Record<Audience, Topics>>,
): Promise<Found> {
  const edges: Edge[] = [];
  for (const { messages, snapshot } of Object.values(topics)) {
    edges.push(...(await edgesOf(connection, admin, messages)));
    edges.push(...(await edgesOf(connection, admin, snapshot)));
  }
  const counts = new Map<string, number>();
  for (const { topic } of edges) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const gathered = new Gathered(topics, new Partitions(counts));
  const tail = (edge: Edge, length: number): Stretch => ({
    ...edge,
    from: gathered.isSnapshot(edge.topic) ? edge.low : Math.max(edge.low, edge.to - length),
  });
  let stretches = edges.map((edge) => tail(edge, TAIL));
  for (let length = TAIL; stretches.length > 0;) {
    const now = stretches;
    // A record that is read twice says nothing new.
    await connection.untilAgreed(() =>
      readStretches(connection, admin, prefix, now, (read) => gathered.take(read)),
    );
    // What was sent at once may be longer than what was read of it.
    length *= 8;
    stretches = now
      .filter((one) => one.from < one.to && !gathered.hasMark(one))
      .map((one) => assertOurs(one, edges))
      .map((edge) => tail(edge, length));
  }
  return {
    ...gathered.found(),
    offsets: new Map(edges.map(({ topic, partition, to }) => [nameOf(topic, partition), to])),
  };
}

/** Where everything was read and nothing says whose it is, it is not ours. */
function assertOurs({ topic, partition, from }: Stretch, edges: readonly Edge[]): Edge {
  const edge = edges.find((one) => one.topic === topic && one.partition === partition);
  if (edge === undefined || edge.low === from) throw notOurs(topic, partition);
  return edge;
}

const notOurs = (topic: string, partition: number): StoreError =>
  new StoreError(
    'foreign',
    `What stands in partition ${partition} of ${topic} is not of Side by Side. Give the messages topics of their own (KAFKA_TOPIC_PREFIX).`,
  );

/** A partition: its first offset, and the one its next record will have. */
interface Edge {
  readonly topic: string;
  readonly partition: number;
  readonly low: number;
  readonly to: number;
}

async function edgesOf(
  connection: KafkaConnection,
  admin: Admin,
  topic: string,
): Promise<readonly Edge[]> {
  const offsets = await connection.insisting(PATIENCE, 'looking at topics', () =>
    admin.fetchTopicOffsets(topic),
  );
  return offsets.map(({ partition, low, high }) => ({
    topic,
    partition,
    low: Number(low),
    to: Number(high),
  }));
}

class Gathered {
  private after: Position = START;
  /** Of each chain: the newest end, and the one that was written last. */
  private readonly ends = new Map<string, { newest: ChainEnd; last: ChainEnd }>();
  private readonly outside = new Map<string, Position>();
  private readonly marked = new Set<string>();
  private readonly snapshotsOf: ReadonlyMap<string, Audience>;

  constructor(
    private readonly topics: Readonly<Record<Audience, Topics>>,
    private readonly partitions: Partitions,
  ) {
    this.snapshotsOf = new Map(audiences.map((audience) => [topics[audience].snapshot, audience]));
  }

  isSnapshot(topic: string): boolean {
    return this.snapshotsOf.has(topic);
  }

  /** Whether anything that was read in the partition says its place. */
  hasMark({ topic, partition }: Stretch): boolean {
    return this.marked.has(nameOf(topic, partition));
  }

  take({ topic, partition, record }: ReadRecord): void {
    const headers = record.headers ?? {};
    const [position, confirmedTo] = [placeIn(headers, 'position'), placeIn(headers, 'confirmedto')];
    const snapshotOf = this.snapshotsOf.get(topic);
    if (position === undefined || confirmedTo === undefined) {
      if (snapshotOf !== undefined) throw notOurs(topic, partition);
      return;
    }
    this.marked.add(nameOf(topic, partition));
    if (confirmedTo > this.after) this.after = confirmedTo;
    if (snapshotOf === undefined) {
      this.isOutside(topic, partition, position);
      return;
    }
    const key = record.key?.toString() ?? '';
    const { messages } = this.topics[snapshotOf];
    this.takeEnd(endOf(snapshotOf, key, position, record));
    // An end never says more than the messages do.
    this.isOutside(messages, this.partitions.of(messages, key), position);
  }

  private isOutside(topic: string, partition: number, position: Position): void {
    const name = nameOf(topic, partition);
    if (position > (this.outside.get(name) ?? START)) this.outside.set(name, position);
  }

  private takeEnd(end: ChainEnd): void {
    const chain = `${end.audience} ${end.key}`;
    const known = this.ends.get(chain);
    if (known === undefined) this.ends.set(chain, { newest: end, last: end });
    else {
      known.last = end;
      if (end.position >= known.newest.position) known.newest = end;
    }
  }

  found(): Omit<Found, 'offsets'> {
    const all = [...this.ends.values()];
    return {
      after: this.after,
      ends: all.map(({ newest }) => newest),
      overtaken: all
        .filter(({ newest, last }) => last.position < newest.position)
        .map(({ newest }) => newest),
      outside: this.outside,
      partitions: this.partitions,
    };
  }
}

function endOf(
  audience: Audience,
  key: string,
  position: Position,
  { headers = {}, value }: KafkaMessage,
): ChainEnd {
  return {
    audience,
    key,
    position,
    sequence: Number(textIn(headers, 'sequence') ?? 0),
    hash: textIn(headers, 'hash') ?? '',
    id: textIn(headers, 'event') ?? '',
    snapshot: value === null ? null : value.toString(),
  };
}

function textIn(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? undefined : value?.toString();
}

const placeIn = (headers: IHeaders, name: string): Position | undefined =>
  positionFrom(textIn(headers, name) ?? '');
