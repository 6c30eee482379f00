import type { Snapshot } from '#kernel';
import type { Category, MaintenanceStatus, Phase } from '#domain';
import { categories, daysBetween, phases, statuses } from '#domain';
import type { CategoryDecision, TriggerRow } from './category-decisions';
import { categoryDecisions, decidedBetween, triggers } from './category-decisions';
import type { RegisterEntry, RegisterPeriod } from './register';
import { register } from './register';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { Spread } from './spread';
import { SPREAD_METHOD, spreadOf } from './spread';

/** An unbroken stretch of days in one category, however often it was confirmed meanwhile. */
export interface Spell {
  readonly category: Category;
  readonly days: number;
  /** The first day after it; absent while it runs, and where the school closed in it. */
  readonly endedOn?: string;
  /** The school closed in it: how long it would have lasted nobody knows. */
  readonly cut?: true;
}

/** The spells of one school up to a day, oldest first. What is to begin after that day has not begun. */
export function spellsOf(
  periods: readonly Pick<RegisterPeriod, 'from' | 'category'>[],
  { today, closedOn }: { readonly today: string; readonly closedOn?: string | undefined },
): readonly Spell[] {
  const cutOn = closedOn !== undefined && closedOn <= today ? closedOn : undefined;
  const begins = periods
    .filter(({ from }) => from <= today && (cutOn === undefined || from < cutOn))
    .filter(({ category }, i, all) => category !== all[i - 1]?.category);
  return begins.map(({ category, from }, i) => {
    const endedOn = begins[i + 1]?.from;
    const days = daysBetween(from, endedOn ?? cutOn ?? today);
    if (endedOn !== undefined) return { category, days, endedOn };
    return { category, days, ...(cutOn === undefined ? {} : { cut: true as const }) };
  });
}

/** How long schools were in each category; in days. */
export type CategorySpells = {
  readonly category: Category;
  /** Over, by a move to another category. */
  readonly ended: Spread;
  /** Still running: so long so far. */
  readonly running: Spread;
  /** Cut short because the school closed. */
  readonly cut: number;
};

export type DurationsOf = {
  /** All schools, or those of one phase or status. */
  readonly of: { readonly phase?: Phase; readonly status?: MaintenanceStatus };
  readonly inCategory: readonly CategorySpells[];
  /** From what called for another look to the day a category was decided because of it. */
  readonly triggerToDecision: Spread;
  readonly proposalToDecision: Spread;
};

export type Durations = {
  readonly today: string;
  readonly from?: string;
  readonly to?: string;
  readonly county: DurationsOf;
  readonly byPhase: readonly DurationsOf[];
  readonly byStatus: readonly DurationsOf[];
  readonly says: string;
};

export const DURATIONS_METHOD =
  'All in calendar days. A spell runs from the day a category takes effect to the day another one does; being confirmed in the same category does not end it. Ended spells alone make stays look shorter than they are, because long ones are still running: these are stated beside them, with how long they have lasted so far. The first spell of a school begins with the record, not before it. A spell in which the school closed is counted and not averaged. A decision is taken on the day it is recorded. ' +
  SPREAD_METHOD;

export type DurationsRequest = {
  readonly today: string;
  /** Spells that ended and decisions that were taken not before and not after these days. */
  readonly from?: string;
  readonly to?: string;
};

interface Known {
  readonly card: SchoolCard;
  readonly spells: readonly Spell[];
  readonly fromTrigger: readonly number[];
  readonly fromProposal: readonly number[];
}

/** How long things take: in each category, from trigger to decision, from proposal to decision. Names no school. */
export async function durations(snapshot: Snapshot, about: DurationsRequest): Promise<Durations> {
  const known = await knownDurations(snapshot, about);
  const { today, from, to } = about;
  return {
    today,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    county: durationsOf({}, known, about),
    byPhase: phases.map((phase) => durationsOf({ phase }, known, about)),
    byStatus: statuses.map((status) => durationsOf({ status }, known, about)),
    says: DURATIONS_METHOD,
  };
}

async function knownDurations(
  snapshot: Snapshot,
  about: DurationsRequest,
): Promise<readonly Known[]> {
  type Decided = CategoryDecision & { readonly decided: NonNullable<CategoryDecision['decided']> };
  const [cards, entries, decisions, causes] = await Promise.all([
    snapshot.list<SchoolCard>(schools),
    snapshot.list<RegisterEntry>(register),
    snapshot.list<Decided>(categoryDecisions, {
      filter: { ...decidedBetween(about), by: 'proposal' },
    }),
    snapshot.list<TriggerRow>(triggers),
  ]);
  const periods = new Map(entries.map(({ body }) => [body.schoolId, body.periods]));
  const happened = new Map(causes.map(({ key, body }) => [key, body.happenedOn]));
  const bySchool = Map.groupBy(
    decisions.map(({ body }) => body),
    ({ schoolId }) => schoolId,
  );
  const daysTo = (decided: Decided['decided'], from: string | undefined): readonly number[] =>
    from === undefined ? [] : [daysBetween(from, decided.on)];
  return cards.map(({ body: card }) => {
    const own = bySchool.get(card.schoolId) ?? [];
    return {
      card,
      spells: spellsOf(periods.get(card.schoolId) ?? [], {
        today: about.today,
        closedOn: card.closedOn,
      }),
      fromTrigger: own.flatMap(({ decided, triggerId }) =>
        daysTo(decided, triggerId === undefined ? undefined : happened.get(triggerId)),
      ),
      fromProposal: own.flatMap(({ decided, proposed }) => daysTo(decided, proposed?.on)),
    };
  });
}

function durationsOf(
  of: DurationsOf['of'],
  known: readonly Known[],
  { from = '', to }: DurationsRequest,
): DurationsOf {
  const some = known.filter(
    ({ card }) =>
      (of.phase === undefined || card.phase === of.phase) &&
      (of.status === undefined || card.status === of.status),
  );
  const spells = some.flatMap((one) => one.spells);
  const isIn = (day: string): boolean => from <= day && (to === undefined || day <= to);
  return {
    of,
    inCategory: categories.map((category) => {
      const own = spells.filter((spell) => spell.category === category);
      const daysOf = (which: readonly Spell[]): Spread => spreadOf(which.map(({ days }) => days));
      return {
        category,
        ended: daysOf(own.filter(({ endedOn }) => endedOn !== undefined && isIn(endedOn))),
        running: daysOf(own.filter(({ endedOn, cut }) => endedOn === undefined && !cut)),
        cut: own.filter(({ cut }) => cut).length,
      };
    }),
    triggerToDecision: spreadOf(some.flatMap((one) => one.fromTrigger)),
    proposalToDecision: spreadOf(some.flatMap((one) => one.fromProposal)),
  };
}
