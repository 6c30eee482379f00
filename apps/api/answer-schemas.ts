import { categories, phases, schoolKinds, statuses } from '#domain';
import type { JsonObject } from '#kernel';

export const text = { type: 'string' };
export const number = { type: 'integer' };
export const day = { type: 'string', format: 'date' };
export const words = (of: readonly string[]): JsonObject => ({ type: 'string', enum: of });
export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items });
export const record = (properties: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: 'object',
  properties,
});
export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** Shapes that several answers have. */
export const schemas: Readonly<Record<string, JsonObject>> = {
  School: {
    ...record({
      schoolId: { ...text, format: 'uuid' },
      urn: text,
      urns: listOf(record({ urn: text, from: day, until: day })),
      name: text,
      kind: words(schoolKinds),
      phase: words(phases),
      status: words(statuses),
      open: { type: 'boolean' },
      category: record({ is: words(categories), effectiveFrom: day, changeId: text }),
    }),
    required: ['schoolId', 'urn', 'urns', 'name', 'kind', 'phase', 'status', 'open'],
  },
  Line: {
    ...record({
      eventId: { ...text, format: 'uuid' },
      type: text,
      says: { ...text, description: 'What happened, in a sentence.' },
      position: number,
      recordedAt: { ...text, format: 'date-time', description: 'When we came to know it.' },
      effectiveOn: { ...day, description: 'The day from which it was true.' },
      by: record({ id: text, role: text }),
      data: { type: 'object' },
    }),
    required: ['eventId', 'type', 'says', 'position', 'recordedAt', 'effectiveOn', 'by', 'data'],
  },
  Why: record({
    school: record({ schoolId: text, urn: text, name: text }),
    change: record({
      eventId: text,
      type: text,
      from: words(categories),
      to: words(categories),
      effectiveFrom: day,
      recordedAt: text,
      position: number,
    }),
    stages: listOf(record({ stage: text, lines: listOf(ref('Line')), absent: text })),
    others: listOf(record({ eventId: text, from: text, to: text, effectiveFrom: day })),
  }),
  Event: {
    ...record({
      id: { ...text, format: 'uuid' },
      type: text,
      data: { type: 'object' },
      position: number,
      stream: text,
      revision: number,
      recordedAt: { ...text, format: 'date-time' },
      effectiveOn: day,
      metadata: { type: 'object' },
    }),
    required: ['id', 'type', 'data', 'position', 'stream', 'revision', 'recordedAt'],
  },
  ImportReport: record({
    dryRun: { type: 'boolean' },
    kind: text,
    file: text,
    fileDate: day,
    digest: { ...text, description: 'SHA-256 of the file, in hexadecimal.' },
    rowsRead: number,
    rowsOfAuthority: number,
    schoolsChanged: number,
    eventsAppended: number,
    events: {
      type: 'object',
      additionalProperties: number,
      description: 'How many of which type.',
    },
    faults: listOf({
      ...record({ line: number, column: text, value: text, reason: text }),
      required: ['line', 'reason'],
    }),
    warnings: listOf(text),
    leftOut: {
      type: 'object',
      additionalProperties: number,
      description: 'What was passed over on purpose, counted.',
    },
    position: number,
  }),
  Follower: record({
    name: text,
    position: number,
    behindEvents: number,
    behindSeconds: { type: 'number' },
    fault: text,
  }),
};
