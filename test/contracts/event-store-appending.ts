import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ExpectedRevision, NewEvent } from '#kernel';
import { anEvent, given, refusal, someEvents } from './event-store-ground';
import type { Ground } from './event-store-ground';

/** What every event store promises of `append`. */
export function appendingContract(t: Ground): void {
  describe('appending', () => {
    it('gives events revisions from 0 in their stream and ascending positions in the log', async () => {
      const first = await t.appended('a', 'none', someEvents(2));
      const second = await t.appended('b', 'none', someEvents(1));
      const third = await t.appended('a', 1, someEvents(3));
      const fourth = await t.appended('a', 'any', someEvents(1));

      expect([first, second, third, fourth].map((answer) => answer.revision)).toEqual([1, 0, 4, 5]);
      expect([first, second, third, fourth].every((answer) => !answer.repeated)).toBe(true);
      const events = await t.log();
      expect(events.map((event) => [event.stream.slice(t.own.length), event.revision])).toEqual([
        ['a', 0],
        ['a', 1],
        ['b', 0],
        ['a', 2],
        ['a', 3],
        ['a', 4],
        ['a', 5],
      ]);
      const positions = events.map((event) => event.position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(new Set(positions).size).toBe(positions.length);
      expect([first, second, third, fourth].map((answer) => answer.position)).toEqual([
        positions[1],
        positions[2],
        positions[5],
        positions[6],
      ]);
      expect(await t.store.end()).toBe(fourth.position);
    });

    it.each<[string, ExpectedRevision, number, number]>([
      ['none, on a stream with events', 'none', 2, 1],
      ['a revision the stream has passed', 0, 2, 1],
      ['a revision the stream has not reached', 2, 2, 1],
      ['a revision of a stream without events', 0, 0, -1],
    ])('answers a conflict with the last revision: %s', async (_, expected, before, actual) => {
      if (before > 0) await t.appended('a', 'none', someEvents(before));
      expect(await t.store.append(`${t.own}a`, expected, someEvents(1))).toEqual({
        appended: false,
        reason: 'conflict',
        actual,
      });
      expect(await t.store.readStream(`${t.own}a`)).toHaveLength(before);
    });

    it('answers a repeated append as the first time, also when the stream has moved on', async () => {
      const [one, two, three, four] = [someEvents(1), someEvents(2), someEvents(1), someEvents(2)];
      const answers = [
        await t.appended('a', 'none', one),
        await t.appended('a', 0, two),
        await t.appended('a', 'any', three),
        await t.appended('a', 3, four),
      ];
      const again = [
        await t.appended('a', 'none', one),
        await t.appended('a', 0, two),
        await t.appended('a', 'any', three),
        await t.appended('a', 3, four),
      ];
      expect(again).toEqual(answers.map((answer) => ({ ...answer, repeated: true })));
      expect(await t.appended('a', 'any', two)).toEqual({ ...answers[1], repeated: true });
      expect(await t.store.readStream(`${t.own}a`)).toHaveLength(6);
    });

    it('refuses an id that is in the log already but not as this append, and writes nothing', async () => {
      const [a, b, c] = [anEvent(), anEvent(), anEvent()];
      await t.appended('a', 'none', [a, b]);
      await t.appended('a', 1, [c]);
      const taken = (event: NewEvent, revision: number) => ({
        appended: false,
        reason: 'id-taken',
        id: event.id,
        stream: `${t.own}a`,
        revision,
      });

      // Another stream; another revision; other neighbours; another order.
      expect(await t.store.append(`${t.own}b`, 'none', [anEvent(), b])).toEqual(taken(b, 1));
      expect(await t.store.append(`${t.own}b`, 'any', [a])).toEqual(taken(a, 0));
      expect(await t.store.append(`${t.own}a`, 2, [a])).toEqual(taken(a, 0));
      expect(await t.store.append(`${t.own}a`, 'none', [b])).toEqual(taken(b, 1));
      expect(await t.store.append(`${t.own}a`, 'none', [a, anEvent()])).toEqual(taken(a, 0));
      expect(await t.store.append(`${t.own}a`, 'any', [a, c])).toEqual(taken(a, 0));
      expect(await t.store.append(`${t.own}a`, 'any', [b, a])).toEqual(taken(b, 1));
      expect((await t.log()).map(given)).toEqual([a, b, c]);
    });

    it('takes concurrent appends to many streams, each once and each whole', async () => {
      const asked = Array.from({ length: 50 }, (_, i) => ({
        name: `${i}`,
        events: someEvents(1 + (i % 3)),
      }));
      await Promise.all(asked.map(({ name, events }) => t.appended(name, 'none', events)));
      for (const { name, events } of asked) {
        expect((await t.store.readStream(t.own + name)).map(given)).toEqual(events);
      }
      expect(await t.log()).toHaveLength(asked.reduce((sum, { events }) => sum + events.length, 0));
    });

    it('lets one of several concurrent writers of a stream win, and tells the others', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => t.store.append(`${t.own}a`, 'none', someEvents(2))),
      );
      expect(answers.filter((answer) => answer.appended)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.appended)).toEqual(
        Array.from({ length: 9 }, () => ({ appended: false, reason: 'conflict', actual: 1 })),
      );
      expect(await t.store.readStream(`${t.own}a`)).toHaveLength(2);
    });

    it('stores one append asked for twice at once only once', async () => {
      const events = someEvents(3);
      const answers = await Promise.all([
        t.appended('a', 'none', events),
        t.appended('a', 'none', events),
      ]);
      expect(answers.filter((answer) => answer.repeated)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1);
      expect(await t.store.readStream(`${t.own}a`)).toHaveLength(3);
    });

    it('gives back any JSON as it was given', async () => {
      const data = fc.dictionary(
        fc.string({ unit: 'binary' }),
        fc.jsonValue({ stringUnit: 'binary' }),
      );
      // JSON text has no negative zero.
      const asJson = data.map((value) => JSON.parse(JSON.stringify(value)) as NewEvent['data']);
      let n = 0;
      await fc.assert(
        fc.asyncProperty(asJson, asJson, async (data, metadata) => {
          const name = `${n++}`;
          const event: NewEvent = { ...anEvent(data), metadata };
          await t.appended(name, 'none', [event]);
          expect((await t.store.readStream(t.own + name)).map(given)).toEqual([event]);
        }),
        { numRuns: 50 },
      );
    });

    it('takes a copy: what the caller changes afterwards is not stored', async () => {
      const data = { status: 'proposed' };
      const answer = t.appended('a', 'none', [anEvent(data)]);
      data.status = 'confirmed';
      await answer;
      expect((await t.store.readStream(`${t.own}a`))[0]?.data).toEqual({ status: 'proposed' });
    });

    class NotPlain {
      readonly field = 1;
    }
    const cyclic: Record<string, unknown> = {};
    cyclic['itself'] = cyclic;
    // What the types forbid and a careless caller brings all the same.
    const bad = (part: object): NewEvent => ({ ...anEvent(), ...part });

    it.each<[string, string, ExpectedRevision, readonly NewEvent[], RegExp]>([
      ['no stream name', '', 'none', [anEvent()], /stream/],
      ['a stream name over 200 characters', 'x'.repeat(201), 'none', [anEvent()], /200/],
      ['a stream name with a control character', 'a\nb', 'none', [anEvent()], /control/],
      ['a stream name with half a character', 'a\ud800', 'none', [anEvent()], /half/],
      ['a revision that is none', 'x', -1, [anEvent()], /revision/],
      ['half a revision', 'x', 0.5, [anEvent()], /revision/],
      ['no events', 'x', 'none', [], /at least one/],
      ['an id that is no UUID', 'x', 'none', [bad({ id: 'abc' })], /Event 0.*UUID/],
      ['an id in upper case', 'x', 'none', [bad({ id: randomUUID().toUpperCase() })], /lower case/],
      ['no type', 'x', 'none', [anEvent(), anEvent({}, '')], /Event 1.*type/],
      [
        'undefined in data',
        'x',
        'none',
        [bad({ data: { a: [{ b: undefined }] } })],
        /data\/a\/0\/b/,
      ],
      ['a date in data', 'x', 'none', [bad({ data: { at: new Date(0) } })], /data\/at is a Date/],
      ['NaN in data', 'x', 'none', [bad({ data: { a: NaN } })], /NaN/],
      [
        'a bigint in metadata',
        'x',
        'none',
        [bad({ metadata: { a: 1n } })],
        /metadata\/a is bigint/,
      ],
      ['a function in data', 'x', 'none', [bad({ data: { a: () => 1 } })], /data\/a is function/],
      ['an instance of a class', 'x', 'none', [bad({ data: { a: new NotPlain() } })], /NotPlain/],
      ['a list as data', 'x', 'none', [bad({ data: [] })], /object/],
      ['no metadata', 'x', 'none', [bad({ metadata: undefined })], /metadata/],
      ['data that contains itself', 'x', 'none', [bad({ data: cyclic })], /itself/],
    ])(
      'refuses %s, and its neighbours of the same moment go in',
      async (_, stream, expected, events, reason) => {
        const named = stream === 'x' ? `${t.own}bad` : stream;
        const [before, answer, after] = await Promise.allSettled([
          t.appended('before', 'none', someEvents(1)),
          t.store.append(named, expected, events),
          t.appended('after', 'none', someEvents(1)),
        ]);
        expect(answer).toMatchObject({
          status: 'rejected',
          reason: refusal('invalid', reason),
        });
        expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
        expect((await t.log()).map((event) => event.stream)).toEqual([
          `${t.own}before`,
          `${t.own}after`,
        ]);
      },
    );

    it('refuses the same id twice in one append', async () => {
      const event = anEvent();
      await expect(t.store.append(`${t.own}a`, 'none', [event, event])).rejects.toThrow(
        refusal('invalid'),
      );
      expect(await t.log()).toEqual([]);
    });

    it('lets a conflict in the same moment hurt nobody else', async () => {
      await t.appended('a', 'none', someEvents(1));
      const [taken] = await t.store.readStream(`${t.own}a`);
      const answers = await Promise.all([
        t.store.append(`${t.own}b`, 'none', someEvents(1)),
        t.store.append(`${t.own}a`, 'none', someEvents(1)),
        t.store.append(`${t.own}c`, 'none', [anEvent(), { ...anEvent(), id: taken?.id ?? '' }]),
        t.store.append(`${t.own}b`, 0, someEvents(1)),
      ]);
      expect(answers.map((answer) => (answer.appended ? answer.revision : answer.reason))).toEqual([
        0,
        'conflict',
        'id-taken',
        1,
      ]);
      expect((await t.log()).map((event) => event.stream.slice(t.own.length))).toEqual([
        'a',
        'b',
        'b',
      ]);
    });
  });
}
