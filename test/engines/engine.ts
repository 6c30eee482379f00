/** A server that tests run against: started by a script of this folder, or one that an address in the environment points at. */
export interface Engine {
  readonly name: 'EventStoreDB' | 'MongoDB' | 'Kafka';
  /** `real`: the engine itself. `protocol-compatible`: something that speaks its protocol. */
  readonly kind: 'real' | 'protocol-compatible';
  /** What the product's setting takes: a connection string, or brokers with commas between. */
  readonly url: string;
  /** kill -9; resolves when the process is gone. Undefined in effect for a server that is not ours to kill: it throws. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same port after `kill` or `stop`; resolves when it answers. */
  restart(): Promise<void>;
  /** SIGSTOP and SIGCONT: a server that neither answers nor hangs up. */
  freeze(): void;
  thaw(): void;
  /** SIGTERM; resolves when the process is gone. Its data stay until `dispose`. */
  stop(): Promise<void>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}
