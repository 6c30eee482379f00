import { categories, championRoles, directions, phases, reasonCodes, statuses } from '#domain';
import type { JsonObject } from '#kernel';
import { categoryColumns, decisionRules, suggestedColumns, talkInstead } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';

const figure = { type: 'number' };
const percent = { ...figure, description: 'Of a hundred, one decimal; absent of none.' };
const pence = { ...number, description: 'In whole pence.' };
const category = words(categories);
const reasonCode = words(reasonCodes);
const names = (of: readonly string[], is: JsonObject): JsonObject =>
  record(Object.fromEntries(of.map((name) => [name, is])));

export const method = {
  ...text,
  description: 'How the figures are worked out, and what they do not say.',
};
export const namedSchool = record({ schoolId: { ...text, format: 'uuid' }, urn: text, name: text });
const byReason = listOf(record({ reasonCode, moreSupport: number, lessSupport: number }));
const overrideCounts = {
  judgements: number,
  overrides: number,
  percent,
  moreSupport: number,
  lessSupport: number,
  noSuggestion: { ...number, description: 'Judged where the score suggested nothing.' },
};
const outcome = {
  schools: number,
  gone: { ...number, description: 'No longer open at the end.' },
  moreSupport: number,
  same: number,
  lessSupport: number,
  percentMoreSupport: percent,
  scoreChange: ref('Spread'),
};
const scored = record({
  score: figure,
  coverage: figure,
  suggested: words(suggestedColumns),
});
const of = record({ phase: words(phases), status: words(statuses) });
const potMoney = record({
  grantedPence: pence,
  extraPence: pence,
  usedPence: pence,
  setAsidePence: pence,
  halfDaysBeyond: {
    ...number,
    description: 'Used or set aside at schools beyond what these may have now.',
  },
  forecastPence: pence,
  overspendPence: {
    ...pence,
    description: 'By how much more than the offer grants is to be expected; 0: none.',
  },
});

/** Shapes of answers about the county’s own work. */
export const oversightSchemas: Readonly<Record<string, JsonObject>> = {
  Spread: {
    ...record({
      n: number,
      median: { ...figure, description: 'By nearest rank; absent where n is 0.' },
      p90: { ...figure, description: 'By nearest rank: nine in ten are no more than this.' },
      mean: { ...figure, description: 'One decimal.' },
    }),
    required: ['n'],
  },
  Counts: names(categoryColumns, number),
  CheckedDecision: record({
    school: namedSchool,
    by: words(['proposal', 'review', 'correction']),
    from: category,
    to: category,
    changeId: { ...text, format: 'uuid', description: 'Ask why by it.' },
    decidedOn: day,
    effectiveFrom: day,
    deciderId: text,
    broke: listOf(record({ rule: words(Object.keys(decisionRules)), says: text })),
    instead: record({ of: words(Object.keys(talkInstead)), says: text }),
  }),
  OverrideCounts: record(overrideCounts),
  OverridesByReason: byReason,
  OverridesOfAdviser: record({ assessorId: text, ...overrideCounts, byReason }),
  Override: record({
    school: namedSchool,
    assessmentId: { ...text, format: 'uuid' },
    assessorId: text,
    suggested: category,
    judged: category,
    direction: words(directions),
    reasonCode,
    judgedOn: day,
    moderated: words([...categories, 'return']),
  }),
  Flows: record({
    of,
    before: ref('Counts'),
    after: ref('Counts'),
    net: ref('Counts'),
    flow: record({
      from: day,
      to: day,
      rows: listOf(record({ category: words(categoryColumns), to: ref('Counts') })),
      came: number,
      went: number,
    }),
  }),
  Durations: record({
    of,
    inCategory: listOf(
      record({
        category,
        ended: { ...ref('Spread'), description: 'Days, of spells that are over.' },
        running: { ...ref('Spread'), description: 'Days so far, of spells that are not.' },
        cut: { ...number, description: 'Spells in which the school closed.' },
      }),
    ),
    triggerToDecision: ref('Spread'),
    proposalToDecision: ref('Spread'),
  }),
  Outcome: record(outcome),
  LikeOutcome: record({
    ...outcome,
    percentInSamePhases: {
      ...percent,
      description: 'With phases mixed as those of the Prevention schools are.',
    },
  }),
  Served: record({
    status: words(statuses),
    schools: number,
    pupils: number,
    counts: ref('Counts'),
    support: record({
      halfDaysGranted: number,
      deployments: number,
      schoolsSupported: number,
      percentSupported: percent,
      halfDaysAgreed: number,
      halfDaysUsed: number,
      payer: names(['authority', 'split', 'school'], number),
    }),
    visits: record({ byChampions: number, headline: number }),
    funding: record({ authorityPence: pence, schoolPence: pence }),
    durations: ref('Durations'),
  }),
  WhatIfLine: record({
    school: namedSchool,
    category: { ...category, description: 'The one in force; nothing is changed.' },
    scoredOn: day,
    was: scored,
    now: scored,
  }),
  AllowanceMoney: record({
    rateVersion: text,
    example: { type: 'boolean' },
    pots: record({ sspc: potMoney, sslc: potMoney }),
    byRole: listOf(
      record({
        role: words(championRoles),
        halfDaysUsed: number,
        halfDaysSetAside: number,
        usedPence: pence,
        setAsidePence: pence,
      }),
    ),
    says: method,
  }),
  UrnChain: record({
    school: record({ schoolId: text, urn: text, name: text, open: { type: 'boolean' } }),
    urns: listOf(record({ urn: text, from: day, until: day })),
    history: record({ events: number, joined: { type: 'boolean' }, says: text }),
    successors: listOf(namedSchool),
  }),
};
