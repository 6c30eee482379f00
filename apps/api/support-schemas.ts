import { categories, championRoles } from '#domain';
import type { JsonObject } from '#kernel';
import { deploymentStages } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';

const school = record({ schoolId: { ...text, format: 'uuid' }, urn: text, name: text });

/** Shapes of answers about brokered support. */
export const supportSchemas: Readonly<Record<string, JsonObject>> = {
  Deployment: {
    ...record({
      deploymentId: { ...text, format: 'uuid' },
      school,
      homeSchool: school,
      championId: { ...text, format: 'uuid' },
      specialism: text,
      role: words(championRoles),
      stage: words(deploymentStages),
      stageInWords: text,
      since: { ...day, description: 'The day it came to this stage.' },
      from: day,
      to: day,
      halfDays: record({ agreed: number, used: number, left: number }),
      payer: record({ kind: words(['authority', 'split', 'school']), authorityPercent: number }),
      payerInWords: text,
      objectives: listOf(
        record({
          objectiveId: text,
          what: text,
          measure: text,
          baseline: text,
          target: text,
          result: words(['reached', 'partly', 'not-reached']),
          now: { ...text, description: 'Where the measure stood when it was judged last.' },
          evidence: text,
        }),
      ),
      lastVisitOn: day,
      visits: { description: 'How many; where one deployment is asked for, each of them.' },
      next: listOf(record({ what: text, who: text })),
      overdue: listOf(ref('Overdue')),
    }),
    required: ['deploymentId', 'school', 'stage', 'stageInWords', 'since', 'halfDays', 'overdue'],
  },
  Overdue: {
    ...record({ task: text, who: text, since: day, by: day, daysOverdue: number }),
    required: ['task', 'who', 'since', 'by', 'daysOverdue'],
  },
  PotOfHalfDays: {
    ...record({
      granted: { ...number, description: 'By the offer.' },
      extra: { ...number, description: 'Approved above the offer.' },
      reserved: { ...number, description: 'Set aside, used or not, and not gone back.' },
      consumed: { ...number, description: 'Of those set aside, used by visits.' },
      released: { ...number, description: 'Went back; it may have been set aside anew.' },
      left: number,
    }),
    required: ['granted', 'extra', 'reserved', 'consumed', 'released', 'left'],
  },
  Allowance: record({
    academicYear: text,
    granted: record({
      category: words(categories),
      headlineVisits: number,
      sspcHalfDays: number,
      sslcHalfDays: number,
      headlineVisitHalfDays: number,
      fundedPercent: number,
      offerVersion: text,
      effectiveFrom: day,
    }),
    pots: record({ sspc: ref('PotOfHalfDays'), sslc: ref('PotOfHalfDays') }),
    lapsed: record({ sspc: number, sslc: number }),
  }),
};
