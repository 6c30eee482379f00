import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectSafely } from 'node:tls';
import type { KafkaConfig } from 'kafkajs';
import { Kafka, logLevel } from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue';
import { StoreError } from '#kernel';
import type { Log } from '#platform';
import { mayPass, storeErrorFrom } from './trouble';

export interface KafkaOptions {
  /** `host:port` of some of the brokers; the rest are learnt from them. */
  readonly brokers: readonly string[];
  /** What the names of the topics, and of groups we read with, begin with. */
  readonly topicPrefix: string;
  /** Whether the brokers are spoken to over TLS; default false. */
  readonly ssl?: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly log?: Log;
}

/** Tries for a question that can be asked again by whoever asked it: some three seconds. */
export const FEW = 5;
/** Tries for a batch, which must not change hands: a broker that is started again is waited for, half a minute. */
export const MANY = 30;
/** How long opening a connection, and one request, may take, in ms. */
const CONNECT = 3_000;
const REQUEST = 5_000;

// kafkajs 2.2.4 looks after a queue that is empty every millisecond, for ever, with a time that Node calls negative: a
// twentieth of a core for a client at rest. A queue needs looking after while requests wait in it and at no other time.
const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
RequestQueue.prototype.scheduleCheckPendingRequests = function () {
  if (this.pending.length > 0) schedule.call(this);
};

/**
 * One client of a cluster and its sockets. Its calls end in time: where kafkajs would wait for a broker that says nothing,
 * or go on trying behind our back, the connection is cut off, and nothing more goes out through it.
 */
export class KafkaConnection {
  readonly kafka: Kafka;
  private readonly sockets = new Set<Socket>();
  private readonly cut = new AbortController();

  /** `retries`: how often kafkajs tries again, a second apart at most, before it gives up. */
  constructor(
    private readonly options: KafkaOptions,
    retries: number,
  ) {
    const { brokers, ssl = false, sasl, log, topicPrefix } = options;
    const config: KafkaConfig = {
      clientId: `${topicPrefix}-publisher`,
      brokers: [...brokers],
      ssl,
      connectionTimeout: CONNECT,
      authenticationTimeout: REQUEST,
      requestTimeout: REQUEST,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries },
      socketFactory: ({ host, port, ssl: tls, onConnect }) => {
        this.cut.signal.throwIfAborted();
        const servername = isIP(host) === 0 ? { servername: host } : {};
        // kafkajs hands over false where it means none, whatever its types say.
        const socket = (tls as unknown)
          ? connectSafely({ host, port, ...servername, ...tls }, onConnect)
          : connect({ host, port }, onConnect);
        // A small message must not wait for the acknowledgement of the one before.
        socket.setNoDelay(true).setKeepAlive(true, 60_000);
        this.sockets.add(socket);
        socket.once('close', () => this.sockets.delete(socket));
        return socket;
      },
      // What goes wrong is thrown, and told by whoever catches it; what kafkajs says on the way is for those who look.
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ log: { message, ...more } }) => {
          log?.debug({ broker: more['broker'] as unknown, kafkajs: message }, 'kafka');
        },
      ...(sasl === undefined ? {} : { sasl: sasl as NonNullable<KafkaConfig['sasl']> }),
    };
    this.kafka = new Kafka(config);
  }

  /**
   * Waits for an answer of the cluster, and not longer than `ms`: then the connection is cut off. Throws StoreError, at once
   * when it is cut off by somebody else.
   */
  async within<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
    const { brokers } = this.options;
    const over = Promise.withResolvers<never>();
    const cut = (): void => over.reject(this.cut.signal.reason as Error);
    this.cut.signal.addEventListener('abort', cut);
    const timer = setTimeout(() => {
      over.reject(
        new StoreError(
          'unavailable',
          `Kafka at ${brokers.join(', ')} did not answer within ${ms / 1000} s (${what}). See whether the brokers run and can be reached from here, and whether KAFKA_SSL is as they want it. Publishing goes on by itself when they answer.`,
        ),
      );
      this.cutOff();
    }, ms);
    try {
      this.cut.signal.throwIfAborted();
      const working = work();
      // Cut off, it fails some time later, when nobody waits for it any more.
      working.catch(() => undefined);
      return await Promise.race([working, over.promise]);
    } catch (error) {
      throw storeErrorFrom(error, brokers);
    } finally {
      clearTimeout(timer);
      this.cut.signal.removeEventListener('abort', cut);
    }
  }

  /** `within`, asking again while a partition is between two leaders or a topic is being made. */
  insisting<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
    return this.within(ms, what, () => this.untilAgreed(work));
  }

  /** Does it again while the cluster has not agreed on who leads what. */
  async untilAgreed<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.cut.signal.aborted || !mayPass(error)) throw error;
        await pause(100);
      }
    }
  }

  /** Ends every conversation at once. What was under way fails, and can not get out any more. */
  cutOff(): void {
    const reason = new StoreError('unavailable', 'The connection to Kafka was cut off.');
    this.cut.abort(reason);
    for (const socket of this.sockets) socket.destroy(reason);
  }
}
