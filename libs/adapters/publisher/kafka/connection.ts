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
  private isCut = false;

  constructor(private readonly options: KafkaOptions) {
    const { brokers, ssl = false, sasl, log, topicPrefix } = options;
    const config: KafkaConfig = {
      clientId: `${topicPrefix}-publisher`,
      brokers: [...brokers],
      ssl,
      connectionTimeout: CONNECT,
      authenticationTimeout: REQUEST,
      requestTimeout: REQUEST,
      // Up to about half a minute: a broker that is started again, or another leader, is found within a few seconds.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 30 },
      socketFactory: ({ host, port, ssl: tls, onConnect }) => {
        if (this.isCut) throw new Error('The connection has been cut off.');
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

  /** Waits for an answer of the cluster, and not longer than `ms`: then the connection is cut off. Throws StoreError. */
  async within<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.cutOff();
      late.reject(
        new StoreError(
          'unavailable',
          `Kafka at ${this.options.brokers.join(', ')} did not answer within ${ms / 1000} s (${what}). See whether the brokers run and can be reached from here. Publishing goes on by itself when they answer.`,
        ),
      );
    }, ms);
    const working = work();
    // Cut off, it fails some time later, when nobody waits for it any more.
    working.catch(() => undefined);
    try {
      return await Promise.race([working, late.promise]);
    } catch (error) {
      throw storeErrorFrom(error, this.options.brokers);
    } finally {
      clearTimeout(timer);
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
        if (this.isCut || !mayPass(error)) throw error;
        await pause(100);
      }
    }
  }

  /** Ends every conversation at once. What was under way fails, and can not get out any more. */
  cutOff(): void {
    this.isCut = true;
    for (const socket of this.sockets)
      socket.destroy(new Error('The connection has been cut off.'));
  }
}
