import { BSON, type AnyBulkWriteOperation } from 'mongodb';
import {
  StoreError,
  type CollectionSpec,
  type DocumentVersion,
  type JsonObject,
  type Position,
} from '#kernel';
import { fixedOf, refuseChange, type VersionsOfOne } from '../page';
import type { Scalar } from '../scalar';
import { stored } from './body';
import { versionId, type LatestDocument, type PastVersion } from './collection';

/** MongoDB takes 16 MB, with its own fields. */
const LARGEST = 15 * 1024 * 1024;
/** What a document has beside its body and its key, in bytes. */
const FRAME = 120;

/** Something to be written, and about how many bytes it has. */
export interface Sized<T> {
  readonly what: T;
  readonly size: number;
}

/** What is to be done to one document: superseded versions first, then the newest. */
export interface Plan {
  readonly past: readonly Sized<PastVersion>[];
  /** undefined: the document stands as it should. */
  readonly newest: Sized<AnyBulkWriteOperation<LatestDocument>> | undefined;
}

/**
 * What a page's versions of one document come to, given what stands. The newest version goes forward by an operation that
 * finds the document only as it was looked at: had another worker moved it meanwhile, the version it put there would be
 * superseded without being in the history.
 */
export function planOf(
  spec: CollectionSpec,
  key: string,
  versions: Readonly<VersionsOfOne>,
  standing: LatestDocument | undefined,
): Plan {
  const fixed = fixedFields(spec, key, versions, standing);
  const newest = versions.reduce((a, b) => (b.knownFrom > a.knownFrom ? b : a));
  const supersedes = standing === undefined || newest.knownFrom > standing.knownFrom;
  const stays = supersedes ? newest.knownFrom : standing.knownFrom;
  const past = versions
    .filter(({ knownFrom }) => knownFrom !== stays && knownFrom !== standing?.knownFrom)
    .map((version) => pastOf(spec, version));
  if (supersedes && standing !== undefined) past.push(supersededBy(standing));
  const since = versions.reduce(
    (least, { knownFrom }) => (knownFrom < least ? knownFrom : least),
    standing?.since ?? standing?.knownFrom ?? newest.knownFrom,
  );
  return {
    past,
    newest: supersedes
      ? forward(spec, newest, fixed, since, standing)
      : amended(standing, fixed, since),
  };
}

/** The fixed fields as far as they are known now. Refuses one that has another value than it had. */
function fixedFields(
  spec: CollectionSpec,
  key: string,
  versions: Readonly<VersionsOfOne>,
  standing: LatestDocument | undefined,
): Readonly<Record<string, Scalar>> {
  const values = fixedOf(spec, key, versions);
  const fields: Record<string, Scalar> = {};
  spec.fixed.forEach((field, index) => {
    const before = standing?.body[field] as Scalar | undefined;
    const now = values?.[index];
    if (before !== undefined && now !== undefined && before !== now) refuseChange(spec, key, index);
    const value = now ?? before;
    if (value !== undefined) fields[field] = value;
  });
  return fields;
}

function forward(
  spec: CollectionSpec,
  { key, knownFrom, body }: DocumentVersion,
  fixed: JsonObject,
  since: Position,
  standing: LatestDocument | undefined,
): Plan['newest'] {
  const { form, size } = formOf(spec, key, body);
  const document = {
    knownFrom,
    ...(since === knownFrom ? {} : { since, moved: knownFrom }),
    ...(form === undefined ? { gone: true as const, body: fixed } : form),
  };
  const what: AnyBulkWriteOperation<LatestDocument> =
    standing === undefined
      ? { insertOne: { document: { _id: key, ...document } } }
      : { replaceOne: { filter: asItStands(standing), replacement: document } };
  return { what, size };
}

/** An older page came after a newer one: the newest version stays, and what it could not know is added. */
function amended(
  standing: LatestDocument,
  fixed: Readonly<Record<string, Scalar>>,
  since: Position,
): Plan['newest'] {
  const set: Record<string, Scalar> = {};
  if (since < (standing.since ?? standing.knownFrom)) {
    Object.assign(set, { since, moved: standing.knownFrom });
  }
  for (const [field, value] of Object.entries(fixed))
    if (standing.body[field] === undefined) set[`body.${field}`] = value;
  if (Object.keys(set).length === 0) return undefined;
  return {
    what: { updateOne: { filter: asItStands(standing), update: { $set: set } } },
    size: FRAME,
  };
}

/** Finds the document only if nobody has moved it since it was looked at. */
const asItStands = ({ _id, knownFrom, since }: LatestDocument) => ({
  _id,
  knownFrom,
  since: since ?? { $exists: false as const },
});

function pastOf(
  spec: CollectionSpec,
  { key, knownFrom, body }: DocumentVersion,
): Sized<PastVersion> {
  const { form, size } = formOf(spec, key, body);
  return { what: { _id: versionId(key, knownFrom), key, knownFrom, ...form }, size };
}

/** The standing version as one of the past. */
function supersededBy({
  _id: key,
  knownFrom,
  gone,
  body,
  json,
}: LatestDocument): Sized<PastVersion> {
  const what = {
    _id: versionId(key, knownFrom),
    key,
    knownFrom,
    ...(gone === true ? {} : { body }),
    ...(json === undefined ? {} : { json }),
  };
  return { what, size: BSON.calculateObjectSize(what) };
}

/** The stored form of a body; undefined where the document ends. */
function formOf(spec: CollectionSpec, key: string, body: JsonObject | null) {
  const size = key.length * 6 + FRAME;
  if (body === null) return { form: undefined, size };
  const of = `${spec.name}/${key}`;
  const { stored: form, size: ofBody } = stored(of, body);
  if (ofBody > LARGEST && BSON.calculateObjectSize(form) > LARGEST) {
    throw new StoreError(
      'invalid',
      `${of} has more than 15 MB, and MongoDB takes no document of 16. Documents are small and bounded; a list that grows is a row per entry.`,
    );
  }
  return { form, size: size + ofBody };
}
