import { policy } from '#kernel';
import type { InvolvementEvent } from '../statutory/events';
import { raise, wasNews } from './raising';

export const riseBegan = policy<InvolvementEvent>({
  name: 'rise-began',
  says:
    'Whenever RISE teams of the Department begin work of their own with a school (targeted, or for significant ' +
    'improvement), within 90 days before we recorded it, raise a RISE trigger, so that its support is looked at. ' +
    'The universal offer is every school’s and raises none.',
  whenever: {
    RiseInvolvementRecorded: (event) => {
      const { kind, from } = event.data;
      return kind !== 'universal' && wasNews(from, event) ? raise(event, 'RISE', from) : [];
    },
  },
});
