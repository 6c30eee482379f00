import type { ReadModel, Snapshot } from '#kernel';
import type { LetterTemplate, LetterTemplateEvent } from '#domain';

/** A template with the place in the log where it was published: of two that begin on one day the later one is in force. */
export type PublishedLetterTemplate = LetterTemplate & { readonly position: number };

export const letterTemplates: ReadModel<PublishedLetterTemplate, LetterTemplateEvent> = {
  name: 'letter-templates',
  says: 'The versions of the letter with the proposed category: wording and terms, each in force from a day.',
  fixed: [],
  touches: {
    LetterTemplatePublished: {
      keys: ({ data }) => [data.version],
      on: (_, { data, position }) => ({ ...data, position }),
    },
  },
};

/** The template in force on a day; undefined when none has taken effect by then. */
export async function letterTemplateOn(
  snapshot: Snapshot,
  day: string,
): Promise<PublishedLetterTemplate | undefined> {
  const [found] = await snapshot.list<PublishedLetterTemplate>(letterTemplates, {
    filter: { effectiveFrom: { $lte: day } },
    sort: { effectiveFrom: -1, position: -1 },
    limit: 1,
  });
  return found?.body;
}
