import type { ReadModel, Snapshot } from '#kernel';
import type { OfferEvent } from '#domain';
import { academicYearOf } from '#domain';

/** What schools are offered in a year, as it was published. */
export type PublishedOffer = Extract<
  OfferEvent,
  { readonly type: 'SupportOfferPublished' }
>['data'] & {
  readonly supersededBy?: string;
};

export const offers: ReadModel<PublishedOffer, OfferEvent> = {
  name: 'offers',
  says: 'What support was offered to schools of each category and status, by academic year and version.',
  fixed: ['academicYear', 'effectiveFrom'],
  touches: {
    SupportOfferPublished: { keys: ({ data }) => [data.version], on: (_, { data }) => data },
    SupportOfferSuperseded: {
      keys: ({ data }) => [data.version],
      on: (offer, { data: { supersededBy } }) => offer && { ...offer, supersededBy },
    },
  },
};

/** An offer by its version, as it was published. */
export const offerOf = async (
  snapshot: Snapshot,
  version: string,
): Promise<PublishedOffer | undefined> =>
  (await snapshot.get<PublishedOffer>(offers, version))?.body;

/** The offer in force on a day; undefined where none is published for that academic year. */
export async function offerOn(
  snapshot: Snapshot,
  { day }: { readonly day: string },
): Promise<PublishedOffer | undefined> {
  const found = await snapshot.list<PublishedOffer>(offers, {
    filter: { academicYear: academicYearOf(day), effectiveFrom: { $lte: day } },
  });
  const begun = new Set(found.map(({ key }) => key));
  // Each that was replaced names the next one; what is in force is the one whose successor has not begun.
  return found.find(({ body: { supersededBy = '' } }) => !begun.has(supersededBy))?.body;
}
