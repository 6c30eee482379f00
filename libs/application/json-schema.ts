import { getMetadataStorage } from 'class-validator';
import type { Json, JsonObject } from '#kernel';

type Class = new () => object;
type Rule = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What some kinds of text look like, so that whoever reads a schema can tell them apart. */
export const patterns = {
  urn: '^[1-9]\\d{5}$',
  academicYear: '^\\d{4}/\\d{2}$',
  person: '^[a-z0-9-]{3,64}$',
} as const;

const text = { type: 'string' };
const list = { type: 'array' };

/**
 * What each rule of class-validator and of ours says as a JSON schema (2020-12, as OpenAPI 3.1 has it), from the constraints it was declared with.
 * A rule that is not here stops the generation: a field must not be documented as freer than it is.
 */
const rules: Readonly<Record<string, (constraints: readonly unknown[]) => JsonObject>> = {
  isIn: ([words]) => ({ enum: words as readonly Json[] }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isString: () => ({ type: 'string' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  min: ([least]) => ({ minimum: least as number }),
  max: ([most]) => ({ maximum: most as number }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isLength: ([least, most]) => ({ ...text, minLength: least as number, maxLength: most as number }),
  isArray: () => list,
  arrayNotEmpty: () => ({ ...list, minItems: 1 }),
  arrayUnique: () => ({ ...list, uniqueItems: true }),
  arrayMinSize: ([least]) => ({ ...list, minItems: least as number }),
  arrayMaxSize: ([most]) => ({ ...list, maxItems: most as number }),
  isDay: () => ({ ...text, format: 'date' }),
  isId: () => ({ ...text, format: 'uuid' }),
  isUrn: () => ({ ...text, pattern: patterns.urn }),
  isAcademicYear: () => ({ ...text, pattern: patterns.academicYear }),
  isPersonRef: () => ({ ...text, pattern: patterns.person }),
  isText: ([most]) => ({ ...text, minLength: 1, maxLength: most as number }),
  isRecordOf: ([of]) => schemaOf(of as Class),
  isListOf: ([of, least, most]) => ({
    ...list,
    items: schemaOf(of as Class),
    minItems: least as number,
    maxItems: most as number,
  }),
};

const OPTIONAL = 'conditionalValidation';

/** The JSON schema of a class, its fields as their decorators declare them. Throws for a rule that has no schema: a gap in the table above. */
export function schemaOf(takes: Class): JsonObject {
  const all = getMetadataStorage().getTargetValidationMetadatas(takes, '', false, false);
  const fields = Map.groupBy(all, ({ propertyName }) => propertyName);
  const required = [...fields]
    .filter(([, said]) => said.every(({ type }) => type !== OPTIONAL))
    .map(([name]) => name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      [...fields].map(([name, said]) => [name, fieldSchema(said, takes)]),
    ),
    ...(required.length === 0 ? {} : { required: required.toSorted() }),
  };
}

function fieldSchema(said: readonly Rule[], takes: Class): JsonObject {
  const schema: Record<string, Json> = {};
  const items: Record<string, Json> = {};
  for (const rule of said) {
    if (rule.type === OPTIONAL) continue;
    const made = rules[rule.name ?? ''];
    if (made === undefined) {
      throw new Error(
        `${takes.name}.${rule.propertyName}: nothing says what ${String(rule.name)} is as a JSON schema.`,
      );
    }
    Object.assign(rule.each ? items : schema, made(rule.constraints));
    const says = sentenceOf(rule);
    if (says !== undefined) schema['description'] = says;
  }
  return Object.keys(items).length === 0
    ? sorted(schema)
    : sorted({ ...schema, type: 'array', items });
}

/** A sentence of the rule's own ("limit must be …") says more than the schema. */
const sentenceOf = ({ message, propertyName }: Rule): string | undefined =>
  typeof message === 'string' ? message.replaceAll('$property', propertyName) : undefined;

/** Decorators come in the order they were run; a document that is compared with the last one needs one order. */
const sorted = (schema: Record<string, Json>): JsonObject =>
  Object.fromEntries(Object.entries(schema).toSorted(([a], [b]) => (a < b ? -1 : 1)));
