import type { Access } from './access';
import type { Cluster } from './cluster';
import type { Faults } from './faults';
import type { Store } from './store';

/** What the services of one server stand on. */
export interface Ground {
  readonly store: Store;
  readonly faults: Faults;
  readonly access: Access;
  readonly cluster: Cluster;
  /** Ends the connection of this peer at once, or all of them. */
  readonly cut: (peer?: string) => void;
  /** Bytes an append may have. */
  readonly maxAppendSize: number;
}
