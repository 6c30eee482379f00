import { commandFrom } from '../shared/decorators';
import { ModerateAssessment, RecordIndicator, RecordJudgement, RecordReadings } from './commands';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const about = { schoolId: uuid(900001), assessmentId: uuid(1) };
const figure = {
  indicator: 'KS2',
  period: '2025/26 autumn',
  value: 64,
  comparator: { value: 62, source: 'invented' },
  source: 'invented',
  asAt: '2026-09-01',
};
const faults = (takes: new () => object, sent: object) => {
  const read = commandFrom(takes, sent);
  return 'faults' in read ? read.faults.map(({ pointer }) => pointer) : [];
};

describe('a command as it is sent', () => {
  it('may be a figure with its comparator, alone or in a dashboard', () => {
    expect(faults(RecordIndicator, { ...about, ...figure })).toEqual([]);
    const missing = { indicator: 'KS2', period: '2024-11-01', reason: 'suppressed', source: 'x' };
    expect(
      faults(RecordReadings, { ...about, readings: [figure], unavailable: [missing] }),
    ).toEqual([]);
  });

  it('is told every field that is wrong, inside lists too', () => {
    const bad = { ...figure, period: 'last year', asAt: '2026-02-30', value: '64', colour: 'red' };
    const wrong = ['/colour', '/period', '/value', '/asAt'];
    expect(faults(RecordIndicator, { ...about, ...bad }).toSorted()).toEqual(wrong.toSorted());
    expect(faults(RecordReadings, { ...about, readings: [figure, bad] }).toSorted()).toEqual(
      wrong.map((field) => `/readings/1${field}`).toSorted(),
    );
    const comparator = { value: 62 };
    expect(faults(RecordIndicator, { ...about, ...figure, comparator })).toEqual([
      '/comparator/source',
    ]);
  });

  it('names people by reference, never by name', () => {
    const moderation = { ...about, outcome: 'agree' };
    const panel = (moderatorIds: unknown) =>
      faults(ModerateAssessment, { ...moderation, moderatorIds });
    expect(panel(['person-1f3a'])).toEqual([]);
    expect(panel(['Jane Example'])).toEqual(['/moderatorIds']);
    expect(panel('person-1f3a')).toEqual(['/moderatorIds']);
  });

  it('cites evidence in words', () => {
    const judgement = { ...about, proposedCategory: 'Prevention' };
    const cited = (evidence: unknown) => faults(RecordJudgement, { ...judgement, evidence });
    expect(cited([{ says: 'Record of visit', reference: 'visit-17' }])).toEqual([]);
    expect(cited([{ says: ' ' }])).toEqual(['/evidence/0/says']);
    expect(cited(['Record of visit'])).toEqual(['/evidence/0']);
  });
});
