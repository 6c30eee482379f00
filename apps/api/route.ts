import type { Reading } from '#application';
import type { JsonObject } from '#kernel';

/** A route as its documentation needs it; the commands' table is documented from the catalogue instead. */
export interface Route {
  readonly says: string;
  readonly tag:
    | 'Schools'
    | 'The county'
    | 'Champions'
    | 'The public guide'
    | 'Events'
    | 'Operations'
    | 'Signing in'
    | 'Health';
  /** Who may: a line of the readers' table, or everybody. */
  readonly for: Reading | 'everybody';
  /** JSON schema of each query parameter; none is required. */
  readonly query?: JsonObject;
  /** Header parameters, besides the ones every route takes. */
  readonly headers?: JsonObject;
  /** JSON schema of the body asked for, or its media type where it is not JSON. */
  readonly body?: { readonly type: string; readonly schema: JsonObject };
  readonly answer: { readonly says: string; readonly schema: JsonObject; readonly type?: string };
  /** Also answers that are no problem, e.g. 503 of a health page. */
  readonly also?: Readonly<Record<string, string>>;
}
