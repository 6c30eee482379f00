import { schemaOf } from '#application';
import { categories, documentKinds, guidePages, guideSections, phases, statuses } from '#domain';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;

const flag = { type: 'boolean' };
const version = {
  version: text,
  title: text,
  example: { ...flag, description: 'Shipped as an example, and no council’s own.' },
  effectiveFrom: day,
  effectiveTo: { ...day, description: 'Its last day, where that is settled.' },
  boardAgreedOn: day,
  supersededBy: text,
};
const months = {
  answers: number,
  points: { ...listOf(number), description: 'How often 1, 2, 3, 4 and 5 were given.' },
  median: { type: 'number' },
};

/** Shapes of the public guide. */
export const modelGuideSchemas: Readonly<Record<string, JsonObject>> = {
  GuideSection: {
    ...record({
      section: words(guideSections),
      ...version,
      text: {
        ...text,
        description:
          'Paragraphs with an empty line between; lines that begin with a hyphen are a list.',
      },
    }),
    required: ['section', 'version', 'title', 'example', 'effectiveFrom', 'text'],
  },
  GuideDocument: {
    ...record({
      documentId: { ...text, format: 'uuid' },
      ...version,
      kind: words(documentKinds),
      issuedBy: text,
      issuedOn: day,
      link: { ...text, format: 'uri' },
      summary: text,
      withdrawnBecause: text,
    }),
    required: ['documentId', 'version', 'title', 'example', 'effectiveFrom', 'kind', 'link'],
  },
  PublishedOffer: record({
    version: text,
    title: text,
    example: flag,
    academicYear: text,
    boardAgreedOn: day,
    effectiveFrom: day,
    supersededBy: text,
    rows: listOf(
      record({
        category: words(categories),
        status: words(statuses),
        headlineVisits: number,
        sspcHalfDays: number,
        sslcHalfDays: number,
        headlineVisitsCountAgainstDays: flag,
        halfDaysPerHeadlineVisit: number,
        fundedPercent: number,
      }),
    ),
  }),
  Responsibility: {
    ...record({
      responsibilityId: { ...text, format: 'uuid' },
      role: text,
      responsibility: text,
      phase: words(phases),
      area: text,
      mailbox: text,
      phone: text,
      publishedName: {
        ...text,
        description: 'Where the council publishes it; never in an answer as of a time gone by.',
      },
      example: flag,
    }),
    required: ['responsibilityId', 'role', 'responsibility', 'example'],
  },
};

/** The routes of the public guide. */
export const modelGuideRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/model-guide': {
    says: 'The public guide of the model as it is in force on a day: its sections, what each category is offered, the documents, the directory of roles.',
    tag: 'The public guide',
    for: 'everybody',
    query: {
      ...propertiesOf(WhenFields),
      day: { ...day, description: 'The day it is in force; default the day of asOf, or today.' },
    },
    answer: {
      says: 'The whole of it.',
      schema: record({
        day,
        sections: listOf(ref('GuideSection')),
        offer: ref('PublishedOffer'),
        documents: listOf(ref('GuideDocument')),
        directory: listOf(ref('Responsibility')),
      }),
    },
  },
  'GET /api/v1/model-guide/documents': {
    says: 'Every document that is or was in the guide, with all its versions, newest first.',
    tag: 'The public guide',
    for: 'everybody',
    query: propertiesOf(PageFields),
    answer: {
      says: 'A page of them.',
      schema: record({
        total: number,
        documents: listOf(
          record({
            documentId: { ...text, format: 'uuid' },
            inForce: { ...text, description: 'The version in force, where there is one.' },
            versions: listOf(ref('GuideDocument')),
          }),
        ),
      }),
    },
  },
  'GET /api/v1/model-guide/helpfulness': {
    says: 'How helpful people found each page of the guide: counts of the five points and their median, as a whole and by month.',
    tag: 'The public guide',
    for: 'board',
    query: propertiesOf(WhenFields),
    answer: {
      says: 'Every page, those without an answer too.',
      schema: record({
        pages: listOf(
          record({
            page: words(guidePages),
            ...months,
            months: listOf(record({ month: text, ...months })),
          }),
        ),
      }),
    },
  },
  'GET /api/v1/model-guide/comments': {
    says: 'What people wrote about pages of the guide, newest first. Who did is not known.',
    tag: 'The public guide',
    for: 'county',
    query: propertiesOf(PageFields),
    answer: {
      says: 'A page of it.',
      schema: record({
        total: number,
        comments: listOf(
          record({ page: words(guidePages), points: number, comment: text, givenOn: day }),
        ),
      }),
    },
  },
};
