import type { EventStore, JsonObject, Position, ReadStore, RecordedEvent } from '#kernel';
import { START } from '#kernel';
import { EventCodec, openDoor } from '#application';
import { aggregates } from '#domain';
import { dayInEngland, endOfDayInEngland } from '#platform';
import type { RegisterLine } from '#read-models';
import { readModels, registerOn, schools } from '#read-models';
import { foldOne } from '../support/pure-fold';
import { seeded } from '../support/seeded';
import type { Ground } from './ground';
import { terrain } from './ground';

/*
 * What did we know on that day? For random schools and days of the played county the answer of the read store must be,
 * byte for byte, what a fold over nothing but the log up to that day says; and the register by effective date what a
 * plain search through the decisions says.
 */

const PAIRS = 100;
const FIRST_DAY = Date.parse('2022-09-01T12:00:00Z');

let ground: Ground;
let events: EventStore;
let documents: ReadStore;
let log: readonly RecordedEvent[];
const random = seeded(Number(process.env['SEED_OF_PAIRS'] ?? 20261123));

beforeAll(async () => {
  ground = await terrain().played();
  ({ events, documents } = ground);
  const all: RecordedEvent[] = [];
  for (let after = START, atEnd = false; !atEnd;) {
    const page = await events.readLog(after, { limit: 5000 });
    all.push(...page.events);
    ({ scannedTo: after, atEnd } = page);
  }
  log = all;
}, 120_000);
afterAll(() => ground.dispose());

const lastDay = () => Date.parse(log.at(-1)?.recordedAt ?? '');
const anyDay = () => dayInEngland(FIRST_DAY + random() * (lastDay() - FIRST_DAY));

/** Position of the last event of a day, by looking at every event. */
function endOf(day: string): Position {
  const end = endOfDayInEngland(day);
  return log.findLast(({ recordedAt }) => recordedAt <= end)?.position ?? START;
}

it(`answers ${PAIRS} random schools and days as a fold of the log up to that day does`, async () => {
  const everySchool = await (await documents.snapshot()).list(schools);
  const pairs = Array.from({ length: PAIRS }, () => ({
    school: everySchool[Math.floor(random() * everySchool.length)]?.key ?? '',
    day: anyDay(),
  })).sort((a, b) => (a.day < b.day ? -1 : 1));

  const codec = new EventCodec(aggregates, openDoor);
  const folded = new Map<string, JsonObject>();
  let at = 0;
  let compared = 0;
  for (const { school, day } of pairs) {
    const position = await events.positionAt(endOfDayInEngland(day));
    expect(position).toBe(endOf(day));
    for (
      let event = log[at];
      event !== undefined && event.position <= position;
      event = log[++at]
    ) {
      foldOne(readModels, codec.fromStore(event), folded);
    }
    const snapshot = await documents.snapshot({ at: position });
    // Keyed by the school, or about it under a key of their own.
    const ofSchool = Map.groupBy(
      [...folded].filter(
        ([key, { schoolId }]) =>
          schoolId === school || key.startsWith(school, key.indexOf(' ') + 1),
      ),
      ([key]) => key.slice(0, key.indexOf(' ')),
    );
    for (const model of readModels) {
      const own = ofSchool.get(model.name) ?? [];
      for (const [key, body] of own) {
        const known = await snapshot.get(model, key.slice(model.name.length + 1));
        expect([school, day, JSON.stringify(known?.body)]).toEqual([
          school,
          day,
          JSON.stringify(body),
        ]);
        compared += 1;
      }
      if (model.fixed[0] === 'schoolId') {
        expect(await snapshot.count(model, { schoolId: school })).toBe(own.length);
      }
    }
  }
  expect(compared).toBeGreaterThan(PAIRS);
}, 120_000);

it('answers the register by effective date as a search through the decisions does', async () => {
  const decisions = log.filter(({ type }) =>
    ['CategoryConfirmed', 'CategoryChanged', 'CategoryCorrected'].includes(type),
  );
  expect(decisions.length).toBeGreaterThan(500);
  for (let i = 0; i < 40; i++) {
    const [known, effective] = [endOf(anyDay()), anyDay()];
    const lines = await registerOn(await documents.snapshot({ at: known }), effective);
    for (const { school, category, since } of lines) {
      const expected = inForce(decisions, school.schoolId, known, effective);
      expect([school.urn, known, effective, category, since]).toEqual([
        school.urn,
        known,
        effective,
        expected?.category,
        expected?.since,
      ]);
    }
  }
}, 120_000);

/** Of the decisions known then and effective by then, the one effective last; of two of one day, the one recorded last. */
function inForce(
  decisions: readonly RecordedEvent[],
  schoolId: string,
  known: Position,
  effective: string,
): { category: RegisterLine['category']; since: string } | undefined {
  const last = decisions
    .filter(({ position, data }) => position <= known && data['schoolId'] === schoolId)
    .filter(({ data }) => (data['effectiveFrom'] as string) <= effective)
    .toSorted((a, b) =>
      a.data['effectiveFrom'] === b.data['effectiveFrom']
        ? a.position - b.position
        : (a.data['effectiveFrom'] as string) < (b.data['effectiveFrom'] as string)
          ? -1
          : 1,
    )
    .at(-1);
  if (last === undefined) return undefined;
  const { to, category, shouldBe, effectiveFrom } = last.data;
  return {
    category: (to ?? category ?? shouldBe) as RegisterLine['category'],
    since: effectiveFrom as string,
  };
}
