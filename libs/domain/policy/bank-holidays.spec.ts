import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { decider } from './bank-holidays';
import { PublishBankHolidays } from './commands';
import type { BankHolidayEvent } from './events';
import { bankHolidayEvents } from './events';
import { exampleBankHolidays } from './example-bank-holidays';

const policy = asDeclared(bankHolidayEvents, decider);
const published = (more: object = {}): BankHolidayEvent => ({
  type: 'BankHolidaysPublished',
  data: {
    year: 2026,
    days: ['2026-12-25', '2026-12-28'],
    source: 'Example for specs',
    example: true,
    ...more,
  },
});

it('publishes the examples year by year, each once', () => {
  let history = given(policy, []);
  for (const ofYear of exampleBankHolidays) {
    const read = commandFrom(PublishBankHolidays, ofYear);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    history = history
      .when('PublishBankHolidays', { ...read.command })
      .then([{ type: 'BankHolidaysPublished', data: ofYear }]);
    history.again().silent();
    expect(ofYear.source).toContain('Example');
    // None of them lies on a weekend: where it would, another day is given instead.
    expect(ofYear.days.filter((day) => [0, 6].includes(new Date(day).getUTCDay()))).toEqual([]);
  }
});

it('takes the days in any order, and one more as news of the same year', () => {
  const { data } = published();
  given(policy, [published()])
    .when('PublishBankHolidays', { ...data, days: ['2026-12-28', '2026-12-25'] })
    .silent();
  const more = ['2026-06-19', ...data.days];
  given(policy, [published()])
    .when('PublishBankHolidays', { ...data, days: [...data.days, '2026-06-19'] })
    .then([published({ days: more })])
    .again()
    .silent();
});

it('keeps to the year', () => {
  given(policy, [])
    .when('PublishBankHolidays', { ...published().data, days: ['2026-12-25', '2027-01-01'] })
    .refused('HolidayOutsideYear', '2027-01-01');
});

it.each([
  ['a year nobody plans for', { year: 1066 }],
  ['half a year', { year: 2026.5 }],
  ['no days', { days: [] }],
  ['a day twice', { days: ['2026-12-25', '2026-12-25'] }],
  ['a day that does not exist', { days: ['2026-02-30'] }],
])('does not take %s', (_, more) => {
  expect(commandFrom(PublishBankHolidays, { ...published().data, ...more })).toHaveProperty(
    'faults',
  );
});
