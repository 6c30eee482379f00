import type { Catalogue } from '#application';
import { patterns, schemaOf } from '#application';
import type { Json, JsonObject } from '#kernel';
import { hintOf, hintOfDay, labelOf } from './form-words';
import { capital } from './words';

/*
 * The fields of a command's form, made from the command's own declaration by way of its JSON schema: what the API documents is
 * what people fill in, and a new command has its form without further ado.
 */

export type Control =
  /** One line of text; `long` where there is room for more. */
  | {
      readonly is: 'text';
      readonly long: boolean;
      readonly rows: number;
      readonly kind: 'words' | 'code' | 'id';
    }
  | { readonly is: 'number' }
  | { readonly is: 'day' }
  | { readonly is: 'flag' }
  | { readonly is: 'choice'; readonly words: readonly Json[] }
  | { readonly is: 'choices'; readonly words: readonly string[] }
  /** Short texts, one on a line; schools are named by URN or id, as in `school`. */
  | { readonly is: 'lines'; readonly kind: 'texts' | 'ids' | 'schools' }
  | { readonly is: 'school' }
  /** Filled in by us: the identity of what begins. */
  | { readonly is: 'begun' }
  | { readonly is: 'record'; readonly fields: readonly FormField[] }
  | {
      readonly is: 'list';
      readonly fields: readonly FormField[];
      readonly least: number;
      readonly most: number;
    };

/** What a field may be filled in with beforehand; a school, from the deployment somebody comes from. */
export type Start = 'academic-year' | 'position' | 'school' | 'home-school';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional: boolean;
  /** An identity few people have at hand: it stands aside. */
  readonly aside: boolean;
  /** What it begins with where somebody has not said anything else. */
  readonly starts?: Start;
  readonly control: Control;
}

export interface Form {
  readonly name: string;
  readonly context: string;
  readonly says: string;
  readonly by: readonly string[];
  readonly fields: readonly FormField[];
}

type Entry = ReturnType<Catalogue['commands']>[number];

/** The form of a command of the catalogue. */
export function formOf({ name, aggregate: { context }, command }: Entry): Form {
  const fields = fieldsIn(schemaOf(command.takes), { context, begins: command.begins, at: '' });
  return { name, context, says: command.says, by: command.by, fields };
}

/** The fields in which a command may be told beforehand what it is about. */
export const namesIn = ({ fields }: Form): ReadonlySet<string> =>
  new Set(fields.filter(({ control }) => control.is !== 'begun').map(({ name }) => name));

interface Where {
  readonly context: string;
  readonly begins: string | undefined;
  /** Path of what the fields are in: empty, or `members/`. */
  readonly at: string;
}

function fieldsIn(schema: JsonObject, where: Where): readonly FormField[] {
  const required = (schema['required'] ?? []) as readonly string[];
  const properties = schema['properties'] as Readonly<Record<string, JsonObject>>;
  const fields = Object.entries(properties).map(([name, field]) =>
    fieldFrom(name, field, !required.includes(name), where),
  );
  // What it is about comes first, and what few people have at hand last.
  return fields.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ control, aside, optional, hint }: FormField): number {
  if (aside) return 3;
  if (control.is === 'school' && !optional) return 0;
  return hint === ID ? 1 : 2;
}

const ID = 'Its id, as the pages and the API give it. A link from a page fills it in.';
const PERSON =
  'A person’s reference, such as person-adviser: small letters, digits and hyphens. Never a name.';
const SCHOOL = 'Its URN: six digits.';
const LINES = 'One on a line.';

function fieldFrom(name: string, schema: JsonObject, optional: boolean, where: Where): FormField {
  const control = controlFor(name, schema, where);
  const own = hintOf(name, optional);
  const hint = own ?? hintFor(name, control, schema, optional, where.context);
  return {
    name,
    label: labelOf(name),
    ...(hint === undefined ? {} : { hint }),
    optional,
    aside: optional && schema['format'] === 'uuid' && control.is !== 'school',
    ...startOf(name, schema, optional),
    control,
  };
}

function startOf(
  name: string,
  { pattern }: JsonObject,
  optional: boolean,
): { readonly starts?: Start } {
  if (optional) return {};
  if (name === 'dashboardPosition') return { starts: 'position' };
  if (name === 'schoolId') return { starts: 'school' };
  if (name === 'homeSchoolId') return { starts: 'home-school' };
  return pattern === patterns.academicYear ? { starts: 'academic-year' } : {};
}

/** Names of fields that hold the id of a school, or ids of schools, and do not say so. */
const schoolsBesides: readonly string[] = [
  ...['survivorId', 'closingIds', 'successorIds', 'counterpartyIds'],
];
const isOfSchool = (name: string): boolean =>
  /schoolIds?$/i.test(name) || schoolsBesides.includes(name);

/** A text of more than this does not fit a line. */
const LINE = 200;

function controlFor(name: string, schema: JsonObject, where: Where): Control {
  const { type, format, items, enum: words, maxLength } = schema;
  if (where.begins === where.at + name) return { is: 'begun' };
  if (words !== undefined) return { is: 'choice', words: words as readonly Json[] };
  if (schema['properties'] !== undefined)
    return { is: 'record', fields: fieldsIn(schema, { ...where, at: `${where.at}${name}/` }) };
  if (items !== undefined) return controlForItems(name, schema, items as JsonObject, where);
  if (type === 'boolean') return { is: 'flag' };
  if (type === 'integer' || type === 'number') return { is: 'number' };
  if (format === 'date') return { is: 'day' };
  if (format === 'uuid' && isOfSchool(name)) return { is: 'school' };
  const most = typeof maxLength === 'number' ? maxLength : 0;
  const kind = format === 'uuid' ? 'id' : schema['pattern'] === undefined ? 'words' : 'code';
  return { is: 'text', long: most > LINE, rows: most > 2000 ? 8 : 4, kind };
}

function controlForItems(
  name: string,
  schema: JsonObject,
  items: JsonObject,
  where: Where,
): Control {
  if (items['properties'] !== undefined) {
    const { minItems = 0, maxItems = 1000 } = schema;
    const fields = fieldsIn(items, { ...where, at: `${where.at}${name}/` });
    return { is: 'list', fields, least: minItems as number, most: maxItems as number };
  }
  if (items['enum'] !== undefined)
    return { is: 'choices', words: items['enum'] as readonly string[] };
  const kind = items['format'] !== 'uuid' ? 'texts' : isOfSchool(name) ? 'schools' : 'ids';
  return { is: 'lines', kind };
}

function hintFor(
  name: string,
  control: Control,
  schema: JsonObject,
  optional: boolean,
  context: string,
): string | undefined {
  if (control.is === 'day') return hintOfDay(name, optional, context);
  if (control.is === 'school') return SCHOOL;
  if (control.is === 'number') return hintOfNumber(schema);
  if (control.is === 'choices') return 'Tick all that apply.';
  if (control.is === 'lines')
    return hintOfLines(control.kind === 'schools', schema['items'] as JsonObject);
  return control.is === 'text' ? hintOfText(schema) : undefined;
}

function hintOfNumber({ type, minimum, maximum }: JsonObject): string {
  const kind = type === 'integer' ? 'A whole number' : 'A number';
  if (minimum !== undefined && maximum !== undefined)
    return `${kind}, ${JSON.stringify(minimum)} to ${JSON.stringify(maximum)}.`;
  return minimum === undefined ? `${kind}.` : `${kind}, at least ${JSON.stringify(minimum)}.`;
}

function hintOfLines(schools: boolean, items: JsonObject): string {
  if (schools) return 'The URN of each, one on a line.';
  const each = hintOfText(items);
  if (items['format'] === 'date') return 'One date on a line, written like 2026-12-25.';
  if (items['format'] === 'uuid') return 'The id of each, one on a line.';
  return items['pattern'] === patterns.person && each !== undefined ? `${each} ${LINES}` : LINES;
}

function hintOfText({ format, pattern, maxLength, description }: JsonObject): string | undefined {
  if (format === 'uuid') return ID;
  if (pattern === patterns.person) return PERSON;
  if (pattern === patterns.academicYear) return 'Such as 2026/27.';
  if (pattern === patterns.urn) return 'Six digits.';
  if (typeof description === 'string') return wanted(description);
  return typeof maxLength === 'number' && maxLength > LINE
    ? `Up to ${maxLength.toLocaleString('en-GB')} characters.`
    : undefined;
}

/** "docHash must be 64 digits" → "64 digits." */
function wanted(says: string): string {
  const what = says.replace(/^.*? must be /, '');
  return `${capital(what)}.`;
}
