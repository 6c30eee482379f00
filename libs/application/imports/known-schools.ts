import type { Snapshot } from '#kernel';
import type { SchoolCard, UrnEntry } from '#read-models';
import { schools, urns } from '#read-models';

/** The schools we know, to be found by any URN they have, had or are about to have, and by their establishment number. */
export class KnownSchools {
  private constructor(
    private readonly cards: ReadonlyMap<string, SchoolCard>,
    private readonly byUrn: ReadonlyMap<string, string>,
    private readonly byLaestab: ReadonlyMap<string, readonly SchoolCard[]>,
  ) {}

  static async in(snapshot: Snapshot): Promise<KnownSchools> {
    const [cards, entries] = await Promise.all([
      snapshot.list<SchoolCard>(schools),
      snapshot.list<UrnEntry>(urns),
    ]);
    return new KnownSchools(
      new Map(cards.map(({ body }) => [body.schoolId, body])),
      new Map(entries.map(({ body }) => [body.urn, body.schoolId])),
      Map.groupBy(
        cards.map(({ body }) => body),
        ({ laestab }) => laestab ?? '',
      ),
    );
  }

  withUrn(urn: string): SchoolCard | undefined {
    const schoolId = this.byUrn.get(urn);
    return schoolId === undefined ? undefined : this.cards.get(schoolId);
  }

  withLaestab(laestab: string): readonly SchoolCard[] {
    return this.byLaestab.get(laestab) ?? [];
  }
}

/** Counts what is passed over on purpose, by reason. */
export class LeftOut {
  readonly counts: Record<string, number> = {};

  add(why: string): void {
    this.counts[why] = (this.counts[why] ?? 0) + 1;
  }
}
