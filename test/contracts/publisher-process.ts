/*
 * A relay as a process of its own, to be killed, frozen and run beside others: tells a log of `count` events to Kafka and
 * goes on through every failure. Says how far it is on standard output, a number a line, and `done` at the end.
 * Words: brokers, prefix of the topics, count of events, batch.
 */
import { openKafkaPublisher } from '#adapters';
import { relayThrough, round } from './publisher-ground';

async function main([
  brokers = '',
  topicPrefix = '',
  count,
  batch,
]: readonly string[]): Promise<void> {
  const publisher = await openKafkaPublisher({ brokers: brokers.split(','), topicPrefix });
  await relayThrough(publisher, round(1, Number(count), 40, 300), {
    batch: Number(batch),
    seen: (position) => {
      console.log(position);
    },
    failed: (error) => {
      console.error((error as Error).message);
    },
  });
  await publisher.close();
  console.log('done');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
