import { StoreError } from '#kernel';

interface KafkaTrouble {
  readonly name: string;
  readonly message: string;
  /** Kafka's own name for what went wrong, e.g. TOPIC_AUTHORIZATION_FAILED. */
  readonly type?: string;
}

/** The innermost of nested errors: kafkajs wraps what a broker said in what became of trying again. */
function innermost(error: unknown): KafkaTrouble {
  let inner = error as KafkaTrouble & { cause?: unknown; originalError?: unknown };
  // Bounded: an error may name itself as its cause.
  for (let depth = 0; depth < 10; depth++) {
    const next = inner.cause ?? inner.originalError;
    if (typeof next !== 'object' || next === null || next === inner) break;
    inner = next as typeof inner;
  }
  return inner;
}

const MAY_NOT = /AUTHORIZATION_FAILED$/;
const SECOND_CALL = new Set(['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM']);
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const DISK = new Set(['KAFKA_STORAGE_ERROR', 'LOG_DIR_NOT_FOUND']);
const FEW_COPIES = new Set(['NOT_ENOUGH_REPLICAS', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND']);

const PASSING = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/** Whether it is over as soon as the cluster has agreed on who leads what. */
export const mayPass = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && PASSING.has(innermost(error).type ?? '');

function isKafkas(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('name' in error)) return false;
  // The one error of kafkajs without a name of its own: a connection was lost between two of its steps.
  const lost = 'message' in error && error.message === 'Broker not connected';
  return lost || String(error.name).startsWith('KafkaJS');
}

/** What kafkajs or a broker said, as an answer. Anything but an error of theirs is a bug and is handed back as it is. */
export function storeErrorFrom(error: unknown, brokers: readonly string[]): unknown {
  if (!isKafkas(error)) return error;
  const { name, type = '', message } = innermost(error);
  const at = brokers.join(', ');
  const because = { cause: error };
  const say = (code: StoreError['code'], sentence: string): StoreError =>
    new StoreError(code, sentence, because);
  if (name === 'KafkaJSSASLAuthenticationError' || SECOND_CALL.has(type))
    return say(
      'unavailable',
      `Kafka at ${at} does not accept the name and password, or not in this mechanism. See KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_MECHANISM.`,
    );
  if (MAY_NOT.test(type))
    return say(
      'unavailable',
      `Kafka at ${at} knows this account but does not let it do what it must (${type}). It needs to describe, read and write the topics, and to read with groups that begin with the topics' prefix.`,
    );
  if (TOO_LARGE.has(type))
    return say(
      'invalid',
      `Kafka at ${at} takes no message of this size (${type}). Raise max.message.bytes of the topics.`,
    );
  if (DISK.has(type))
    return say(
      'disk-full',
      `A broker of Kafka at ${at} cannot write to its disk (${type}). Free space there and start it again; publishing goes on by itself.`,
    );
  if (FEW_COPIES.has(type))
    return say(
      'unavailable',
      `Kafka at ${at} has too few brokers in step to keep a message safe (${type}). Publishing goes on by itself when they are back.`,
    );
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION')
    return say(
      'unavailable',
      `A topic is missing in Kafka at ${at}. Make the topics first: ops migrate.`,
    );
  return say(
    'unavailable',
    `Kafka at ${at} cannot be used: ${message}. See whether the brokers run and can be reached from here under the names they give themselves (advertised.listeners), whether their disks have room, and whether KAFKA_SSL and the name and password are as they want them. Publishing goes on by itself when they answer.`,
  );
}
