import type { Actor, Position, RefusalKind } from '#kernel';
import type { Outcome } from './deciding';

/** One field that cannot be used: where (JSON pointer into the request) and what it must be. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** The one place where a kind of refusal becomes a status. */
export const statusOf: Readonly<Record<RefusalKind, number>> = {
  conflict: 409,
  forbidden: 403,
  missing: 404,
  invalid: 422,
};

/** The request is not of the command's form: nothing was decided. */
export interface Malformed {
  readonly accepted: false;
  readonly malformed: readonly FieldFault[];
}
export interface NoSuchCommand {
  readonly accepted: false;
  readonly unknown: string;
}
export type Answer = Outcome | Malformed | NoSuchCommand;

/** Whoever answers on an open page, signed in or not: of them nothing is recorded. No token can be had for this role. */
export const thePublic: Actor = { id: 'public', role: 'public' };

export interface Request {
  readonly actor: Actor;
  /** The sender's own name for this request; the same name from the same actor is the same request. */
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  /** The event a policy answers with this. */
  readonly cause?: { readonly id: string; readonly position: Position };
  readonly dryRun?: boolean;
}
