export interface Piece {
  readonly skip: number;
  readonly limit: number;
  readonly total: number;
}

/** Links to the pages around one piece of a list, and which of its entries these are. */
export interface PageLinks {
  readonly total: number;
  /** "1 to 50 of 236", as first and last. */
  readonly first: number;
  readonly last: number;
  readonly pagination?: {
    readonly previous?: { readonly href: string };
    readonly next?: { readonly href: string };
    readonly items: readonly object[];
  };
}

export function pageLinks(
  { skip, limit, total }: Piece,
  link: (skip: number) => string,
): PageLinks {
  const pages = Math.ceil(total / limit);
  const here = Math.floor(skip / limit);
  const counts = { total, first: Math.min(skip + 1, total), last: Math.min(skip + limit, total) };
  if (pages <= 1 && here === 0) return counts;
  return {
    ...counts,
    pagination: {
      ...(here > 0 ? { previous: { href: link((Math.min(here, pages) - 1) * limit) } } : {}),
      ...(here + 1 < pages ? { next: { href: link((here + 1) * limit) } } : {}),
      items: numbersAround(here, pages).map((page) =>
        page === undefined
          ? { ellipsis: true }
          : { number: page + 1, href: link(page * limit), current: page === here },
      ),
    },
  };
}

/** First, last, and those beside this one; undefined stands for a gap. */
function numbersAround(here: number, pages: number): readonly (number | undefined)[] {
  const shown = [...new Set([0, here - 1, here, here + 1, pages - 1])]
    .filter((page) => page >= 0 && page < pages)
    .toSorted((a, b) => a - b);
  return shown.flatMap((page, i) => {
    const before = shown[i - 1];
    return before !== undefined && page - before > 1 ? [undefined, page] : [page];
  });
}
