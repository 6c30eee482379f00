import type { AnyReadModel, JsonObject, Recorded } from '#kernel';
import { readModels } from '#read-models';

type AnyEvent = Recorded<{ readonly type: string; readonly data: JsonObject }>;
type Keys = (event: AnyEvent) => readonly string[];
type On = (
  document: JsonObject | undefined,
  event: AnyEvent,
  key: string,
) => JsonObject | undefined;
interface AnyTouch {
  readonly keys: Keys;
  readonly on: On;
  readonly opens?: true;
}
type Wrong = (touch: AnyTouch) => AnyTouch | undefined;

/** A projection with one mistake in it, and what a comparison has to say of it. */
export interface Mutant {
  readonly mistake: string;
  readonly models: readonly AnyReadModel[];
  readonly collection: string;
  /** What differs: a field of a document that changed, or documents that came or went. */
  readonly shows: { readonly field: string } | { readonly change: 'added' | 'removed' };
}

/** The read models with another fold for one type of event in one of them, or for every type. */
function withFold(name: string, type: string | undefined, wrong: Wrong): readonly AnyReadModel[] {
  const found = readModels.find((model) => model.name === name);
  if (found === undefined || (type !== undefined && found.touches[type] === undefined))
    throw new Error(`${name} has nothing to get wrong about ${type ?? 'anything'}.`);
  return readModels.map((model): AnyReadModel => {
    if (model !== found) return model;
    const touches = Object.entries(model.touches).map(([one, touch]) => [
      one,
      type === undefined || one === type ? wrong(touch as unknown as AnyTouch) : touch,
    ]);
    return { ...model, touches: Object.fromEntries(touches) as AnyReadModel['touches'] };
  });
}

/** What the right fold makes, altered. */
const altered =
  (
    to: (
      made: JsonObject,
      event: AnyEvent,
      before: JsonObject | undefined,
    ) => JsonObject | undefined,
  ): Wrong =>
  (touch) => ({
    ...touch,
    on: (before, event, key) => {
      const made = touch.on(before, event, key);
      return made && to(made, event, before);
    },
  });
const keyed =
  (to: (keys: readonly string[], event: AnyEvent) => readonly string[]): Wrong =>
  (touch) => ({ ...touch, keys: (event) => to(touch.keys(event), event) });
const skipped: Wrong = () => undefined;
const without = (document: JsonObject, field: string): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));

const changed = (field: string): Mutant['shows'] => ({ field });
const came: Mutant['shows'] = { change: 'added' };
const went: Mutant['shows'] = { change: 'removed' };

type Row = readonly [
  mistake: string,
  collection: string,
  type: string | undefined,
  wrong: Wrong,
  shows: Mutant['shows'],
];

const rows: readonly Row[] = [
  [
    'a field is dropped',
    'schools',
    'SchoolRegistered',
    altered((card) => without(card, 'phase')),
    changed('phase'),
  ],
  [
    'a document is kept under a wrong key',
    'urns',
    'SchoolRegistered',
    keyed((keys) => keys.map((key) => `0${key}`)),
    went,
  ],
  ['a type of event is skipped', 'schools', 'SchoolRenamed', skipped, changed('name')],
  [
    'a type of event is skipped whose rows are missing then',
    'journey',
    'IndicatorRecorded',
    skipped,
    went,
  ],
  [
    'a count is off by one',
    'schools',
    'PupilNumbersRecorded',
    altered((card) => ({ ...card, pupils: Number(card['pupils']) + 1 })),
    changed('pupils'),
  ],
  [
    'a document stays as it was before',
    'register',
    'CategoryChanged',
    altered((_, __, before) => before),
    changed('periods'),
  ],
  [
    'a document is ended that is not over',
    'schools',
    'SchoolClosed',
    altered(() => undefined),
    went,
  ],
  [
    'a document is there twice, under two keys',
    'urns',
    'SchoolRegistered',
    keyed((keys) => keys.flatMap((key) => [key, `${key}-copy`])),
    came,
  ],
  [
    'a document says it is about another school',
    'urns',
    'SchoolConvertedToAcademy',
    altered((entry) => ({ ...entry, schoolId: '00000000-0000-4000-8000-000000000002' })),
    changed('schoolId'),
  ],
  [
    'a day is off by one',
    'register',
    'CategoryChanged',
    altered(
      (entry) =>
        JSON.parse(JSON.stringify(entry).replaceAll('2025-11-01', '2025-11-02')) as JsonObject,
    ),
    changed('periods'),
  ],
  [
    'a number is a text',
    'schools',
    'PupilNumbersRecorded',
    altered((card) => ({ ...card, pupils: JSON.stringify(card['pupils']) })),
    changed('pupils'),
  ],
  [
    'what is absent is null',
    'schools',
    'SchoolRegistered',
    altered((card) => ({ trust: null, ...card })),
    changed('trust'),
  ],
  [
    'a list is the other way round',
    'schools',
    'SchoolConvertedToAcademy',
    altered((card) => ({ ...card, urns: [...(card['urns'] as JsonObject[])].reverse() })),
    changed('urns[0]'),
  ],
  [
    'an entry of a list is there twice',
    'worklist',
    'OutOfCycleReviewTriggered',
    altered((work) => ({
      ...work,
      triggers: [...(work['triggers'] as JsonObject[]), ...(work['triggers'] as JsonObject[])],
    })),
    changed('triggers'),
  ],
  [
    'a sentence is another one',
    'journey',
    'CategoryChanged',
    altered((entry) => ({ ...entry, says: 'Something happened.' })),
    changed('says'),
  ],
  [
    'an event of one school goes to another as well',
    'schools',
    'SchoolAddressChanged',
    keyed((keys) => [...keys, '00000000-0000-4000-8000-000000000001']),
    changed('town'),
  ],
  [
    'only an earlier state is wrong',
    'schools',
    'PupilNumbersRecorded',
    altered((card) => (card['pupils'] === 210 ? { ...card, pupils: 211 } : card)),
    changed('pupils'),
  ],
];

/** A card that says nothing new, from an event that is none of its business: known from too late. */
const knownTooLate: Mutant = {
  mistake: 'a document is known from another position than it was',
  collection: 'schools',
  shows: changed('knownFrom'),
  models: readModels.map((model): AnyReadModel => {
    if (model.name !== 'schools') return model;
    const touch: AnyTouch = {
      keys: ({ data }) => [data['schoolId'] as string],
      on: (card) => card && { ...card },
    };
    return {
      ...model,
      touches: { ...model.touches, IndicatorRecorded: touch },
    };
  }),
};

/** Folds that are wrong, each in one way. */
export const mutants: readonly Mutant[] = [
  ...rows.map(([mistake, collection, type, wrong, shows]) => ({
    mistake,
    collection,
    shows,
    models: withFold(collection, type, wrong),
  })),
  knownTooLate,
];
