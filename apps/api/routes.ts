import { schemaOf } from '#application';
import { categories, phases, registerFileKinds, schoolKinds, statuses } from '#domain';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { championRoutes } from './champion-routes';
import { figuresRoutes } from './figures-routes';
import { costRoutes } from './cost-routes';
import { letterRoutes } from './letter-routes';
import { matchRoutes } from './match-routes';
import { modelGuideRoutes } from './model-guide-routes';
import { moneyRoutes } from './money-routes';
import { operationRoutes } from './operation-routes';
import { oversightRoutes } from './oversight-routes';
import { ownWorkRoutes } from './own-work-routes';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';
import { qualityRoutes } from './quality-routes';
import { schoolQuestionRoutes } from './school-question-routes';
import { supportQuestionRoutes } from './support-question-routes';
import { supportRoutes } from './support-routes';
import { statutoryRoutes } from './statutory-routes';
import { visitRoutes } from './visit-routes';
import { togetherRoutes } from './together-routes';
import { worklistRoutes } from './worklist-routes';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;

const when = propertiesOf(WhenFields);
const paging = propertiesOf(PageFields);
const anyCategory = words([...categories, 'none']);
const positions = { type: 'string', pattern: '^\\d{1,16}$' };

/** Every route but the commands', by method and path. That it is every one, and for whom, is held against the router. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /health/live': {
    says: 'The process answers.',
    tag: 'Health',
    for: 'everybody',
    answer: { says: 'It does.', schema: record({ status: text }) },
  },
  'GET /health/ready': {
    says: 'Whether the stores answer, and how far each follower of the log has come, in events (1000 at most) and seconds.',
    tag: 'Health',
    for: 'everybody',
    answer: {
      says: 'Ready.',
      schema: record({ status: text, followers: listOf(ref('Follower')), faults: listOf(text) }),
    },
    also: { 503: 'Not ready; `faults` says what does not answer, is behind or stands still.' },
  },
  'POST /api/v1/demo/sign-in': {
    says: 'A token for one invented person of a role. There is no password: the service listens on loopback only while this is on.',
    tag: 'Signing in',
    for: 'everybody',
    body: {
      type: 'application/json',
      schema: {
        ...record({ role: text, urn: { ...text, pattern: '^\\d{6}$' } }),
        required: ['role'],
      },
    },
    answer: {
      says: 'The token.',
      schema: record({ token: text, role: text, validForSeconds: number }),
    },
    also: {
      404: 'NoDemoSignIn: it is off, as it is wherever the service can be reached from outside.',
    },
  },
  'GET /api/v1/schools': {
    says: 'Schools by name.',
    tag: 'Schools',
    for: 'county',
    query: {
      ...paging,
      q: { ...text, minLength: 1, maxLength: 100, description: 'Part of a name, or a URN.' },
      category: anyCategory,
      phase: words(phases),
      kind: words(schoolKinds),
      status: words(statuses),
      closed: words(['true', 'false']),
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, schools: listOf(ref('School')) }),
    },
  },
  'GET /api/v1/schools/{school}': {
    says: 'One school, by its id or any URN it ever had.',
    tag: 'Schools',
    for: 'school',
    query: when,
    answer: { says: 'What is known of it at a glance.', schema: ref('School') },
  },
  'GET /api/v1/schools/{school}/journey': {
    says: 'Everything recorded of a school, newest first, one line an event.',
    tag: 'Schools',
    for: 'school',
    query: {
      ...paging,
      types: { ...text, description: 'Only these events: names with commas between.' },
    },
    answer: {
      says: 'A page of it.',
      schema: record({ total: number, entries: listOf(ref('Line')) }),
    },
  },
  'GET /api/v1/schools/{school}/coverage': {
    says: 'The readings its last assessment stands on, and what is missing and why.',
    tag: 'Schools',
    for: 'school',
    query: when,
    answer: { says: 'Indicator by indicator.', schema: { type: 'object' } },
  },
  'GET /api/v1/schools/{school}/why': {
    says: 'Why its category changed: the whole chain behind one decision, in order.',
    tag: 'Schools',
    for: 'school',
    query: {
      ...when,
      change: {
        ...text,
        format: 'uuid',
        description: 'The decision, by the id of its event; default the last.',
      },
      at: { ...day, description: 'Or a day: the decision behind the category in force on it.' },
    },
    answer: { says: 'Stage by stage; one nothing was recorded for says so.', schema: ref('Why') },
  },
  'GET /api/v1/register': {
    says: 'The category register, in both times: in force on one day, as known at one moment.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      effectiveAt: {
        ...day,
        description: 'The day it was in force; default the day of asOf, or today.',
      },
      category: anyCategory,
    },
    answer: {
      says: 'A page of it.',
      schema: record({ effectiveAt: day, total: number, schools: listOf({ type: 'object' }) }),
    },
  },
  'GET /api/v1/board': {
    says: 'Counts by category, status and phase on a day; with from (and to), how schools moved between two days.',
    tag: 'The county',
    for: 'board',
    query: { ...when, day, from: day, to: day },
    answer: { says: 'Counts; no school is named.', schema: { type: 'object' } },
  },
  'GET /api/v1/cycles': {
    says: 'The yearly rounds, newest first.',
    tag: 'The county',
    for: 'county',
    query: when,
    answer: { says: 'All of them.', schema: record({ cycles: listOf({ type: 'object' }) }) },
  },
  'GET /api/v1/cycles/{year}': {
    says: 'One round and how far it has come, e.g. 2026-27.',
    tag: 'The county',
    for: 'county',
    query: when,
    answer: { says: 'The round with its progress.', schema: { type: 'object' } },
  },
  'GET /api/v1/imports': {
    says: 'Which national files came in, newest first, what each brought, and which lines could not be used.',
    tag: 'The county',
    for: 'imports',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, imports: listOf({ type: 'object' }) }),
    },
  },
  'POST /api/v1/imports': {
    says: 'Brings a national file in: the fields first, then the file. Every line that cannot be used is named; the others go in.',
    tag: 'The county',
    for: 'importing',
    body: {
      type: 'multipart/form-data',
      schema: {
        ...record({
          kind: words(registerFileKinds),
          asAt: { ...day, description: 'The day the file is of, where its name does not say.' },
          dryRun: {
            ...words(['true', 'false']),
            description: 'Say what would change, and change nothing.',
          },
          evenIfOlder: {
            ...words(['true', 'false']),
            description: 'Take it although a file of a later day went in before.',
          },
          file: { ...text, contentMediaType: 'text/csv' },
        }),
        required: ['kind', 'file'],
      },
    },
    answer: {
      says: 'What it brought, and every line that could not be used.',
      schema: ref('ImportReport'),
    },
    also: {
      409: 'OlderThanLast: a file of a later day went in before.',
      415: 'UnsupportedMediaType: it must be multipart/form-data.',
      422: 'FileUnusable or FileDateUnknown: nothing of the file was taken.',
    },
  },
  'GET /api/v1/events': {
    says: 'The log in order, a page at a time; personal values are left out.',
    tag: 'Events',
    for: 'events',
    query: {
      after: {
        ...positions,
        description: 'What was recorded behind this position; 0 is before the first event.',
      },
      limit: {
        ...text,
        pattern: '^([1-9]\\d{0,2}|1000)$',
        description: 'At most this many, 1 to 1000; default 100.',
      },
    },
    answer: {
      says: 'A page, and where to go on.',
      schema: record({ events: listOf(ref('Event')), next: number, atEnd: { type: 'boolean' } }),
    },
  },
  'GET /api/v1/live': {
    says: 'That something changed, as it happens (server-sent events). Each has its position as id; caught-up says when all that was there has been told.',
    tag: 'Events',
    for: 'live',
    query: { after: { ...positions, description: 'Begin behind this position; default: now.' } },
    headers: {
      'Last-Event-ID': {
        ...positions,
        description: 'As after: where a listener who comes back goes on. It wins.',
      },
    },
    answer: {
      says: 'A stream that does not end by itself.',
      schema: text,
      type: 'text/event-stream',
    },
  },
  ...figuresRoutes,
  ...moneyRoutes,
  ...worklistRoutes,
  ...schoolQuestionRoutes,
  ...supportQuestionRoutes,
  ...costRoutes,
  ...ownWorkRoutes,
  ...championRoutes,
  ...supportRoutes,
  ...letterRoutes,
  ...matchRoutes,
  ...statutoryRoutes,
  ...visitRoutes,
  ...togetherRoutes,
  ...qualityRoutes,
  ...oversightRoutes,
  ...modelGuideRoutes,
  ...operationRoutes,
};
