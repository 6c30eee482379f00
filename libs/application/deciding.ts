import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  Actor,
  Aggregate,
  AnyDecider,
  EventStore,
  Given,
  Neighbour,
  Position,
  Question,
  RecordedEvent,
  Refusal,
} from '#kernel';
import { START } from '#kernel';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import { v5 as uuidV5 } from 'uuid';
import type { PlainEvent } from './event-codec';
import { EventCodec } from './event-codec';
import { Catalogue } from './catalogue';
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
  readonly causationId?: string;
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

interface History {
  readonly state: unknown;
  readonly revision: number;
  readonly position: Position;
  /** Events this very command recorded earlier. */
  readonly mine: readonly RecordedEvent[];
}

/** The one way from a command to the log: read the stream, fold, decide, append where it was read, again on conflict. */
@Injectable()
export class Deciding {
  private readonly neighbours = new Map<string, { state: unknown; revision: number }>();

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Questions) private readonly questions: Questions,
  ) {}

  async decide(aggregate: Aggregate, command: CommandToDecide): Promise<Outcome> {
    const stream = aggregate.stream(command.data);
    const fingerprint = createHash('sha1')
      .update(`${command.name} ${JSON.stringify(command.data)}`)
      .digest('hex')
      .slice(0, 16);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const history = await this.history(aggregate, stream, command.id);
      if (history.mine.length > 0) return this.sameAgain(stream, history, fingerprint);
      const made = await this.decision(aggregate, command, history.state);
      if ('refused' in made) return { accepted: false, refusal: made };
      if (made.length === 0 || command.dryRun === true) {
        return { accepted: true, position: history.position, stream, revision: history.revision, events: made, repeated: false };
      }
      const metadata = {
        actor: command.actor,
        commandId: command.id,
        fingerprint,
        correlationId: command.correlationId,
        ...(command.causationId === undefined ? {} : { causationId: command.causationId }),
      };
      const appended = await this.events.append(
        stream,
        history.revision < 0 ? 'none' : history.revision,
        made.map((event, i) => this.codec.toStore(stream, event, eventId(command.id, i), metadata)),
      );
      if (appended.appended) {
        return { accepted: true, position: appended.position, stream, revision: appended.revision, events: made, repeated: appended.repeated };
      }
      if (appended.reason === 'id-taken') return { accepted: false, refusal: keyReused };
    }
    return { accepted: false, refusal: tooBusy };
  }

  private async history(aggregate: Aggregate, stream: string, commandId: string): Promise<History> {
    const recorded = await this.events.readStream(stream);
    const evolve = aggregate.decider.evolve as Readonly<Record<string, (state: unknown, data: unknown) => unknown>>;
    let state = aggregate.decider.initial;
    let mine: RecordedEvent[] | undefined;
    for (const event of recorded) {
      state = step(evolve, state, this.codec.fromStore(event));
      if (event.metadata['commandId'] === commandId) (mine ??= []).push(event);
    }
    const last = recorded.at(-1);
    return { state, revision: last?.revision ?? -1, position: last?.position ?? START, mine: mine ?? [] };
  }

  private sameAgain(stream: string, { mine, revision }: History, fingerprint: string): Outcome {
    const last = mine.at(-1);
    if (last === undefined || last.metadata['fingerprint'] !== fingerprint) return { accepted: false, refusal: keyReused };
    return {
      accepted: true,
      position: last.position,
      stream,
      revision,
      events: mine.map((event) => this.codec.fromStore(event)).map(({ type, data }) => ({ type, data })),
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
      newId: (n) => uuidV5(`new ${n}`, command.id),
      known: await this.known(aggregate, command, state),
    };
    const decide = (aggregate.decider as AnyDecider).decide[command.name] as
      | ((state: unknown, command: unknown, given: unknown) => readonly PlainEvent[] | Refusal)
      | undefined;
    if (decide === undefined) throw new Error(`${aggregate.name} has no decision for ${command.name}.`);
    return decide(state, command.data, given);
  }

  private async known(aggregate: Aggregate, command: CommandToDecide, state: unknown): Promise<unknown> {
    const known: Record<string, unknown> = {};
    for (const [name, wanted] of Object.entries(aggregate.knows)) {
      known[name] =
        'asks' in wanted ? await this.answer(wanted, command, state) : await this.neighbour(wanted, command, state);
    }
    return known;
  }

  private async answer(wanted: Question, command: CommandToDecide, state: unknown): Promise<unknown> {
    const about = wanted.about(command.data, state);
    return Object.keys(about).length === 0 ? [] : this.questions.atLogEnd(wanted.asks, about);
  }

  /** A neighbour's state, folded up to the end of its stream; what was folded once is kept, as streams only grow. */
  private async neighbour(wanted: Neighbour, command: CommandToDecide, state: unknown): Promise<unknown> {
    const aggregate = this.catalogue.aggregate(wanted.of);
    const stream = wanted.stream(command.data, state);
    if (stream === undefined) return aggregate.decider.initial;
    const kept = this.neighbours.get(stream) ?? { state: aggregate.decider.initial, revision: -1 };
    const news = await this.events.readStream(stream, { from: kept.revision + 1 });
    const last = news.at(-1);
    if (last === undefined) return kept.state;
    const evolve = aggregate.decider.evolve as Readonly<Record<string, (state: unknown, data: unknown) => unknown>>;
    const now = news.reduce((s, event) => step(evolve, s, this.codec.fromStore(event)), kept.state);
    if (this.neighbours.size >= 2000) this.neighbours.clear();
    this.neighbours.set(stream, { state: now, revision: last.revision });
    return now;
  }
}

/** The id of a command's n-th event: the same command always makes the same ids. */
export const eventId = (commandId: string, n: number): string => uuidV5(`event ${n}`, commandId);

function step(
  evolve: Readonly<Record<string, (state: unknown, data: unknown) => unknown>>,
  state: unknown,
  event: PlainEvent,
): unknown {
  const apply = evolve[event.type];
  if (apply === undefined) throw new Error(`${event.type} stands in a stream of an aggregate that does not know it.`);
  return apply(state, event.data);
}

const keyReused: Refusal = {
  refused: 'IdempotencyKeyReused',
  kind: 'invalid',
  detail: 'This Idempotency-Key was used before for a different request. Send the new request with a new key.',
};
const tooBusy: Refusal = {
  refused: 'TooManyAtOnce',
  kind: 'conflict',
  detail: 'Others keep changing the same record at this moment. Nothing was recorded; please try again.',
};
