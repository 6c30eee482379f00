/** How often, when and where a fault bites. */
interface Occasion {
  /** So many times, then no more. Without it: until it is lifted. */
  readonly times?: number;
  /** Lets so many occasions pass first. */
  readonly after?: number;
  /** For so many milliseconds. */
  readonly forMs?: number;
  /** Only for streams whose names begin so. Calls on `$all` have no name, and are not meant then. */
  readonly streams?: string;
}

/**
 * What may go wrong, on purpose. An occasion is: a call for the faults of appends, reads and the whole server; an event
 * that is about to be sent, or a moment when there is none, for those of subscriptions and data.
 */
export type Fault = Occasion &
  (
    | /** Takes the append, does not write it, never answers. */ { readonly fault: 'append-lost' }
    | /** Writes it, never answers. */ { readonly fault: 'append-unanswered' }
    | /** Cuts the connection instead of writing. */ { readonly fault: 'append-cut-before' }
    | /** Writes it, then cuts the connection: the answer is lost. */ {
        readonly fault: 'append-cut';
      }
    | /** Writes it, and answers so many milliseconds late. */ {
        readonly fault: 'append-slow';
        readonly ms: number;
      }
    | /** The disk is full: an error, nothing written. */ { readonly fault: 'append-error' }
    | /** Ends the stream of appends with OK; `written` says whether this one was written. */ {
        readonly fault: 'append-half-close';
        readonly written?: boolean;
      }
    | /** Never answers a read; where `filter` is given only one that has a filter, or one by type. */ {
        readonly fault: 'read-hang';
        readonly filter?: 'any' | 'type';
      }
    | /** Waits so many milliseconds before each event. */ {
        readonly fault: 'read-slow';
        readonly ms: number;
      }
    | /** Ends a read early, with OK. */ { readonly fault: 'read-end' }
    | /** Ends a read with UNAVAILABLE. */ { readonly fault: 'read-error' }
    | /** Ends a subscription with OK. */ { readonly fault: 'subscription-end' }
    | /** Ends a subscription with UNAVAILABLE, or CANCELLED as a server does that shuts down. */ {
        readonly fault: 'subscription-error';
        readonly cancelled?: boolean;
      }
    | /** Stays open and sends nothing. */ { readonly fault: 'subscription-silent' }
    | /** Delivers an event twice. */ { readonly fault: 'subscription-duplicate' }
    | /** JSON that is none: half of it is missing. */ { readonly fault: 'data-malformed' }
    | /** Every byte of the data is 0xFF, as redaction leaves it. */ {
        readonly fault: 'data-redacted';
      }
    | /** Takes every call and answers none; appends are written where `written`. Subscriptions fall silent. */ {
        readonly fault: 'black-hole';
        readonly written?: boolean;
      }
    | /** "Server Is Not Ready" to every append and read. */ { readonly fault: 'not-ready' }
    | /** Every append and read is told to go to the leader, who is there. */ {
        readonly fault: 'not-leader';
        readonly host: string;
        readonly port: number;
      }
    | /** The clock that events are stamped by is so many milliseconds ahead, or behind. */ {
        readonly fault: 'clock';
        readonly ms: number;
      }
    | /** Cuts all connections, now. */ { readonly fault: 'cut' }
  );

export type FaultName = Fault['fault'];
type Named<Name extends FaultName> = Extract<Fault, { fault: Name }>;

interface Active {
  readonly spec: Fault;
  readonly until: number;
  passed: number;
  bitten: number;
}

/** The faults of one server that are on. */
export class Faults {
  readonly #active: Active[] = [];
  readonly #watchers = new Set<() => void>();

  add(spec: Fault): void {
    const until = spec.forMs === undefined ? Infinity : performance.now() + spec.forMs;
    this.#active.push({ spec, until, passed: 0, bitten: 0 });
    this.#changed();
    if (spec.forMs !== undefined) setTimeout(() => this.#changed(), spec.forMs + 1).unref();
  }

  lift(): void {
    this.#active.length = 0;
    this.#changed();
  }

  /** Calls back whenever a fault comes or goes. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  get any(): boolean {
    return this.#active.length > 0;
  }

  /** How far ahead the clock is, in milliseconds; to look at it is no occasion. */
  get clock(): number {
    const spec = this.#active.find(
      (active) => active.spec.fault === 'clock' && this.#stillOn(active),
    )?.spec;
    return spec?.fault === 'clock' ? spec.ms : 0;
  }

  /** The fault of this name that bites on this occasion; the occasion counts. */
  bites<Name extends FaultName>(name: Name, stream?: string): Named<Name> | undefined {
    if (!this.any) return undefined;
    for (const active of this.#active) {
      const { spec } = active;
      if (spec.fault !== name || !this.#stillOn(active)) continue;
      if (spec.streams !== undefined && stream?.startsWith(spec.streams) !== true) continue;
      active.passed += 1;
      if (active.passed <= (spec.after ?? 0)) continue;
      active.bitten += 1;
      return spec as Named<Name>;
    }
    return undefined;
  }

  #stillOn({ spec, until, bitten }: Active): boolean {
    return bitten < (spec.times ?? Infinity) && performance.now() < until;
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
