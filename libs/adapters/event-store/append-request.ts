import type { ExpectedRevision, NewEvent } from '#kernel';
import { invalid } from './invalid';

/** An append that has been checked, with its events as they will be stored. */
export interface AppendRequest {
  readonly stream: string;
  /** -1 for 'none'. */
  readonly expected: 'any' | number;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly data: string;
    readonly metadata: string;
  }[];
}

/** Longest name of a stream or a type, in UTF-16 units. */
const MAX_NAME = 200;

/** Deepest nesting of data; also what stops a value that contains itself. */
const MAX_DEPTH = 64;

/** Most that one append may bring, in UTF-16 units of JSON: no single append may hold up or break its neighbours. */
export const MAX_APPEND = 4 * 1024 * 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Checks an append whole, before anything is written, and takes a copy: what the caller changes later does not matter.
 * @throws StoreError 'invalid' naming the event and the field.
 */
export function appendRequest(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): AppendRequest {
  assertName(stream, () => 'The stream');
  if (
    expected !== 'any' &&
    expected !== 'none' &&
    !(Number.isSafeInteger(expected) && expected >= 0)
  ) {
    throw invalid(
      `The expected revision of ${stream} must be 'any', 'none' or a whole number from 0, not ${String(expected)}.`,
    );
  }
  if (events.length === 0) throw invalid(`An append to ${stream} must bring at least one event.`);
  const ids = new Set<string>();
  let size = 0;
  const stored = events.map((event, i) => {
    // Put into words only when something is wrong.
    const where = (field = ''): string => `Event ${i} for ${stream}${field}`;
    if (typeof event.id !== 'string' || !UUID.test(event.id)) {
      throw invalid(`${where()}: its id must be a UUID in lower case.`);
    }
    if (ids.has(event.id))
      throw invalid(`${where()}: its id ${event.id} stands twice in this append.`);
    ids.add(event.id);
    assertName(event.type, () => where(': its type'));
    const data = jsonOf(event.data, () => where(': data'));
    const metadata = jsonOf(event.metadata, () => where(': metadata'));
    size += data.length + metadata.length;
    return { id: event.id, type: event.type, data, metadata };
  });
  if (size > MAX_APPEND) {
    throw invalid(
      `An append to ${stream} brings ${size} characters of JSON; at most ${MAX_APPEND} fit. Split it.`,
    );
  }
  return { stream, expected: expected === 'none' ? -1 : expected, events: stored };
}

function assertName(name: unknown, what: () => string): void {
  if (typeof name !== 'string' || name === '') throw invalid(`${what()} must have a name.`);
  if (name.length > MAX_NAME) {
    throw invalid(`${what()} has a name of ${name.length} characters; at most ${MAX_NAME} fit.`);
  }
  if (CONTROL.test(name) || !name.isWellFormed()) {
    throw invalid(`${what()} has a name with control characters or half a character in it.`);
  }
}

function jsonOf(value: unknown, where: () => string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${where()} must be an object of plain JSON.`);
  }
  const fault = faultOf(value, 1);
  if (fault !== undefined) throw invalid(`${where()}${fault}.`);
  return JSON.stringify(value);
}

/**
 * The first thing that JSON.stringify would drop, change or choke on without a word, as "/path is what"; undefined when
 * there is none. The path is put together only on the way back from a fault.
 */
function faultOf(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : ` is ${value}, which JSON has no word for`;
    case 'object':
      return value === null ? undefined : faultInside(value, depth);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      return ` is ${typeof value}, which is not plain JSON`;
  }
}

function faultInside(value: object, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return ` is nested more than ${MAX_DEPTH} deep, or contains itself`;
  if (Array.isArray(value)) return faultInList(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of any realm: its prototype is nothing, or has no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return ` is a ${value.constructor.name}, which is not plain JSON`;
  }
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const fault = faultOf(fields[name], depth + 1);
    if (fault !== undefined) return `/${name}${fault}`;
  }
  return undefined;
}

/** By index, because a list with holes in it is not plain either. */
function faultInList(list: readonly unknown[], depth: number): string | undefined {
  for (let i = 0; i < list.length; i++) {
    const fault = faultOf(list[i], depth + 1);
    if (fault !== undefined) return `/${i}${fault}`;
  }
  return undefined;
}
