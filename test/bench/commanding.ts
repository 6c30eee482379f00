import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Commands } from '#application';
import type { RecordedEvent } from '#kernel';
import { START } from '#kernel';
import { BARE_INSERT, bareLog, openApplication, toAppend } from './ground';
import { historyOf, schoolId } from './history';
import type { Figure } from './measuring';
import { figureOf, timed, turnAbout } from './measuring';

const SCHOOLS = 236;
const ONE_BY_ONE = { rounds: 60, count: 40, limit: { atLeast: 0.6 } };
const TOGETHER = { rounds: 30, count: 640, limit: { atLeast: 0.2 } };
const AT_ONCE = 64;
const DAY = 86_400_000;
const ACTOR = { id: 'person-adviser-01', role: 'adviser' };

/**
 * Commands through the whole path: found in the catalogue, validated, on Nest's bus, stream read and folded, decided,
 * appended. Beside it the very events they wrote, made into text and inserted bare.
 */
export async function commanding(folder: string): Promise<readonly Figure[]> {
  const { app, eventStore, close } = await openApplication(join(folder, 'ours'));
  const commands = app.get(Commands);
  await Promise.all(
    [...historyOf(SCHOOLS, SCHOOLS * 32)].map((batch) =>
      eventStore.append(batch.stream, 'any', toAppend(batch)),
    ),
  );
  const db = await bareLog(join(folder, 'bare'));
  const [begin, insert, commit] = [
    db.prepare('BEGIN IMMEDIATE'),
    db.prepare(BARE_INSERT),
    db.prepare('COMMIT'),
  ];

  let given = 0;
  let conflicts = 0;
  /** At one school after another a change of head, next time round a change of chair, each later than the last. */
  const give = async (): Promise<void> => {
    const n = given++;
    const round = Math.floor(n / SCHOOLS);
    const answer = await commands.give(
      round % 2 === 0 ? 'RecordHeadChange' : 'RecordChairChange',
      {
        schoolId: schoolId(n % SCHOOLS),
        personRef: `person-${n}`,
        kind: 'acting',
        from: new Date(Date.UTC(2010, 0, 1) + round * DAY).toISOString().slice(0, 10),
      },
      { actor: ACTOR, idempotencyKey: randomUUID() },
    );
    if (answer.accepted && answer.events.length === 1) return;
    if ('refusal' in answer && answer.refusal.kind === 'conflict') conflicts++;
    else throw new Error(`A command did nothing: ${JSON.stringify(answer)}`);
  };
  let copied = START;
  /** Inserts the events the commands wrote since the last time, so many in a transaction. */
  const bareIn = (group: number) => async () => {
    const { events, scannedTo } = await eventStore.readLog(copied, { limit: 1_000_000 });
    copied = scannedTo;
    return timed(events.length, () => {
      for (let i = 0; i < events.length; i += group) {
        begin.run();
        for (const event of events.slice(i, i + group)) insertBare(event);
        commit.run();
      }
    });
  };
  const insertBare = ({
    position,
    stream,
    revision,
    id,
    type,
    data,
    metadata,
  }: RecordedEvent): void => {
    const texts = [JSON.stringify(data), JSON.stringify(metadata)] as const;
    insert.run(position, stream, revision, id, type, Date.now(), ...texts);
  };
  await bareIn(10_000)();

  // Many first: what is measured singly then runs in compiled code, as it does in a service.
  const grouped = await turnAbout(
    TOGETHER.rounds,
    () =>
      timed(TOGETHER.count, async () => {
        const end = given + TOGETHER.count;
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            while (given < end) await give();
          }),
        );
      }),
    bareIn(AT_ONCE),
    { oursFirst: true },
  );
  const single = await turnAbout(
    ONE_BY_ONE.rounds,
    () =>
      timed(ONE_BY_ONE.count, async () => {
        for (let i = 0; i < ONE_BY_ONE.count; i++) await give();
      }),
    bareIn(1),
    { oursFirst: true },
  );
  db.close();
  await close();
  return [
    figureOf('Commands, whole path, one at a time', single, ONE_BY_ONE),
    figureOf('Commands, whole path, 64 at once', grouped, TOGETHER),
    {
      what: 'Conflicts among them (different streams)',
      ours: String(conflicts),
      beside: '',
      value: conflicts,
      unit: 'refused',
      limit: { atMost: 0 },
    },
  ];
}
