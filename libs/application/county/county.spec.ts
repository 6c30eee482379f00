import type { SchoolKind } from '#domain';
import type { InspectionOutcome } from '../imports/files/inspection-outcomes';
import { maintenanceOf, schoolKindOf } from '../imports/files/register-kinds';
import { COUNTY_INDICATORS } from './indicators';
import { inspectionsPublishedBetween, makeCounty } from './make-county';
import type { CountySchool } from './model';
import { registerAsAt } from './register-rows';

const WISH = { seed: 825, asAt: '2026-11-01', authority: 825 };
const county = makeCounty(WISH);
const isOpen = (school: CountySchool) => school.establishments.at(-1)?.closedOn === undefined;
const open = county.schools.filter(isOpen);
const share = (part: number, whole: number) => part / whole;

describe('the invented county', () => {
  it('says that it is invented', () => {
    expect(county.invented).toBe(true);
    expect(county.authorityName).toContain('Invented');
  });

  it('has 236 open schools in the mix of a selective county, a third of them academies', () => {
    const mix: Partial<Record<SchoolKind, [number, number]>> = {};
    for (const row of registerAsAt(county, county.asAt)) {
      const kind = schoolKindOf(row);
      if (row.status !== 'open' || !kind) continue;
      const counted = (mix[kind] ??= [0, 0]);
      counted[maintenanceOf(row) === 'maintained' ? 0 : 1] += 1;
    }
    expect(mix).toEqual({
      primary: [89, 30],
      infant: [34, 7],
      junior: [16, 7],
      grammar: [1, 12],
      upper: [4, 18],
      'all-through': [1, 1],
      special: [8, 3],
      'pru-ap': [2, 1],
      nursery: [2, 0],
    });
    expect(open).toHaveLength(236);
    expect(county.schools).toHaveLength(241);
  });

  it('names no two schools alike and numbers all of them out of the way of real ones', () => {
    const names = county.schools.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const urns = county.schools.flatMap(({ establishments }) =>
      establishments.map(({ urn }) => Number(urn)),
    );
    expect(Math.min(...urns)).toBe(900_001);
    expect(new Set(urns).size).toBe(urns.length);
    const numbers = county.schools.map(({ establishmentNumber }) => establishmentNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('borrows no place of Buckinghamshire', () => {
    const real =
      /Amersham|Aylesbury|Beaconsfield|Bourne End|Brill|Buckingham|Burnham|Chalfont|Chesham|Denham|Flackwell|Gerrards|Haddenham|Hazlemere|Holmer|Hughenden|Iver\b|Ivinghoe|Marlow|Missenden|Naphill|Penn\b|Prestwood|Princes|Quainton|Risborough|Stokenchurch|Stewkley|Waddesdon|Wendover|Wing\b|Winslow|Wooburn|Wycombe/;
    const named = county.schools.map(({ name, place }) => `${name} ${place.town} ${place.ward}`);
    expect(
      [...named, ...county.trusts.map(({ name }) => name)].filter((name) => real.test(name)),
    ).toEqual([]);
  });

  it('has about one voluntary primary in seven, 18 liaison groups of about 13 and 25 trusts', () => {
    const primaries = open.filter(({ kind }) => ['primary', 'infant', 'junior'].includes(kind));
    const church = primaries.filter(
      ({ religiousCharacter }) => religiousCharacter !== 'Does not apply',
    );
    expect(share(church.length, primaries.length)).toBeGreaterThan(0.12);
    expect(share(church.length, primaries.length)).toBeLessThan(0.18);
    const groups = Map.groupBy(open, ({ liaisonGroup }) => liaisonGroup);
    expect(groups.size).toBe(18);
    for (const group of groups.values()) expect(Math.abs(group.length - 13)).toBeLessThanOrEqual(2);
    expect(county.trusts).toHaveLength(25);
  });

  it('lived through five conversions, two mergers, a closure and a federation', () => {
    const kinds = county.changes.map(({ kind }) => kind).sort();
    expect(kinds).toEqual([
      ...Array<string>(1).fill('closure'),
      ...Array<string>(5).fill('conversion'),
      'merger',
      'merger',
    ]);
    for (const { on } of county.changes) {
      expect(on >= '2022-09-01' && on <= county.asAt).toBe(true);
    }
    expect(county.federation.urns).toHaveLength(2);
    const openOn = (day: string) =>
      registerAsAt(county, day).filter(({ status }) => status.startsWith('open')).length;
    expect(openOn('2022-09-01')).toBe(236 + 4 + 1 - 2);
    expect(openOn('2023-09-01')).toBe(236 + 2 + 1 - 1);
    expect(openOn('2024-09-01')).toBe(236 + 2 - 1);
    expect(openOn(county.asAt)).toBe(236);
  });

  it('changes about twenty heads a year', () => {
    const changes = county.schools.flatMap(({ heads }) => heads.slice(1));
    for (const year of [2022, 2023, 2024, 2025]) {
      const inYear = changes.filter(
        ({ from }) => from >= `${year}-09-01` && from < `${year + 1}-09-01`,
      );
      expect(inYear.length).toBeGreaterThanOrEqual(15);
      expect(inYear.length).toBeLessThanOrEqual(27);
    }
    for (const { heads } of county.schools) {
      expect(heads.map(({ from }) => from)).toEqual(heads.map(({ from }) => from).sort());
    }
  });
});

describe('its inspections', () => {
  const last = (school: CountySchool): InspectionOutcome | undefined =>
    school.inspections.reduce<InspectionOutcome | undefined>(
      (latest, { outcome }) =>
        !latest || outcome.startedOn >= latest.startedOn ? outcome : latest,
      undefined,
    );
  const lasts = open.map(last);
  const shaped = (...shapes: InspectionOutcome['shape'][]) =>
    lasts.filter((outcome) => outcome && shapes.includes(outcome.shape));

  it('have the shapes to be expected in November 2026', () => {
    expect(share(shaped('report-card').length, 236)).toBeCloseTo(0.22, 1);
    expect(share(shaped('graded-without-overall').length, 236)).toBeCloseTo(0.18, 1);
    expect(share(shaped('graded', 'ungraded').length, 236)).toBeCloseTo(0.6, 1);
    expect(shaped('ungraded').length).toBeGreaterThan(20);
  });

  it('grade older schools 22, 70, 7 and 1 in a hundred, and the areas of report cards 3, 30, 58, 8 and 1', () => {
    const older = open
      .filter((school) => ['graded', 'ungraded'].includes(last(school)?.shape ?? ''))
      .map(({ inspections }) =>
        inspections.map(({ outcome }) => outcome).findLast(({ shape }) => shape === 'graded'),
      );
    const overall = (grade: number) =>
      share(
        older.filter((outcome) => outcome?.shape === 'graded' && outcome.overall === grade).length,
        older.length,
      );
    expect(overall(1)).toBeCloseTo(0.22, 1);
    expect(overall(2)).toBeCloseTo(0.7, 1);
    expect(overall(3)).toBeCloseTo(0.07, 1);
    expect(overall(4)).toBeCloseTo(0.01, 1);
    const grades = lasts.flatMap((outcome) =>
      outcome?.shape === 'report-card' ? outcome.areas : [],
    );
    const graded = (grade: string) =>
      share(grades.filter((area) => area.grade === grade).length, grades.length);
    expect(graded('Exceptional')).toBeLessThan(0.07);
    expect(graded('Strong standard')).toBeCloseTo(0.3, 0);
    expect(graded('Expected standard')).toBeGreaterThan(0.5);
    expect(graded('Needs attention')).toBeLessThan(0.14);
    expect(graded('Urgent improvement')).toBeLessThan(0.02);
  });

  it('put one or two schools in a category of concern, leave two or three stuck, and re-grade a few areas', () => {
    const concerned = lasts.filter((outcome) => outcome?.concern !== undefined);
    expect(concerned.length).toBeGreaterThanOrEqual(1);
    expect(concerned.length).toBeLessThanOrEqual(2);
    const stuck = open.filter((school) => {
      const { inspections } = school;
      if (last(school)?.shape !== 'graded') return false;
      const grades = inspections.flatMap(({ outcome }) =>
        outcome.shape === 'graded' ? [outcome.overall] : [],
      );
      return grades.length > 1 && grades.slice(-2).every((grade) => grade === 3);
    });
    expect(stuck.length).toBeGreaterThanOrEqual(2);
    expect(stuck.length).toBeLessThanOrEqual(3);
    const regraded = lasts.filter(
      (outcome) =>
        outcome?.shape === 'report-card' &&
        new Set(outcome.areas.map(({ gradedOn }) => gradedOn)).size > 1,
    );
    expect(regraded).toHaveLength(3);
  });

  it('belong to a predecessor in ten academies', () => {
    const predecessors = open.filter((school) => {
      const outcome = last(school);
      return outcome && outcome.urnAtTime !== school.establishments.at(-1)?.urn;
    });
    expect(predecessors).toHaveLength(10);
  });

  it('are told in the order and the days of their publication, re-graded areas again', () => {
    const all = inspectionsPublishedBetween(county, '2000-01-01', '2027-01-01');
    const parts = ['2000-01-01', '2022-09-01', '2025-11-10', '2026-06-01', '2027-01-01'];
    const together = parts
      .slice(1)
      .flatMap((until, at) => inspectionsPublishedBetween(county, parts[at] ?? '', until));
    expect(together).toEqual(all);
    expect(all.every(({ publishedOn }) => publishedOn < county.asAt)).toBe(true);
    const keys = all.map(({ outcome }) => outcome.inspectionNumber);
    expect(keys.length - new Set(keys).size).toBe(3);
  });
});

describe('its figures', () => {
  const readings = open.flatMap((school) =>
    school.readings.map((reading) => ({ school, ...reading })),
  );
  const applicable = readings.filter(
    (reading) => !('absence' in reading && reading.absence === 'not-applicable'),
  );
  const missing = (of: typeof applicable) =>
    share(of.filter((reading) => 'absence' in reading).length, of.length);

  it('are there for four years, or say why not', () => {
    expect(readings).toHaveLength(236 * 4 * COUNTY_INDICATORS.length);
    const reasons = new Set(
      readings.flatMap((reading) => ('absence' in reading ? [reading.absence] : [])),
    );
    expect([...reasons].sort()).toEqual([
      'not-applicable',
      'not-published',
      'not-yet-collected',
      'suppressed',
    ]);
  });

  it('are missing for about one in ten, and one in four in small schools', () => {
    expect(missing(applicable)).toBeGreaterThan(0.08);
    expect(missing(applicable)).toBeLessThan(0.13);
    const small = applicable.filter(({ school }) => (school.rolls[2026] ?? 0) < 100);
    expect(missing(small)).toBeGreaterThan(0.18);
    expect(missing(small)).toBeLessThan(0.32);
  });

  it('lack what nobody published', () => {
    const of = (indicator: string, year: string) =>
      applicable.filter(
        (reading) => reading.indicator === indicator && reading.academicYear === year,
      );
    for (const reading of [
      ...of('ks4-progress8', '2024/25'),
      ...of('ks4-progress8', '2025/26'),
      ...of('ks2-progress', '2023/24'),
    ]) {
      expect(reading).toMatchObject({ absence: 'not-published' });
    }
    expect(of('ks4-progress8', '2023/24').some((reading) => 'value' in reading)).toBe(true);
  });

  it('lie about where such figures lie', () => {
    const mean = (indicator: string, ...kinds: SchoolKind[]) => {
      const values = readings.flatMap((reading) =>
        reading.indicator === indicator && kinds.includes(reading.school.kind) && 'value' in reading
          ? [reading.value]
          : [],
      );
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(Math.abs(mean('ks2-rwm', 'primary', 'junior') - 64)).toBeLessThan(4);
    expect(Math.abs(mean('ks4-attainment8', 'grammar') - 70)).toBeLessThan(3);
    expect(Math.abs(mean('ks4-attainment8', 'upper') - 42)).toBeLessThan(5);
    expect(Math.abs(mean('overall-absence', 'primary') - 5)).toBeLessThan(1);
    expect(Math.abs(mean('persistent-absence', 'special') - 33)).toBeLessThan(6);
  });
});
