import type { ServiceError } from '@grpc/grpc-js';
import * as refusals from './refusals';

/**
 * Several nodes that share one log: ports of one server, of which one leads. What replication does to a cluster is not
 * here; what a change of leaders does to a client is.
 */
export class Cluster {
  #leader = 0;

  constructor(
    /** HOST:PORT of each node. */
    readonly members: readonly string[],
    /** The port that a peer has come to. */
    private readonly portOf: (peer: string) => number | undefined,
  ) {}

  get leader(): string {
    return this.members[this.#leader] ?? '';
  }

  /** From now on this node leads. */
  lead(node: number): void {
    if (this.members[node] === undefined) throw new Error(`there is no node ${node}`);
    this.#leader = node;
  }

  /** What a call that only the leader answers is told at another node: where the leader is. */
  refusal(peer: string): ServiceError | undefined {
    if (this.members.length === 1) return undefined;
    const [host = '', port = ''] = this.leader.split(':');
    const came = this.portOf(peer);
    return came === undefined || came === Number(port)
      ? undefined
      : refusals.notLeader(host, Number(port));
  }
}
