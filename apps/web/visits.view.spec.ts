import type { TeamAround, VisitOnDay } from '#read-models';
import { dueInWords, meetingsSentence, visitName, yearSentence } from './visits.view';

const year = { academicYear: '2026/27', extra: 0, scheduled: 0, completed: 0, newToHeadship: 0 };

it.each([
  [
    { ...year, granted: 3, completed: 1, scheduled: 1, left: 1 },
    'For 2026/27 the offer grants 3 headline visits: 1 is made, 1 is arranged and 1 is left to arrange.',
  ],
  [
    { ...year, granted: 1, extra: 2, left: 3 },
    'For 2026/27 the offer grants 1 headline visit and 2 extra headline visits are approved: none is made, none is arranged and 3 are left to arrange.',
  ],
  [
    { ...year, extra: 1, left: 1 },
    'For 2026/27 the offer grants no headline visits and 1 extra headline visit is approved: none is made, none is arranged and 1 is left to arrange.',
  ],
  [
    { ...year, granted: 1, scheduled: 3, left: -2 },
    'For 2026/27 the offer grants 1 headline visit: none is made, 3 are arranged and 2 are more than granted.',
  ],
  [year, 'No entitlement is on record for 2026/27, so there is no headline visit to arrange.'],
  [
    { ...year, newToHeadship: 1 },
    'No entitlement is on record for 2026/27, so there is no headline visit to arrange. 1 visit for a new head counts beside them.',
  ],
])('says what became of a year’s visits: %#', (of, says) => {
  expect(yearSentence(of)).toBe(says);
});

it('says of a year that has passed what was not used', () => {
  const of = { ...year, granted: 3, completed: 1, scheduled: 1, left: 1 };
  expect(yearSentence(of, true)).toBe(
    'For 2026/27 the offer granted 3 headline visits: 1 was made, 1 was never recorded and 1 was not used.',
  );
  expect(yearSentence({ ...year, granted: 1, left: 1 }, true)).toBe(
    'For 2026/27 the offer granted 1 headline visit: none was made and 1 was not used.',
  );
  expect(yearSentence({ ...year, completed: 2 }, true)).toBe(
    'No entitlement is on record for 2026/27; 2 headline visits were arranged or made.',
  );
});

it('names a visit, and what is due of it', () => {
  const visit = { kind: 'headline', number: 2, academicYear: '2026/27' } as const;
  expect(visitName(visit)).toBe('Headline visit 2 of 2026/27');
  expect(visitName({ ...visit, kind: 'new-to-headship' })).toBe('New-to-headship visit of 2026/27');
  const on = { ...visit, on: '2026-11-16', recordDueOn: '2026-11-23' } as VisitOnDay;
  expect(dueInWords(on, '2026-11-15')).toBe('The visit, on 16 November 2026');
  expect(dueInWords(on, '2026-11-16')).toBe('The visit, today');
  expect(dueInWords(on, '2026-11-17')).toBe('The record, by 23 November 2026');
});

it('says how often a team meets, met and when it meets next', () => {
  const team: TeamAround = {
    ...{ schoolId: 'x', tasId: 'y', convenedOn: '2026-10-05', reason: 'x', members: [] },
    ...{ cadence: 'monthly', meetings: 0, meetsBy: '2026-11-05' },
  };
  expect(meetingsSentence(team)).toBe(
    'It meets monthly; it has not met yet, and meets next by 5 November 2026.',
  );
  expect(meetingsSentence({ ...team, meetings: 1, lastMetOn: '2026-11-02' })).toBe(
    'It meets monthly; it met once, on 2 November 2026, and meets next by 5 November 2026.',
  );
  const { meetsBy: _, ...ended } = team;
  expect(
    meetingsSentence({
      ...{ ...ended, cadence: 'half-termly', meetings: 3, lastMetOn: '2026-11-02' },
      stoodDownOn: '2026-12-01',
    }),
  ).toBe('It met each half-term; it met 3 times, the last time on 2 November 2026.');
});
