import type { ClassesOf } from './aggregate';
import { aggregate } from './aggregate';
import type { Decider, RefusalsOf } from './decider';
import { evolved, refusing } from './decider';
import type { EventsOf } from './event';
import { event } from './event';
import { date, id, text } from './fields';
import { asDeclared, given, newIdInSpecs } from './testing';

/*
 * A small aggregate, to hold the kernel's promises against: what must not compile is marked with @ts-expect-error, so
 * that the type check fails on the day it does compile.
 */
const events = {
  LampLit: event('The lamp was lit.', { on: date('public') }),
  LampPutOut: event('The lamp was put out.', { why: text('internal') }),
} as const;
type Event = EventsOf<typeof events>;

class LightLamp {
  on: string;
}
class PutOutLamp {
  why: string;
}
const commands = {
  LightLamp: { takes: LightLamp, says: 'Light the lamp.', by: ['keeper'] },
  PutOutLamp: { takes: PutOutLamp, says: 'Put the lamp out.', by: ['keeper'] },
} as const;
type Commands = ClassesOf<typeof commands>;

const refusals = {
  NoOil: {
    kind: 'conflict',
    says: 'There is no oil.',
    detail: (day: string) => `There is no oil on ${day}. Buy some.`,
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

interface Known {
  readonly oil: boolean;
}
type Lamp = Decider<boolean, Commands, Event, Refused, Known>;

const evolve: Lamp['evolve'] = { LampLit: () => true, LampPutOut: () => false };
const decide: Lamp['decide'] = {
  LightLamp: (lit, { on }, { known, today }) => {
    if (lit) return [];
    return known.oil ? [{ type: 'LampLit', data: { on } }] : refuse.NoOil(today);
  },
  PutOutLamp: (lit, { why }) => (lit ? [{ type: 'LampPutOut', data: { why } }] : []),
};
const lamp: Lamp = { initial: false, evolve, decide };
const lit: Event = { type: 'LampLit', data: { on: '2026-11-23' } };

describe('the grammar of specs', () => {
  it('tells a history, a command and what came of it', () => {
    const after = given(lamp, [], { oil: true })
      .when('LightLamp', { on: '2026-11-23' })
      .then([lit]);
    expect(after.state).toBe(true);
    after.again().silent();
    after
      .when('PutOutLamp', { why: 'It is day.' })
      .then([{ type: 'LampPutOut', data: { why: 'It is day.' } }]);
  });
  it('gives the day, and each command its identities', () => {
    given(lamp, [], { oil: false })
      .when('LightLamp', { on: '2026-11-23' }, { at: '2026-01-02T03:04:05.000Z' })
      .refused('NoOil', 'no oil on 2026-01-02');
    expect(newIdInSpecs(17)).toBe('00000000-0000-4000-8000-000000000011');
  });

  const lighting = () => given(lamp, [], { oil: true }).when('LightLamp', { on: '2026-11-23' });
  it.each([
    ['other events', () => lighting().then([{ type: 'LampLit', data: { on: '2026-11-24' } }])],
    ['silence', () => lighting().silent()],
    ['a refusal', () => lighting().refused('NoOil')],
    [
      'another sentence',
      () => given(lamp, [], { oil: false }).when('LightLamp', { on: 'x' }).refused('NoOil', 'wick'),
    ],
    ['a repetition of nothing', () => given(lamp, [], { oil: true }).again()],
  ])('fails a spec that expected %s', (_name, claim) => {
    expect(claim).toThrow();
  });
  it('fails a spec whose decider makes events that are not as declared', () => {
    const strict = { ...events, LampLit: event('The lamp was lit.', { on: id('public') }) };
    expect(() =>
      given(asDeclared(strict, lamp), [], { oil: true }).when('LightLamp', { on: 'x' }),
    ).toThrow('on: is not a UUID');
    expect(() =>
      given(asDeclared({}, lamp), [], { oil: true }).when('LightLamp', { on: 'x' }),
    ).toThrow('LampLit is not declared');
    given(asDeclared(events, lamp), [], { oil: true })
      .when('LightLamp', { on: '2026-11-23' })
      .then([lit]);
  });
});

describe('what does not compile', () => {
  it('an event without its evolve', () => {
    // @ts-expect-error LampPutOut has no case
    const missing: Lamp['evolve'] = { LampLit: () => true };
    expect(() => evolved(missing, true, { type: 'LampPutOut', data: { why: 'x' } })).toThrow(
      'No evolve for LampPutOut',
    );
  });
  it('a command without its decision', () => {
    // @ts-expect-error PutOutLamp has no case
    const missing: Lamp['decide'] = { LightLamp: decide.LightLamp };
    expect(Object.keys(missing)).toEqual(['LightLamp']);
  });
  it('a refusal that was not declared', () => {
    // @ts-expect-error there is no refusal NoWick
    expect(refuse.NoWick).toBeUndefined();
    // @ts-expect-error its sentence needs the day
    expect(refuse.NoOil()).toMatchObject({ refused: 'NoOil' });
    const decideBadly: Lamp['decide'] = {
      ...decide,
      // @ts-expect-error NoWick is not one of the refusals
      PutOutLamp: () => ({ refused: 'NoWick', kind: 'conflict', detail: 'There is no wick.' }),
    };
    expect(decideBadly).toBeDefined();
  });
  it('a field without its classification', () => {
    // @ts-expect-error nobody said who may see it
    expect(text()).toMatchObject({ classification: undefined });
    // @ts-expect-error "secret" is not a classification
    expect(text('secret')).toMatchObject({ classification: 'secret' });
  });
  it('an effective date that is not a field', () => {
    const shape = { on: date('public') };
    // @ts-expect-error there is no field litOn
    expect(event('The lamp was lit.', shape, { effective: 'litOn' })).toBeDefined();
  });
  it('an event made with other data than declared', () => {
    // @ts-expect-error on is missing
    const bare: Event = { type: 'LampLit', data: {} };
    expect(bare).toBeDefined();
  });
  it('a spec of a refusal or an event that is not the aggregate’s, or without what it must know', () => {
    const outcome = given(lamp, [], { oil: true }).when('LightLamp', { on: '2026-11-23' });
    // @ts-expect-error there is no refusal NoWick
    const refused = () => outcome.refused('NoWick');
    // @ts-expect-error there is no event LampBroke
    const broke = () => outcome.then([{ type: 'LampBroke', data: {} }]);
    expect(refused).toThrow();
    expect(broke).toThrow();
    // @ts-expect-error what it knows has to be given
    given(lamp, []).when('LightLamp', { on: '2026-11-23' }).refused('NoOil');
  });
  it('an aggregate whose tables do not fit together', () => {
    const is = { context: 'harbour', name: 'lamp', is: 'A lamp.', stream: () => 'lamp', refusals };
    const knows = { oil: { asks: 'oil', about: () => ({}) } };
    expect(aggregate({ ...is, events, commands, decider: lamp, knows })).toMatchObject({
      name: 'lamp',
    });
    const { LampLit } = events;
    // @ts-expect-error the decider folds an event that is not declared
    expect(aggregate({ ...is, events: { LampLit }, commands, decider: lamp, knows })).toBeDefined();
    // @ts-expect-error what it knows has to be asked for
    expect(aggregate({ ...is, events, commands, decider: lamp, knows: {} })).toBeDefined();
  });
});
