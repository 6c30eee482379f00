import type { Neighbour } from '#kernel';
import { asDeclared, given } from '#kernel';
import type { StrengthEvent } from './events';
import { strengthEvents } from './events';
import { decider as bare, strengths } from './strengths';

const decider = asDeclared(strengthEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const schoolId = uuid(900001);
const strengthId = uuid(40);
const known = { school: { registered: true, open: true } } as const;

const record = {
  schoolId,
  strengthId,
  area: 'early-reading',
  phase: 'primary',
  evidenceKind: 'visit',
  evidenceRef: 'visit-note-12',
  observedOn: '2026-10-13',
} as const;
const recorded: StrengthEvent = { type: 'StrengthRecorded', data: record };
const withdrawn: StrengthEvent = {
  type: 'StrengthWithdrawn',
  data: {
    schoolId,
    strengthId,
    area: 'early-reading',
    phase: 'primary',
    withdrawnOn: '2026-11-20',
    reason: 'The leader of reading has gone.',
  },
};
const school = (...history: readonly StrengthEvent[]) => given(decider, history, known);

describe('a strength', () => {
  it('is recorded from evidence, once', () => {
    school().when('RecordStrength', record).then([recorded]).again().silent();
  });

  it('gets an identity where none is given, and the same evidence none of its own', () => {
    const { strengthId: _, ...unnamed } = record;
    school()
      .when('RecordStrength', unnamed)
      .then([{ type: 'StrengthRecorded', data: { ...record, strengthId: uuid(0) } }])
      .again()
      .silent();
    school(recorded).when('RecordStrength', unnamed).silent();
    school(recorded)
      .when('RecordStrength', { ...record, strengthId: uuid(41) })
      .refused('StrengthOnRecord', strengthId);
    school(recorded, withdrawn)
      .when('RecordStrength', { ...record, strengthId: uuid(41) })
      .then([{ type: 'StrengthRecorded', data: { ...record, strengthId: uuid(41) } }]);
  });

  it('is of an open school, of the past, and of an identity used once', () => {
    for (const is of [{ registered: false }, { registered: true, open: false }] as const) {
      given(decider, [], { school: is })
        .when('RecordStrength', record)
        .refused('SchoolsNotOpen', schoolId);
    }
    school()
      .when('RecordStrength', { ...record, observedOn: '2026-11-24' })
      .refused('InTheFuture');
    school()
      .when('RecordStrength', { ...record, observedOn: '1999-12-31' })
      .refused('DayTooLongAgo');
    school(recorded)
      .when('RecordStrength', { ...record, phase: 'secondary' })
      .refused('StrengthIdTaken');
  });

  it('is withdrawn, with a reason, once', () => {
    const withdraw = {
      schoolId,
      strengthId,
      withdrawnOn: '2026-11-20',
      reason: 'The leader of reading has gone.',
    };
    school(recorded).when('WithdrawStrength', withdraw).then([withdrawn]).again().silent();
    school().when('WithdrawStrength', withdraw).refused('StrengthUnknown');
    school(recorded)
      .when('WithdrawStrength', { ...withdraw, withdrawnOn: '2026-10-12' })
      .refused('BeforeItsTime', '2026-10-13');
  });

  it('stands on a stream of the school, and asks of it only when it is new', () => {
    const asked = (command: object) =>
      (strengths.knows['school'] as Neighbour).stream({ ...command }, {});
    expect(strengths.stream(record)).toBe(`strengths-${schoolId}`);
    expect(asked(record)).toBe(`school-${schoolId}`);
    expect(asked({ schoolId, strengthId, reason: 'x' })).toBeUndefined();
  });
});
