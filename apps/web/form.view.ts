import type { FieldFault } from '#application';
import type { Entry } from './form-given';
import { isBlank, linesOf, namesSchools } from './form-given';
import type { FormField } from './form-fields';
import type { Offers } from './form-offers';
import type { Offer } from './offering';
import { labelOf, wordInWords } from './form-words';

/*
 * A form as the page shows it: each field with what was typed in it and what is wrong with it.
 */

/** A school as somebody who fills in a form knows it. */
export interface SchoolNamed {
  readonly schoolId: string;
  readonly name: string;
  readonly urn: string;
}

export interface Shown {
  readonly faults: readonly FieldFault[];
  /** The school known by a URN or an id. */
  readonly school: (called: string) => SchoolNamed | undefined;
  /** The field that names the school of whoever fills it in: said, not asked. */
  readonly own?: string | undefined;
  /** What there is to choose from, and the fields that hangs on. */
  readonly offered: Offers;
}

export interface FormView {
  readonly nodes: readonly object[];
  /** Fields for ids few people have at hand. */
  readonly aside: { readonly nodes: readonly object[]; readonly open: boolean };
  /** Whether a button is in it that does not record. */
  readonly hasOtherButtons: boolean;
  /** For the summary of errors. */
  readonly faults: readonly { readonly text: string; readonly href?: string }[];
}

export function formView(entries: readonly Entry[], shown: Shown): FormView {
  const asked = entries.filter(({ field }) => field.control.is !== 'begun');
  const aside = asked.filter(({ field }) => field.aside);
  const placed = shown.faults.map((fault) => placedIn(entries, fault, shown));
  const open = aside.some((entry) => !isBlank(entry) || errorAt(entry.at, placed) !== undefined);
  const nodesOf = (some: readonly Entry[]): readonly object[] =>
    some.map((entry) => nodeOf(entry, placed, shown));
  return {
    nodes: nodesOf(asked.filter(({ field }) => !field.aside)),
    aside: { nodes: nodesOf(aside), open },
    hasOtherButtons: asked.some((entry) => hasList(entry) || shows(entry, shown)),
    faults: placed.map(({ entry, text }) =>
      entry === undefined ? { text } : { text, href: `#${targetOf(entry, shown)}` },
    ),
  };
}

const hasList = (entry: Entry): boolean =>
  entry.is === 'list' || (entry.is === 'record' && entry.entries.some(hasList));

/** Whether others hang on the field: then what there is to choose from can be asked for. */
const shows = ({ field }: Entry, { offered, own }: Shown): boolean =>
  field.name !== own && offered.sources.has(field.name);

interface Placed {
  readonly entry: Entry | undefined;
  readonly text: string;
}

const errorAt = (at: string, placed: readonly Placed[]): string | undefined =>
  placed.find(({ entry }) => entry?.at === at)?.text;

const idOf = (at: string): string => at.replaceAll('/', '-');

/** What a link in the summary of errors leads to: something that can take the focus, where there is one. */
function targetOf({ at, is, field }: Entry, { own }: Shown): string {
  if (field.name === own) return 'form';
  if (is === 'day') return `${idOf(at)}-day`;
  return is === 'list' ? `${idOf(at)}-add` : idOf(at);
}

/** Where a fault belongs: the field it points at, or the one that is in. */
function placedIn(
  entries: readonly Entry[],
  { pointer, detail }: FieldFault,
  shown: Shown,
): Placed {
  const entry = entryAt(entries, pointer.slice(1));
  if (entry === undefined || entry.field.control.is === 'begun')
    return { entry: undefined, text: inWords(detail) };
  return { entry, text: sentenceFor(entry, detail, shown) };
}

function entryAt(entries: readonly Entry[], at: string): Entry | undefined {
  const found = entries.find((entry) => at === entry.at || at.startsWith(`${entry.at}/`));
  if (found === undefined || at === found.at) return found;
  if (found.is === 'record') return entryAt(found.entries, at) ?? found;
  return found.is === 'list' ? (entryAt(found.rows.flat(), at) ?? found) : found;
}

/** What is wrong, in the words of the form instead of those of the API. */
function sentenceFor(entry: Entry, detail: string, shown: Shown): string {
  const { field } = entry;
  const begins = new RegExp(`^(each value in )?${field.name} `);
  // A refusal speaks for itself.
  if (!begins.test(detail)) return inWords(detail);
  if (entry.is === 'day' && entry.day.fault !== undefined) return entry.day.fault;
  const name = lowered(field.label).replace(/\?$/, '');
  if (isBlank(entry)) return missing(field, name, shown);
  if (entry.is === 'one' && namesSchools(field.control)) {
    const unknown = linesOf(entry.text).find((line) => shown.school(line) === undefined);
    if (unknown !== undefined)
      return `No school has or had the URN “${unknown.slice(0, 40)}”; give the six digits of one on our register`;
  }
  const rest = inWords(detail.replace(begins, ''));
  return detail.startsWith('each value in ')
    ? `Each of “${field.label}” ${rest}`
    : `${field.label} ${rest}`;
}

/** The names of fields in a sentence of the API, as the form calls them. */
const inWords = (says: string): string =>
  says.replace(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => `“${labelOf(name)}”`);

function missing({ control, name: of }: FormField, name: string, { offered }: Shown): string {
  if (offered.offers.has(of)) return `Choose ${name}`;
  if (control.is === 'choice' || control.is === 'choices') return `Choose ${name}`;
  if (control.is === 'flag') return `Choose yes or no: ${name}`;
  return control.is === 'list' ? `Add ${name}` : `Enter ${name}`;
}

/** "Held on" → "held on"; "URN" stays. */
const lowered = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

function nodeOf(entry: Entry, placed: readonly Placed[], shown: Shown): object {
  const { field, at } = entry;
  const error = errorAt(at, placed);
  const base = {
    id: idOf(at),
    name: at,
    label: field.optional ? `${field.label} (optional)` : field.label,
    hint: field.hint,
    ...(error === undefined ? {} : { error }),
  };
  switch (entry.is) {
    case 'one':
      return {
        ...base,
        ...(chosenNode(entry.text, field, shown.offered.offers.get(field.name)) ??
          oneNode(field, entry.text, shown)),
        shows: shows(entry, shown),
      };
    case 'several':
      return { ...base, is: 'checkboxes', items: itemsOf(field.control, entry.chosen) };
    case 'day':
      return { ...base, is: 'day', day: entry.day };
    case 'record':
      return { ...base, is: 'record', nodes: inner(entry.entries, placed, shown) };
    case 'list':
      return {
        ...{ ...base, is: 'list', thing: lowered(field.label) },
        rows: entry.rows.map((row) => inner(row, placed, shown)),
      };
  }
}

const inner = (
  entries: readonly Entry[],
  placed: readonly Placed[],
  shown: Shown,
): readonly object[] =>
  entries
    .filter(({ field }) => field.control.is !== 'begun')
    .map((entry) => nodeOf(entry, placed, shown));

/** Ids there are, by what people call what they stand for. One that came from elsewhere stays among them. */
function chosenNode(
  text: string,
  { control, optional }: FormField,
  offers: readonly Offer[] | undefined,
): object | undefined {
  if (offers === undefined) return undefined;
  const chosen = linesOf(text);
  const besides = chosen.filter((id) => !offers.some(({ value }) => value === id));
  const items = [...offers, ...besides.map((id) => ({ value: id, text: `Another: ${id}` }))].map(
    (offer) => ({
      ...offer,
      ...{ checked: chosen.includes(offer.value), selected: chosen.includes(offer.value) },
    }),
  );
  if (control.is === 'lines') return { is: 'checkboxes', items, hint: 'Tick all that apply.' };
  const none = { value: '', text: optional ? 'Not said' : 'Choose one' };
  return { is: 'select', items: [none, ...items], hint: undefined };
}

/** So many words stand below one another; more are a list to choose from. */
const FEW = 7;

function oneNode(field: FormField, text: string, shown: Shown): object {
  const { control, optional } = field;
  if (control.is === 'flag')
    return { is: 'radios', inline: true, items: flagItems(text, optional) };
  if (control.is === 'choice') {
    const items = itemsOf(control, [text]);
    return optional || items.length > FEW
      ? {
          is: 'select',
          items: [{ value: '', text: optional ? 'Not said' : 'Choose one' }, ...items],
        }
      : { is: 'radios', items };
  }
  if (control.is === 'school' || control.is === 'lines')
    return { ...schoolNode(field, text, shown), rows: 4 };
  if (control.is === 'text' && control.long)
    return { is: 'textarea', rows: control.rows, value: text };
  return {
    is: 'input',
    value: text,
    inputmode: control.is === 'number' ? 'decimal' : undefined,
    classes: control.is === 'number' ? 'govuk-input--width-10' : undefined,
    spellcheck: control.is === 'text' && control.kind === 'words',
  };
}

/** Schools are shown by URN, with their names: nobody knows them by our ids. */
function schoolNode({ control, name, hint }: FormField, text: string, shown: Shown): object {
  const called = linesOf(text);
  const schools = namesSchools(control) ? called.map((one) => shown.school(one)) : [];
  const value = called.map((one, i) => schools[i]?.urn ?? one).join('\n');
  const names = schools.flatMap((school) => (school === undefined ? [] : [school.name]));
  const says = names.length === 0 ? hint : `${names.join(', ')}. ${hint ?? ''}`;
  if (name === shown.own) return { is: 'said', value, says: names[0] ?? 'Your school' };
  if (control.is === 'lines') return { is: 'textarea', value, hint: says };
  return {
    ...{ is: 'input', value, hint: says, inputmode: 'numeric' },
    ...{ classes: 'govuk-input--width-20', spellcheck: false },
  };
}

const flagItems = (text: string, optional: boolean): readonly object[] => [
  { value: 'yes', text: 'Yes', checked: text === 'yes' },
  { value: 'no', text: 'No', checked: text === 'no' },
  ...(optional ? [{ value: '', text: 'Not said', checked: text !== 'yes' && text !== 'no' }] : []),
];

function itemsOf(control: FormField['control'], chosen: readonly string[]) {
  if (control.is !== 'choice' && control.is !== 'choices') return [];
  const words = control.words.map(String);
  return words.map((word) => ({
    ...{ value: word, text: wordInWords(word, words) },
    // Radios and checkboxes are checked, options are selected.
    ...{ checked: chosen.includes(word), selected: chosen.includes(word) },
  }));
}
