import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { headChange, registration, send } from '../drills/load';
import { Stack } from '../drills/stack';
import type { Figure } from './measuring';

const SCHOOLS = 20;
/** Milliseconds between two commands: a busy county, not a flood; what is measured is the way, not the queue. */
const GAP = 200;

const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? NaN;
};

/**
 * From a commit to whoever waits for news, across processes: an API process takes the command; a Kafka consumer has the
 * message; a listener on another API process hears of the change and opens the school's page at a web process, which
 * shows it. Both from the moment the event was recorded, as the store has it, on the clock of this one machine.
 */
export async function tellingAcross({
  commands,
}: {
  readonly commands: number;
}): Promise<readonly Figure[]> {
  const stack = await Stack.start({ apis: 2, webs: 1, workers: 1 });
  const toConsumer: number[] = [];
  const toPage: number[] = [];
  const listening = new AbortController();
  try {
    const [first, second] = stack.api();
    const web = stack.webs[0];
    if (first === undefined || second === undefined || web === undefined)
      throw new Error('A process is missing.');
    for (let n = 0; n < SCHOOLS; n++) await send(first, registration(n));
    await stack.caughtUp();

    const consumer = await consuming(stack, (recordedAt) =>
      toConsumer.push(Date.now() - recordedAt),
    );
    const opened: Promise<void>[] = [];
    const heard = await listen(
      `${second.url}/api/v1/live`,
      second.token,
      listening.signal,
      (told) => {
        const { schoolId, time, position } = told;
        if (schoolId === undefined) return;
        opened.push(
          (async () => {
            const page = await fetch(`${web.url}/schools/${schoolId}?atLeast=${position}`, {
              headers: { authorization: `Bearer ${second.token}` },
            });
            await page.text();
            if (!page.ok) throw new Error(`The page answered ${page.status}.`);
            toPage.push(Date.now() - Date.parse(time));
          })(),
        );
      },
    );
    for (let n = 0; n < commands; n++) {
      await Promise.all([send(first, headChange(n, SCHOOLS)), pause(GAP)]);
    }
    for (const end = Date.now() + 30_000; toConsumer.length < commands && Date.now() < end;)
      await pause(50);
    listening.abort();
    await heard.ended;
    await Promise.all(opened);
    await consumer();
  } finally {
    listening.abort();
    await stack.dispose();
  }
  return [
    latency('From commit to a Kafka consumer', toConsumer, 100),
    latency('From commit to an open page, across processes', toPage, 150),
  ];
}

const latency = (what: string, ms: readonly number[], atMost: number): Figure => ({
  what: `${what}: p99`,
  ours: `${quantile(ms, 0.99)} ms`,
  beside: `p50 ${quantile(ms, 0.5)} ms, ${ms.length} measured`,
  value: quantile(ms, 0.99),
  unit: 'ms',
  limit: { atMost },
});

async function consuming(
  stack: Stack,
  seen: (recordedAt: number) => void,
): Promise<() => Promise<void>> {
  const kafka = new Kafka({
    brokers: stack.engines.kafka.url.split(','),
    logLevel: logLevel.NOTHING,
  });
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}`, maxWaitTimeInMs: 1000 });
  await consumer.connect();
  await consumer.subscribe({
    topic: `${stack.settings['KAFKA_TOPIC_PREFIX'] ?? ''}.schools.v1`,
    fromBeginning: false,
  });
  const joined = Promise.withResolvers<undefined>();
  consumer.on('consumer.group_join', () => {
    joined.resolve(undefined);
  });
  await consumer.run({
    eachMessage: ({ message }) => {
      const { time } = JSON.parse(message.value?.toString() ?? '{}') as { time: string };
      seen(Date.parse(time));
      return Promise.resolve();
    },
  });
  await joined.promise;
  // The group's first fetch decides where "from now on" is.
  await pause(500);
  return () => consumer.disconnect();
}

interface Told {
  readonly schoolId?: string;
  readonly time: string;
  readonly position: number;
}

/** Follows a live stream until the signal; resolves when listening; `ended` when it has ended. */
async function listen(
  url: string,
  token: string,
  signal: AbortSignal,
  hear: (told: Told) => void,
): Promise<{ readonly ended: Promise<void> }> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  if (!response.ok || response.body === null)
    throw new Error(`The live stream answered ${response.status}.`);
  const { body } = response;
  const ended = (async () => {
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data !== undefined) hear(JSON.parse(data) as Told);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  })();
  return { ended };
}
