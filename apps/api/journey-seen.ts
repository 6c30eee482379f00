import type { Catalogue } from '#application';
import { leavesOf } from '#kernel';
import type { JourneyEntry } from '#read-models';

/**
 * A line of a school's journey as its own people see it. Where the event is about another school (their champion works
 * there, or they work with it), what is confidential between the authority and that school is left out.
 */
export function seenByItsPeople(entry: JourneyEntry, catalogue: Catalogue): JourneyEntry {
  const { schoolId: own, data, type } = entry;
  if (data['schoolId'] === undefined || data['schoolId'] === own) return entry;
  const shape = catalogue.aggregates.map(({ events }) => events[type]).find(Boolean)?.data ?? {};
  const may = (name: string): boolean => {
    const field = shape[name];
    return (
      field !== undefined &&
      leavesOf({ [name]: field }).every(
        (leaf) =>
          leaf.field.classification === 'public' || leaf.field.classification === 'internal',
      )
    );
  };
  return { ...entry, data: Object.fromEntries(Object.entries(data).filter(([name]) => may(name))) };
}
