import { breaks } from './compatible';

const published = {
  type: 'object',
  properties: {
    urn: { type: 'string', pattern: '^[1-9]\\d{5}$', description: 'The URN.' },
    pupils: { type: 'integer', minimum: 0 },
    areas: {
      type: 'array',
      items: {
        type: 'object',
        properties: { grade: { type: 'string', enum: ['1', '2'] } },
        required: ['grade'],
      },
    },
  },
  required: ['urn'],
};
const { urn, pupils, areas } = published.properties;
const withFields = (properties: object, required = ['urn']) => ({
  ...published,
  properties: properties as typeof published.properties,
  required,
});
const ofGrade = (grade: object, required = ['grade']) =>
  withFields({
    urn,
    pupils,
    areas: { type: 'array', items: { type: 'object', properties: { grade }, required } },
  });

it.each([
  ['nothing', published],
  [
    'a sentence said better',
    withFields({ urn: { ...urn, description: 'Its URN.' }, pupils, areas }),
  ],
  ['a new field that may be left out', withFields({ urn, pupils, areas, capacity: pupils })],
])('lets a published message change by %s', (_what, now) => {
  expect(breaks(published, now)).toEqual([]);
});

it.each([
  ['a field taken away', withFields({ urn, areas }), ['/pupils: is gone']],
  ['a field renamed', withFields({ urn, pupilsOnRoll: pupils, areas }), ['/pupils: is gone']],
  [
    'a field of another type',
    withFields({ urn, pupils: { type: 'number', minimum: 0 }, areas }),
    ['/pupils: is of another kind'],
  ],
  [
    'another pattern',
    withFields({ urn: { ...urn, pattern: '^\\d{6}$' }, pupils, areas }),
    ['/urn: is of another kind'],
  ],
  [
    'a new field that must be there',
    withFields({ urn, pupils, areas, kind: urn }, ['urn', 'kind']),
    ['/kind: must be there now'],
  ],
  [
    'a field that may be left out now',
    withFields({ urn, pupils, areas }, []),
    ['/urn: may be left out now'],
  ],
  [
    'a word more, deep inside',
    ofGrade({ type: 'string', enum: ['1', '2', '3'] }),
    ['/areas/*/grade: is of another kind'],
  ],
  [
    'a new field that must be there, deep inside',
    ofGrade(areas.items.properties.grade, ['grade', 'area']),
    ['/areas/*/area: must be there now'],
  ],
  [
    'a list no longer',
    withFields({ urn, pupils, areas: { type: 'string' } }),
    ['/areas: is of another kind', '/areas/*: is of another kind'],
  ],
])('refuses %s', (_what, now, faults) => {
  expect(breaks(published, now)).toEqual(faults);
});
