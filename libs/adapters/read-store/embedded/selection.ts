import type { Filter, Json, Sort } from '#kernel';
import { isScalar, type Scalar } from '../scalar';

/** What of a filter and a sort SQLite does itself over the columns of the fixed fields. */
export interface Selection {
  /** Terms over the columns, to be joined by AND, with a `?` for each of `values`. */
  readonly terms: readonly string[];
  readonly values: readonly Scalar[];
  /** What is left of the filter; undefined when SQLite does all of it. */
  readonly rest: Filter | undefined;
  /** ORDER BY over the columns and the key; undefined when the order depends on other fields. */
  readonly order: string | undefined;
}

/** The operators SQLite knows too. What is one of many is looked up in the index for each of them. */
const COMPARISONS: Readonly<Record<string, string>> = {
  $eq: '= ?',
  $gt: '> ?',
  $gte: '>= ?',
  $lt: '< ?',
  $lte: '<= ?',
  $in: 'IN (SELECT value FROM json_each(?))',
};

/** A comparison with the value of its `?`. */
interface Comparison {
  readonly sql: string;
  readonly value: Scalar;
}

/** The column of a fixed field. */
export function columnOf(index: number): string {
  return `f${index}`;
}

/**
 * Divides a query between SQLite and memory. Comparisons of a fixed field with texts or numbers go into SQL, where
 * the index over the fixed fields answers those on the leading ones; so does a sort by fixed fields alone.
 */
export function select(fixed: readonly string[], filter: Filter, sort: Sort): Selection {
  const terms: string[] = [];
  const values: Scalar[] = [];
  const rest: Record<string, Json> = {};
  for (const [field, condition] of Object.entries(filter)) {
    const index = fixed.indexOf(field);
    const comparisons = index === -1 ? undefined : comparisonsIn(condition);
    if (comparisons === undefined) {
      rest[field] = condition;
      continue;
    }
    const column = `c.${columnOf(index)}`;
    for (const { sql, value } of comparisons) {
      terms.push(`${column} ${sql}`);
      values.push(value);
      // MongoDB compares within one type; in SQLite every text is greater than every number and '' is the least text.
      if (typeof value === 'number' && sql.startsWith('>')) terms.push(`${column} < ''`);
      if (typeof value === 'string' && sql.startsWith('<')) terms.push(`${column} >= ''`);
    }
  }
  return {
    terms,
    values,
    rest: Object.keys(rest).length === 0 ? undefined : rest,
    order: orderBy(fixed, sort),
  };
}

/** Undefined when one of them is nothing SQLite can do as MongoDB would. */
function comparisonsIn(condition: Json): readonly Comparison[] | undefined {
  if (isScalar(condition)) return [{ sql: '= ?', value: condition }];
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return;
  const comparisons = Object.entries(condition).map(([operator, value]) => {
    const sql = COMPARISONS[operator];
    const bound = operator === '$in' ? listOf(value) : value;
    return sql === undefined || !isScalar(bound) ? undefined : { sql, value: bound };
  });
  return comparisons.length > 0 && comparisons.every((one) => one !== undefined)
    ? comparisons
    : undefined;
}

/** As one text, which a statement takes however many they are. */
const listOf = (values: Json): string | undefined =>
  Array.isArray(values) && values.every((value) => isScalar(value as Json))
    ? JSON.stringify(values)
    : undefined;

function orderBy(fixed: readonly string[], sort: Sort): string | undefined {
  const columns: string[] = [];
  for (const [field, direction] of Object.entries(sort)) {
    const index = fixed.indexOf(field);
    if (index === -1) return undefined;
    columns.push(`c.${columnOf(index)} ${direction === 1 ? 'ASC' : 'DESC'}`);
  }
  return [...columns, 'c.key'].join(', ');
}
