import { monthsAfter } from '../shared/working-days';

/** What a visit must know of a school. */
export type KnownSchool =
  | { readonly registered: false }
  | {
      readonly registered: true;
      readonly status: 'maintained' | 'academy';
      readonly closedOn: string | undefined;
      /** In order of the days they took up the post. */
      readonly heads: readonly {
        readonly personRef?: string;
        readonly kind: 'permanent' | 'interim' | 'acting' | 'vacant';
        readonly from: string;
      }[];
    };

/**
 * How long a head is new: a year from taking up the post. That a head new to post or to the county has a visit of their
 * own is published, and that an interim head made permanent counts as new; for how long is not [I domain dossier, 1.3].
 */
const MONTHS_NEW = 12;

/** The permanent head who is new on a day, or what there is instead, in words. */
export function newHeadOn(
  school: KnownSchool,
  day: string,
): { readonly personRef: string } | { readonly none: string } {
  const post = school.registered ? school.heads.findLast(({ from }) => from <= day) : undefined;
  if (post === undefined) return { none: 'no head is on record for that day' };
  const { personRef, kind, from } = post;
  if (personRef === undefined) return { none: `the post is vacant since ${from}` };
  if (kind !== 'permanent') return { none: `the head is ${kind} since ${from}` };
  return day < monthsAfter(from, MONTHS_NEW)
    ? { personRef }
    : { none: `the head is in post since ${from}` };
}
