import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import { bankHolidayCommands } from './commands';
import type { BankHolidayEvent } from './events';
import { bankHolidayEvents } from './events';

/*
 * Which days are bank holidays is data: they are proclaimed, now and then one more within the year. What is published
 * later for a year takes the place of what was published before; a term worked out meanwhile says what it came to then.
 */
export interface BankHolidaysOfYear {
  readonly year: number;
  readonly days: readonly string[];
  readonly source: string;
  readonly example: boolean;
}
export interface BankHolidaysState {
  /** By calendar year. */
  readonly years: Readonly<Record<string, BankHolidaysOfYear>>;
}

const refusals = {
  HolidayOutsideYear: {
    kind: 'invalid',
    says: 'A bank holiday lies in the year it is published for.',
    detail: (day: string, year: number) =>
      `${day} does not lie in ${year}. Publish each calendar year by itself.`,
    pointer: '/days',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  BankHolidaysState,
  ClassesOf<typeof bankHolidayCommands>,
  BankHolidayEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: { years: {} },
  evolve: {
    BankHolidaysPublished: ({ years }, data) => ({ years: { ...years, [data.year]: data } }),
  },
  decide: {
    PublishBankHolidays: ({ years }, command) => {
      const { year } = command;
      const data = { ...command, days: [...command.days].sort() };
      const stray = data.days.find((day) => !day.startsWith(`${year}-`));
      if (stray !== undefined) return refuse.HolidayOutsideYear(stray, year);
      return same(entryOf(years, String(year)), data)
        ? []
        : [{ type: 'BankHolidaysPublished', data }];
    },
  },
};

export const bankHolidays = aggregate({
  context: 'policy',
  name: 'policy-bank-holidays',
  is: 'The bank holidays, year by year: terms in working days leave them out.',
  stream: () => 'policy-bank-holidays',
  events: bankHolidayEvents,
  commands: bankHolidayCommands,
  refusals,
  decider,
});
