/*
 * The product as separate processes over its three engines, under load, while one thing after another goes wrong. At the
 * end the log, the read models and the topics are held against what was acknowledged, and against each other.
 *
 *   node dist/test/drills/distributed.js KIND [TIMES=100] [SEED=1]
 *
 * Kinds: see `kinds` below. `all` runs one after another.
 */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../support/seeded';
import { Load } from './load';
import { Namespaces } from './namespaces';
import type { EngineName, Running, StackWishes } from './stack';
import { Stack } from './stack';
import { isRight, verdictOn } from './verdict';

interface Drill {
  readonly says: string;
  readonly wishes: StackWishes;
  /** One mishap, over when it resolves: what was broken stands again. */
  readonly mishap: (stack: Stack, random: () => number, n: number) => Promise<void>;
  /** Milliseconds between two commands of a lane, where the usual load is not wanted. */
  readonly gap?: number;
  /** So many mishaps are under way at once. */
  readonly together?: number;
}

/** A moment under load, between two mishaps or within one. */
const moment = (random: () => number, from: number, to: number) =>
  pause(from + (to - from) * random());

async function killed(running: Running | undefined): Promise<void> {
  if (running === undefined) throw new Error('There is nobody to kill.');
  await running.kill();
  running.start();
  await running.ready();
}

const engineKilled = (name: EngineName) => async (stack: Stack, random: () => number) => {
  const engine = stack.engines[name];
  await engine.kill();
  await moment(random, 0, 500);
  await engine.restart();
};

const cut =
  (app: 'api' | 'worker', name: EngineName) =>
  async (stack: Stack, random: () => number): Promise<void> => {
    const all = app === 'api' ? stack.apis : stack.workers;
    const one = all[Math.floor(random() * all.length)];
    const { namespaces } = stack;
    if (one?.host === undefined || namespaces === undefined)
      throw new Error('This drill needs hosts of its own.');
    const engine = new URL(`any://${stack.engines[name].url.replace(/^[a-z+]+:\/\//, '')}`)
      .hostname;
    namespaces.cut(one.host.host, engine);
    await moment(random, 200, 4000);
    namespaces.heal(one.host.host, engine);
    await one.ready();
  };

const two = { apis: 2, workers: 2 };
const kinds: Readonly<Record<string, Drill>> = {
  'kill-api': {
    says: 'kill -9 of an API process',
    wishes: two,
    mishap: (stack, random) => killed(stack.apis[Math.floor(random() * stack.apis.length)]),
  },
  'kill-worker': {
    says: 'kill -9 of a worker, with projector, policies and relay in it',
    wishes: two,
    mishap: (stack, random) => killed(stack.workers[Math.floor(random() * stack.workers.length)]),
  },
  'kill-relay': {
    says: 'kill -9 of the only worker, between sending and acknowledgement as it falls',
    wishes: { apis: 2, workers: 1 },
    mishap: (stack) => killed(stack.workers[0]),
  },
  'kill-kafka': { says: 'kill -9 of the broker', wishes: two, mishap: engineKilled('kafka') },
  'kill-mongodb': {
    says: 'kill -9 of the server of the read models',
    wishes: two,
    mishap: engineKilled('mongodb'),
  },
  'kill-event-store': {
    says: 'kill -9 of the event store server',
    wishes: two,
    mishap: engineKilled('event store'),
  },
  'cut-api-event-store': cutting('api', 'event store'),
  'cut-api-mongodb': cutting('api', 'mongodb'),
  'cut-worker-event-store': cutting('worker', 'event store'),
  'cut-worker-mongodb': cutting('worker', 'mongodb'),
  'cut-worker-kafka': cutting('worker', 'kafka'),
  'two-workers': racing(2),
  'three-workers': racing(3),
  'sleeping-worker': {
    says: 'a worker asleep for a minute, then waking: one of seven, six of them asleep at any time',
    wishes: { apis: 1, workers: 7 },
    together: 6,
    gap: 1_000,
    mishap: async (stack, random, n) => {
      const one = stack.workers[n % 6];
      if (one === undefined) throw new Error('There is nobody to put to sleep.');
      await moment(random, 0, 2000);
      one.freeze();
      await pause(60_000);
      one.thaw();
      await one.ready();
    },
  },
};

function cutting(app: 'api' | 'worker', name: EngineName): Drill {
  return {
    says: `the network cut between one ${app} process and ${name}`,
    wishes: { ...two, namespaces: true },
    mishap: cut(app, name),
  };
}

/** All of them asleep and awake by turns for moments, so that leases pass around and pages are written twice. */
function racing(workers: number): Drill {
  return {
    says: `${workers} workers racing: each frozen for longer than its lease, in turn`,
    wishes: { apis: 1, workers },
    mishap: async (stack, random, n) => {
      const one = stack.workers[n % workers];
      one?.freeze();
      await moment(random, 500, 6000);
      one?.thaw();
    },
  };
}

async function drill(kind: string, times: number, seed: number): Promise<boolean> {
  const { says, wishes, mishap, gap, together = 1 } = kinds[kind] ?? unknown(kind);
  if (wishes.namespaces === true && !Namespaces.possible()) {
    console.log(`${kind}: skipped, network namespaces need root and iproute2`);
    return true;
  }
  const random = seeded(seed);
  const begun = Date.now();
  console.error(`${kind}: ${says}, ${times} times, seed ${seed}`);
  const stack = await Stack.start(wishes);
  let right = false;
  try {
    const load = new Load(() => stack.api(), random, 20, 200, gap);
    await load.start();
    let next = 0;
    const turn = async (): Promise<void> => {
      for (let n = next++; n < times; n = next++) {
        await moment(random, 100, 600);
        await mishap(stack, random, n);
        if ((n + 1) % 10 === 0)
          console.error(`${kind}: ${n + 1} of ${times}, ${load.acknowledged.size} acknowledged`);
      }
    };
    await Promise.all(Array.from({ length: together }, turn));
    await load.stop();
    await stack.caughtUp();
    const verdict = await verdictOn(stack, load.acknowledged);
    right = isRight(verdict) && load.notes.faults.length === 0;
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(
      JSON.stringify({
        drill: kind,
        ...{ times, seed, seconds, ...verdict },
        slowestAnswerMs: load.slowest,
        answers500: load.notes.faults.length,
        right,
      }),
    );
    if (load.notes.faults.length > 0) console.error(load.notes.faults.slice(0, 3).join('\n'));
  } finally {
    await stack.dispose(!right);
    if (!right) console.error(`${kind}: the logs of the processes are kept in ${stack.folder}`);
  }
  return right;
}

function unknown(kind: string): never {
  throw new Error(`No drill is called ${kind}; there are ${Object.keys(kinds).join(', ')}, all.`);
}

async function main(): Promise<void> {
  const [kind = 'all', times = '100', seed = '1'] = process.argv.slice(2);
  for (const one of kind === 'all' ? Object.keys(kinds) : kind.split(',')) {
    if (!(await drill(one, Number(times), Number(seed)))) process.exitCode = 1;
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
