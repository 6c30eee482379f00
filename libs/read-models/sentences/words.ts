/** A sentence for each event of a union, as an adviser would say it. A type without one does not compile. */
export type SentencesFor<E extends { readonly type: string; readonly data: unknown }> = {
  readonly [T in E['type']]: (data: Extract<E, { readonly type: T }>['data']) => string;
};

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** `2026-11-23` → "23 November 2026". */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

/** " on 23 November 2026", or nothing. */
export const on = (day: string | undefined): string =>
  day === undefined ? '' : ` on ${dayInWords(day)}`;

/** For which round, or that there is none. */
export const occasion = ({ cycle }: { readonly cycle?: string }): string =>
  cycle === undefined ? 'because of a trigger' : `for the annual round of ${cycle}`;

/** "1 other", "3 others". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

/** `LEADERSHIP_CHANGE` → "leadership change". */
export const reasonInWords = (code: string): string =>
  code === 'RISE'
    ? 'RISE'
    : code.toLowerCase().replaceAll('_', ' ').replace('ofsted', 'Ofsted').replace('rise', 'RISE');

const absenceWords: Readonly<Record<string, string>> = {
  'not-applicable': 'it does not apply to this school',
  'not-published': 'it was not published nationally',
  suppressed: 'it is suppressed, the cohort is too small',
  'not-yet-collected': 'it has not been collected yet',
};
/** Why there is no figure, in words. */
export const absenceInWords = (absence: string): string => absenceWords[absence] ?? absence;
