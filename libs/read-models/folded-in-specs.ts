import type { AnyReadModel, JsonObject, Recorded } from '#kernel';

/* Folds of single read models, for specs: events as they come, then the documents there are. */
type AnyEvent = { readonly type: string; readonly data: JsonObject };

/** An event as it is read back, the n-th of the log; what is not said of it does not matter. */
export const recordedInSpecs = <E extends { readonly type: string; readonly data: object }>(
  event: E,
  n: number,
  effectiveOn = '2026-11-23',
): Recorded<E> =>
  ({
    ...event,
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    position: n,
    stream: 'any',
    revision: n,
    recordedAt: '2026-11-23T09:00:00.000Z',
    effectiveOn,
    metadata: {
      version: 1,
      actor: { id: 'person-a', role: 'adviser' },
      commandId: '',
      correlationId: '',
    },
  }) as unknown as Recorded<E>;

/** All documents of a read model after a history, by key. */
export function documentsAfter(
  model: AnyReadModel,
  history: readonly { readonly type: string; readonly data: object }[],
): Readonly<Record<string, JsonObject>> {
  const documents = new Map<string, JsonObject>();
  history.forEach((happened, i) => {
    const event = recordedInSpecs(happened as AnyEvent, i + 1) as never;
    const touch = model.touches[happened.type];
    for (const key of touch?.keys(event) ?? []) {
      const next = touch?.on(documents.get(key) as never, event, key) as JsonObject | undefined;
      if (next === undefined) documents.delete(key);
      else documents.set(key, next);
    }
  });
  return Object.fromEntries(documents);
}
