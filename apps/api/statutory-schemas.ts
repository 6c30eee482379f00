import {
  categories,
  interventionPowers,
  noticeGrounds,
  noticeRecipients,
  noticeSections,
  riseKinds,
  statuses,
} from '#domain';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';

const uuid = { ...text, format: 'uuid' };
const power = words(interventionPowers);
const school = { schoolId: uuid, urn: text, name: text };

/** How far a notice is on a day. */
const standing: Readonly<Record<string, JsonObject>> = {
  daysLeft: {
    ...number,
    description:
      'Days until the end of the compliance period; negative once it has ended; absent when compliance was decided.',
  },
  next: { ...text, description: 'What is to be done next, in words.' },
  by: { ...day, description: 'By when, where the notice or the law says so.' },
};

/** Shapes of the answers about warning notices and national involvement. */
export const statutorySchemas: Readonly<Record<string, JsonObject>> = {
  WarningNotice: {
    ...record({
      schoolId: uuid,
      noticeId: uuid,
      givenBy: words(['authority', 'secretary-of-state']),
      issuedOn: day,
      stage: text,
      live: { type: 'boolean' },
      overOn: day,
      section: words(noticeSections),
      grounds: listOf(words(noticeGrounds)),
      matters: { ...text, description: 'In the answer of one school only.' },
      actionsRequired: text,
      mindedTo: text,
      copies: listOf(record({ to: words(noticeRecipients), sentOn: day })),
      issuedById: text,
      compliance: record({ from: day, to: day, statedTo: day }),
      decided: record({ outcome: text, on: day }),
      intents: listOf(record({ powers: listOf(power), notifiedOn: day, notBefore: day })),
      powers: listOf(
        record({
          power,
          exercisedOn: day,
          endedOn: day,
          secretaryOfStateConsentedOn: day,
          terms: text,
        }),
      ),
      closedBecause: text,
      toldOn: day,
      docRef: text,
    }),
    required: ['schoolId', 'noticeId', 'givenBy', 'issuedOn', 'stage', 'live'],
  },
  NoticeOn: { ...record({ notice: ref('WarningNotice'), ...standing }), required: ['notice'] },
  NoticeLine: {
    ...record({ school: record(school), notice: ref('WarningNotice'), ...standing }),
    required: ['school', 'notice'],
  },
  Involvement: {
    ...record({
      schoolId: uuid,
      involvementId: uuid,
      kind: words(riseKinds),
      from: day,
      expectedTo: day,
      endedOn: day,
      source: text,
      stage: words(['announced', 'under-way', 'ended']),
      pastExpected: { type: 'boolean' },
    }),
    required: ['schoolId', 'involvementId', 'kind', 'from', 'source', 'stage', 'pastExpected'],
  },
  InvolvementLine: {
    ...record({
      school: record({ ...school, status: words(statuses) }),
      involvement: ref('Involvement'),
      category: words(categories),
    }),
    required: ['school', 'involvement'],
  },
};
