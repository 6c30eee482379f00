import fc from 'fast-check';
import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { categories } from '../shared/words';
import { PublishLetterTemplate } from './commands';
import type { LetterTemplateEvent } from './events';
import { letterTemplateEvents } from './events';
import { exampleLetterTemplates } from './example-letters';
import type { LetterPlace, LetterValues } from './letter';
import { filled, letterOccasions, letterPlaces, placesIn, termOf, textsFor } from './letter';
import { decider, letterTemplates } from './letter-templates';

const templates = asDeclared(letterTemplateEvents, decider);
const [example] = exampleLetterTemplates;
if (example === undefined) throw new Error('There is one.');
const published: LetterTemplateEvent = { type: 'LetterTemplatePublished', data: example };
const publish = (history: readonly LetterTemplateEvent[], more: object = {}) =>
  given(templates, history).when(
    'PublishLetterTemplate',
    { ...example, ...more },
    { by: 'team-leader' },
  );

it('publishes the example, once, and it says that it is one', () => {
  const read = commandFrom(PublishLetterTemplate, example);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  given(templates, [])
    .when('PublishLetterTemplate', { ...read.command })
    .then([published])
    .again()
    .silent();
  expect([example.example, example.title]).toEqual([true, expect.stringContaining('Example')]);
  expect(letterTemplates.stream({})).toBe('policy-letters');
});

it('never changes a published template; another version stands beside it', () => {
  publish([published], { subject: 'Better: {category}' }).refused('LetterTemplateVersionTaken');
  publish([published], { version: 'next', effectiveFrom: '2027-06-01' }).then([
    {
      type: 'LetterTemplatePublished',
      data: { ...example, version: 'next', effectiveFrom: '2027-06-01' },
    },
  ]);
});

const saying = (text: string) => publish([], { subject: '{category}', paragraphs: [{ text }] });

it.each([
  ['a place there is not', 'Dear {headteacher}, as of {today}', '{headteacher}'],
  ['two of them, each once', 'Dear {head} and {chair} and {head}', '{head}, {chair}.'],
  ['what every object has', '{constructor}', '{constructor}'],
  ['a place with a space', '{ school }', '{ school }'],
  ['nothing in braces', '{}', '{}'],
  ['a brace that is not closed', 'Dear {school', 'for {.'],
  ['a brace that was not opened', 'Dear school}', 'for }.'],
])('names %s', (_, text, named) => {
  saying(text).refused('LetterPlaceUnknown', named);
});

it('finds it in the subject too, and in a paragraph for one category only', () => {
  publish([], { subject: 'About {pupils} and {category}' }).refused(
    'LetterPlaceUnknown',
    '{pupils}',
  );
  const only = [{ text: '{category}' }, { text: '{x}', categories: ['Prevention'] }];
  publish([], { paragraphs: only }).refused('LetterPlaceUnknown', '{x}');
});

it.each(Object.entries(termOf))('wants a term where a text names {%s}', (place, term) => {
  const terms = { discussWithinDays: 1, respondWithinDays: 1, reviewWithinDays: 1 };
  const whole = {
    ...{ version: 'example-2', title: 'Example', example: true, effectiveFrom: '2026-06-01' },
    ...{ subject: '{category}', paragraphs: [{ text: `Please, by {${place}}` }], ...terms },
  };
  const { [term]: _, ...without } = whole;
  given(templates, [])
    .when('PublishLetterTemplate', without)
    .refused('LetterTermNotSet', `{${place}}`);
  given(templates, [])
    .when('PublishLetterTemplate', whole)
    .then([{ type: 'LetterTemplatePublished', data: whole }]);
});

it.each([
  [{ paragraphs: [{ text: 'Hello' }] }, 'Enhancement to a school that has none yet'],
  [
    { paragraphs: [{ text: '{category}', when: 'first' }] },
    'Enhancement to a school that has another one',
  ],
  [
    { paragraphs: [{ text: '{category}', categories: ['Enhancement', 'Prevention'] }] },
    'Intervention',
  ],
])('names the category in every letter: %j', (more, about) => {
  publish([], { subject: 'About your school', ...more }).refused('LetterWithoutCategory', about);
});

it.each([
  ['no paragraph', { paragraphs: [] }, '/paragraphs'],
  ['a blank one', { paragraphs: [{ text: ' ' }] }, '/paragraphs/0/text'],
  [
    'one for a category there is not',
    { paragraphs: [{ text: 'x', categories: ['Red'] }] },
    '/paragraphs/0/categories',
  ],
  [
    'one for no category at all',
    { paragraphs: [{ text: 'x', categories: [] }] },
    '/paragraphs/0/categories',
  ],
  [
    'one for another occasion',
    { paragraphs: [{ text: 'x', when: 'never' }] },
    '/paragraphs/0/when',
  ],
  ['half a day to answer', { respondWithinDays: 0.5 }, '/respondWithinDays'],
  ['no day to answer', { respondWithinDays: 0 }, '/respondWithinDays'],
  ['days before the letter', { discussWithinDays: -3 }, '/discussWithinDays'],
  ['more than a year', { reviewWithinDays: 367 }, '/reviewWithinDays'],
  ['a version longer than a letter’s record takes', { version: 'v'.repeat(65) }, '/version'],
  ['a day that does not exist', { effectiveFrom: '2026-02-30' }, '/effectiveFrom'],
])('does not take %s', (_, more, pointer) => {
  expect(commandFrom(PublishLetterTemplate, { ...example, ...more })).toMatchObject({
    faults: [{ pointer }],
  });
});

describe('filling', () => {
  const names = Object.keys(letterPlaces) as LetterPlace[];
  const valuesOf = (value: fc.Arbitrary<string>): fc.Arbitrary<LetterValues> =>
    fc.record(Object.fromEntries(names.map((name) => [name, value])));
  const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}]/.test(text));
  const words = fc
    .array(fc.oneof(plain, fc.constantFrom(...names.map((name) => `{${name}}`))))
    .map((parts) => parts.join(''));

  it('leaves no brace, puts in each value named, and does the same each time', () => {
    fc.assert(
      fc.property(words, valuesOf(plain), (text, values) => {
        const letter = filled(text, values);
        expect(letter).not.toMatch(/[{}]/);
        for (const place of placesIn(text)) expect(letter).toContain(values[place as LetterPlace]);
        expect(filled(text, { ...values })).toBe(letter);
      }),
    );
  });

  it('never reads a value as a place', () => {
    const values = Object.fromEntries(names.map((name) => [name, name])) as LetterValues;
    const named = { ...values, school: 'The {category} School $& $1' };
    expect(filled('{school} in {category}', named)).toBe('The {category} School $& $1 in category');
  });

  it('fills the example for every category and occasion, in different words', () => {
    const values = Object.fromEntries(names.map((name) => [name, `<${name}>`])) as LetterValues;
    const letters = categories.flatMap((category) =>
      letterOccasions.map((occasion) =>
        textsFor(example, category, occasion)
          .map((text) => filled(text, values))
          .join('\n'),
      ),
    );
    expect(new Set(letters).size).toBe(9);
    for (const letter of letters) {
      expect(letter).not.toMatch(/[{}]/);
      expect(letter).toContain('<category>');
      expect(letter).toContain('example letter');
    }
  });
});
