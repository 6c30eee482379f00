import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, ReadStore, Snapshot } from '#kernel';
import { EVENT_STORE, READ_STORE } from './ports';

/** A question over many streams that a decision depends on, answered from read models. */
export type QuestionTable = Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
>;
export const QUESTIONS = Symbol('Questions');

/** How long a decision waits for the read models to come up to the log before it gives up, in milliseconds. */
const PATIENCE = 10_000;

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
    const end = await this.events.end();
    if (!(await this.documents.waitFor(end, PATIENCE))) {
      throw new Error(
        `The read models did not reach position ${end} within ${PATIENCE} ms; is the projector running?`,
      );
    }
    return question(await this.documents.snapshot(), about);
  }
}
