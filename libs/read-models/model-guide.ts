import type { ReadModel, Snapshot } from '#kernel';
import type { DirectoryEvent, DocumentEvent, Responsibility, SectionEvent } from '#domain';
import { guideSections, inForceOn } from '#domain';
import type { PublishedOffer } from './offers';
import { offerOn } from './offers';
import type { Page, PageRequest } from './page';
import { paged } from './page';

type Published<E, T> =
  Extract<E, { readonly type: T }> extends { readonly data: infer D } ? D : never;

/** One version of a section, with its last day where it has one. */
export type GuideSectionVersion = Published<SectionEvent, 'GuideSectionPublished'> & {
  readonly effectiveTo?: string;
  readonly supersededBy?: string;
};
/** One version of a document, with its last day where it has one. */
export type GuideDocumentVersion = Published<DocumentEvent, 'GuideDocumentPublished'> & {
  readonly supersededBy?: string;
  readonly withdrawnBecause?: string;
};

export const sectionVersions: ReadModel<GuideSectionVersion, SectionEvent> = {
  name: 'guide-sections',
  says: 'How each section of the public guide reads, and read, by the days of its versions.',
  fixed: ['effectiveFrom'],
  touches: {
    GuideSectionPublished: {
      keys: ({ data }) => [`${data.section} ${data.version}`],
      on: (_, { data }) => data,
    },
    GuideSectionSuperseded: {
      keys: ({ data }) => [`${data.section} ${data.version}`],
      on: (version, { data: { effectiveTo, supersededBy } }) =>
        version && { ...version, effectiveTo, supersededBy },
    },
  },
};

export const documentVersions: ReadModel<GuideDocumentVersion, DocumentEvent> = {
  name: 'guide-documents',
  says: 'Which documents the public guide points to, by the days of their versions.',
  fixed: ['effectiveFrom'],
  touches: {
    GuideDocumentPublished: {
      keys: ({ data }) => [`${data.documentId} ${data.version}`],
      on: (_, { data }) => data,
    },
    GuideDocumentSuperseded: {
      keys: ({ data }) => [`${data.documentId} ${data.version}`],
      on: (version, { data: { effectiveTo, supersededBy } }) =>
        version && { ...version, effectiveTo, supersededBy },
    },
    GuideDocumentWithdrawn: {
      keys: ({ data }) => [`${data.documentId} ${data.version}`],
      on: (version, { data: { effectiveTo, reason } }) =>
        version && { ...version, effectiveTo, withdrawnBecause: reason },
    },
  },
};

export const guideDirectory: ReadModel<Responsibility, DirectoryEvent> = {
  name: 'guide-directory',
  says: 'Which role answers for what, and how its office is reached.',
  fixed: [],
  touches: {
    ResponsibilityEntered: {
      keys: ({ data }) => [data.responsibilityId],
      on: (_, { data }) => data,
    },
    ResponsibilityChanged: {
      keys: ({ data }) => [data.responsibilityId],
      on: (_, { data }) => data,
    },
    ResponsibilityRemoved: { keys: ({ data }) => [data.responsibilityId], on: () => undefined },
  },
};

/** An entry as everybody may read it: not whose reference a name has. */
export type DirectoryEntry = Omit<Responsibility, 'personRef'>;

export type ModelGuide = {
  readonly day: string;
  /** In the order they are read; a section that nobody has published is left out. */
  readonly sections: readonly GuideSectionVersion[];
  /** What schools are offered, by the offer in force. */
  readonly offer?: PublishedOffer;
  readonly documents: readonly GuideDocumentVersion[];
  readonly directory: readonly DirectoryEntry[];
};

/**
 * The whole guide as it is in force on a day. Names of people, sealed as they are, only where they are asked for: a look
 * at a day gone by does not say who held a post then.
 */
export async function modelGuideOn(
  snapshot: Snapshot,
  { day, names }: { readonly day: string; readonly names: boolean },
): Promise<ModelGuide> {
  const sections = await inForce<GuideSectionVersion>(snapshot, sectionVersions, day);
  const documents = await inForce<GuideDocumentVersion>(snapshot, documentVersions, day);
  const entries = await snapshot.list<Responsibility>(guideDirectory, { sort: { role: 1 } });
  const offer = await offerOn(snapshot, { day });
  return {
    day,
    sections: guideSections.flatMap(
      (word) => sections.find(({ section }) => section === word) ?? [],
    ),
    ...(offer === undefined ? {} : { offer }),
    documents: documents.toSorted(byTitle),
    directory: entries.map(({ body: { personRef: _, publishedName, ...entry } }) => ({
      ...entry,
      ...(names && publishedName !== undefined ? { publishedName } : {}),
    })),
  };
}

async function inForce<T extends { readonly version: string; readonly effectiveFrom: string }>(
  snapshot: Snapshot,
  collection: typeof sectionVersions | typeof documentVersions,
  day: string,
): Promise<readonly T[]> {
  const begun = await snapshot.list<T>(collection, { filter: { effectiveFrom: { $lte: day } } });
  return begun.map(({ body }) => body).filter((version) => inForceOn(version, day));
}

const byTitle = (a: { readonly title: string }, b: { readonly title: string }): number =>
  a.title.localeCompare(b.title, 'en');

/** A document with all its versions, newest first, and the one in force on the day. */
export type GuideDocument = {
  readonly documentId: string;
  readonly inForce?: string;
  readonly versions: readonly GuideDocumentVersion[];
};

/** Every document that ever was in the guide, by the title of its newest version. */
export async function guideDocumentsOn(
  snapshot: Snapshot,
  { day, skip = 0, limit }: { readonly day: string } & PageRequest,
): Promise<Page<GuideDocument>> {
  const found = await snapshot.list<GuideDocumentVersion>(documentVersions, {
    sort: { effectiveFrom: -1 },
  });
  const byDocument = Map.groupBy(
    found.map(({ body }) => body),
    ({ documentId }) => documentId,
  );
  const all = [...byDocument].map(([documentId, versions]) => {
    const current = versions.find((version) => inForceOn(version, day));
    return {
      documentId,
      ...(current === undefined ? {} : { inForce: current.version }),
      versions,
    };
  });
  const sorted = all.toSorted(({ versions: [a] }, { versions: [b] }) =>
    a === undefined || b === undefined ? 0 : byTitle(a, b),
  );
  return paged(
    sorted.slice(skip, limit === undefined ? undefined : skip + limit),
    all.length,
    skip,
  );
}
