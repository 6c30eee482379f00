import { asDeclared, given, newIdInSpecs } from '#kernel';
import type { RecordInspectionOutcome } from './commands';
import type { SchoolEvent } from './events';
import { schoolEvents } from './events';
import { decider } from './school';
import { nobody } from './school-in-specs';

const schoolId = newIdInSpecs(900);
const school = asDeclared(schoolEvents, decider);
const registered: SchoolEvent = {
  type: 'SchoolRegistered',
  data: {
    schoolId,
    urn: '900001',
    name: 'Fernhollow Primary School',
    phase: 'primary',
    kind: 'primary',
    status: 'maintained',
    typeName: 'Community school',
    open: true,
    asAt: '2022-09-01',
  },
};

const reportCard = {
  inspectionNumber: '10400001',
  shape: 'report-card',
  urnAtTime: '900001',
  startedOn: '2026-01-20',
  publishedOn: '2026-03-02',
  safeguarding: 'met',
  areas: [
    { area: 'Inclusion', grade: 'Expected standard', gradedOn: '2026-01-20' },
    { area: 'Achievement', grade: 'Needs attention', gradedOn: '2026-01-20' },
  ],
} as const;
const [inclusion, achievement] = reportCard.areas;
const asAt = '2026-03-31';
const graded = {
  inspectionNumber: '10200001',
  shape: 'graded',
  urnAtTime: '900001',
  startedOn: '2021-11-03',
  overall: '2',
  areas: [{ area: 'Quality of education', grade: '2' }],
} as const;
const record = (outcome: Omit<RecordInspectionOutcome, 'schoolId' | 'asAt'>, at = asAt) => ({
  schoolId,
  ...outcome,
  asAt: at,
});
const recorded = (outcome: Omit<RecordInspectionOutcome, 'schoolId' | 'asAt'>): SchoolEvent => ({
  type: 'InspectionOutcomeRecorded',
  data: record(outcome),
});
const on = (...events: SchoolEvent[]) => given(school, [registered, ...events], nobody);

describe('the four shapes', () => {
  const { overall: _, ...withoutOverall } = graded;
  const { areas: __, ...parts } = withoutOverall;
  it.each([
    ['a report card', reportCard],
    ['a graded outcome', graded],
    ['one without an overall grade', { ...withoutOverall, shape: 'graded-without-overall' }],
    [
      'an ungraded outcome',
      { ...parts, areas: [], shape: 'ungraded', outcome: 'Standards maintained' },
    ],
  ] as const)('records %s, once', (_name, outcome) => {
    on()
      .when('RecordInspectionOutcome', record(outcome))
      .then([recorded(outcome)])
      .again()
      .silent();
  });

  it.each([
    [{ ...graded, areas: [{ area: 'Inclusion', grade: '2' }] }, 'no area "Inclusion"'],
    [
      { ...graded, areas: [{ area: 'Personal development', grade: 'Expected standard' }] },
      '"Expected standard" is not a grade of a graded outcome (Personal development)',
    ],
    [
      { ...reportCard, areas: [{ ...inclusion, grade: '1' }] },
      '"1" is not a grade of a report-card outcome',
    ],
    [
      { ...reportCard, areas: [{ area: 'Inclusion', grade: 'Exceptional' }] },
      'Inclusion needs its date of grade',
    ],
    [
      { ...graded, areas: [{ ...graded.areas[0], gradedOn: '2021-11-03' }] },
      'has no date of grade',
    ],
    [{ ...reportCard, areas: [inclusion, inclusion] }, 'Inclusion stands there twice'],
    [{ ...reportCard, areas: [] }, 'needs at least one area'],
    [{ ...reportCard, overall: '2' }, 'has no overall grade'],
    [{ ...reportCard, outcome: 'Standards maintained' }, 'has no outcome in words'],
    [{ ...reportCard, safeguarding: 'effective' }, 'does not say "effective"'],
    [{ ...parts, areas: [], shape: 'graded' }, 'needs its overall grade'],
    [{ ...parts, areas: [], shape: 'ungraded' }, 'needs its outcome in words'],
  ] as const)('refuses what its framework does not have: %#', (outcome, why) => {
    on().when('RecordInspectionOutcome', record(outcome)).refused('NotOfItsFramework', why);
  });

  it('refuses an inspection that has not begun', () => {
    on()
      .when('RecordInspectionOutcome', record({ ...graded, startedOn: '2027-01-01' }))
      .refused('NotYet', '2027-01-01');
  });
});

describe('what is later said of an inspection', () => {
  const later = '2026-09-30';
  const better = { ...achievement, grade: 'Expected standard', gradedOn: '2026-07-01' } as const;
  const regraded: SchoolEvent = {
    type: 'InspectionAreaRegraded',
    data: {
      schoolId,
      inspectionNumber: reportCard.inspectionNumber,
      shape: 'report-card',
      area: 'Achievement',
      grade: 'Expected standard',
      was: 'Needs attention',
      gradedOn: '2026-07-01',
      asAt: later,
    },
  };

  it('a monitoring visit gave an area a later grade', () => {
    on(recorded(reportCard))
      .when('RecordInspectionOutcome', record({ ...reportCard, areas: [inclusion, better] }, later))
      .then([regraded])
      .again()
      .silent();
  });
  it('a list that leaves out safeguarding and the other areas tells only of the one', () => {
    const { safeguarding: _, publishedOn: __, ...bare } = reportCard;
    on(recorded(reportCard))
      .when('RecordInspectionOutcome', record({ ...bare, areas: [better] }, later))
      .then([regraded])
      .again()
      .silent();
  });
  it('an earlier grade is old news', () => {
    on(recorded(reportCard), regraded)
      .when('RecordInspectionOutcome', record(reportCard, later))
      .silent();
  });
  it('anything else that differs restates it', () => {
    const concern = { ...reportCard, concern: 'RSI' } as const;
    on(recorded(reportCard))
      .when('RecordInspectionOutcome', record(concern, later))
      .then([{ type: 'InspectionOutcomeRestated', data: record(concern, later) }])
      .again()
      .silent();
  });
  it('the order of the areas says nothing', () => {
    on(recorded(reportCard))
      .when(
        'RecordInspectionOutcome',
        record({ ...reportCard, areas: [achievement, inclusion] }, later),
      )
      .silent();
  });
  it('an earlier grade that was asked for restates it', () => {
    on(recorded(reportCard), regraded)
      .when('RecordInspectionOutcome', { ...record(reportCard, later), evenIfOlder: true })
      .then([{ type: 'InspectionOutcomeRestated', data: record(reportCard, later) }]);
  });
  it('an earlier statement is passed over, unless asked for', () => {
    const before = record({ ...reportCard, safeguarding: 'not-met' }, '2026-03-01');
    on(recorded(reportCard)).when('RecordInspectionOutcome', before).silent();
    on(recorded(reportCard))
      .when('RecordInspectionOutcome', { ...before, evenIfOlder: true })
      .then([{ type: 'InspectionOutcomeRestated', data: before }]);
  });
});

describe('withdrawing an outcome', () => {
  const { inspectionNumber, shape } = graded;
  const withdrawal = { schoolId, inspectionNumber, shape, reason: 'It was another school\u2019s.' };
  const withdrawn: SchoolEvent = { type: 'InspectionOutcomeWithdrawn', data: withdrawal };

  it('keeps it withdrawn although the file repeats it, but takes what differs', () => {
    const after = on(recorded(graded))
      .when('WithdrawInspectionOutcome', withdrawal)
      .then([withdrawn]);
    after.again().silent();
    after.when('RecordInspectionOutcome', record(graded)).silent();
    const other = { ...graded, overall: '3' } as const;
    after.when('RecordInspectionOutcome', record(other)).then([recorded(other)]);
  });
  it('refuses to withdraw what is not on record', () => {
    on(recorded(graded))
      .when('WithdrawInspectionOutcome', { ...withdrawal, inspectionNumber: '10299999' })
      .refused('NoSuchOutcome', '10299999');
  });
});
