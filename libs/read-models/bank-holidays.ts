import type { ReadModel, Snapshot } from '#kernel';
import type { BankHolidayEvent, BankHolidays } from '#domain';

export type BankHolidaysOfYear = Extract<
  BankHolidayEvent,
  { readonly type: 'BankHolidaysPublished' }
>['data'];

export const bankHolidayYears: ReadModel<BankHolidaysOfYear, BankHolidayEvent> = {
  name: 'bank-holidays',
  says: 'The bank holidays of each calendar year, as published last.',
  fixed: [],
  touches: {
    BankHolidaysPublished: { keys: ({ data }) => [String(data.year)], on: (_, { data }) => data },
  },
};

/** The bank holidays a snapshot knows, by calendar year. */
export async function holidaysIn(snapshot: Snapshot): Promise<BankHolidays> {
  const years = await snapshot.list<BankHolidaysOfYear>(bankHolidayYears);
  return Object.fromEntries(years.map(({ key, body }) => [key, body]));
}
