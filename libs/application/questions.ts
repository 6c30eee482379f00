import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, Position, ReadStore, Snapshot } from '#kernel';
import { StoreError } from '#kernel';
import { EVENT_STORE, READ_STORE } from './ports';

/** A question over many streams that a decision depends on, answered from read models. */
export type QuestionTable = Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
>;
export const QUESTIONS = Symbol('Questions');

/** How long the read models are waited for until they have come up to the end of the log, in milliseconds. */
const PATIENCE = 20_000;

/** Asks the read models once they have come up to the end of the log. */
@Injectable()
export class Questions {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(QUESTIONS) private readonly table: QuestionTable,
  ) {}

  async atLogEnd(name: string, about: Readonly<Record<string, string>>): Promise<unknown> {
    const question = this.table[name];
    if (question === undefined) throw new Error(`No read model answers the question ${name}.`);
    const at = await atTheEnd(this.events, this.documents);
    return question(await this.documents.snapshot({ at }), about);
  }
}

/**
 * The end of the log, when the read models have come up to it.
 * @throws StoreError 'unavailable' when they do not within 20 s: no projector runs, or it is far behind.
 */
export async function atTheEnd(events: EventStore, documents: ReadStore): Promise<Position> {
  const end = await events.end();
  if (await documents.waitFor(end, PATIENCE)) return end;
  const reached = await documents.checkpoint();
  throw new StoreError(
    'unavailable',
    `The read models have come to position ${reached}, and to ${end}, the end of the log, not within ${PATIENCE / 1000} s. See whether a worker runs, and what its health says.`,
  );
}
