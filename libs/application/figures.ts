import type { DayFigures } from '#read-models';
import { figureDays, figuresOn } from '#read-models';
import type { Asking, NotAnswered } from './asking';

export interface PublishedFigures {
  readonly answered: true;
  /** The last day first; a day nothing was known of is not among them. */
  readonly days: readonly DayFigures[];
}

/**
 * The figures that are out on a day. Those of each day are as they were known at its end; of days before anything was
 * recorded here, as known at the end of the first day of figures after that. Either way they stay as they are.
 */
export async function publishedFigures(
  asking: Asking,
  { today }: { readonly today: string },
): Promise<PublishedFigures | NotAnswered> {
  const days: DayFigures[] = [];
  let knownAtLeast: string | undefined;
  for (const day of figureDays(today)) {
    const then = await asking.ask(figuresOn, { day }, { asOf: day });
    if (!then.answered) return then;
    if (then.value !== undefined) {
      days.push(then.value);
      knownAtLeast = day;
      continue;
    }
    if (knownAtLeast === undefined) continue;
    const since = await asking.ask(figuresOn, { day }, { asOf: knownAtLeast });
    if (!since.answered) return since;
    if (since.value !== undefined) days.push(since.value);
  }
  return { answered: true, days };
}
