import type { CommandClasses, Decider, Refusal, RefusalDeclarations } from './decider';
import type { EventDeclarations } from './event';

/** A command in the catalogue: its class, its one sentence, and who may give it. */
export interface CommandDeclaration<C extends new () => object = new () => object> {
  readonly takes: C;
  readonly says: string;
  /** Other names people know it by: it is given under each of them in the same context. */
  readonly alsoCalled?: readonly string[];
  /** Roles that may give this command; `policy` and `import` are the system acting by rule, `public` is anybody. Deny by default. */
  readonly by: readonly string[];
  /**
   * Where whoever gives this command makes up the identity of what begins with it, as the path to the field
   * (`deploymentId`, `objectives/objectiveId`): a form fills it in by itself.
   */
  readonly begins?: string;
}
export type CommandDeclarations = Readonly<Record<string, CommandDeclaration>>;
export type ClassesOf<D extends CommandDeclarations> = { readonly [K in keyof D]: D[K]['takes'] };

type CommandData = Readonly<Record<string, unknown>>;

/**
 * What an aggregate asks to know before it decides, handed to `decide` as `known`.
 * A neighbour's state: its stream is read fresh from the log and folded. `stream` undefined: there is none to ask, and
 * the neighbour's initial state is handed in.
 */
export interface Neighbour {
  /** Name of the neighbour's aggregate in the catalogue. */
  readonly of: string;
  readonly stream: (command: CommandData, state: unknown) => string | undefined;
}

/**
 * Or the answer to a question over many streams, by its name among the read models' questions, asked of read models
 * that have come up to the end of the log. Two commands at once may both see the answer from before them: use it for
 * what spans the county, not for what one stream can guard.
 */
export interface Question {
  readonly asks: string;
  /** What it is about; no fields at all: this command need not know, and an empty list is handed in. */
  readonly about: (command: CommandData, state: unknown) => Readonly<Record<string, string>>;
}

/** To whom a record belongs: the school it is of, the home school that lends for it, the person it is of. */
export interface Owners {
  readonly schoolId?: string | undefined;
  readonly homeSchoolId?: string | undefined;
  readonly personRef?: string | undefined;
}

/** One aggregate of the catalogue, with its types worn off: what the application needs to run it. */
export interface Aggregate {
  readonly context: string;
  /** What its streams begin with: `school` for `school-…`. */
  readonly name: string;
  /** One paragraph: what it is. */
  readonly is: string;
  /** The stream a command is for. */
  readonly stream: (command: CommandData) => string;
  readonly events: EventDeclarations;
  readonly commands: CommandDeclarations;
  readonly refusals: RefusalDeclarations;
  readonly decider: AnyDecider;
  /** What it asks to know, by the name under which `decide` finds it in `known`. */
  readonly knows: Readonly<Record<string, Neighbour | Question>>;
  /**
   * Whose the record is; undefined as long as there is none. Where it is said, those who act for one school, or for
   * themselves, are turned away from a record that is not theirs before anything is decided.
   */
  readonly whose?: (state: never) => Owners | undefined;
}

// The decider with its types worn off: the tables are called by name, with data that was checked against the declarations.
export interface AnyDecider {
  readonly initial: unknown;
  readonly evolve: Readonly<Record<string, (state: never, data: never) => unknown>>;
  readonly decide: Readonly<
    Record<string, (state: never, command: never, given: never) => unknown>
  >;
}

/** Enters an aggregate in the catalogue. Here, and nowhere else, its types are checked to fit together. */
export function aggregate<
  S,
  CD extends CommandDeclarations,
  ED extends EventDeclarations,
  RD extends RefusalDeclarations,
  E extends { readonly type: keyof ED & string; readonly data: unknown },
  R extends Refusal<keyof RD & string>,
  K,
>(declaration: {
  context: string;
  name: string;
  is: string;
  stream: (command: CommandData) => string;
  events: ED;
  commands: CD;
  refusals: RD;
  decider: Decider<S, ClassesOf<CD> & CommandClasses, E, R, K>;
  knows?: Readonly<Record<keyof K & string, Neighbour | Question>>;
  whose?: (state: S) => Owners | undefined;
}): Aggregate {
  return { knows: {}, ...declaration };
}
