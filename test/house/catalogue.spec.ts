import { join } from 'node:path';
import { aggregates, policies, schoolsConcerned } from '#domain';
import type { Shape } from '#kernel';
import { journey, readModels } from '#read-models';
import { eventsPage } from '../../scripts/events-page';
import { leadingIn } from '../../scripts/leading-to';
import { sampleEvents } from '../../scripts/sample-messages';

/*
 * Nothing stands in the catalogue that cannot happen, or that happens and is seen nowhere. What leads to what is read from
 * the decisions and all they call; that each event does happen is shown beside the decisions, by specs and from histories
 * drawn at random.
 */
jest.setTimeout(120_000);

const leading = leadingIn(join(__dirname, '../..'));
const commands = aggregates.flatMap((aggregate) =>
  Object.entries(aggregate.commands).map(([name, { by }]) => ({ aggregate, name, by })),
);
const events = aggregates.flatMap((aggregate) =>
  Object.entries(aggregate.events).map(([type, { data }]) => ({ aggregate, type, data })),
);
const asked = new Map(
  policies.map(({ name }) => [name, leading.asks(name, new Set(commands.map((one) => one.name)))]),
);
/** The newest sample of each event, as it would be read from a log. */
const samples = new Map(sampleEvents().map((event) => [event.type, event]));

/** Given by the service itself, which turns the day. */
const notByPolicies = ['TurnDay'];

describe('what leads to what', () => {
  it.each(commands.map((one) => [one.name, one] as const))(
    '%s leads to an event',
    (name, { aggregate }) => {
      const among = new Set(Object.keys(aggregate.events));
      expect(leading.events(aggregate.context, name, among)).not.toEqual([]);
    },
  );

  it('every event can follow from a command', () => {
    const reached = new Set(
      commands.flatMap(({ aggregate, name }) =>
        leading.events(aggregate.context, name, new Set(Object.keys(aggregate.events))),
      ),
    );
    expect(events.map(({ type }) => type).filter((type) => !reached.has(type))).toEqual([]);
  });

  it('every command that a policy may give is asked for by one, and every policy asks for what it may', () => {
    const byPolicies = [...asked.values()].flat();
    const may = commands.filter(({ by }) => by.includes('policy')).map(({ name }) => name);
    expect(may.filter((name) => !byPolicies.includes(name)).toSorted()).toEqual(notByPolicies);
    expect(byPolicies.filter((name) => !may.includes(name))).toEqual([]);
    expect([...asked].filter(([, names]) => names.length === 0)).toEqual([]);
  });

  it('every command has somebody or something that gives it', () => {
    expect(commands.filter(({ by }) => by.length === 0)).toEqual([]);
  });
});

/**
 * Fields that name a school an event is no line on the journey of, each with the reason. Those it is a line of stand in
 * `schoolId`, `homeSchoolId` and `schoolIds`.
 */
const onlyNamed: Readonly<Record<string, string>> = {
  supportedSchoolId: 'the journey of that school tells of the deployment itself',
  fromSchoolId: 'it stands in schoolIds too',
  leadSchoolId: 'it is one of schoolIds',
  survivorId: 'a merger is recorded on each of its schools',
  closingIds: 'a merger is recorded on each of its schools',
  successorIds: 'what follows a closing is recorded on the successor',
  'drawn.schoolId': 'a sample is of the whole county; each review it leads to is a line',
  counterpartyIds: 'a champion’s tie is between the champion and the authority',
};
const concerning = ['schoolId', 'homeSchoolId', 'schoolIds'];

/** Fields, also inside records and lists, that hold identities of schools. */
function schoolFields(shape: Shape): readonly string[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    const { kind } = field.kind.is === 'list' ? field.kind.of : field;
    if (kind.is === 'record') return schoolFields(kind.shape).map((inside) => `${name}.${inside}`);
    return kind.is === 'id' && /school|survivor|successor|closingIds|counterparty/i.test(name)
      ? [name]
      : [];
  });
}

describe('the journey of each school', () => {
  const concerned = events.filter(({ data }) =>
    schoolFields(data).some((field) => concerning.includes(field)),
  );

  it('has a line for every event that names one', () => {
    const there = Object.keys(journey.touches);
    expect(concerned.map(({ type }) => type).filter((type) => !there.includes(type))).toEqual([]);
    expect(there.filter((type) => !concerned.some((one) => one.type === type))).toEqual([]);
  });

  it('is found by every field that names a school, or the field is known and why not', () => {
    const fields = new Set(events.flatMap(({ data }) => schoolFields(data)));
    const unknown = [...fields].filter(
      (field) => !concerning.includes(field) && !(field in onlyNamed),
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(onlyNamed).filter((field) => !fields.has(field))).toEqual([]);
  });

  it.each(concerned.map((one) => [one.type, one] as const))(
    '%s is a line, in words, on each',
    (type, { data: shape }) => {
      const fields = schoolFields(shape).filter((field) => concerning.includes(field));
      const event = samples.get(type);
      if (event === undefined) throw new Error(`There is no sample of ${type}.`);
      const named = new Set(
        fields.flatMap((field) => (event.data[field] ?? []) as string | readonly string[]),
      );
      expect(named.size).toBeGreaterThan(0);
      expect(schoolsConcerned(event.data).toSorted()).toEqual([...named].toSorted());
      const touch = journey.touches[type as keyof typeof journey.touches];
      const keys = touch?.keys(event as never) ?? [];
      expect(keys.map((key) => key.split(' ')[1]).toSorted()).toEqual([...named].toSorted());
      for (const key of keys) {
        const line = touch?.on(undefined, event as never, key);
        expect(line?.says).toMatch(/^\S.+\S$/);
        expect(line?.schoolId).toBe(key.split(' ')[1]);
      }
    },
  );
});

/** What samples are drawn by, which is read from its own stream; and the days as they come. Nobody has asked for a list. */
const unseen = ['QualityPolicyPublished', 'DayTurned'];

describe('the page of events', () => {
  const page = eventsPage(aggregates, { policies, readModels, leading });
  const sections = page.split('\n#### ').slice(1);

  it.each(events.map(({ type }) => type))(
    'says of %s who can cause it and where it shows',
    (type) => {
      const section = sections.find((one) => one.startsWith(`${type} (v`)) ?? '';
      expect(section).toMatch(/Follows from `\w+` \(.+\)/);
      if (unseen.includes(type)) expect(section).toContain('No read model shows it.');
      else expect(section).toMatch(/Shows in [a-z-]+/);
    },
  );
});
