import { meeting, PlayDays, workday } from './play-days';

describe('the days of a play', () => {
  it('go on when every process waits, and end with the last day', async () => {
    const told: string[] = [];
    const days = new PlayDays('2026-01-05', '2026-01-31', (day) => told.push(`morning of ${day}`));
    const visit = (name: string, ...on: string[]) => {
      days.begin(async () => {
        for (const day of on) {
          await days.until(day);
          told.push(`${name} on ${days.today}`);
        }
      });
    };
    visit('a', '2026-01-05', '2026-01-20', '2026-02-02');
    visit('b', '2026-01-07', '2026-01-07');
    let answered = false;
    await days.play(() => {
      // What an evening begins still happens on that day.
      if (days.today === '2026-01-07' && !answered) visit('answer', '2026-01-06');
      answered = days.today >= '2026-01-07';
      return Promise.resolve();
    });
    expect(told).toEqual([
      'morning of 2026-01-05',
      'a on 2026-01-05',
      'morning of 2026-01-07',
      'b on 2026-01-07',
      'b on 2026-01-07',
      'answer on 2026-01-07',
      'morning of 2026-01-20',
      'a on 2026-01-20',
    ]);
  });

  it('end with the first fault of a process', async () => {
    const days = new PlayDays('2026-01-05', '2026-12-31', () => undefined);
    days.begin(async () => {
      await days.until('2026-03-02');
      throw new Error('refused in March');
    });
    days.begin(() => days.until('2026-06-01'));
    await expect(days.play(() => Promise.resolve())).rejects.toThrow('refused in March');
    expect(days.today).toBe('2026-03-02');
  });

  it('are days of work, and Tuesdays for meetings', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22'].map(workday)).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-23',
    ]);
    expect(
      ['2026-11-23', '2026-11-24', '2026-11-25', '2026-12-21', '2026-08-03'].map(meeting),
    ).toEqual(['2026-11-24', '2026-11-24', '2026-12-01', '2027-01-05', '2026-09-01']);
  });
});
