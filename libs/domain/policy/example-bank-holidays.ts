import type { BankHolidaysOfYear } from './bank-holidays';

/*
 * The bank holidays of England and Wales as they are generally known, shipped as an example so that the product can be
 * tried. A council publishes its own from the official list, and again when a further one is proclaimed.
 */
const days: Readonly<Record<number, string>> = {
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
};

export const exampleBankHolidays: readonly BankHolidaysOfYear[] = Object.entries(days).map(
  ([year, ofYear]) => ({
    year: Number(year),
    days: ofYear.split(' ').map((day) => `${year}-${day}`),
    source: 'Example: bank holidays in England and Wales as generally known',
    example: true,
  }),
);
