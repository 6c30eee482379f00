import { asDeclared, given } from '#kernel';
import type { InvolvementEvent } from './events';
import { involvementEvents } from './events';
import { decider as bare } from './national-involvement';

const decider = asDeclared(involvementEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const schoolId = uuid(900001);
const involvementId = uuid(30);
const known = { school: { registered: true } };

const rise = {
  schoolId,
  kind: 'targeted',
  from: '2026-09-07',
  expectedTo: '2028-03-07',
  source: 'Letter of the regional group, 1 July 2026',
} as const;
const began = (more: object = {}): InvolvementEvent => ({
  type: 'RiseInvolvementRecorded',
  data: { ...rise, involvementId, ...more },
});
const ended = (more: object = {}): InvolvementEvent => ({
  type: 'RiseInvolvementEnded',
  data: { schoolId, involvementId, endedOn: '2026-11-20', ...more },
});
const record = (history: readonly InvolvementEvent[], more: object = {}, of = known) =>
  given(decider, history, of).when('RecordRiseInvolvement', { ...rise, ...more });
const end = (history: readonly InvolvementEvent[], more: object = {}) =>
  given(decider, history, known).when('EndRiseInvolvement', {
    schoolId,
    involvementId,
    endedOn: '2026-11-20',
    ...more,
  });

describe('RISE at a school', () => {
  it('is recorded once', () => {
    record([])
      .then([began({ involvementId: uuid(0) })])
      .again()
      .silent();
    record([], { involvementId }).then([began()]).again().silent();
    record([began()]).silent();
  });

  it('is one of a kind at a time; another kind may go beside it, the same again after its end', () => {
    record([began()], { from: '2026-10-01' }).refused('RiseUnderWay', '2026-09-07');
    record([began()], { kind: 'universal' }).then([
      began({ kind: 'universal', involvementId: uuid(0) }),
    ]);
    record([began(), ended()], { from: '2026-11-20' }).then([
      began({ from: '2026-11-20', involvementId: uuid(0) }),
    ]);
    record([began(), ended()], { from: '2026-11-19' }).refused('RiseUnderWay');
  });

  it('has days that can be, of a school on the register, under an identity of its own', () => {
    record([], { from: '2024-12-31' }).refused('RiseDayUnfit', '2025-01-01');
    record([], { kind: 'significant-improvement', from: '2026-08-31' }).refused(
      'RiseDayUnfit',
      '2026-09-01',
    );
    record([], { from: '2027-11-24' }).refused('RiseDayUnfit', '2027-11-23');
    record([], { expectedTo: '2026-09-06' }).refused('RiseDayUnfit', 'expectedTo');
    record([], { expectedTo: '2029-09-08' }).refused('RiseDayUnfit', '2029-09-07');
    record([], {}, { school: { registered: false } }).refused('NotRegistered');
    record([began()], { involvementId, kind: 'universal' }).refused('RiseIdTaken');
  });

  it('ends once, not before it began and not in the future', () => {
    end([began()]).then([ended()]).again().silent();
    given(decider, [began()], known)
      .when('EndRiseInvolvement', { schoolId, involvementId, reason: 'The school is doing well.' })
      .then([ended({ endedOn: '2026-11-23', reason: 'The school is doing well.' })]);
    end([began(), ended()], { endedOn: '2026-11-21' }).refused('RiseEnded', '2026-11-20');
    end([began()], { endedOn: '2026-09-06' }).refused('RiseDayUnfit', '2026-09-07');
    end([began()], { endedOn: '2026-11-24' }).refused('RiseDayUnfit');
    end([]).refused('RiseUnknown');
  });
});
