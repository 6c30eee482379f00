import type { Type } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandBus, CommandHandler } from '@nestjs/cqrs';
import { v7 as uuidV7 } from 'uuid';
import type { Actor, Aggregate, CommandDeclaration, EventStore, Refusal } from '#kernel';
import { commandFrom, ownSchoolIn } from '#domain';
import { cellOf, rowOf } from './access';
import type { Answered } from './answering';
import { answerTo } from './answering';
import { Catalogue } from './catalogue';
import type { CommandToDecide, Outcome } from './deciding';
import { Deciding } from './deciding';
import { derivedId } from './derived-id';
import { EventCodec } from './event-codec';
import { EVENT_STORE } from './ports';
import { Questions } from './questions';
import { rememberRules } from './remembered-rules';
import type { Answer, Malformed, Request } from './request';

export const HOSTED = Symbol('Hosted');

/** Namespace of the ids derived from idempotency keys. */
const REQUESTS = '5d0a6c1e-7b1f-5a38-9c55-51de6b751de6';

/** Where every command comes in, from HTTP, a page, the command line or a policy: validated here once, then decided. */
@Injectable()
export class Commands {
  private readonly busClasses: ReadonlyMap<string, Type<AggregateCommand>>;

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Questions) private readonly questions: Questions,
    @Inject(HOSTED) hosted: readonly Hosted[],
  ) {
    rememberRules();
    this.busClasses = new Map(hosted.map(({ aggregate, command }) => [aggregate.name, command]));
  }

  async give(name: string, fields: unknown, request: Request): Promise<Answer> {
    const entry = this.catalogue.command(name);
    const busClass = entry && this.busClasses.get(entry.aggregate.name);
    if (entry === undefined || busClass === undefined) return { accepted: false, unknown: name };
    const barred = notYourRole(entry.command, request.actor);
    if (barred !== undefined) return { accepted: false, refusal: barred };
    const checked = wellFormed(entry.command.takes, fields);
    if ('malformed' in checked) return checked;
    const denied = notYourSchool(request.actor, checked.data);
    if (denied !== undefined) return { accepted: false, refusal: denied };
    const id =
      request.idempotencyKey === undefined
        ? uuidV7()
        : derivedId(`${request.actor.id} ${request.idempotencyKey}`, REQUESTS);
    const outcome = await this.bus.execute<Outcome>(
      new busClass({
        name,
        data: checked.data,
        actor: request.actor,
        id,
        correlationId: request.correlationId ?? id,
        ...(request.cause === undefined ? {} : { cause: request.cause }),
        ...(request.dryRun === undefined ? {} : { dryRun: request.dryRun }),
      }) as never,
    );
    return request.dryRun === true ? outcome : this.andAtOnce(outcome);
  }

  /** What policies ask for at once is asked for here as well, and whoever waits is told what came of it. */
  private async andAtOnce(outcome: Outcome): Promise<Outcome> {
    if (!outcome.accepted) return outcome;
    const { stream, revision, events, position } = outcome;
    let answered: Answered = { position };
    for (const [n, { type }] of events.entries()) {
      const policies = this.catalogue.atOnce(type);
      if (policies.length === 0) continue;
      const [event] = await this.events.readStream(stream, {
        from: revision - events.length + 1 + n,
        limit: 1,
      });
      if (event === undefined) continue;
      answered = await answerTo(
        policies,
        this.codec.fromStore(event),
        (command, fields, request) => this.give(command, fields, request),
        (question, about) => this.questions.atLogEnd(question, about),
      );
      if (answered.refused !== undefined)
        return { accepted: false, refusal: answered.refused.refusal };
    }
    return { ...outcome, position: answered.position };
  }
}

/** Checks a request against its class: each fault with its pointer, unknown fields among them. */
export function wellFormed(
  takes: new () => object,
  fields: unknown,
): { data: Readonly<Record<string, unknown>> } | Malformed {
  const read = commandFrom(takes, fields);
  return 'faults' in read
    ? { accepted: false, malformed: read.faults }
    : { data: read.command as Readonly<Record<string, unknown>> };
}

function notYourRole(command: CommandDeclaration, { role }: Actor): Refusal | undefined {
  const row = rowOf(command);
  if (cellOf(row, role) !== 'no') return undefined;
  const may = [...row.all, ...row.own].filter((one) => one !== 'policy' && one !== 'import');
  return {
    refused: 'NotYourRole',
    kind: 'forbidden',
    detail: `This is for ${may.join(', ') || 'the system itself'} to do; you are signed in as ${role}.`,
  };
}

/** Whoever speaks for a school names it, and no other. Whether what they act on is its: see `Deciding`. */
function notYourSchool(
  { role, schoolId }: Actor,
  data: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  const field = ownSchoolIn(role);
  if (field === undefined || (schoolId !== undefined && data[field] === schoolId)) return undefined;
  return {
    refused: 'NotYourSchool',
    kind: 'forbidden',
    detail: 'You can do this for your own school only.',
    pointer: `/${field}`,
  };
}

/** What travels on Nest's command bus: one class per aggregate, made from the catalogue. */
export class AggregateCommand extends Command<Outcome> {
  constructor(readonly toDecide: CommandToDecide) {
    super();
  }
}
export interface Hosted {
  readonly aggregate: Aggregate;
  readonly command: Type<AggregateCommand>;
  readonly handler: Type<ICommandHandler>;
}

/** Nest's command class and handler for one aggregate. A new verb needs neither. */
export function hosted(aggregate: Aggregate): Hosted {
  const command = { [`${aggregate.name}-command`]: class extends AggregateCommand {} }[
    `${aggregate.name}-command`
  ];
  if (command === undefined) throw new Error(`No command class for ${aggregate.name}.`);

  @CommandHandler(command)
  class Handler implements ICommandHandler<AggregateCommand, Outcome> {
    constructor(@Inject(Deciding) private readonly deciding: Deciding) {}
    execute({ toDecide }: AggregateCommand): Promise<Outcome> {
      return this.deciding.decide(aggregate, toDecide);
    }
  }
  return { aggregate, command, handler: Handler };
}
