import type { ReadModel, Snapshot } from '#kernel';
import type { Offer, OfferEvent } from '#domain';

/** Published offers are never changed, so each document has one state. */
export const offers: ReadModel<
  Offer,
  Extract<OfferEvent, { readonly type: 'SupportOfferPublished' }>
> = {
  name: 'offers',
  says: 'The offers of support, version by version: visits and half-days by category and status in an academic year.',
  fixed: [],
  touches: {
    SupportOfferPublished: { keys: ({ data }) => [data.version], on: (_, { data }) => data },
  },
};

export const offerOf = async (snapshot: Snapshot, version: string): Promise<Offer | undefined> =>
  (await snapshot.get<Offer>(offers, version))?.body;
