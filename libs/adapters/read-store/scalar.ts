import type { Json } from '#kernel';

/** A value that every store compares alike: numbers before texts, texts by code point. */
export type Scalar = string | number;

/** True for a value that may stand in a fixed field. A lone surrogate would change on its way into a store. */
export function isScalar(value: Json | undefined): value is Scalar {
  return typeof value === 'string' ? value.isWellFormed() : Number.isFinite(value);
}
