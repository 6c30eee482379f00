import type { ClassesOf, CommandDeclarations, Decider, EventsOf, RefusalsOf } from '#kernel';
import { aggregate, date, event, refusing } from '#kernel';
import { IsDay } from '../shared/decorators';

/*
 * Days, as they come. That time passes is a fact like any other: what is due or over by a day follows from the event that
 * says the day has come, and can be played again. Days nobody was there to record are not made up: the next one stands for
 * them too.
 */
export interface DaysState {
  /** The last day on record. */
  readonly day: string | undefined;
}

/** Records that a day has come. */
export class TurnDay {
  @IsDay() day: string;
}

const commands = {
  TurnDay: {
    takes: TurnDay,
    says: 'Record that a day has come.',
    by: ['policy', 'operator'],
  },
} as const satisfies CommandDeclarations;

export const dayEvents = {
  DayTurned: event(
    'A day came, and with it what was due by then.',
    { day: date('public') },
    { effective: 'day' },
  ),
} as const;
export type DayEvent = EventsOf<typeof dayEvents>;

const refusals = {
  DayNotCome: {
    kind: 'invalid',
    says: 'A day is recorded when it has come.',
    detail: (day: string, today: string) => `${day} has not come; today is ${today}.`,
    pointer: '/day',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  DaysState,
  ClassesOf<typeof commands>,
  DayEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: { day: undefined },
  evolve: { DayTurned: (_, { day }) => ({ day }) },
  decide: {
    TurnDay: ({ day: last }, { day }, { today }) => {
      if (day > today) return refuse.DayNotCome(day, today);
      return last !== undefined && day <= last ? [] : [{ type: 'DayTurned', data: { day } }];
    },
  },
};

export const day = aggregate({
  context: 'calendar',
  name: 'day',
  is: 'The days as they come, so that what is due or over by a day follows from an event and can be played again.',
  stream: () => 'days',
  events: dayEvents,
  commands,
  refusals,
  decider,
});
