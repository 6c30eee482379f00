import {
  AccessDeniedError,
  CancelledError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  UnavailableError,
} from '@eventstore/db-client';

/** Codes of gRPC that say the caller may not: https://grpc.io/docs/guides/status-codes/ */
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/** What the library underneath says before it says something. */
const GRPC = /^(\d+ [A-Z_]+: )?(No connection established\. Last error: )?(Error: )?/;

type Why = 'denied' | 'too-large' | 'deleted' | 'no-such-place' | 'passing';

/**
 * Something the server or the way to it did not do. `passing`: it may be well in a moment, and of an append nobody knows
 * whether it was written. All others are certain: nothing was, and trying again changes nothing.
 */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly why: Why;
  /** The server took longer than it was given: the connection is not to be trusted either. */
  readonly late: boolean;

  constructor(
    message: string,
    { why = 'passing', late = false, cause }: { why?: Why; late?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.why = why;
    this.late = late;
  }
}

/** Whatever the client threw, as one of ours: its errors come in several shapes, some of them bare gRPC. */
export function troubleFrom(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const { code, message } = partsOf(error);
  if (error instanceof AccessDeniedError || code === PERMISSION_DENIED || code === UNAUTHENTICATED)
    return new Trouble('The server does not let this user do that.', {
      why: 'denied',
      cause: error,
    });
  if (error instanceof MaxAppendSizeExceededError)
    return new Trouble('The append is larger than the server takes.', {
      why: 'too-large',
      cause: error,
    });
  if (error instanceof StreamDeletedError)
    return new Trouble('The stream was deleted.', { why: 'deleted', cause: error });
  if (/InvalidPosition/.test(message))
    return new Trouble('That is no place in the log.', { why: 'no-such-place', cause: error });
  if (/certificate/.test(message))
    return new Trouble(
      `Its certificate is not trusted here (${message}). Name the file of the authority that signed it as tlsCAFile in EVENTSTORE_URL.`,
      { cause: error },
    );
  if (error instanceof NotLeaderError)
    return new Trouble('Another member of the cluster leads now.', { cause: error });
  if (error instanceof UnavailableError || error instanceof CancelledError)
    return new Trouble('The server cannot be reached at the moment.', { cause: error });
  return new Trouble(`What is said: ${message.replace(/\.$/, '')}.`, { cause: error });
}

function partsOf(error: unknown): { code: number | undefined; message: string } {
  if (typeof error !== 'object' || error === null)
    return { code: undefined, message: String(error) };
  const code = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  const message = 'message' in error ? String(error.message) : 'no reason';
  const [first = ''] = message.split('\n');
  return { code, message: first.replace(GRPC, '').replace(/ Resolution note:\s*$/, '') };
}

/** The work, or after so many milliseconds a `Trouble` that says it took too long. */
export function bounded<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(tooLate(ms));
  }, ms);
  return Promise.race([work, late.promise])
    .catch((error: unknown) => {
      throw troubleFrom(error);
    })
    .finally(() => {
      clearTimeout(timer);
    });
}

export const tooLate = (ms: number): Trouble =>
  new Trouble(`The server did not answer within ${ms / 1000} s.`, { late: true });
