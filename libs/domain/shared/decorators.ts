import type { ValidationError, ValidationOptions } from 'class-validator';
import {
  IsInt,
  IsNumber,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  buildMessage,
  getMetadataStorage,
  validateSync,
} from 'class-validator';
import { daysOf } from './academic-year';

/** One thing wrong with a command as it was sent. */
export interface Fault {
  /** JSON pointer (RFC 6901) to the field. */
  readonly pointer: string;
  /** What was wrong and what is wanted. */
  readonly detail: string;
}

type Class<T extends object = object> = new () => T;

/** A lasting test of one value, with the sentence for when it fails; `$property` stands for the field's name. */
function rule(
  name: string,
  holds: (value: unknown) => boolean,
  sentence: string,
  options?: ValidationOptions,
  constraints: readonly unknown[] = [],
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      constraints: [...constraints],
      validator: {
        validate: holds,
        defaultMessage: buildMessage((each) => each + sentence, options),
      },
    },
    options,
  );
}

const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);

/** Days in a month of the Gregorian calendar; pure arithmetic, because nothing here may hold a clock. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** What we keep records of lies in these years: anything else is a slip, or somebody’s way of saying that they do not know. */
const [FIRST_YEAR, LAST_YEAR] = [1500, 2199];
const isOfOurTime = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;

/** Is it a day that exists, written `2026-11-23`? */
export function isDay(value: unknown): value is string {
  const parts = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return (
    isOfOurTime(year) && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

/** The field may be left out. Unlike class-validator's IsOptional it may not be null: absent is absent. */
export const Optional = (): PropertyDecorator =>
  ValidateIf((_, value: unknown) => value !== undefined, { context: { optional: true } });

/** A calendar day that exists, `2026-11-23`. */
export const IsDay = (options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isDay',
    isDay,
    `$property must be a day that exists from ${FIRST_YEAR} to ${LAST_YEAR}, written like 2026-11-23`,
    options,
  );

/** An identity of ours: a UUID in lower case. */
export const IsId = (options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isId',
    matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    '$property must be an identity: a UUID in lower case',
    options,
  );

/** The number the national register gives a school, 100000 to 999999, as text. */
export const IsUrn = (options?: ValidationOptions): PropertyDecorator =>
  rule('isUrn', matches(/^[1-9]\d{5}$/), '$property must be a URN: six digits, as text', options);

/** `2026/27`, the second year following the first. */
export const IsAcademicYear = (options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isAcademicYear',
    (value) =>
      typeof value === 'string' &&
      daysOf(value) !== undefined &&
      isOfOurTime(Number(value.slice(0, 4))),
    '$property must be an academic year, written like 2026/27',
    options,
  );

/** A reference to a person such as `person-1f3a`; never a name. */
export const IsPersonRef = (options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isPersonRef',
    matches(/^[a-z0-9-]{3,64}$/),
    '$property must be a reference to a person (small letters, digits and hyphens, 3 to 64), not a name',
    options,
  );

/** A teacher can be asked to work 195 days a year [School Teachers’ Pay and Conditions]: nobody has more to give. */
const MOST_IN_A_YEAR = 2 * 195;

/** A number of half-days, the unit days are counted in: at least one, where nothing else is said. */
export const IsHalfDays = ({ min = 1, max = MOST_IN_A_YEAR } = {}): PropertyDecorator =>
  isWhole('a whole number of half-days', min, max);

const isWhole = (what: string, min: number, max: number): PropertyDecorator => {
  const message = `$property must be ${what}, ${min} to ${max}`;
  return every(IsInt({ message }), Min(min, { message }), Max(max, { message }));
};

const every =
  (...rules: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const one of rules) one(target, property);
  };

/** A whole number of whatever is counted, none of it included. */
export const IsCount = (max: number): PropertyDecorator => isWhole('a whole number', 0, max);

/** A number that may be broken, within what anybody would measure. */
export const IsFigure = ({ min = -1e9, max = 1e9 } = {}): PropertyDecorator => {
  const message = `$property must be a number, ${min} to ${max}`;
  return every(IsNumber({}, { message }), Min(min, { message }), Max(max, { message }));
};

/** A share in percent that may be broken. */
export const IsShare = (): PropertyDecorator => IsFigure({ min: 0, max: 100 });

/** A share in whole percent. */
export const IsPercent = (): PropertyDecorator => isWhole('a whole number of percent', 0, 100);

/** Words: not blank, no more than `max` characters. */
export const IsText = (max = 200, options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isText',
    (value) => typeof value === 'string' && value.trim() !== '' && value.length <= max,
    `$property must be text of 1 to ${max} characters`,
    options,
    [max],
  );

/**
 * A plain record whose fields are as the class declares them, and no others. The value stays a plain record.
 * The class is the first constraint in class-validator's metadata, so that documentation can be made from it.
 */
export const IsRecordOf = (of: Class): PropertyDecorator =>
  rule(
    'isRecordOf',
    (value) => faultsOf(of, value).length === 0,
    '$property must be a record with the fields as documented',
    { context: { faults: (value: unknown) => faultsOf(of, value) } },
    [of],
  );

/** A list of such records, `min` to `max` of them. */
export const IsListOf = (of: Class, { min = 0, max = 1000 } = {}): PropertyDecorator => {
  const rightLength = (value: unknown): value is unknown[] =>
    Array.isArray(value) && value.length >= min && value.length <= max;
  const faults = (value: unknown): Fault[] =>
    rightLength(value)
      ? value.flatMap((item, i) =>
          faultsOf(of, item).map(({ pointer, detail }) => ({ pointer: `/${i}${pointer}`, detail })),
        )
      : [];
  return rule(
    'isListOf',
    (value) => rightLength(value) && faults(value).length === 0,
    `$property must be a list of ${min} to ${max} records`,
    { context: { faults } },
    [of, min, max],
  );
};

/**
 * Reads a command from what came in as JSON: the command, or everything wrong with it (one fault a field).
 * Fields that were not declared are faults; fields that were left out are absent from the command, not undefined.
 */
export function commandFrom<T extends object>(
  takes: Class<T>,
  sent: unknown,
): { readonly command: T } | { readonly faults: readonly Fault[] } {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return { faults: [{ pointer: '', detail: 'must be a record: { "field": value, … }' }] };
  }
  const declared = fieldsOf(takes);
  // Not made by its constructor, which would put every field there as undefined: an event made from the command must
  // carry only what was sent. Command classes have nothing but declared fields.
  const command = Object.create(takes.prototype as object) as T;
  const unknown: Fault[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined) continue;
    if (declared.has(name)) Reflect.set(command, name, value);
    else {
      unknown.push({
        pointer: pointerTo(name),
        detail: `${name} is not a field of this; remove it`,
      });
    }
  }
  const faults = validateSync(command, { stopAtFirstError: true, forbidUnknownValues: true });
  const all = [...unknown, ...faults.flatMap(faultsOfField)];
  return all.length === 0 ? { command } : { faults: all };
}

function faultsOf(takes: Class, value: unknown): readonly Fault[] {
  const read = commandFrom(takes, value);
  return 'faults' in read ? read.faults : [];
}

const fields = new WeakMap<Class, ReadonlySet<string>>();

/** Names of the fields a class declares by decorators, its own and inherited; worked out once. */
function fieldsOf(takes: Class): ReadonlySet<string> {
  let names = fields.get(takes);
  if (names === undefined) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(takes, '', false, false);
    fields.set(takes, (names = new Set(rules.map(({ propertyName }) => propertyName))));
  }
  return names;
}

const pointerTo = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A field's own fault, or, where the field is a record or a list of them, those inside it. */
function faultsOfField(error: ValidationError): readonly Fault[] {
  const at = pointerTo(error.property);
  return Object.entries(error.constraints ?? {}).flatMap(([name, detail]) => {
    const context = error.contexts?.[name] as
      { readonly faults?: (value: unknown) => readonly Fault[] } | undefined;
    const inside = context?.faults?.(error.value) ?? [];
    if (inside.length === 0) return [{ pointer: at, detail }];
    return inside.map((fault) => ({ pointer: at + fault.pointer, detail: fault.detail }));
  });
}
