import fc from 'fast-check';
import type {
  CollectionSpec,
  DocumentVersion,
  Found,
  Json,
  JsonObject,
  Position,
  Sort,
} from '#kernel';

/** One page as a projector writes it. */
interface Page {
  readonly versions: readonly DocumentVersion[];
  readonly checkpoint: Position;
}

/** A filter beside the same said in JavaScript. */
interface SaidTwice {
  readonly filter: JsonObject;
  readonly holds: (body: JsonObject) => boolean;
}

const isNumber = (value: Json | undefined): value is number => typeof value === 'number';

/** Over the two fixed fields and the others; `place` holds numbers in some documents and texts in others. */
export const filters: readonly SaidTwice[] = [
  { filter: {}, holds: () => true },
  { filter: { school: 's1' }, holds: (b) => b['school'] === 's1' },
  { filter: { school: { $eq: 's0' } }, holds: (b) => b['school'] === 's0' },
  {
    filter: { school: 's1', place: { $gte: 2, $lt: 5 } },
    holds: (b) => b['school'] === 's1' && isNumber(b['place']) && b['place'] >= 2 && b['place'] < 5,
  },
  { filter: { place: { $gt: 1 } }, holds: (b) => isNumber(b['place']) && b['place'] > 1 },
  {
    filter: { place: { $lt: 'q' } },
    holds: (b) => typeof b['place'] === 'string' && b['place'] < 'q',
  },
  {
    filter: { place: { $gte: 'p3' } },
    holds: (b) => typeof b['place'] === 'string' && b['place'] >= 'p3',
  },
  { filter: { place: 3 }, holds: (b) => b['place'] === 3 },
  { filter: { place: '3' }, holds: () => false },
  { filter: { place: { $lte: null } }, holds: () => false },
  { filter: { place: { $in: [1, 'p2'] } }, holds: (b) => b['place'] === 1 || b['place'] === 'p2' },
  {
    filter: { school: { $in: ['s9', 's0'] }, place: { $in: ['3', 4, 'p0', 4] } },
    holds: (b) => b['school'] === 's0' && (b['place'] === 4 || b['place'] === 'p0'),
  },
  {
    filter: { school: { $in: ['s1'], $gt: 's0' }, place: { $gte: 1, $in: [1, 5, 'p3'] } },
    holds: (b) => b['school'] === 's1' && (b['place'] === 1 || b['place'] === 5),
  },
  { filter: { school: { $in: [] } }, holds: () => false },
  { filter: { place: { $in: [null, 2] } }, holds: (b) => b['place'] === 2 },
  { filter: { school: { $ne: 's1' } }, holds: (b) => b['school'] !== 's1' },
  { filter: { status: 'open' }, holds: (b) => b['status'] === 'open' },
  {
    filter: { school: 's0', status: 'open' },
    holds: (b) => b['school'] === 's0' && b['status'] === 'open',
  },
  {
    filter: { school: 's1', score: { $gt: 0 } },
    holds: (b) => b['school'] === 's1' && isNumber(b['score']) && b['score'] > 0,
  },
  {
    filter: { $or: [{ status: 'closed' }, { score: { $lte: -1 } }] },
    holds: (b) => b['status'] === 'closed' || (isNumber(b['score']) && b['score'] <= -1),
  },
  { filter: { score: { $exists: false } }, holds: (b) => !('score' in b) },
];

export const sorts: readonly Sort[] = [
  {},
  { place: 1 },
  { place: -1 },
  { school: 1, place: -1 },
  { school: -1 },
  { score: 1 },
  { score: -1, status: 1 },
  { status: -1, place: 1 },
];

/** The documents known at a position, found by looking at every version there is. */
export function expectedList(
  versions: readonly DocumentVersion[],
  at: Position,
  holds: (body: JsonObject) => boolean,
  sort: Sort,
): readonly Found<JsonObject>[] {
  const documents = new Map<string, DocumentVersion>();
  for (const version of versions) {
    const seen = documents.get(version.key);
    if (version.knownFrom <= at && version.knownFrom > (seen?.knownFrom ?? 0)) {
      documents.set(version.key, version);
    }
  }
  const found = [...documents.values()].flatMap(({ key, knownFrom, body }) =>
    body !== null && holds(body) ? [{ key, knownFrom, body }] : [],
  );
  return found.sort((a, b) => {
    for (const [field, direction] of Object.entries(sort)) {
      const order = compare(a.body[field], b.body[field]) * direction;
      if (order !== 0) return order;
    }
    return a.key < b.key ? -1 : 1;
  });
}

/** Nothing before numbers before texts. */
function compare(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a === b ? 0 : 1;
  if (isNumber(a) && isNumber(b)) return a - b;
  const rank = (value: Json | undefined): number => ['number', 'string'].indexOf(typeof value);
  return rank(a) - rank(b);
}

const aBody = fc.record(
  {
    status: fc.constantFrom('open', 'closed'),
    score: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constant(null)),
  },
  { requiredKeys: [] },
);

/**
 * Pages of one history, as they come after crashes and races too: some once, some again at once, some again later.
 * And reads of it at a share of the way, with a filter and a sort by their number.
 */
export function aHistory(spec: CollectionSpec) {
  const aTouch = fc.record({
    document: fc.integer({ min: 0, max: 7 }),
    step: fc.integer({ min: 0, max: 2 }),
    body: fc.option(aBody, { freq: 4 }),
    endsPage: fc.boolean(),
  });
  return fc
    .record({
      touches: fc.array(aTouch, { minLength: 1, maxLength: 40 }),
      repeats: fc.array(fc.nat({ max: 60 }), { maxLength: 6 }),
      reads: fc.array(
        fc.record({
          share: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
          filter: fc.integer({ min: 0, max: filters.length - 1 }),
          sort: fc.integer({ min: 0, max: sorts.length - 1 }),
          skip: fc.integer({ min: 0, max: 3 }),
          limit: fc.integer({ min: 1, max: 8 }),
        }),
        { minLength: 6, maxLength: 12 },
      ),
    })
    .map(({ touches, repeats, reads }) => {
      const pages: Page[] = [];
      let versions: DocumentVersion[] = [];
      let position = 1;
      for (const [index, { document, step, body, endsPage }] of touches.entries()) {
        position += step;
        const key = `k${document}`;
        // An event gives one version of a document, not two.
        if (!versions.some((v) => v.key === key && v.knownFrom === position)) {
          const place = document % 3 === 0 ? `p${document}` : document;
          const full = body && { ...body, school: `s${document % 2}`, place };
          versions.push({
            collection: spec.name,
            key,
            knownFrom: position as Position,
            body: full,
          });
        }
        if (endsPage || index === touches.length - 1) {
          pages.push({ versions, checkpoint: position as Position });
          versions = [];
          position += 1;
        }
      }
      for (const [index, which] of repeats.entries()) {
        const page = pages[which % pages.length];
        if (page === undefined) continue;
        pages.splice(Math.max(pages.indexOf(page) + 1, pages.length - index), 0, page);
      }
      return { pages, reads };
    });
}
