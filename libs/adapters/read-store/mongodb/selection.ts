import type { CollectionSpec, Filter, Json, JsonObject, Sort } from '#kernel';

/** What of a filter and a sort the server does. */
export interface Selection {
  /** Over the stored documents. What it leaves in may be too much, when there is a `rest`; never too little. */
  readonly filter: JsonObject;
  /** The terms over fixed fields alone, which bound the search for changed documents too. */
  readonly fixed: JsonObject;
  /** What is left to test in memory; undefined when the server does all of it. */
  readonly rest: Filter | undefined;
  /** The whole order, ties by key. undefined: to be put in order in memory. */
  readonly order: Readonly<Record<string, 1 | -1>> | undefined;
  /** Fields of the order that might hold a list or an object, by which nothing can be ordered. */
  readonly unsure: readonly string[];
}

/**
 * Divides a query between the server and memory. To the server goes what MongoDB, what speaks its protocol and mingo
 * understand alike: comparisons with texts, numbers, truth values and nothing, joined as one likes. The rest is tested
 * in memory by mingo, so that every store gives the same answers.
 */
export function select({ fixed }: CollectionSpec, filter: Filter, sort: Sort): Selection {
  const terms: Json[] = [];
  const fixedTerms: Json[] = [];
  const rest: Record<string, Json> = {};
  for (const [name, condition] of Object.entries(filter)) {
    const term = termOf(name, condition, 'body.');
    if (term === undefined) {
      rest[name] = condition;
      const wider = widerThan(name, condition);
      if (wider !== undefined) terms.push(wider);
      continue;
    }
    terms.push(term);
    if (fixed.includes(name)) fixedTerms.push(term);
  }
  const fields = Object.entries(sort);
  const ordered = fields.every(([path]) => isPath(path));
  return {
    filter: all(terms),
    fixed: all(fixedTerms),
    rest: Object.keys(rest).length === 0 ? undefined : rest,
    order: ordered
      ? {
          ...Object.fromEntries(fields.map(([path, direction]) => [`body.${path}`, direction])),
          _id: 1,
        }
      : undefined,
    unsure: fields.map(([path]) => path).filter((path) => !fixed.includes(path)),
  };
}

/** One condition is said plainly, so that an index is found; several on one field must not overwrite each other. */
function all(terms: readonly Json[]): JsonObject {
  const joined: Record<string, Json> = {};
  const others: Json[] = [];
  for (const term of terms as readonly JsonObject[]) {
    if (Object.keys(term).some((name) => name in joined)) others.push(term);
    else Object.assign(joined, term);
  }
  return others.length === 0 ? joined : { ...joined, $and: [...listAt(joined, '$and'), ...others] };
}

const listAt = (object: JsonObject, name: string): readonly Json[] =>
  (object[name] as readonly Json[] | undefined) ?? [];

/** The condition as the server takes it; undefined when it is to be tested in memory. */
function termOf(name: string, condition: Json, prefix: string): JsonObject | undefined {
  if (name === '$and' || name === '$or' || name === '$nor') {
    if (!Array.isArray(condition) || condition.length === 0) return undefined;
    const terms = (condition as readonly Json[]).map((one) => filterOf(one, prefix));
    return terms.every((one) => one !== undefined) ? { [name]: terms } : undefined;
  }
  if (!isPath(name)) return undefined;
  const understood = isValue(condition) ? condition : conditionOf(condition);
  return understood === undefined ? undefined : { [prefix + name]: understood };
}

function filterOf(filter: Json, prefix: string): JsonObject | undefined {
  if (!isObject(filter)) return undefined;
  const terms = Object.entries(filter).map(([name, value]) => termOf(name, value, prefix));
  return terms.every((term) => term !== undefined) ? all(terms) : undefined;
}

/** Operators on one field. */
function conditionOf(condition: Json): JsonObject | undefined {
  if (!isObject(condition)) return undefined;
  const operators = Object.entries(condition);
  if (operators.length === 0) return undefined;
  return operators.every(([operator, operand]) => isUnderstood(operator, operand))
    ? condition
    : undefined;
}

function isUnderstood(operator: string, operand: Json): boolean {
  switch (operator) {
    case '$eq':
    case '$ne':
      return isValue(operand);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return typeof operand !== 'boolean' && operand !== null && isValue(operand);
    case '$in':
    case '$nin':
      return Array.isArray(operand) && (operand as readonly Json[]).every(isValue);
    case '$exists':
      return typeof operand === 'boolean';
    default:
      return false;
  }
}

/** Letters that JavaScript and PCRE take alike, and escaped signs. */
const LITERAL = /^(?:[A-Za-z0-9 ,'&-]|\\[.*+?^${}()|[\]\\])+$/;

/** For a text to be found anywhere in a field: the server finds all that mingo would, and perhaps a few more. */
function widerThan(name: string, condition: Json): JsonObject | undefined {
  if (!isPath(name) || !isObject(condition)) return undefined;
  const { $regex, $options = '', ...more } = condition;
  if (typeof $regex !== 'string' || Object.keys(more).length > 0) return undefined;
  if (!LITERAL.test($regex) || !(typeof $options === 'string' && ['', 'i'].includes($options)))
    return undefined;
  return { [`body.${name}`]: { $regex, ...($options === '' ? {} : { $options }) } };
}

/** A value that all compare alike. */
function isValue(value: Json): value is string | number | boolean | null {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'boolean' || value === null;
}

/** A path of plain names: no operator, no place in a list, nothing that could not be stored under its own name. */
function isPath(path: string): boolean {
  return path
    .split('.')
    .every((name) => name !== '' && !/^[$\d]/.test(name) && !name.includes('\0'));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
