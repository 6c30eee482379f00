import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, Position, ReadStore } from '#kernel';
import { START } from '#kernel';
import type { Log } from '#platform';
import { answerTo } from './answering';
import { Catalogue } from './catalogue';
import { Commands } from './commands';
import type { ReadEvent } from './event-codec';
import { EventCodec } from './event-codec';
import { EVENT_STORE, LOG, READ_STORE } from './ports';
import { Questions } from './questions';

const MARK = 'reactor';

/**
 * Runs the policies: whenever an event happened, asks for what they say. What a policy asks for derives its id from the
 * event, so that coming past the same event twice changes nothing.
 */
@Injectable()
export class Reactor {
  private waiters: { position: Position; resolve: () => void }[] = [];
  private reached = 0 as Position;

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Questions) private readonly questions: Questions,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Where it stands: every event up to here has had its answer. */
  get position(): Position {
    return this.reached;
  }

  async follow(signal: AbortSignal, seen?: () => void): Promise<void> {
    const after = await this.place();
    this.moved(after);
    const types = [
      ...new Set(this.catalogue.policies.flatMap(({ whenever }) => Object.keys(whenever))),
    ];
    for await (const page of this.events.subscribe({ after, signal, filter: { types } })) {
      // Whoever slept meanwhile does not answer again, by today's state, what another worker has answered.
      const answered = await this.documents.mark(MARK);
      const events = page.events
        .filter(({ position }) => position > answered)
        .map((recorded) => this.codec.fromStore(recorded));
      // In order for each stream, and side by side for different ones, so that what they ask for shares flushes to disk.
      await Promise.all(
        [...Map.groupBy(events, ({ data, stream }) => data['schoolId'] ?? stream).values()].map(
          async (own) => {
            for (const event of own) await this.answer(event);
          },
        ),
      );
      // Where there was nothing to answer the mark may stay: whoever goes on from it finds nothing either.
      if (page.events.length > 0 && page.scannedTo > (await this.documents.mark(MARK)))
        await this.documents.setMark(MARK, page.scannedTo);
      this.moved(page.scannedTo);
      seen?.();
    }
  }

  /**
   * Where to go on: where it last noted that it was. Where that note is lost, with the read models it lay beside, behind
   * the last event that a policy is on record to have answered: answering the past again would answer it by today's state.
   * Either may have been noted in an earlier volume of the log.
   */
  private async place(): Promise<Position> {
    const noted = await this.documents.mark(MARK);
    const known = noted === START ? undefined : await this.events.translated(noted);
    return known ?? (await this.lastAnswered());
  }

  /** Positions of a later volume are greater, so that the greatest is the last whatever it was noted in. */
  private async lastAnswered(): Promise<Position> {
    let answered = START;
    for (let after = START, atEnd = false; !atEnd;) {
      const page = await this.events.readLog(after, { limit: 1000 });
      for (const { metadata } of page.events) {
        const cause = metadata['causationPosition'];
        if (typeof cause === 'number' && cause > answered) answered = cause as Position;
      }
      ({ scannedTo: after, atEnd } = page);
    }
    if (answered === START) return START;
    const known = await this.events.translated(answered);
    if (known !== undefined) return known;
    throw new Error(
      `A policy is on record to have answered position ${answered}, which is of no volume of this log. ` +
        'The history here is not whole: look how it was moved or restored.',
    );
  }

  /** Resolves when every event up to the position has had its answer. */
  async caughtUp(position: Position): Promise<void> {
    if (this.reached >= position) return;
    await new Promise<void>((resolve) => this.waiters.push({ position, resolve }));
  }

  private moved(position: Position): void {
    this.reached = position;
    this.waiters = this.waiters.filter((waiter) => {
      if (waiter.position > position) return true;
      waiter.resolve();
      return false;
    });
  }

  private async answer(event: ReadEvent): Promise<void> {
    const { refused } = await answerTo(
      this.catalogue.policies,
      event,
      (command, fields, request) => this.commands.give(command, fields, request),
      (question, about) => this.questions.atLogEnd(question, about),
    );
    if (refused === undefined) return;
    // A refusal is an answer too: the state of things says no, and the log shows why.
    const { policy, refusal } = refused;
    this.log.info({ policy, position: event.position, refused: refusal.refused }, 'policy refused');
  }
}
