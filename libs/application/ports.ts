/** Names under which Nest finds what the outside provides. The application never knows which adapter stands behind. */
export const EVENT_STORE = Symbol('EventStore');
export const READ_STORE = Symbol('ReadStore');
export const CLOCK = Symbol('Clock');
export const LOG = Symbol('Log');
export const SEALING = Symbol('Sealing');
export const TOKENS = Symbol('Tokens');
/** Whether what is in the store was made up as an example; said on every page. */
export const EXAMPLE = Symbol('Example');
export const CONFIG = Symbol('Config');
/** Aborted when the process has been asked to end: whoever listens is sent away, to come back elsewhere. */
export const STOPPING = Symbol('Stopping');
/** Whether this process runs the followers of the log itself. */
export const FOLLOWS = Symbol('Follows');
/** Tells the outside what happened; there where the process has a publisher. */
export const PUBLISHING = Symbol('Publishing');
/** Copies the event store to a new file while appends go on; undefined where the store has tools of its own. */
export const BACKUP = Symbol('Backup');
export type Backup = (file: string) => Promise<unknown>;
