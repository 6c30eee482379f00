import { listOf, record, text } from './answer-schemas';
import type { Route } from './route';

/** The routes for running the machine. */
export const operationRoutes: Readonly<Record<string, Route>> = {
  'POST /api/v1/operations/rebuild': {
    says: 'Builds every read model anew beside the present ones, compares both, and makes the new ones the ones people see when they differ as was declared.',
    tag: 'Operations',
    for: 'operations',
    body: {
      type: 'application/json',
      schema: record({
        expect: {
          description:
            'What may change: none (default), any, or by collection added, removed, any or a list of fields.',
          oneOf: [
            { type: 'string', enum: ['none', 'any'] },
            {
              type: 'object',
              additionalProperties: {
                oneOf: [
                  { type: 'string', enum: ['added', 'removed', 'any'] },
                  { type: 'array', items: text },
                ],
              },
            },
          ],
        },
        rate: {
          type: 'integer',
          minimum: 1,
          maximum: 1_000_000,
          description: 'Events a second at most.',
        },
        resume: {
          type: 'boolean',
          description: 'Go on with the one that broke off, was refused or was a dry run.',
        },
        dryRun: { type: 'boolean', description: 'Build and compare; do not switch.' },
      }),
    },
    answer: {
      says: 'A line of JSON now and then: {position, end, eventsPerSecond, secondsLeft} as it goes, {comparing}, {difference}; at the end {done, events, generation, switched, kept}, {refused} or {failed}.',
      schema: text,
      type: 'application/x-ndjson',
    },
    also: {
      409: 'RebuildUnderWay: one at a time. NothingToResume: none was broken off.',
    },
  },
  'POST /api/v1/operations/undo': {
    says: 'Goes back to the read models people saw before the last switch; a second time, forwards again.',
    tag: 'Operations',
    for: 'operations',
    answer: { says: 'Switched.', schema: record({ generation: text, kept: text }) },
    also: { 409: 'NothingToUndo: nothing is kept. RebuildUnderWay, NotCaughtUp: ask again later.' },
  },
  'POST /api/v1/operations/finish': {
    says: 'Drops the read models kept to go back to, and a rebuild that broke off.',
    tag: 'Operations',
    for: 'operations',
    answer: { says: 'Dropped.', schema: record({ dropped: listOf(text) }) },
    also: { 409: 'RebuildUnderWay: ask again later.' },
  },
  'POST /api/v1/operations/backup': {
    says: 'Copies the log to a new file on the machine of the service, while it goes on.',
    tag: 'Operations',
    for: 'operations',
    body: {
      type: 'application/json',
      schema: { ...record({ file: { ...text, maxLength: 1000 } }), required: ['file'] },
    },
    answer: { says: 'Copied.', schema: record({ file: text }) },
    also: {
      409: 'BackupRefused: the file is there, or cannot be written.',
      501: 'NotOnThisStore: the event store has tools of its own.',
    },
  },
};
