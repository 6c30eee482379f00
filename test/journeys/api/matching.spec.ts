import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

const uuid = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
/** Schools on a line to the east, so many miles from the one that is to be supported. */
const placed = (n: number, miles: number, more: object = {}) => ({
  ...newSchool(n),
  ...{ easting: 480_000 + Math.round(miles * 1609.344), northing: 200_000 },
  ...more,
});
const trust = { uid: '5001', name: 'Invented Elm Trust' };
const supported = placed(1, 0, { trust });

interface Answer {
  readonly ranked: readonly { championId: string; miles?: number; reasons: string[] }[];
  readonly excluded: readonly { championId: string; because: string[] }[];
}

describe('finding a champion over HTTP', () => {
  let county: County;
  let adviser: Person;
  const champion = (n: number, homeSchoolId: string, more: object = {}) =>
    [
      'team-leader',
      'champions/register-champion',
      {
        ...{ championId: uuid(n), personRef: `person-champion-${n}`, homeSchoolId },
        ...{ roles: ['SSPC'], specialisms: ['early-reading'], phases: ['primary'] },
        ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
        ...more,
      },
    ] as const;

  beforeAll(async () => {
    county = await County.start();
    county.at('2026-11-23T09:00:00.000Z');
    adviser = await county.as('adviser');
    const homes = [placed(2, 3.2), placed(3, 11.2), placed(4, 5), placed(5, 1, { trust })];
    const [near, far, middle, sameTrust] = homes.map(({ schoolId }) => schoolId) as [
      string,
      string,
      string,
      string,
    ];
    await county.given(
      ...[supported, ...homes].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
      champion(1, middle),
      champion(2, near),
      champion(3, near, { specialisms: ['mathematics'] }),
      champion(4, far),
      champion(5, near, { yearlyCapHalfDays: 6 }),
      champion(6, near),
      [
        'adviser',
        'champions/declare-interest',
        { championId: uuid(6), counterpartyIds: [supported.schoolId], nature: 'family' },
      ],
      champion(7, sameTrust),
      champion(8, near, { roles: ['SSLC'] }),
      champion(9, supported.schoolId),
    );
  });
  afterAll(() => county.stop());

  const asked = (more = '') =>
    adviser.get(
      `/api/v1/schools/${supported.urn}/matches?role=SSPC&specialism=early-reading&halfDays=8&from=2026-12-01&to=2027-06-30&within=10${more}`,
    );

  it('ranks those who can, and says why', async () => {
    const { ranked } = (await asked()).body as Answer;
    expect(ranked.map(({ championId, miles }) => [championId, miles])).toEqual([
      [uuid(2), 3.2],
      [uuid(1), 5],
      [uuid(3), 3.2],
    ]);
    expect(ranked[0]?.reasons).toEqual([
      'early-reading is a specialism',
      'works in the primary phase',
      'home school has no category',
      '3.2 miles away',
      '30 half-days left of 30',
    ]);
  });

  it('says what excludes the others', async () => {
    const { excluded } = (await asked()).body as Answer;
    const because = Object.fromEntries(excluded.map((one) => [one.championId, one.because]));
    expect(because).toEqual({
      [uuid(4)]: ['11.2 miles'],
      [uuid(5)]: ['6 half-days left, 8 needed'],
      [uuid(6)]: ['declared interest, not resolved'],
      [uuid(7)]: ['same trust'],
      [uuid(8)]: ['is SSLC, not SSPC'],
      [uuid(9)]: ['own school', 'same trust'],
    });
  });

  it('refuses what makes no sense, and those who may not ask', async () => {
    const { errors } = problemIn(await asked('&to=2027-09-30'), 400, 'Malformed');
    expect(errors[0]?.pointer).toBe('/to');
    const here = `/api/v1/schools/${supported.urn}/matches`;
    expect((await adviser.get(here)).body).toMatchObject({ ranked: expect.any(Array) as object });
    problemIn(await (await county.as('board')).get(here), 403, 'NotForYou');
  });
});
