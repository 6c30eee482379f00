import { BadRequestException } from '@nestjs/common';
import { wellFormed } from '#application';
import { capital } from './words';

/** Says on a page that what somebody sent was recorded, or was on record already. Every page takes it. */
export const RECORDED = 'recorded';

export type Query = Readonly<Record<string, unknown>>;

/** A date asked for in three fields, as people write one. */
export interface DateField {
  readonly name: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  /** The date, as `2026-11-23`, where it is one that can be used. */
  readonly value?: string;
  /** What is wrong with it, and what to do. */
  readonly fault?: string;
}

const PARTS = ['day', 'month', 'year'] as const;
const said = (query: Query, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value.trim().slice(0, 20) : '';
};

/**
 * Reads a date from a page's address: `asOf=2026-11-23` as our links write it, or `asOf-day`, `asOf-month` and
 * `asOf-year` as the form sends them. `latest` is the last day that can be asked for.
 */
export function dateField(query: Query, name: string, latest: string): DateField {
  const whole = said(query, name);
  const [year = '', month = '', day = ''] =
    whole === '' ? PARTS.map((part) => said(query, `${name}-${part}`)).reverse() : whole.split('-');
  const given = [day, month, year].filter((part) => part !== '').length;
  return {
    name,
    day,
    month,
    year,
    ...(given === 0
      ? {}
      : given < PARTS.length
        ? { fault: INCOMPLETE }
        : dateIn(year, month, day, latest)),
  };
}

const INCOMPLETE = 'The date must include a day, a month and a year, for example 23 11 2026';
const NOT_REAL = 'The date must be a real date, for example 23 11 2026';
const IN_THE_FUTURE =
  'The date must be today or in the past: nobody can say yet what will be known then';

function dateIn(
  year: string,
  month: string,
  day: string,
  latest: string,
): { value: string } | { fault: string } {
  const value = realDay(year, month, day);
  if (value === undefined) return { fault: NOT_REAL };
  return value > latest ? { fault: IN_THE_FUTURE } : { value };
}

function realDay(year: string, month: string, day: string): string | undefined {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return undefined;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

/** A field for a date that was not asked for, filled in with one. */
export function filledIn(field: DateField, value: string): DateField {
  if (field.value !== undefined || field.fault !== undefined) return field;
  const [year = '', month = '', day = ''] = value.split('-');
  return { name: field.name, day: String(Number(day)), month: String(Number(month)), year, value };
}

/** The other parameters of a page, checked. What a form sends empty was not asked for; dates are read by `dateField`. */
export function fieldsOf<T extends object>(
  takes: new () => T,
  query: Query,
  dates: readonly string[],
): T {
  const isDate = (name: string): boolean =>
    dates.some((date) => name === date || PARTS.some((part) => name === `${date}-${part}`));
  const rest = Object.fromEntries(
    Object.entries(query).filter(
      ([name, value]) => value !== '' && name !== RECORDED && !isDate(name),
    ),
  );
  const checked = wellFormed(takes, rest);
  if (!('malformed' in checked)) {
    // An instance has all fields of its class; those not asked for are undefined, and left out here.
    const asked = Object.entries(checked.data).filter(([, value]) => value !== undefined);
    return Object.fromEntries(asked) as T;
  }
  throw new BadRequestException(checked.malformed.map(({ detail }) => sentence(detail)).join(' '));
}

const sentence = (text: string): string => `${capital(text)}${text.endsWith('.') ? '' : '.'}`;

/** An address with these parameters, those without a value left out. */
export function address(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
  part = '',
): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  const query = new URLSearchParams(given).toString();
  return `${path}${query === '' ? '' : `?${query}`}${part === '' ? '' : `#${part}`}`;
}

/** Where to go after signing in: a path of this service and nothing else. */
export function localPath(to: unknown): string | undefined {
  if (typeof to !== 'string' || !to.startsWith('/') || to.length > 1000) return undefined;
  const here = 'http://here.invalid';
  if (!URL.canParse(to, here)) return undefined;
  const url = new URL(to, here);
  return url.origin === here ? `${url.pathname}${url.search}` : undefined;
}
