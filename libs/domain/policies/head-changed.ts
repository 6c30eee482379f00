import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import { raise } from './raising';

export const headChanged = policy<SchoolEvent>({
  name: 'head-changed',
  says:
    'Whenever the headship of a school changes, also to interim or vacant, raise a LEADERSHIP_CHANGE trigger. ' +
    'The first head recorded for a school is no change.',
  whenever: {
    HeadteacherChangeRecorded: (event) =>
      event.data.first ? [] : raise(event, 'LEADERSHIP_CHANGE', event.data.from),
  },
});
