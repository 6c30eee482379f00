import { Inject, Injectable } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { EventStore, Position, ReadStore, Snapshot } from '#kernel';
import { positionFrom, StoreError, volumeOf } from '#kernel';
import type { Clock } from '#platform';
import { dayInEngland, endOfDayInEngland } from '#platform';
import { CLOCK, EVENT_STORE, READ_STORE } from './ports';

/** When a question is asked about, in the words of the request. */
export interface When {
  /** A position the answer must have seen: read your own writes. */
  readonly atLeast?: string;
  /** What was known at a position, a day in England (its end) or an instant. */
  readonly asOf?: string;
}

export interface Answered<T> {
  readonly answered: true;
  /** The answer holds everything recorded up to here and nothing later. */
  readonly position: Position;
  readonly value: T;
}
export type NotAnswered =
  | {
      readonly answered: false;
      readonly because: 'not-a-moment';
      readonly parameter: 'asOf' | 'atLeast';
      readonly detail: string;
    }
  | {
      readonly answered: false;
      readonly because: 'not-come-yet';
      readonly parameter: 'asOf' | 'atLeast';
      readonly detail: string;
    }
  | {
      readonly answered: false;
      readonly because: 'behind';
      readonly asked: Position;
      readonly reached: Position;
      readonly detail: string;
    };

/** A pure question: asked of one snapshot, so that all of its answer is of one moment. */
export type PureQuery<P, T> = (snapshot: Snapshot, about: P) => Promise<T>;

/** How long a reader is kept waiting for a position before the honest answer that it is not there, in milliseconds. */
const PATIENCE = 2_000;

/** What travels on Nest's query bus. */
class Ask extends Query<Answered<unknown> | NotAnswered> {
  constructor(
    readonly query: PureQuery<unknown, unknown>,
    readonly about: unknown,
    readonly when: When,
  ) {
    super();
  }
}

@QueryHandler(Ask)
export class AskHandler implements IQueryHandler<Ask, Answered<unknown> | NotAnswered> {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ query, about, when }: Ask): Promise<Answered<unknown> | NotAnswered> {
    const at = await this.positionOf(when);
    if (typeof at === 'object') return at;
    const snapshot = await this.documents.snapshot(at === undefined ? {} : { at });
    const { position } = snapshot;
    try {
      return { answered: true, position, value: await query(snapshot, about) };
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'invalid')) throw error;
      // A rebuild was finished meanwhile and what was being read is gone; what people see now knows as much and more.
      const again = await this.documents.snapshot({ at: position });
      return { answered: true, position, value: await query(again, about) };
    }
  }

  private async positionOf({ atLeast, asOf }: When): Promise<Position | undefined | NotAnswered> {
    const least = atLeast === undefined ? undefined : await this.atLeast(atLeast);
    if (typeof least === 'object') return least;
    if (asOf === undefined) return undefined;
    const at = await this.asOf(asOf);
    if (typeof at === 'object') return at;
    return (await this.waitFor(at)) ?? at;
  }

  private async atLeast(text: string): Promise<Position | NotAnswered> {
    const position = positionFrom(text);
    if (position === undefined) {
      return {
        answered: false,
        because: 'not-a-moment',
        parameter: 'atLeast',
        detail: `atLeast must be a position as the Position header gives it, a whole number; it was "${shown(text)}".`,
      };
    }
    const known = await this.known('atLeast', position, await this.events.end());
    if (typeof known === 'object') return known;
    return (await this.waitFor(known)) ?? known;
  }

  /** A position of before a move becomes the place that has seen the same. */
  private async known(
    parameter: 'asOf' | 'atLeast',
    position: Position,
    end: Position,
  ): Promise<Position | NotAnswered> {
    const understood = await understoodPosition(this.events, position, end);
    if (typeof understood !== 'object')
      return understood > end ? beyond(parameter, understood, end) : understood;
    return { answered: false, because: 'not-a-moment', parameter, detail: understood.refused };
  }

  private async asOf(text: string): Promise<Position | NotAnswered> {
    const position = positionFrom(text);
    const end = await this.events.end();
    if (position !== undefined) return this.known('asOf', position, end);
    const now = this.clock.now();
    const instant = instantOf(text);
    if (instant === undefined) {
      return {
        answered: false,
        because: 'not-a-moment',
        parameter: 'asOf',
        detail: `asOf must be a position, a day such as 2026-03-01 or an instant such as 2026-03-01T09:30:00Z; it was "${shown(text)}".`,
      };
    }
    if (text === dayInEngland(now)) return end;
    if (Date.parse(instant) > now) {
      return {
        answered: false,
        because: 'not-come-yet',
        parameter: 'asOf',
        detail: `${shown(text)} has not come yet, so nobody can say what will be known then.`,
      };
    }
    return this.events.positionAt(instant);
  }

  private async waitFor(position: Position): Promise<NotAnswered | undefined> {
    if (await this.documents.waitFor(position, PATIENCE)) return undefined;
    const reached = await this.documents.checkpoint();
    return {
      answered: false,
      because: 'behind',
      asked: position,
      reached,
      detail: `The read models have reached position ${reached}; you asked for ${position}. Nothing is lost; ask again in a moment.`,
    };
  }
}

/**
 * A position that came from outside, as a position of this volume of the log. One of this volume costs nothing to know;
 * of an earlier one the store knows which place has seen the same. Any other is refused in words: taken for a place of
 * this log it would be another one.
 */
export async function understoodPosition(
  events: EventStore,
  position: Position,
  end: Position,
): Promise<Position | { readonly refused: string }> {
  if (volumeOf(position) === volumeOf(end)) return position;
  const translated = await events.translated(position);
  if (translated !== undefined) return translated;
  const { volume } = await events.identity();
  const when =
    volumeOf(position) < volume
      ? 'was given out before this log moved here, where nothing is known of that time any more'
      : 'was given out by another log, or by the store this one moved to';
  return {
    refused:
      `Position ${position} ${when} (it is of volume ${volumeOf(position)}, the log here is volume ${volume}). ` +
      'Ask by a day or an instant, or begin again from a position that was given out here.',
  };
}

const shown = (text: string): string => text.slice(0, 40);

function beyond(parameter: 'asOf' | 'atLeast', position: Position, end: Position): NotAnswered {
  return {
    answered: false,
    because: 'not-come-yet',
    parameter,
    detail: `Position ${position} lies beyond the end of the log, which is ${end}.`,
  };
}

/** The instant a day or an instant in a request stands for; undefined when it is neither. */
function instantOf(text: string): string | undefined {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return endOfDayInEngland(text);
  } catch {
    // Looks like a day and is none, such as 31 February.
    return undefined;
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Asks the read models a question, at a moment. */
@Injectable()
export class Asking {
  constructor(@Inject(QueryBus) private readonly bus: QueryBus) {}

  async ask<P, T>(
    query: PureQuery<P, T>,
    about: P,
    when: When = {},
  ): Promise<Answered<T> | NotAnswered> {
    const answer = await this.bus.execute(
      new Ask(query as PureQuery<unknown, unknown>, about, when),
    );
    return answer as Answered<T> | NotAnswered;
  }
}
