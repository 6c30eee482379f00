import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  Actor,
  Aggregate,
  EventStore,
  Given,
  Neighbour,
  Position,
  Question,
  Refusal,
} from '#kernel';
import { InLine } from '#kernel';
import { isTheirs } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { PlainEvent } from './event-codec';
import { EventCodec } from './event-codec';
import { Catalogue } from './catalogue';
import { derivedId } from './derived-id';
import { Folding } from './folding';
import { CLOCK, EVENT_STORE } from './ports';
import { Questions } from './questions';

/** One validated command on its way to its aggregate. */
export interface CommandToDecide {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Identity of the request: the same id is the same request, however often it comes. */
  readonly id: string;
  readonly correlationId: string;
  readonly cause?: { readonly id: string; readonly position: Position };
  /** Decide and say what would be recorded, but record nothing. */
  readonly dryRun?: boolean;
}

export interface Accepted {
  readonly accepted: true;
  /** What a reader must have seen to see what this command did. */
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  /** What was recorded, or with `dryRun` would be; empty when it was already so. */
  readonly events: readonly PlainEvent[];
  /** True when this very request had been answered before. */
  readonly repeated: boolean;
}
export interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal;
}
export type Outcome = Accepted | Refused;

/** Other writers may get in between reading and appending; so often a decision is made anew before we give up. */
const ATTEMPTS = 20;

/** The one way from a command to the log: read the stream, fold, decide, append where it was read, again on conflict. */
@Injectable()
export class Deciding {
  private readonly inLine = new InLine();

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Folding) private readonly folding: Folding,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Questions) private readonly questions: Questions,
  ) {}

  /** Commands for one stream are decided one after another: of many at once, each sees what the one before it did. */
  decide(aggregate: Aggregate, command: CommandToDecide): Promise<Outcome> {
    const stream = aggregate.stream(command.data);
    return this.inLine.next(stream, () => this.decideFor(stream, aggregate, command));
  }

  private async decideFor(
    stream: string,
    aggregate: Aggregate,
    command: CommandToDecide,
  ): Promise<Outcome> {
    const fingerprint = hash('sha1', `${command.name} ${JSON.stringify(command.data)}`).slice(
      0,
      16,
    );
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const history = await this.folding.upToEnd(aggregate, stream);
      if (history.commands.has(command.id)) return this.sameAgain(stream, command.id, fingerprint);
      const made =
        notTheirs(aggregate, history.state, command.actor) ??
        (await this.decision(aggregate, command, history.state));
      if ('refused' in made) return { accepted: false, refusal: made };
      if (made.length === 0 || command.dryRun === true) {
        return {
          accepted: true,
          position: history.position,
          stream,
          revision: history.revision,
          events: made,
          repeated: false,
        };
      }
      const metadata = {
        actor: command.actor,
        commandId: command.id,
        fingerprint,
        correlationId: command.correlationId,
        ...(command.cause === undefined
          ? {}
          : { causationId: command.cause.id, causationPosition: command.cause.position }),
      };
      const events = made.map((event, i) =>
        this.codec.toStore(stream, event, eventId(command.id, i), metadata),
      );
      const expected = history.revision < 0 ? 'none' : history.revision;
      const appended = await this.events.append(stream, expected, events);
      if (appended.appended) {
        const { position, revision, repeated } = appended;
        if (!repeated) this.folding.carriedOn(aggregate, stream, history, appended, events);
        return { accepted: true, position, stream, revision, events: made, repeated };
      }
      if (appended.reason === 'id-taken') return { accepted: false, refusal: keyReused };
    }
    return { accepted: false, refusal: tooBusy };
  }

  /** The answer this very request was given the first time. */
  private async sameAgain(
    stream: string,
    commandId: string,
    fingerprint: string,
  ): Promise<Outcome> {
    const mine = (await this.events.readStream(stream)).filter(
      ({ metadata }) => metadata['commandId'] === commandId,
    );
    const last = mine.at(-1);
    if (last === undefined || last.metadata['fingerprint'] !== fingerprint)
      return { accepted: false, refusal: keyReused };
    return {
      accepted: true,
      position: last.position,
      stream,
      revision: last.revision,
      events: mine.map((event) => ({ type: event.type, data: this.codec.dataOf(event) })),
      repeated: true,
    };
  }

  private async decision(
    aggregate: Aggregate,
    command: CommandToDecide,
    state: unknown,
  ): Promise<readonly PlainEvent[] | Refusal> {
    const now = this.clock.now();
    const given: Given & { known: unknown } = {
      now: new Date(now).toISOString(),
      today: dayInEngland(now),
      actor: command.actor,
      newId: (n) => derivedId(`new ${n}`, command.id),
      known: await this.known(aggregate, command, state),
    };
    const decide = aggregate.decider.decide[command.name] as
      | ((state: unknown, command: unknown, given: unknown) => readonly PlainEvent[] | Refusal)
      | undefined;
    if (decide === undefined)
      throw new Error(`${aggregate.name} has no decision for ${command.name}.`);
    return decide(state, command.data, given);
  }

  private async known(
    aggregate: Aggregate,
    command: CommandToDecide,
    state: unknown,
  ): Promise<unknown> {
    const known: Record<string, unknown> = {};
    for (const [name, wanted] of Object.entries(aggregate.knows)) {
      known[name] =
        'asks' in wanted
          ? await this.answer(wanted, command, state)
          : await this.neighbour(wanted, command, state);
    }
    return known;
  }

  private async answer(
    wanted: Question,
    command: CommandToDecide,
    state: unknown,
  ): Promise<unknown> {
    const about = wanted.about(command.data, state);
    return Object.keys(about).length === 0 ? [] : this.questions.atLogEnd(wanted.asks, about);
  }

  private async neighbour(
    wanted: Neighbour,
    command: CommandToDecide,
    state: unknown,
  ): Promise<unknown> {
    const aggregate = this.catalogue.aggregate(wanted.of);
    const stream = wanted.stream(command.data, state);
    return stream === undefined
      ? aggregate.decider.initial
      : (await this.folding.upToEnd(aggregate, stream)).state;
  }
}

/** Who speaks for one school, or for themselves, learns nothing of a record of others, not even how it stands. */
function notTheirs(aggregate: Aggregate, state: unknown, actor: Actor): Refusal | undefined {
  const owners = aggregate.whose?.(state as never);
  if (owners === undefined || isTheirs(owners, actor)) return undefined;
  return {
    refused: 'NotYours',
    kind: 'forbidden',
    detail:
      'This belongs to another school or another person. You can do this for your own only; check the id.',
  };
}

/** The id of a command's n-th event: the same command always makes the same ids. */
export const eventId = (commandId: string, n: number): string => derivedId(`event ${n}`, commandId);

const keyReused: Refusal = {
  refused: 'IdempotencyKeyReused',
  kind: 'invalid',
  detail:
    'This Idempotency-Key was used before for a different request. Send the new request with a new key.',
};
const tooBusy: Refusal = {
  refused: 'TooManyAtOnce',
  kind: 'conflict',
  detail:
    'Others keep changing the same record at this moment. Nothing was recorded; please try again.',
};
