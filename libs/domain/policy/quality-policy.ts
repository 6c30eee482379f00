import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import type { QualityPolicy } from '../shared/quality-policy';
import { same } from '../shared/same';
import type { PublishQualityPolicy } from './commands';
import { qualityPolicyCommands } from './commands';
import type { QualityPolicyEvent } from './events';
import { qualityPolicyEvents } from './events';

/*
 * The quality policy says how much of the team's work is reviewed by somebody who had no part in it: which share of each
 * kind, drawn by lot, and what is reviewed always. A published version is never changed: a new one supersedes it from the
 * day it takes effect.
 */
export interface QualityPoliciesState {
  /** By version, in the order they were published. */
  readonly versions: Readonly<Record<string, QualityPolicy>>;
}

const refusals = {
  QualityPolicyVersionTaken: {
    kind: 'conflict',
    says: 'A published quality policy is never changed.',
    detail: (version: string) =>
      `Quality policy ${version} is published with other content, and a published policy is never changed. Publish this one under a new version.`,
    pointer: '/version',
  },
  ShareTwice: {
    kind: 'invalid',
    says: 'Each kind of work has one share, and one for each category that has its own.',
    detail: (object: string, category: string) =>
      `There are two shares for ${object} of ${category}. Keep one of them.`,
    pointer: '/shares',
  },
  AlwaysUnfit: {
    kind: 'invalid',
    says: 'All overrides are of assessments, and the first records are of visits and say how many.',
    detail: (object: string, rule: string) =>
      `The rule ${rule} for ${object} cannot be: all-overrides is for assessment and has no number; first-of-a-new-champion is for visit-record and says how many (first).`,
    pointer: '/always',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

function contentRefused({ shares, always }: Readonly<PublishQualityPolicy>): Refused | undefined {
  const again = shares.find(
    ({ object, category }, i) =>
      shares.findIndex((row) => row.object === object && row.category === category) !== i,
  );
  if (again !== undefined) {
    return refuse.ShareTwice(again.object, again.category ?? 'any other category');
  }
  const unfit = always.find(({ object, rule, first }) =>
    rule === 'all-overrides'
      ? object !== 'assessment' || first !== undefined
      : object !== 'visit-record' || first === undefined,
  );
  return unfit && refuse.AlwaysUnfit(unfit.object, unfit.rule);
}

export const decider: Decider<
  QualityPoliciesState,
  ClassesOf<typeof qualityPolicyCommands>,
  QualityPolicyEvent,
  Refused
> = {
  initial: { versions: {} },
  evolve: {
    QualityPolicyPublished: ({ versions }, data) => ({
      versions: { ...versions, [data.version]: data },
    }),
  },
  decide: {
    PublishQualityPolicy: ({ versions }, command) => {
      const published = entryOf(versions, command.version);
      if (published !== undefined) {
        return same(published, command) ? [] : refuse.QualityPolicyVersionTaken(command.version);
      }
      return contentRefused(command) ?? [{ type: 'QualityPolicyPublished', data: { ...command } }];
    },
  },
};

export const qualityPolicy = aggregate({
  context: 'policy',
  name: 'policy-quality',
  is: 'The versions of the quality policy: which share of each kind of work is reviewed, and what is reviewed always.',
  stream: () => 'policy-quality',
  events: qualityPolicyEvents,
  commands: qualityPolicyCommands,
  refusals,
  decider,
});
