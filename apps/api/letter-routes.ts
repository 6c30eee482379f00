import { schemaOf } from '#application';
import { categories, letterRecipients } from '#domain';
import type { JsonObject } from '#kernel';
import { day, listOf, record, text, words } from './answer-schemas';
import { WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const id = { ...text, format: 'uuid' };
const recipients = listOf(words(letterRecipients));
const docHash = {
  ...text,
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of `text`, exactly as it stands there, as UTF-8.',
};

/** The route of the letter with the proposed category. */
export const letterRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/letter': {
    says: 'The letter on its open proposal, filled in from the template and not sent, with the versions it was made from. templateVersion, recipients and docHash are what IssueLetter takes once it went out.',
    tag: 'Schools',
    for: 'county',
    query: {
      ...propertiesOf(WhenFields),
      dated: {
        ...day,
        description:
          'The day the letter is dated: its template is the one in force then, and its terms are counted from it. Default the day of asOf, or today.',
      },
    },
    answer: {
      says: 'The draft. Of the same record and day it is the same, to the letter.',
      schema: record({
        draft: { type: 'boolean' },
        school: record({ schoolId: id, urn: text, name: text }),
        proposalId: id,
        category: words(categories),
        categoryBefore: words(categories),
        dated: day,
        templateVersion: text,
        template: record({ title: text, example: { type: 'boolean' }, effectiveFrom: day }),
        offerVersion: text,
        frameworkVersion: text,
        assessmentId: id,
        recipients,
        subject: text,
        paragraphs: listOf(text),
        text,
        docHash,
        issued: listOf(
          record({
            category: words(categories),
            templateVersion: text,
            recipients,
            docHash: text,
            issuedOn: day,
          }),
        ),
      }),
    },
    also: {
      404: 'NoOpenProposal: there is nothing to write about. NoSuchSchool: nobody knows it.',
      409: 'NoLetterTemplate or NothingOffered: what the letter is made from is not there.',
      422: 'LetterMisdated: before the proposal, or more than a year ahead.',
    },
  },
};
