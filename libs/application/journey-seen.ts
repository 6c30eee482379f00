import type { AnyField, JsonObject } from '#kernel';
import type { JourneyEntry } from '#read-models';
import type { Catalogue } from './catalogue';

/** What the home school is paid for its champion is between it and the authority. */
const ofTheHomeSchool = [
  'ReimbursementClaimed',
  'ReimbursementApproved',
  'ReimbursementRejected',
  'ReimbursementPaid',
];
/** Which part of that the supported school bears is between that school and the authority. */
const sharesOfTheSupportedSchool = ['authorityPercent', 'authorityPence', 'schoolPence'];
/** About a champion as a person, or it cannot be told from the event that it is not. */
const ofAPerson = [
  'InterestDeclared',
  'InterestResolved',
  'ImprovementAreaReassigned',
  'ImprovementAreaClosed',
];

/**
 * A line of a school's journey as its own people, the head and the chair, see it. Of what is another school's matter (their
 * champion works there, it is invoiced) or a champion's own (a review of their work, an interest) they see that it
 * happened, its days and half-days: the sentence of the catalogue stands in place of the one with the particulars.
 */
export function seenByItsPeople(entry: JourneyEntry, catalogue: Catalogue): JourneyEntry {
  const { data, type, schoolId: own } = entry;
  const declared = catalogue.aggregates.map(({ events }) => events[type]).find(Boolean);
  if (declared === undefined) return entry;
  const { says, data: shape } = declared;
  const sparing = (may: (name: string, field: AnyField) => boolean): JourneyEntry => ({
    ...entry,
    says,
    data: Object.fromEntries(
      Object.entries(data).filter(([name]) => {
        const field = shape[name];
        return field !== undefined && may(name, field);
      }),
    ),
  });
  if (isAPersons(type, data)) return sparing(daysAndWhose);
  if (ofTheHomeSchool.includes(type)) {
    return data['homeSchoolId'] === own
      ? sparing((name) => !sharesOfTheSupportedSchool.includes(name))
      : sparing(daysAndWhose);
  }
  const ofAnother = data['schoolId'] !== undefined && data['schoolId'] !== own;
  return ofAnother ? sparing(daysAndWhose) : entry;
}

const isAPersons = (type: string, { object }: JsonObject): boolean =>
  object === 'champion' || ofAPerson.includes(type);

/** Days, half-days, and the identities of what it is about; nothing that was said of it. */
const daysAndWhose = (name: string, { kind, classification }: AnyField): boolean =>
  (kind.is === 'date' || kind.is === 'id' || name === 'halfDays') &&
  (classification === 'public' || classification === 'internal');
