import type { AnyPolicy, Ask, Position, Refusal } from '#kernel';
import type { ReadEvent } from './event-codec';
import type { Answer, Request } from './request';

type Give = (command: string, fields: unknown, request: Request) => Promise<Answer>;
type Know = (question: string, about: Readonly<Record<string, string>>) => Promise<unknown>;

/** What came of all that policies asked for at one event. */
export interface Answered {
  /** What a reader must have seen to see what came of it. */
  readonly position: Position;
  /** The first no; whatever the policy asked for instead has been done. */
  readonly refused?: { readonly policy: string; readonly refusal: Refusal };
}

/**
 * Asks for what policies say of one event, in their order. The id of each request derives from the event, the policy and
 * its place in what was asked for: done again, here or in another process, it changes nothing.
 */
export async function answerTo(
  policies: readonly AnyPolicy[],
  event: ReadEvent,
  give: Give,
  know: Know,
): Promise<Answered> {
  const { position } = event;
  let answered: Answered = { position };
  for (const policy of policies) {
    const whenever = policy.whenever[event.type];
    if (whenever === undefined) continue;
    const asks = whenever(event as never, (await known(policy, event, know)) as never);
    answered = both(answered, await eachOf(asks, new Asked(policy.name, event, give)));
  }
  return answered;
}

async function known(policy: AnyPolicy, event: ReadEvent, know: Know): Promise<unknown> {
  const known: Record<string, unknown> = {};
  for (const [name, { asks, about }] of Object.entries(policy.knows ?? {})) {
    const fields = about(event);
    known[name] = Object.keys(fields).length === 0 ? [] : await know(asks, fields);
  }
  return known;
}

/** All of them, whatever comes of the others. */
async function eachOf(asks: readonly Ask[], asked: Asked): Promise<Answered> {
  let answered: Answered = { position: asked.event.position };
  for (const [n, ask] of asks.entries())
    answered = both(answered, await asked.go(ask, ask.about ?? String(n)));
  return answered;
}

/** What is asked for at one event by one policy. */
class Asked {
  constructor(
    private readonly policy: string,
    readonly event: ReadEvent,
    private readonly give: Give,
  ) {}

  async go(ask: Ask, place: string): Promise<Answered> {
    const answer = await this.ask(ask, place);
    if (!answer.accepted) {
      const refused = { policy: this.policy, refusal: answer.refusal };
      const instead = await this.inOrder(ask.otherwise?.(answer.refusal), `${place} otherwise`);
      return { ...instead, refused };
    }
    const further = await this.inOrder(ask.then, `${place} then`);
    return both({ position: answer.position }, further);
  }

  private async inOrder(asks: readonly Ask[] = [], place: string): Promise<Answered> {
    let answered: Answered = { position: this.event.position };
    for (const [n, ask] of asks.entries()) {
      answered = both(answered, await this.go(ask, `${place} ${n}`));
      if (answered.refused !== undefined) break;
    }
    return answered;
  }

  private async ask({ command, data }: Ask, place: string) {
    const { id, position, metadata } = this.event;
    const answer = await this.give(command, data, {
      actor: { id: `policy:${this.policy}`, role: 'policy' },
      idempotencyKey: `${id} ${place}`,
      correlationId: metadata.correlationId,
      cause: { id, position },
    });
    if ('malformed' in answer || 'unknown' in answer) {
      throw new Error(
        `The policy ${this.policy} asked for ${command} in a form that cannot be used: ${JSON.stringify(answer)}`,
      );
    }
    return answer;
  }
}

function both(one: Answered, other: Answered): Answered {
  const refused = one.refused ?? other.refused;
  const position = one.position > other.position ? one.position : other.position;
  return { position, ...(refused === undefined ? {} : { refused }) };
}
