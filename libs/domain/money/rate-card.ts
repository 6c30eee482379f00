import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { dayRefusals, faultOfFact, faultOfPlan, yearsAfter } from '../shared/recorded-days';
import { same } from '../shared/same';
import { rateCardCommands } from './commands';
import type { RateCard, RateCardEvent } from './events';
import { rateCardEvents } from './events';

/*
 * The rate card says what home schools are paid for half a day of their champion, by the champion's role. A published
 * version is never changed: a new one supersedes it from the day it takes effect.
 */
export interface RateCardsState {
  /** By version, in the order they were published. */
  readonly versions: Readonly<Record<string, RateCard>>;
}

/** How far ahead rates may be agreed. [I]: our own bound, against slips. */
const AGREED_AHEAD_YEARS = 5;

const refusals = {
  ...dayRefusals,
  RateCardVersionTaken: {
    kind: 'conflict',
    says: 'A published rate card is never changed.',
    detail: (version: string) =>
      `Rate card ${version} is published with other content, and a published card is never changed. Publish this one under a new version.`,
    pointer: '/version',
  },
  RateCardDayTaken: {
    kind: 'conflict',
    says: 'On one day one rate card takes effect.',
    detail: (version: string, day: string) =>
      `Rate card ${version} takes effect on ${day} already. Give this one another day.`,
    pointer: '/effectiveFrom',
  },
  RateTwice: {
    kind: 'invalid',
    says: 'A rate card has one rate for a role.',
    detail: (role: string) => `There are two rates for ${role}. Keep one of them.`,
    pointer: '/rates',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  RateCardsState,
  ClassesOf<typeof rateCardCommands>,
  RateCardEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: { versions: {} },
  evolve: {
    RateCardPublished: ({ versions }, data) => ({
      versions: { ...versions, [data.version]: data },
    }),
  },
  decide: {
    PublishRateCard: ({ versions }, command, { today }) => {
      const { version, effectiveFrom, boardAgreedOn, rates } = command;
      const published = entryOf(versions, version);
      if (published !== undefined) {
        return same(published, command) ? [] : refuse.RateCardVersionTaken(version);
      }
      const twice = rates.find(({ role }, i) => rates.findIndex((r) => r.role === role) !== i);
      if (twice !== undefined) return refuse.RateTwice(twice.role);
      const beside = Object.values(versions).find((card) => card.effectiveFrom === effectiveFrom);
      if (beside !== undefined) return refuse.RateCardDayTaken(beside.version, effectiveFrom);
      return (
        faultOfFact('boardAgreedOn', boardAgreedOn, { today }) ??
        faultOfPlan('effectiveFrom', effectiveFrom, {
          latest: yearsAfter(today, AGREED_AHEAD_YEARS),
        }) ?? [{ type: 'RateCardPublished', data: { ...command } }]
      );
    },
  },
};

export const rateCard = aggregate({
  context: 'money',
  name: 'policy-rates',
  is: 'The versions of the rate card: what home schools are paid for half a day of a champion, by role, from which day.',
  stream: () => 'policy-rates',
  events: rateCardEvents,
  commands: rateCardCommands,
  refusals,
  decider,
});
