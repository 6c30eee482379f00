/** 1 September to 31 August, labelled as the profession writes it: "2026/27". */
export type AcademicYear = string;

const LABEL = /^(\d{4})\/(\d{2})$/;

/** The academic year a day (`2026-11-23`) lies in. */
export function academicYearOf(day: string): AcademicYear {
  const year = Number(day.slice(0, 4));
  const starts = Number(day.slice(5, 7)) >= 9 ? year : year - 1;
  return `${starts}/${String((starts + 1) % 100).padStart(2, '0')}`;
}

/** First and last day of an academic year; undefined when the label is not one. */
export function daysOf(label: AcademicYear): { first: string; last: string } | undefined {
  const match = LABEL.exec(label);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const starts = Number(match[1]);
  if ((starts + 1) % 100 !== Number(match[2])) return undefined;
  return { first: `${starts}-09-01`, last: `${starts + 1}-08-31` };
}

/** The academic year before or after; the label must be one. */
export function yearsFrom(label: AcademicYear, years: number): AcademicYear {
  return academicYearOf(`${Number(label.slice(0, 4)) + years}-09-01`);
}
