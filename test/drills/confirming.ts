/*
 * kill -9 while deployments are being confirmed: in each round many confirmations that would overdraw the school's allowance
 * are sent at once, and the service is killed when a random share of them has been answered. Started again, nothing is left
 * being confirmed, and both ledgers hold exactly what is confirmed.
 *
 *   node dist/test/drills/confirming.js [ROUNDS=100] [SEED=1]
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore } from '#adapters';
import { EventCodec, openDoor } from '#application';
import { aggregates } from '#domain';
import type { EventStore, JsonObject } from '#kernel';
import { folded } from '#kernel';
import { seeded } from '../support/seeded';
import { caughtUp, start } from './service';

const AT_ONCE = 16;
/** Of 16 who ask for two half-days each, ten can have them. */
const ROOM = 20;
const YEAR = '2026/27';
const uuid = (round: number, n: number) =>
  `00000000-0000-4000-${String(8000 + round)}-${String(n).padStart(12, '0')}`;
const schoolOf = (round: number) => uuid(round, 900_001);
const deploymentOf = (round: number, n: number) => uuid(round, 100 + n);
const championOf = (round: number, n: number) => uuid(round, 1000 + n);

/** What is on record before a round: a school with room for some, and deployments both schools have agreed to. */
async function prepared(folder: string, rounds: number): Promise<void> {
  const events = openEmbeddedEventStore({ folder });
  const codec = new EventCodec(aggregates, openDoor);
  const put = async (stream: string, facts: readonly (readonly [string, JsonObject])[]) => {
    const commandId = randomUUID();
    const actor = { id: 'person-adviser', role: 'adviser' };
    await events.append(
      stream,
      'none',
      facts.map(([type, data]) =>
        codec.toStore(stream, { type, data }, randomUUID(), {
          ...{ actor, commandId, correlationId: commandId },
        }),
      ),
    );
  };
  for (let round = 0; round < rounds; round++) {
    const schoolId = schoolOf(round);
    await put(`entitlement-${schoolId}-2026-27`, [
      [
        'EntitlementGranted',
        {
          ...{ schoolId, academicYear: YEAR, status: 'maintained', offerVersion: 'example' },
          ...{ effectiveFrom: '2026-09-01', becauseOf: uuid(round, 3), category: 'Prevention' },
          ...{ headlineVisits: 3, sspcHalfDays: ROOM, sslcHalfDays: 0, fundedPercent: 100 },
        },
      ],
    ]);
    for (let n = 0; n < AT_ONCE; n++) await deploymentReady(put, round, n);
  }
  await events.close();
}

async function deploymentReady(
  put: (stream: string, facts: readonly (readonly [string, JsonObject])[]) => Promise<void>,
  round: number,
  n: number,
): Promise<void> {
  const [schoolId, deploymentId] = [schoolOf(round), deploymentOf(round, n)];
  const [championId, homeSchoolId] = [championOf(round, n), uuid(round, 900_100 + n)];
  const championPersonRef = `person-champion-${round}-${n}`;
  await put(`champion-${championId}`, [
    [
      'ChampionRegistered',
      {
        ...{ championId, homeSchoolId, personRef: championPersonRef, roles: ['SSPC'] },
        ...{ specialisms: ['early-reading'], phases: ['primary'], yearlyCapHalfDays: 30 },
        ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31', registeredOn: '2026-09-01' },
      },
    ],
  ]);
  const between = { deploymentId, schoolId, championId, homeSchoolId };
  await put(`deployment-${deploymentId}`, [
    [
      'SupportNeedIdentified',
      {
        ...{ deploymentId, schoolId, specialism: 'early-reading', focus: 'Reading' },
        ...{ priority: 'soon', role: 'SSPC', proposedBy: 'team', identifiedOn: '2026-10-01' },
        selfFunded: false,
      },
    ],
    [
      'ChampionProposed',
      {
        ...{ ...between, championPersonRef, brokerId: 'person-adviser' },
        ...{ rationale: 'Knows it well.', proposedOn: '2026-10-02' },
      },
    ],
    [
      'HomeSchoolReleaseAgreed',
      {
        ...between,
        homeHeadId: 'person-home-head',
        halfDays: 2,
        from: '2026-11-01',
        to: '2027-07-20',
      },
    ],
    [
      'SupportedSchoolAgreed',
      {
        ...{ ...between, headId: 'person-head' },
        objectives: [
          {
            ...{ objectiveId: uuid(round, 7), what: 'Phonics', measure: 'Share who pass' },
            ...{ baseline: '62%', target: '80%' },
          },
        ],
      },
    ],
  ]);
}

async function confirmed(url: string, token: string, round: number, n: number): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/support/confirm-deployment`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ deploymentId: deploymentOf(round, n), scope: 'Weekly visits', halfDays: 2 },
      ...{ from: '2026-12-01', to: '2027-06-30' },
    }),
  });
  await response.text();
  return response.ok;
}

async function leader(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"team-leader"}',
  });
  return ((await response.json()) as { token: string }).token;
}

const stateIn = async (events: EventStore, name: string, stream: string): Promise<unknown> => {
  const { decider } = aggregates.find((aggregate) => aggregate.name === name)!;
  return folded(decider as never, (await events.readStream(stream)) as never);
};

type Reservations = Readonly<Record<string, { released: boolean; halfDays: number }>>;
const open = (reservations: Reservations) =>
  Object.entries(reservations).flatMap(([id, { released, halfDays }]) =>
    released ? [] : [{ id, halfDays }],
  );

interface Found {
  readonly confirmed: number;
  /** Confirmations that are neither completed nor given up. */
  readonly inBetween: number;
  /** Half-days in a ledger that no confirmed deployment holds, or held by one and in no ledger. */
  readonly drift: number;
}

/** Both ledgers against the deployments, in a round. */
async function held(events: EventStore, round: number): Promise<Found> {
  const { ledger } = (await stateIn(
    events,
    'entitlement',
    `entitlement-${schoolOf(round)}-2026-27`,
  )) as {
    ledger: { reservations: Reservations };
  };
  const school = new Set(open(ledger.reservations).map(({ id }) => id));
  const found = { confirmed: 0, inBetween: 0, drift: 0 };
  for (let n = 0; n < AT_ONCE; n++) {
    const deployment = (await stateIn(
      events,
      'deployment',
      `deployment-${deploymentOf(round, n)}`,
    )) as {
      stage: string;
      holdings: readonly { reservationId: string }[];
    };
    const champion = (await stateIn(events, 'champion', `champion-${championOf(round, n)}`)) as {
      reservations: Reservations;
    };
    const holds = deployment.holdings.map(({ reservationId }) => reservationId);
    if (deployment.stage === 'confirmed') found.confirmed += 1;
    if (deployment.stage === 'confirming') found.inBetween += 1;
    const year = open(champion.reservations).map(({ id }) => id);
    for (const id of holds) if (!school.delete(id) || !year.includes(id)) found.drift += 1;
    for (const id of year) if (!holds.includes(id)) found.drift += 1;
  }
  found.drift += school.size;
  return found;
}

async function drill(rounds: number, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'confirming-drill-'));
  const random = seeded(seed);
  await prepared(folder, rounds);
  let service = await start(folder);
  let cut = 0;
  for (let round = 0; round < rounds; round++) {
    const { url } = service;
    const token = await leader(url);
    const enough = Math.floor(random() * (AT_ONCE + 1));
    const now = Promise.withResolvers<undefined>();
    let arrived = 0;
    const sending = Array.from({ length: AT_ONCE }, async (_, n) => {
      try {
        await confirmed(url, token, round, n);
      } catch {
        cut += 1;
      }
      if (++arrived >= enough) now.resolve(undefined);
    });
    if (enough > 0) await now.promise;
    service.process.kill('SIGKILL');
    await Promise.all(sending);
    if (service.process.exitCode === null && service.process.signalCode === null)
      await once(service.process, 'exit');
    service = await start(folder);
    if ((round + 1) % 10 === 0) console.error(`${round + 1} of ${rounds} rounds, ${cut} cut off`);
  }
  await caughtUp(service);
  // Whoever was cut off asks again: as many as there is room for are confirmed, and no more.
  const [url, token] = [service.url, await leader(service.url)];
  for (let round = 0; round < rounds; round++)
    for (let n = 0; n < AT_ONCE; n++) await confirmed(url, token, round, n);
  await caughtUp(service);
  service.process.kill('SIGTERM');
  await once(service.process, 'exit');

  const events = openEmbeddedEventStore({ folder, readOnly: true });
  const all = await Promise.all(Array.from({ length: rounds }, (_, round) => held(events, round)));
  await events.close();
  const sum = (what: keyof Found) => all.reduce((total, one) => total + one[what], 0);
  const result = { inBetween: sum('inBetween'), drift: sum('drift'), confirmed: sum('confirmed') };
  const wanted = (rounds * ROOM) / 2;
  console.log(JSON.stringify({ rounds, seed, cutOff: cut, ...result, wanted }));
  if (result.inBetween + result.drift > 0 || result.confirmed !== wanted)
    throw new Error(`The drill found a fault; the folder is kept: ${folder}`);
  rmSync(folder, { recursive: true, force: true });
}

drill(Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 1)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
