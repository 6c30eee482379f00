import { readFileSync } from 'node:fs';
import { makeCounty, writeCountyFiles } from '#application';
import type { ImportReport } from '#application';
import { County, problemIn } from '../county';

/*
 * National files with every defect real ones have, through the upload: the report is right line by line, what could be
 * used went in, and nothing else changed.
 */

let county: County;
let files: { register: string; links: string; inspections: string };
beforeEach(async () => {
  county = await County.start();
  const made = makeCounty({ seed: 7, asAt: '2026-11-01', authority: 825 });
  files = await writeCountyFiles(made, county.file('national'), '2026-11-01');
});
afterEach(() => county.stop());

const REGISTER = 'edubasealldata20261101.csv';
const text = (file: string): string => readFileSync(file, 'latin1');

type Fields = Readonly<Record<string, string>>;

async function upload(kind: string, content: string, fileName: string, fields: Fields = {}) {
  const operator = await county.as('operator');
  return operator
    .post('/api/v1/imports')
    .field('kind', kind)
    .field(fields)
    .attach('file', Buffer.from(content, 'latin1'), fileName);
}
const asked = async (path: string) => (await county.as('auditor')).get(path);
const report = (answer: { status: number; body: unknown }): ImportReport => {
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as ImportReport;
};

/** The register with some of its lines changed; line 1 is the header. */
function lines(content: string, change: (line: string[], n: number) => string[]): string {
  const separate = content.split('\r\n');
  return separate.map((line, i) => change([line], i + 1).join('\r\n')).join('\r\n');
}
/** A line with the value of one column replaced; values of these files hold no commas of their own here. */
function withValue(header: string, line: string, column: string, value: string): string {
  const cells = cellsOf(line);
  cells[cellsOf(header).findIndex((name) => name.replaceAll('"', '') === column)] = value;
  return cells.join(',');
}
const cellsOf = (line: string): string[] =>
  line
    .match(/("([^"]|"")*"|[^,]*)(,|$)/g)
    ?.map((cell) => cell.replace(/,$/, ''))
    .slice(0, -1) ?? [];

describe('a schools register', () => {
  it('goes in, and a second time leaves no trace', async () => {
    const first = report(await upload('register', text(files.register), REGISTER));
    expect(first).toMatchObject({
      schoolsChanged: 236,
      eventsAppended: 236,
      faults: [],
      dryRun: false,
    });
    const before = (await county.recorded()).length;
    expect(before).toBe(237);
    const second = report(await upload('register', text(files.register), REGISTER));
    expect(second).toMatchObject({ schoolsChanged: 0, eventsAppended: 0, faults: [] });
    expect((await county.recorded()).length).toBe(before);
  });

  it('says on a dry run what would change, and changes nothing', async () => {
    const dry = report(
      await upload('register', text(files.register), REGISTER, { dryRun: 'true' }),
    );
    expect(dry).toMatchObject({
      dryRun: true,
      schoolsChanged: 236,
      events: { SchoolRegistered: 236 },
    });
    expect(await county.recorded()).toEqual([]);
  });

  it('reports bad rows with line, column, value and reason, and takes the others', async () => {
    const content = text(files.register);
    const header = content.split('\r\n')[0] ?? '';
    const open = content
      .split('\r\n')
      .flatMap((line, i) => (line.includes('"Open"') ? [i + 1] : []));
    const [badDate = 0, badUrn = 0, short = 0] = open;
    const broken = lines(content, ([line = ''], n) => {
      if (n === 1) return [`${line},"Brand New Column"`];
      if (line === '') return [line];
      if (n === badDate) return [`${withValue(header, line, 'OpenDate', '31-02-2020')},`];
      if (n === badUrn) return [`${withValue(header, line, 'URN', 'none')},`];
      if (n === short) return [line.split(',').slice(0, 20).join(',')];
      return [`${line},`];
    });
    const { faults, schoolsChanged, warnings, rowsRead, position } = report(
      await upload('register', broken, REGISTER),
    );
    expect(schoolsChanged).toBe(233);
    expect(rowsRead).toBe(content.split('\r\n').filter((line) => line !== '').length - 1);
    expect(faults.map(({ line }) => line)).toEqual([badDate, badUrn, short]);
    expect(faults[0]).toMatchObject({ column: 'OpenDate', value: '31-02-2020' });
    expect(faults[1]).toMatchObject({ column: 'URN', value: 'none' });
    for (const { reason } of faults) expect(reason.length).toBeGreaterThan(10);
    expect(warnings.join()).toContain('Brand New Column');
    const imports = (await asked(`/api/v1/imports?atLeast=${position}`)).body as {
      imports: object[];
    };
    expect(imports.imports[0]).toMatchObject({
      faults: 3,
      schoolsChanged: 233,
      rowsOfAuthority: expect.any(Number) as number,
    });
  });

  it('stops before anything is written when a column it needs is missing, naming it', async () => {
    const renamed = text(files.register)
      .replace('"EstablishmentName"', '"SchoolTitle"')
      .replace('EstablishmentName,', 'SchoolTitle,');
    const { detail } = problemIn(await upload('register', renamed, REGISTER), 422, 'FileUnusable');
    expect(detail).toContain('EstablishmentName');
    expect(await county.recorded()).toEqual([]);
  });

  it('is refused when it is older than the last one, unless asked for', async () => {
    report(await upload('register', text(files.register), REGISTER));
    const before = (await county.recorded()).length;
    const older = text(files.register);
    const { detail } = problemIn(
      await upload('register', older, 'edubasealldata20260901.csv'),
      409,
      'OlderThanLast',
    );
    expect(detail).toMatch(/2026-09-01.*2026-11-01/);
    expect((await county.recorded()).length).toBe(before);
    report(await upload('register', older, 'edubasealldata20260901.csv', { evenIfOlder: 'true' }));
  });

  it('needs a day: in its name or said', async () => {
    problemIn(
      await upload('register', text(files.register), 'register.csv'),
      422,
      'FileDateUnknown',
    );
    const nonsense = problemIn(
      await upload('register', text(files.register), 'register.csv', { asAt: '2026-02-31' }),
      400,
      'Malformed',
    );
    expect(nonsense.errors[0]?.pointer).toBe('/asAt');
    expect(await county.recorded()).toEqual([]);
    expect(
      report(await upload('register', text(files.register), 'register.csv', { asAt: '2026-11-01' }))
        .fileDate,
    ).toBe('2026-11-01');
  });

  it('leaves the personal columns at the door', async () => {
    const content = text(files.register);
    const header = content.split('\r\n')[0] ?? '';
    const named = lines(content, ([line = ''], n) =>
      n === 1 || line === ''
        ? [line]
        : [
            withValue(
              header,
              withValue(header, line, 'HeadLastName', '"Canaryname"'),
              'PropsName',
              '"Canaryowner"',
            ),
          ],
    );
    const answer = report(await upload('register', named, REGISTER));
    expect(answer.schoolsChanged).toBe(236);
    expect(JSON.stringify([answer, await county.recorded()])).not.toContain('Canary');
  });

  it.each([
    ['an empty file', ''],
    ['a picture', '\x89PNG\r\n\x1a\n\x00\x00\x00'],
    ['something else', 'a,b,c\r\n1,2,3\r\n'],
  ])('is refused when it is %s', async (_, content) => {
    problemIn(await upload('register', content, REGISTER), 422, 'FileUnusable');
    expect(await county.recorded()).toEqual([]);
  });
});

describe('the links', () => {
  const header = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"';
  const linked = (...rows: string[]): string => [header, ...rows, ''].join('\r\n');
  const name = 'links_edubasealldata20261101.csv';

  it('join former URNs to their schools, and are silent the second time', async () => {
    report(await upload('register', text(files.register), REGISTER));
    const first = report(await upload('links', text(files.links), name));
    expect(first.eventsAppended).toBeGreaterThan(50);
    expect(first.faults).toEqual([]);
    expect(report(await upload('links', text(files.links), name)).eventsAppended).toBe(0);
  });

  it('name the next URN, under which the register then finds the same school', async () => {
    const { position } = report(await upload('register', text(files.register), REGISTER));
    const listed = await asked(`/api/v1/schools?status=maintained&limit=1&atLeast=${position}`);
    const [school] = (listed.body as { schools: { urn: string; schoolId: string }[] }).schools;
    const urn = school?.urn ?? '';
    const answer = report(
      await upload('links', linked(`${urn},900999,"Oak Academy","Successor","01-11-2026"`), name),
    );
    expect(answer.events).toEqual({ SuccessorUrnNamed: 1 });

    const content = text(files.register);
    const [top = '', ...rest] = content.split('\r\n');
    const row = rest.find((line) => line.startsWith(`${urn},`)) ?? '';
    const as = (line: string, values: Fields): string =>
      Object.entries(values).reduce(
        (now, [column, value]) => withValue(top, now, column, value),
        line,
      );
    const old = as(row, {
      'EstablishmentStatus (code)': '2',
      'EstablishmentStatus (name)': '"Closed"',
      CloseDate: '01-12-2026',
    });
    const academy = as(row, {
      URN: '900999',
      EstablishmentNumber: '9999',
      'TypeOfEstablishment (code)': '34',
      'TypeOfEstablishment (name)': '"Academy converter"',
      'EstablishmentTypeGroup (code)': '10',
      'EstablishmentTypeGroup (name)': '"Academies"',
      OpenDate: '01-11-2026',
    });
    const after = [top, ...rest.map((line) => (line === row ? `${old}\r\n${academy}` : line))].join(
      '\r\n',
    );
    const converted = report(await upload('register', after, 'edubasealldata20261201.csv'));
    expect(converted.events['SchoolConvertedToAcademy']).toBe(1);
    expect(converted.events['SchoolRegistered']).toBeUndefined();
    for (const by of [urn, '900999']) {
      const card = (await asked(`/api/v1/schools/${by}?atLeast=${converted.position}`))
        .body as object;
      expect(card).toMatchObject({
        schoolId: school?.schoolId,
        urn: '900999',
        status: 'academy',
        open: true,
      });
    }
  });

  it('end on circles, one-sided and undated rows, and say what they cannot tell', async () => {
    report(await upload('register', text(files.register), REGISTER));
    const before = (await county.recorded()).length;
    const content = linked(
      '900001,900002,"A","Successor",',
      '900002,900001,"B","Successor",',
      '900003,900801,"C","Successor - Split School","01-01-2024"',
      '900003,900802,"D","Successor - Split School","01-01-2024"',
      '900804,900805,"St Thomas \xe0 Becket","Successor","01-01-2020"',
      'abc,900001,"E","Successor","01-01-2020"',
      '900004,900806,"F","Successor","31-02-2024"',
    );
    const answer = report(await upload('links', content, name));
    expect(answer.faults.map(({ line, column }) => [line, column])).toEqual([
      [7, 'URN'],
      [8, 'LinkEstablishedDate'],
    ]);
    expect(answer.warnings.join('\n')).toMatch(/circle/);
    expect(answer.warnings.join('\n')).toMatch(/900003.*split/);
    expect((await county.recorded()).length).toBe(before + 1);
  });
});

describe('the inspections', () => {
  const NAME =
    'Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Oct_2026.csv';

  it('go in, in four shapes, and are silent the second time', async () => {
    report(await upload('register', text(files.register), REGISTER));
    const first = report(await upload('inspections', text(files.inspections), NAME));
    expect(first.faults).toEqual([]);
    const shapes = new Set(
      (await county.recorded())
        .filter(({ type }) => type === 'InspectionOutcomeRecorded')
        .map(({ data }) => data['shape']),
    );
    expect([...shapes].sort()).toEqual([
      'graded',
      'graded-without-overall',
      'report-card',
      'ungraded',
    ]);
    expect(report(await upload('inspections', text(files.inspections), NAME)).eventsAppended).toBe(
      0,
    );
  });

  it('report a grade that is none, and take the rest', async () => {
    report(await upload('register', text(files.register), REGISTER));
    const content = text(files.inspections);
    const at = content.split('\r\n').findIndex((line) => line.includes('Expected standard'));
    const broken = lines(content, ([line = ''], n) => [
      n === at + 1 ? line.replace('Expected standard', 'Quite good') : line,
    ]);
    const { faults, eventsAppended } = report(await upload('inspections', broken, NAME));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ line: at + 1, value: 'Quite good' });
    expect(eventsAppended).toBeGreaterThan(200);
  });
});

describe('an upload', () => {
  it('is refused when it has no kind, no file, or is no form at all', async () => {
    const operator = await county.as('operator');
    const noKind = problemIn(
      await operator.post('/api/v1/imports').attach('file', Buffer.from('x'), 'x.csv'),
      400,
      'Malformed',
    );
    expect(noKind.errors[0]?.pointer).toBe('/kind');
    problemIn(
      await operator.post('/api/v1/imports').field('kind', 'register'),
      400,
      'UploadUnusable',
    );
    problemIn(
      await operator.post('/api/v1/imports', { kind: 'register' }),
      415,
      'UnsupportedMediaType',
    );
    problemIn(await (await county.as('adviser')).post('/api/v1/imports', {}), 403, 'NotForYou');
  });
});
