import type { ReadModel, Snapshot } from '#kernel';
import type { FrameworkEvent, PublishedFramework } from '#domain';
import { frameworkInForce } from '#domain';

/** A published version is never changed, so each document has one state. */
export const frameworks: ReadModel<PublishedFramework, FrameworkEvent> = {
  name: 'frameworks',
  says: 'The versions of the assessment framework, each in force from a day.',
  fixed: [],
  touches: {
    AssessmentFrameworkPublished: { keys: ({ data }) => [data.version], on: (_, { data }) => data },
  },
};

/** All versions there are, and which is in force on a day. */
export async function frameworksOn(
  snapshot: Snapshot,
  day: string,
): Promise<{
  readonly versions: Readonly<Record<string, PublishedFramework>>;
  readonly inForce: PublishedFramework | undefined;
}> {
  const found = await snapshot.list<PublishedFramework>(frameworks);
  // In the order they were published, which decides between two of one day.
  const published = found.toSorted((a, b) => a.knownFrom - b.knownFrom);
  const versions = Object.fromEntries(published.map(({ body }) => [body.version, body]));
  return { versions, inForce: frameworkInForce({ versions }, day) };
}
