import { monthsAfter } from '#domain';
import type { DateField, Query } from './query';
import { dateField, filledIn } from './query';

/** Two days in their order, by default the last year up to a day; and those that were asked for, for the links of the page. */
export function twoDays(query: Query, { today, day }: { readonly today: string; day: string }) {
  const [first, last] = [dateField(query, 'from', today), dateField(query, 'to', today)];
  const to = filledIn(last, day);
  const from = notAfter(filledIn(first, monthsAfter(to.value ?? day, -12)), to);
  return { from, to, kept: { from: first.value, to: last.value } };
}

function notAfter({ value, ...field }: DateField, to: DateField): DateField {
  if (value === undefined) return field;
  return to.value !== undefined && value > to.value
    ? { ...field, fault: 'The first day must not be after the second' }
    : { ...field, value };
}

/** What is wrong with dates, for the summary of errors. */
export const faultsOfDates = (
  ...dates: readonly DateField[]
): readonly { text: string; href: string }[] =>
  dates.flatMap(({ fault, name }) =>
    fault === undefined ? [] : [{ text: fault, href: `#${name}-day` }],
  );
