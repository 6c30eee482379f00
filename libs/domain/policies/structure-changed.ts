import type { Ask } from '#kernel';
import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import { raise, wasNews } from './raising';

type Cause = Parameters<typeof raise>[0];

const raised = (event: Cause, day: string): readonly Ask[] =>
  wasNews(day, event) ? raise(event, 'STRUCTURE_CHANGE', day) : [];

export const structureChanged = policy<SchoolEvent>({
  name: 'structure-changed',
  says:
    'Whenever a school converts to an academy, gets another URN or takes in another school, within 90 days before we ' +
    'learnt of it, raise a STRUCTURE_CHANGE trigger. A school that closes in a merger needs none.',
  whenever: {
    SchoolConvertedToAcademy: (event) => raised(event, event.data.convertedOn),
    UrnChanged: (event) => raised(event, event.data.changedOn),
    SchoolsMerged: (event) =>
      event.data.part === 'continues' ? raised(event, event.data.mergedOn) : [],
  },
});
