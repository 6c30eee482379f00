import type { Position } from '#kernel';

/** A field that is not the same; absent where there is none. */
export interface FieldChange {
  /** Where it is: `category.is`, `periods[2].from`; `knownFrom` when the document is the same but known from elsewhere. */
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

export interface DocumentChange {
  readonly collection: string;
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** The school it is about, where it is about one, by the URN and name the new read models or else the old ones give it. */
  readonly school?: { readonly schoolId: string; readonly urn?: string; readonly name?: string };
  readonly fields: readonly FieldChange[];
  /** Fields that differ too and are not told. */
  readonly moreFields: number;
  /** The position at which it differs. */
  readonly at: Position;
  readonly declared: boolean;
}

export interface CollectionDifference {
  readonly compared: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Documents that differ at an earlier position: an answer about the past would be another one. */
  readonly inThePast: number;
}

export interface Difference {
  /** Both sides were read as of here, and some earlier positions. */
  readonly position: Position;
  /** By collection: those in which anything differs. */
  readonly collections: Readonly<Record<string, CollectionDifference>>;
  /** Documents that were compared, at `position`. */
  readonly compared: number;
  /** What was not declared first. */
  readonly documents: readonly DocumentChange[];
  /** Documents that differ too and are not listed. */
  readonly more: number;
  /** Documents that differ in another way than was declared: with any, no switch. */
  readonly undeclared: number;
}
