import type { Admin, IHeaders, KafkaMessage } from 'kafkajs';
import type { Audience, ChainEnd, Position, Resumption } from '#kernel';
import { audiences, positionFrom, START, StoreError } from '#kernel';
import type { KafkaConnection } from './connection';
import type { ReadRecord, Stretch } from './reading';
import { readStretches } from './reading';
import type { Topics } from './topics';

/** Records of a partition of messages that are looked at from its end; more when they do not reach back far enough. */
const TAIL = 1_000;
/** How long one question to the brokers may take, in ms. */
const PATIENCE = 30_000;

/** What stands in Kafka beside a record, as headers: its place, and what was confirmed before it. */
export interface Marks {
  readonly position: Position;
  /** Every event up to here had its messages, and the ends of its chains, confirmed before this record was sent. */
  readonly confirmedTo: Position;
}

export const marksOf = ({ position, confirmedTo }: Marks): Record<string, string> => ({
  position: String(position),
  confirmedto: String(confirmedTo),
});

export const endMarksOf = (end: ChainEnd, confirmedTo: Position): Record<string, string> => ({
  ...marksOf({ position: end.position, confirmedTo }),
  sequence: String(end.sequence),
  hash: end.hash,
  event: end.id,
});

/** What was found outside. */
export interface Found extends Resumption {
  /** Place of the last message outside of each audience and key, where it lies behind `after`. */
  readonly outside: ReadonlyMap<string, Position>;
  /** The next offset of every partition, by `topic/partition`. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly partitions: ReadonlyMap<string, number>;
  /** Newest ends that an older one came behind, and which must be written once more. */
  readonly overtaken: readonly ChainEnd[];
}

export const chainOf = (audience: Audience, key: string): string => `${audience} ${key}`;

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
  const gathered = new Gathered(topics);
  const ends: Edge[] = [];
  for (const { messages, snapshot } of Object.values(topics)) {
    ends.push(
      ...(await edgesOf(connection, admin, messages)),
      ...(await edgesOf(connection, admin, snapshot)),
    );
  }
  const tail = (edge: Edge, length: number): Stretch => ({
    ...edge,
    from: Math.max(edge.low, edge.to - length),
  });
  let stretches = ends.map((edge) =>
    gathered.isSnapshot(edge.topic) ? { ...edge, from: edge.low } : tail(edge, TAIL),
  );
  for (let length = TAIL; stretches.length > 0;) {
    const now = stretches;
    // A record that is read twice says nothing new.
    await connection.untilAgreed(() =>
      readStretches(connection, admin, prefix, now, (read) => gathered.take(read)),
    );
    // A tail that begins behind what is confirmed may have more of the same before it: read further back.
    const again = ends.filter(
      (edge) =>
        !gathered.isSnapshot(edge.topic) &&
        edge.to - length > edge.low &&
        gathered.earliest(edge) > gathered.after,
    );
    length *= 8;
    stretches = again.map((edge) => tail(edge, length));
  }
  return {
    ...gathered.found(),
    offsets: new Map(ends.map(({ topic, partition, to }) => [`${topic}/${partition}`, to])),
    partitions: new Map(
      ends.map(({ topic }) => [topic, ends.filter((one) => one.topic === topic).length]),
    ),
  };
}

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
  after: Position = START;
  /** Of each chain: the newest end, and the one that was written last. */
  private readonly ends = new Map<string, { newest: ChainEnd; last: ChainEnd }>();
  private readonly said = new Map<string, Position>();
  private readonly earliestIn = new Map<string, Position>();
  private readonly messagesOf: ReadonlyMap<string, Audience>;
  private readonly snapshotsOf: ReadonlyMap<string, Audience>;

  constructor(topics: Readonly<Record<Audience, Topics>>) {
    this.messagesOf = new Map(audiences.map((audience) => [topics[audience].messages, audience]));
    this.snapshotsOf = new Map(audiences.map((audience) => [topics[audience].snapshot, audience]));
  }

  isSnapshot(topic: string): boolean {
    return this.snapshotsOf.has(topic);
  }

  /** The least place that was read in a partition. */
  earliest({ topic, partition }: Edge): Position {
    return this.earliestIn.get(`${topic}/${partition}`) ?? START;
  }

  take({ topic, partition, record }: ReadRecord): void {
    const headers = record.headers ?? {};
    const key = record.key?.toString() ?? '';
    const [position, confirmedTo] = [placeIn(headers, 'position'), placeIn(headers, 'confirmedto')];
    if (position === undefined || confirmedTo === undefined) {
      throw new StoreError(
        'foreign',
        `The record at offset ${record.offset} of partition ${partition} of ${topic} is not of Side by Side. Give the messages topics of their own (KAFKA_TOPIC_PREFIX).`,
      );
    }
    if (confirmedTo > this.after) this.after = confirmedTo;
    const snapshotOf = this.snapshotsOf.get(topic);
    if (snapshotOf !== undefined) {
      this.takeEnd(endOf(snapshotOf, key, position, record));
      return;
    }
    const audience = this.messagesOf.get(topic);
    if (audience === undefined) return;
    const chain = chainOf(audience, key);
    if (position > (this.said.get(chain) ?? START)) this.said.set(chain, position);
    const name = `${topic}/${partition}`;
    if (position < (this.earliestIn.get(name) ?? Infinity)) this.earliestIn.set(name, position);
  }

  private takeEnd(end: ChainEnd): void {
    const chain = chainOf(end.audience, end.key);
    const known = this.ends.get(chain);
    if (known === undefined) this.ends.set(chain, { newest: end, last: end });
    else {
      known.last = end;
      if (end.position >= known.newest.position) known.newest = end;
    }
  }

  found(): Pick<Found, 'after' | 'ends' | 'outside' | 'overtaken'> {
    const { after } = this;
    const all = [...this.ends.values()];
    return {
      after,
      ends: all.map(({ newest }) => newest),
      overtaken: all
        .filter(({ newest, last }) => last.position < newest.position)
        .map(({ newest }) => newest),
      outside: new Map([...this.said].filter(([, position]) => position > after)),
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
