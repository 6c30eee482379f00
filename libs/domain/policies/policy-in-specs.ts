import type { Ask, EventMetadata, Position, Recorded, Refusal } from '#kernel';
import { aggregates } from '../catalog';
import { commandFrom } from '../shared/decorators';

/*
 * The grammar specs of policies are written in:
 *   given(what happened, when we learnt of it).when(policy, what it knows of the county).asks([commands])
 * Whatever is asked for, at once or later, must be a command of the catalogue, in its form, that a policy may give.
 */
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** The event's id, which is that of the cause. */
export const eventId = uuid(7);
const metadata: EventMetadata = {
  version: 1,
  actor: { id: 'register-import', role: 'import' },
  commandId: uuid(8),
  correlationId: uuid(9),
};
/** What a command that was asked for is answered with, where the spec is about a no. */
export const no: Refusal = {
  refused: 'AllowanceSpent',
  kind: 'conflict',
  detail: '6 half-days left of 18; 12 needed.',
};

/** A command asked for, what follows when it is accepted, and what is asked for instead when it is answered with `no`. */
export interface Asked {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly about?: string;
  readonly then?: readonly Asked[];
  readonly otherwise?: readonly Asked[];
}
const told = ({ then, otherwise, ...ask }: Ask): Asked => ({
  ...ask,
  ...(then === undefined ? {} : { then: then.map(told) }),
  ...(otherwise === undefined ? {} : { otherwise: otherwise(no).map(told) }),
});
const all = (asked: readonly Asked[]): readonly Asked[] =>
  asked.flatMap((ask) => [ask, ...all(ask.then ?? []), ...all(ask.otherwise ?? [])]);

const commands = new Map(aggregates.flatMap((aggregate) => Object.entries(aggregate.commands)));

type AnyEvent = { readonly type: string; readonly data: object };
interface Answering<E extends AnyEvent> {
  readonly whenever: {
    readonly [K in E['type']]?: (event: never, known: never) => readonly Ask[];
  };
}

export const given = <E extends AnyEvent>(event: E, recordedOn = '2026-11-23') => ({
  when: (policy: Answering<E>, known: object = {}) => ({
    asks: (expected: readonly Asked[]) => {
      const recorded: Recorded<E> = {
        ...event,
        id: eventId,
        position: 1 as Position,
        stream: 'school-1',
        revision: 0,
        recordedAt: `${recordedOn}T10:00:00.000Z`,
        effectiveOn: recordedOn,
        metadata,
      };
      const whenever = policy.whenever[event.type as E['type']] as
        ((event: Recorded<E>, known: object) => readonly Ask[]) | undefined;
      const asked = whenever?.(recorded, known).map(told);
      expect(asked).toStrictEqual(expected);
      for (const { command, data } of all(asked ?? [])) {
        const declared = commands.get(command);
        expect(declared?.by).toContain('policy');
        if (declared !== undefined)
          expect(commandFrom<object>(declared.takes, data)).not.toHaveProperty('faults');
      }
    },
  }),
});
