import type { StatutoryEvent } from '#domain';
import { nationalInvolvement } from './national-involvement';
import { documentsOf, involvementId, schoolId } from './statutory-in-specs';

const rise = {
  schoolId,
  involvementId,
  kind: 'targeted',
  from: '2026-09-07',
  source: 'Letter of the regional group',
} as const;
const began: StatutoryEvent = { type: 'RiseInvolvementRecorded', data: rise };
const ended: StatutoryEvent = {
  type: 'RiseInvolvementEnded',
  data: { schoolId, involvementId, reason: 'SEALED', endedOn: '2026-11-20' },
};
const given = (...events: readonly StatutoryEvent[]) => documentsOf(nationalInvolvement, events);

describe('RISE at a school as a row', () => {
  it('begins, and ends with its day', () => {
    expect(given(began)).toEqual({ [`${schoolId} ${involvementId}`]: rise });
    expect(given(began, ended)).toEqual({
      [`${schoolId} ${involvementId}`]: { ...rise, endedOn: '2026-11-20' },
    });
  });

  it('is none where only an end is on record', () => {
    expect(given(ended)).toEqual({});
  });
});
