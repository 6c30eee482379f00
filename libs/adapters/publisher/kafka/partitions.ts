import { Partitioners } from 'kafkajs';

/** A partition's name among all. */
export const nameOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/** Which partition of a topic a key is in. */
export class Partitions {
  // Spelled out: the one that Kafka's own clients and librdkafka's murmur2_random share, so that everybody finds a key
  // where everybody else puts it.
  private readonly choose = Partitioners.DefaultPartitioner();
  private readonly places = new Map<string, Map<string, number>>();

  /** `counts`: how many partitions each topic has. */
  constructor(private readonly counts: ReadonlyMap<string, number>) {}

  of(topic: string, key: string): number {
    let places = this.places.get(topic);
    if (places === undefined) this.places.set(topic, (places = new Map<string, number>()));
    let place = places.get(key);
    if (place === undefined) {
      const partitionMetadata = Array.from({ length: this.counts.get(topic) ?? 0 }, (_, i) => ({
        ...{ partitionId: i, partitionErrorCode: 0, leader: 0 },
        ...{ replicas: [], isr: [] },
      }));
      place = this.choose({ topic, partitionMetadata, message: { key, value: null } });
      places.set(key, place);
    }
    return place;
  }
}
