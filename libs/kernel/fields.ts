import type { Json } from './ports/event-store';

/**
 * Who may see a field of an event, written where the field is declared.
 * `public`: may be published as it is. `internal`: for the team and the people concerned. `confidential`: could harm a
 * school if it were known (a category, a score). `personal`: about a person; sealed on its way to the store.
 */
export const classifications = ['public', 'internal', 'confidential', 'personal'] as const;
export type Classification = (typeof classifications)[number];

/** The shapes a field can have; what a value of it must look like is in `faultOf`. */
export type FieldKind =
  | { readonly is: 'text' }
  | { readonly is: 'id' }
  | { readonly is: 'person' }
  | { readonly is: 'integer' }
  | { readonly is: 'number' }
  | { readonly is: 'flag' }
  | { readonly is: 'date' }
  | { readonly is: 'instant' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'list'; readonly of: AnyField }
  | { readonly is: 'record'; readonly shape: Shape };

/**
 * A declared field. The type parameter lives in the type only. A list or a record has no classification of its own:
 * its leaves have one each, and the type system accepts no leaf without.
 */
export interface Field<T, Optional extends boolean = boolean> {
  readonly kind: FieldKind;
  readonly classification: Classification | undefined;
  readonly optional: Optional;
  /** Never present; carries the type of the value. */
  readonly holds?: T;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place that means "a field of whatever type"
export type AnyField = Field<any>;
export type Shape = Readonly<Record<string, AnyField>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<S extends Shape> = {
  [K in keyof S]: S[K]['optional'] extends true ? K : never;
}[keyof S];
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The TypeScript type of the values a shape declares. */
export type DataOf<S extends Shape> = Flat<
  { [K in Exclude<keyof S, OptionalKeys<S>>]: ValueOf<S[K]> } & {
    [K in OptionalKeys<S>]?: ValueOf<S[K]>;
  }
>;

const leaf =
  <T>(kind: FieldKind) =>
  (classification: Classification): Field<T, false> => ({ kind, classification, optional: false });

/** Words people wrote or read. */
export const text = leaf<string>({ is: 'text' });
/** An internal identity of ours, a UUID. */
export const id = leaf<string>({ is: 'id' });
/** A reference to a person. Never a name: what a person is called is kept elsewhere, sealed. */
export const person = leaf<string>({ is: 'person' });
/** A whole number. */
export const integer = leaf<number>({ is: 'integer' });
/** Any finite number. */
export const number = leaf<number>({ is: 'number' });
/** True or false. */
export const flag = leaf<boolean>({ is: 'flag' });
/** A calendar day, `2026-11-23`. */
export const date = leaf<string>({ is: 'date' });
/** A moment in UTC, `2026-11-23T18:20:00.000Z`. */
export const instant = leaf<string>({ is: 'instant' });
/** One of a closed list of words. */
export const word = <const W extends readonly string[]>(
  classification: Classification,
  words: W,
): Field<W[number], false> => ({ kind: { is: 'word', words }, classification, optional: false });
export const list = <T>(of: Field<T>): Field<readonly T[], false> => ({
  kind: { is: 'list', of },
  classification: undefined,
  optional: false,
});
export const record = <const S extends Shape>(shape: S): Field<DataOf<S>, false> => ({
  kind: { is: 'record', shape },
  classification: undefined,
  optional: false,
});
/** The field may be left out. It is never null: absent is absent. */
export const optional = <T>(field: Field<T>): Field<T, true> => ({ ...field, optional: true });

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const matches = (pattern: RegExp, value: unknown): boolean =>
  typeof value === 'string' && pattern.test(value);

/** The first thing wrong with a value held against its field, as "where: what", or undefined when it is as declared. */
export function faultOf(field: AnyField, value: unknown, at = ''): string | undefined {
  if (value === undefined) return field.optional ? undefined : `${at || 'value'}: is missing`;
  const { kind } = field;
  switch (kind.is) {
    case 'text':
    case 'person':
      return typeof value === 'string' ? undefined : `${at}: is not text`;
    case 'id':
      return matches(UUID, value) ? undefined : `${at}: is not a UUID`;
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : `${at}: is not a whole number`;
    case 'number':
      return Number.isFinite(value) ? undefined : `${at}: is not a number`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : `${at}: is neither true nor false`;
    case 'date':
      return matches(DAY, value) ? undefined : `${at}: is not a date`;
    case 'instant':
      return matches(MOMENT, value) ? undefined : `${at}: is not a moment`;
    case 'word':
      return typeof value === 'string' && kind.words.includes(value)
        ? undefined
        : `${at}: is not one of ${kind.words.join(', ')}`;
    case 'list':
      return faultOfList(kind.of, value, at);
    case 'record':
      return faultOfShape(kind.shape, value, at);
  }
}

function faultOfList(of: AnyField, value: unknown, at: string): string | undefined {
  if (!Array.isArray(value)) return `${at}: is not a list`;
  for (let i = 0; i < value.length; i++) {
    const fault = faultOf(of, value[i], `${at}/${i}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** As `faultOf`, for the fields of a whole event: nothing may be missing, and nothing may be there that was not declared. */
export function faultOfShape(shape: Shape, value: unknown, at = ''): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `${at || 'data'}: is not a record`;
  const given = value as Record<string, unknown>;
  for (const name in shape) {
    const field = shape[name];
    if (field === undefined) continue;
    const fault = faultOf(field, given[name], `${at}/${name}`);
    if (fault !== undefined) return fault;
  }
  for (const name in given) {
    if (!(name in shape)) return `${at}/${name}: is not declared`;
  }
  return undefined;
}

/** Walks every leaf of a shape, e.g. to list its classifications: path with `/`, a list's element as `*`. */
export function leavesOf(shape: Shape, at = ''): { path: string; field: AnyField }[] {
  return Object.entries(shape).flatMap(([name, field]) => leavesOfField(field, `${at}/${name}`));
}

function leavesOfField(field: AnyField, path: string): { path: string; field: AnyField }[] {
  if (field.kind.is === 'list') return leavesOfField(field.kind.of, `${path}/*`);
  if (field.kind.is === 'record') return leavesOf(field.kind.shape, path);
  return [{ path, field }];
}

/**
 * The same data with every leaf of one classification replaced, e.g. sealed or opened; untouched parts are shared.
 * `replace` gets the leaf's value and its path in the data.
 */
export function replaceLeaves(
  shape: Shape,
  data: Readonly<Record<string, Json>>,
  classification: Classification,
  replace: (value: Json, path: string) => Json,
  at = '',
): Readonly<Record<string, Json>> {
  let changed: Record<string, Json> | undefined;
  for (const name in shape) {
    const field = shape[name];
    const value = data[name];
    if (field === undefined || value === undefined) continue;
    const next = replaceInField(field, value, classification, replace, `${at}/${name}`);
    if (next !== value) (changed ??= { ...data })[name] = next;
  }
  return changed ?? data;
}

function replaceInField(
  field: AnyField,
  value: Json,
  classification: Classification,
  replace: (value: Json, path: string) => Json,
  at: string,
): Json {
  if (field.kind.is === 'record') {
    const { shape } = field.kind;
    return replaceLeaves(
      shape,
      value as Readonly<Record<string, Json>>,
      classification,
      replace,
      at,
    );
  }
  if (field.kind.is === 'list') {
    const { of } = field.kind;
    const items = value as readonly Json[];
    const next = items.map((item, i) =>
      replaceInField(of, item, classification, replace, `${at}/${i}`),
    );
    return next.some((item, i) => item !== items[i]) ? next : value;
  }
  return field.classification === classification ? replace(value, at) : value;
}
