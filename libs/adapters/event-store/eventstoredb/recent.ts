import type { Event } from './records';

/** Events kept at most, and their bytes: whoever is further behind reads from the server. */
const KEPT = 2_000;
const KEPT_BYTES = 8 * 1024 * 1024;

/** The last events of the log that have come, so that all who follow it live are served by one subscription. */
export class Recent {
  #events: Event[] = [];
  #bytes = 0;

  /** Everything of the log behind this place, and up to the last event added, is here. */
  constructor(private from: number) {}

  add(event: Event): void {
    this.#events.push(event);
    this.#bytes += event.size;
    if (this.#events.length > 2 * KEPT || this.#bytes > 2 * KEPT_BYTES) this.#forget();
  }

  /** What has come behind a place, in order; undefined when not all of it is here any more. */
  behind(place: number): readonly Event[] | undefined {
    if (place < this.from) return undefined;
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.place ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return this.#events.slice(low);
  }

  #forget(): void {
    let gone = 0;
    while (this.#events.length - gone > KEPT || this.#bytes > KEPT_BYTES) {
      const event = this.#events[gone];
      if (event === undefined) break;
      this.#bytes -= event.size;
      this.from = event.place;
      gone++;
    }
    this.#events = this.#events.slice(gone);
  }
}
