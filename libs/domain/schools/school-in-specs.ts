import { asDeclared, newIdInSpecs } from '#kernel';
import type { RecordRegisterEntry } from './commands';
import type { SchoolEvent, SchoolRegistered } from './events';
import { schoolEvents } from './events';
import { decider } from './school';

/* An invented school as the national register has it, for specs. */
export const schoolId = newIdInSpecs(900);
export const other = newIdInSpecs(901);
export const school = asDeclared(schoolEvents, decider);
export const nobody = { holders: [], supporting: [], visits: [] };

export const entry: Readonly<RecordRegisterEntry> = {
  schoolId,
  urn: '900001',
  asAt: '2026-11-01',
  state: 'open',
  name: 'Fernhollow Primary School',
  phase: 'primary',
  kind: 'primary',
  status: 'maintained',
  typeName: 'Community school',
  laestab: '8259001',
  openedOn: '1965-09-01',
  ageFrom: 4,
  ageTo: 11,
  pupils: 203,
  capacity: 210,
  town: 'Ashmoor',
  postcode: 'ZZ1 1AA',
};
const { state: _, ...said } = entry;
export const data: SchoolRegistered = { ...said, open: true };
export const registered: SchoolEvent = { type: 'SchoolRegistered', data };
export const later = (change: Partial<RecordRegisterEntry>): Readonly<RecordRegisterEntry> => ({
  ...entry,
  asAt: '2026-12-01',
  ...change,
});
export const asAt = '2026-12-01';
export const closed = (closedOn = '2026-08-31', successorIds: string[] = []): SchoolEvent => ({
  type: 'SchoolClosed',
  data: { schoolId, closedOn, successorIds },
});
export const trust = { uid: '9001', name: 'Oakway Trust' };
export const otherTrust = { uid: '9002', name: 'Brookside Trust' };
export const federation = { uid: '9101', name: 'Two Rivers Federation' };
