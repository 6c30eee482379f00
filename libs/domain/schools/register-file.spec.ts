import { asDeclared, given } from '#kernel';
import type { ReportImport } from './register-file';
import { decider, registerFileEvents } from './register-file';

const file = asDeclared(registerFileEvents, decider);
const report: Readonly<ReportImport> = {
  authority: '825',
  kind: 'register',
  fileDate: '2026-11-01',
  digest: 'a'.repeat(64),
  rowsRead: 50_000,
  rowsOfAuthority: 240,
  schoolsChanged: 3,
  eventsAppended: 4,
  faults: 1,
  firstFaults: [{ line: 17, column: 'OpenDate', reason: 'is not a day that exists' }],
  warnings: ['Unknown column: Mood'],
};
const newer: Readonly<ReportImport> = { ...report, fileDate: '2026-12-01', digest: 'b'.repeat(64) };

it('reports an import once', () => {
  given(file, [])
    .when('ReportImport', report)
    .then([{ type: 'FileImported', data: report }])
    .again()
    .silent();
});
it('is silent about a file that was taken over before and brings nothing', () => {
  given(file, [
    { type: 'FileImported', data: report },
    { type: 'FileImported', data: newer },
  ])
    .when('ReportImport', { ...report, eventsAppended: 0, schoolsChanged: 0 })
    .silent();
});
it('reports a file that was taken over anew, and changed something', () => {
  given(file, [
    { type: 'FileImported', data: report },
    { type: 'FileImported', data: newer },
  ])
    .when('ReportImport', { ...report, evenIfOlder: true })
    .then([{ type: 'FileImported', data: report }]);
});
it('refuses an older file after a newer one, naming both days, unless asked for', () => {
  const after = given(file, [{ type: 'FileImported', data: newer }]);
  after.when('ReportImport', report).refused('OlderThanLast', /of 2026-11-01.*2026-12-01/);
  const { state } = after
    .when('ReportImport', { ...report, evenIfOlder: true })
    .then([{ type: 'FileImported', data: report }]);
  expect(state).toMatchObject({ latest: '2026-12-01', last: { fileDate: '2026-11-01' } });
});
