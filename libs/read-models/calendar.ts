const DAY = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day so many days after another; before it when there are fewer than none. */
export const daysAfter = (day: string, days: number): string =>
  new Date(at(day) + days * DAY).toISOString().slice(0, 10);

/** How many days one day lies after another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((at(to) - at(from)) / DAY);
