import type { Row } from '#application';
import { kebab, rowOf, readers, schemaOf, statusOf } from '#application';
import type { Aggregate, Json, JsonObject, RefusalKind } from '#kernel';
import { schemas } from './answer-schemas';
import { championSchemas } from './champion-routes';
import { matchSchemas } from './match-routes';
import { oversightSchemas } from './oversight-schemas';
import { modelGuideSchemas } from './model-guide-routes';
import type { Route } from './route';
import { routes } from './routes';
import { supportSchemas } from './support-schemas';
import { statutorySchemas } from './statutory-schemas';
import { togetherSchemas } from './together-schemas';

const VERSION = 'v1';

/** The whole API as an OpenAPI 3.1 document: commands from the catalogue, everything else from the table of routes. */
export function openApi(aggregates: readonly Aggregate[]): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Side by Side',
      version: VERSION,
      summary:
        'Why a school changed category, what was known on that day, and word when something changes.',
      description: guide,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: tagsOf(aggregates),
    paths: {
      ...pathsOf(Object.entries(routes).map(routeItem)),
      ...pathsOf(aggregates.flatMap(commandItems)),
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'From POST /api/v1/demo/sign-in while the demo sign-in is on.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'side-by-side',
          description: 'Set by the sign-in page.',
        },
      },
      schemas: {
        ...schemas,
        ...championSchemas,
        ...supportSchemas,
        ...matchSchemas,
        ...statutorySchemas,
        ...togetherSchemas,
        ...oversightSchemas,
        ...modelGuideSchemas,
        Problem: problemSchema,
        Accepted: acceptedSchema,
      },
      headers: headerComponents,
      parameters: parameterComponents,
      responses: Object.fromEntries(
        Object.entries(problemResponses).map(([name, says]) => [name, problemResponse(says)]),
      ),
    },
  };
}

const guide = `Every accepted command answers with a \`Position\` header; every query takes it as \`atLeast\` and then holds what that command did.
\`asOf\` takes a position, a day (its end, in England) or an instant, and answers with what was known then.
Lists have a \`Link\` header to the next page, pinned to the moment of the first.
What is refused is an RFC 9457 problem: a sentence, a pointer to each field, what to do.`;

const ref = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` });
const string = { type: 'string' };
const integer = { type: 'integer' };

const problemSchema: JsonObject = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  properties: {
    type: {
      ...string,
      format: 'uri-reference',
      description: 'Leads to a page about this kind of problem.',
    },
    title: string,
    status: integer,
    detail: { ...string, description: 'What was wrong and what to do.' },
    instance: string,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { ...string, format: 'json-pointer' }, detail: string },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
};
const acceptedSchema: JsonObject = {
  type: 'object',
  properties: {
    position: { ...integer, description: 'What a reader must have seen to see what this did.' },
    recorded: {
      type: 'array',
      description: 'Empty when it was so already.',
      items: {
        type: 'object',
        properties: { type: string, data: { type: 'object' } },
        required: ['type', 'data'],
      },
    },
    repeated: {
      type: 'boolean',
      description: 'True when this very request had been answered before.',
    },
  },
  required: ['position', 'recorded', 'repeated'],
};
const headerComponents: JsonObject = {
  Position: {
    description: 'A place in the log. Queries take it as atLeast, feeds as after.',
    schema: integer,
  },
  Link: {
    description: 'rel="next": the next page, of the same moment. Absent on the last one.',
    schema: string,
  },
  ETag: { description: 'The revision of the record the command is about.', schema: string },
};
const parameterComponents: JsonObject = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Your own name for this request, up to 200 characters: sent again under it, it is done once and answered the same.',
    schema: { ...string, minLength: 1, maxLength: 200 },
  },
  CorrelationId: {
    name: 'X-Correlation-Id',
    in: 'header',
    description: 'Your name for the piece of work this belongs to; stands in every event of it.',
    schema: { ...string, minLength: 1, maxLength: 200 },
  },
};

const problemResponses = {
  Malformed: 'Fields or parameters that cannot be used, each with a pointer. Nothing was recorded.',
  NotSignedIn: 'No token, or one that is not valid any more.',
  NotForYou: 'Signed in, but not as somebody who may.',
  NotFound: 'What was asked for is not there.',
  NotThereYet: 'The read models have not reached the position asked for; ask again in a moment.',
} as const;

const problemResponse = (says: string): JsonObject => ({
  description: says,
  content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
});

type Item = readonly [path: string, method: string, operation: JsonObject];

function pathsOf(items: readonly Item[]): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [path, method, operation] of items) (paths[path] ??= {})[method] = operation;
  return paths;
}

function routeItem([name, route]: readonly [string, Route]): Item {
  const [method = '', path = ''] = name.split(' ');
  const open = route.for === 'everybody';
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => ({
      name: field,
      in: 'path',
      required: true,
      schema: string,
    })),
    ...parametersIn('query', route.query),
    ...parametersIn('header', route.headers),
  ];
  return [
    path,
    method.toLowerCase(),
    {
      tags: [route.tag],
      operationId: operationId(method, path),
      summary: route.says,
      description: `For ${whoMay(route)}.`,
      ...(open ? { security: [] } : {}),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(route.body === undefined
        ? {}
        : {
            requestBody: {
              required: true,
              content: { [route.body.type]: { schema: route.body.schema } },
            },
          }),
      responses: {
        200: {
          description: route.answer.says,
          ...headersOf(route),
          content: { [route.answer.type ?? 'application/json']: { schema: route.answer.schema } },
        },
        ...problemsOf(route, path),
        ...Object.fromEntries(
          Object.entries(route.also ?? {}).map(([status, says]) => [status, problemResponse(says)]),
        ),
      },
    },
  ];
}

function whoMay({ for: what }: Route): string {
  return what === 'everybody' ? 'everybody' : whoIn(readers[what]);
}

const whoIn = ({ all, own }: Row): string =>
  [...all, ...own.map((role) => `${role} (own)`)].join(', ');

function parametersIn(place: 'query' | 'header', fields: JsonObject = {}): readonly JsonObject[] {
  return Object.entries(fields).map(([name, schema]) => {
    const { description, ...rest } = schema as JsonObject;
    return { name, in: place, ...(description === undefined ? {} : { description }), schema: rest };
  });
}

function headersOf({ query = {} }: Route): JsonObject {
  const paged = 'skip' in query || 'limit' in query;
  const names = [...('asOf' in query || paged ? ['Position'] : []), ...(paged ? ['Link'] : [])];
  return names.length === 0
    ? {}
    : { headers: Object.fromEntries(names.map((name) => [name, ref('headers', name)])) };
}

function problemsOf({ for: what, query = {}, body }: Route, path: string): JsonObject {
  return {
    ...(Object.keys(query).length > 0 || body !== undefined
      ? { 400: ref('responses', 'Malformed') }
      : {}),
    ...(what === 'everybody'
      ? {}
      : { 401: ref('responses', 'NotSignedIn'), 403: ref('responses', 'NotForYou') }),
    ...(path.includes('{') ? { 404: ref('responses', 'NotFound') } : {}),
    ...('atLeast' in query ? { 503: ref('responses', 'NotThereYet') } : {}),
  };
}

const operationId = (method: string, path: string): string =>
  `${method.toLowerCase()}-${path
    .replace('/api/v1/', '')
    .replaceAll(/[{}]/g, '')
    .replaceAll(/[^a-z]+/gi, '-')
    .replace(/^-/, '')}`;

function commandItems(aggregate: Aggregate): Item[] {
  return Object.entries(aggregate.commands).map(([name, command]) => [
    commandPath(aggregate.context, name),
    'post',
    {
      tags: [tagOf(aggregate.context)],
      operationId: kebab(name),
      summary: command.says,
      description: `Given by: ${whoIn(rowOf(command))}.`,
      parameters: [ref('parameters', 'IdempotencyKey'), ref('parameters', 'CorrelationId')],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(command.takes) } },
      },
      responses: commandResponses(aggregate),
    },
  ]);
}

function commandResponses({ refusals }: Aggregate): JsonObject {
  const byKind = Map.groupBy(Object.entries(refusals), ([, { kind }]) => kind);
  const told = (kind: RefusalKind, ...general: readonly string[]): JsonObject => {
    const own = (byKind.get(kind) ?? []).map(([code, { says }]) => `${code}: ${says}`);
    return problemResponse([...general, ...own].join('\n\n'));
  };
  return {
    200: {
      description: 'Accepted: what was recorded, if it was not so already.',
      headers: { Position: ref('headers', 'Position'), ETag: ref('headers', 'ETag') },
      content: { 'application/json': { schema: ref('schemas', 'Accepted') } },
    },
    400: ref('responses', 'Malformed'),
    401: ref('responses', 'NotSignedIn'),
    [statusOf.forbidden]: told('forbidden', problemResponses.NotForYou),
    [statusOf.missing]: told('missing', problemResponses.NotFound),
    [statusOf.conflict]: told('conflict', 'The state of things forbids it.'),
    [statusOf.invalid]: told(
      'invalid',
      'It contradicts itself or the policy in force; or the Idempotency-Key was used for another request.',
    ),
  };
}

/** Where a command is given. */
export const commandPath = (context: string, name: string): string =>
  `/api/v1/${context}/${kebab(name)}`;

const tagOf = (context: string): string => `Commands: ${context}`;

function tagsOf(aggregates: readonly Aggregate[]): readonly JsonObject[] {
  const contexts = Map.groupBy(aggregates, ({ context }) => context);
  return [
    ...new Set(Object.values(routes).map(({ tag }) => tag)).values().map((name) => ({ name })),
    ...[...contexts].map(([context, members]) => ({
      name: tagOf(context),
      description: members.map(({ is }) => is).join('\n\n'),
    })),
  ];
}
