import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import { raise, wasNews } from './raising';

export const areaRegraded = policy<SchoolEvent>({
  name: 'area-regraded',
  says:
    'Whenever a monitoring visit gave an area of a report card another date of grade, within 90 days before we learnt ' +
    'of it, raise an OFSTED_MONITORING trigger.',
  whenever: {
    InspectionAreaRegraded: (event) => {
      const { gradedOn } = event.data;
      return wasNews(gradedOn, event) ? raise(event, 'OFSTED_MONITORING', gradedOn) : [];
    },
  },
});
