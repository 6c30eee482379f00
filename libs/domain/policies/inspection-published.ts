import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import { raise, wasNews } from './raising';

type Outcome = Recorded<
  Extract<SchoolEvent, { readonly type: 'InspectionOutcomeRecorded' | 'InspectionOutcomeRestated' }>
>;

/** Good or bad: what Ofsted published is looked at by a person, who may find that nothing needs to change. */
function raised(event: Outcome): readonly Ask[] {
  const { publishedOn } = event.data;
  if (publishedOn === undefined || !wasNews(publishedOn, event)) return [];
  return raise(event, 'OFSTED_OUTCOME', publishedOn);
}

export const inspectionPublished = policy<SchoolEvent>({
  name: 'inspection-published',
  says:
    'Whenever an inspection outcome of any kind is recorded, or restated, within 90 days of its publication, ' +
    'raise an OFSTED_OUTCOME trigger. An unpublished outcome and an older one raise none.',
  whenever: { InspectionOutcomeRecorded: raised, InspectionOutcomeRestated: raised },
});
