import { asDeclared, given } from '#kernel';
import { day, dayEvents, decider as bare } from './day';

const decider = asDeclared(dayEvents, bare);
const turned = (on: string) => ({ type: 'DayTurned', data: { day: on } }) as const;

describe('a day', () => {
  it('is recorded once, when it has come', () => {
    given(decider, [])
      .when('TurnDay', { day: '2026-11-23' }, { by: 'policy', at: '2026-11-23' })
      .then([turned('2026-11-23')])
      .again()
      .silent();
    given(decider, [])
      .when('TurnDay', { day: '2026-11-24' }, { by: 'policy', at: '2026-11-23' })
      .refused('DayNotCome', '2026-11-24');
  });

  it('stands for those nobody was there to record, and is not gone behind', () => {
    const later = given(decider, [turned('2026-11-20')]);
    later
      .when('TurnDay', { day: '2026-11-23' }, { by: 'policy', at: '2026-11-23' })
      .then([turned('2026-11-23')]);
    later.when('TurnDay', { day: '2026-11-19' }, { by: 'policy', at: '2026-11-23' }).silent();
  });

  it('has one stream', () => {
    expect(day.stream({ day: '2026-11-23' })).toBe('days');
  });
});
