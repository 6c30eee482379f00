/** What looking at one thing came to: in order or not, and in a sentence what was found or what to do. */
export interface Finding {
  /** What was looked at: `EventStoreDB: $all`. */
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}
