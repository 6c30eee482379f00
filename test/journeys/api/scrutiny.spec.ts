import { County, newSchool } from '../county';
import type { Person } from '../county';

/*
 * What scrutiny and the public are told: figures of one day a year, as known at its end, the small ones left out. Two
 * nurseries and 22 primary schools; the first figures are of 2025, and what was so in 2024 was recorded only then.
 */
const schools = Array.from({ length: 24 }, (_, n) => ({
  ...newSchool(n + 1),
  ...(n < 2 ? { phase: 'nursery', kind: 'nursery' } : {}),
  ...(n > 16 ? { status: 'academy', typeName: 'Academy converter' } : {}),
  openedOn: '2001-09-01',
  pupils: 123,
}));
const uuid = (n: number) => `00000000-0000-4000-8000-00000000800${n}`;

type Figures = Readonly<Record<string, number | 'hidden'>>;
interface Answer {
  readonly days: readonly {
    readonly day: string;
    readonly schools: number;
    readonly pupils: number;
    readonly published?: {
      readonly schools: Figures;
      readonly pupils: Figures;
      readonly byPhase: readonly { of: string; schools: number; byCategory: Figures }[];
      readonly byStatus: readonly { of: string; schools: number; byCategory: Figures }[];
    };
  }[];
}

describe('published figures', () => {
  let county: County;
  let scrutiny: Person;
  const asked = async (who = scrutiny): Promise<Answer> => {
    const answer = await who.get('/api/v1/scrutiny');
    expect(answer.status).toBe(200);
    return answer.body as Answer;
  };
  const decided = (n: number, category: string, effectiveFrom: string) => {
    const { schoolId } = schools[n]!;
    return county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryConfirmed',
        data: {
          ...{ schoolId, proposalId: uuid(1), assessmentId: uuid(2), cycle: '2024/25' },
          ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category, effectiveFrom },
          deciderId: 'person-head-of-service',
        },
      },
    ]);
  };

  beforeAll(async () => {
    county = await County.start();
    scrutiny = await county.as('scrutiny');
    county.at('2025-09-01T09:00:00.000Z');
    for (const school of schools)
      await county.given(['team-leader', 'schools/register-school', school]);
    for (let n = 0; n < schools.length; n++) {
      // A nursery and seven primary schools in Prevention, three in Intervention.
      const category = n === 0 || (n > 3 && n < 11) ? 'Prevention' : 'Enhancement';
      await decided(n, n > 20 ? 'Intervention' : category, '2024-09-15');
    }
    await county.answered();
  });
  afterAll(() => county.stop());

  it('come out on the day after, and are as known at the end of the day for good', async () => {
    county.at('2025-10-31T22:00:00.000Z');
    expect((await asked()).days).toEqual([]);
    county.at('2025-11-01T09:00:00.000Z');
    const { days } = await asked();
    expect(days.map(({ day }) => day)).toEqual([
      '2025-10-31',
      '2024-10-31',
      '2023-10-31',
      '2022-10-31',
      '2021-10-31',
    ]);
    expect(days[0]).toMatchObject({ schools: 24, pupils: 3000 });

    // Recorded later, though it was so by then.
    await decided(21, 'Enhancement', '2025-10-01');
    await county.answered();
    expect((await asked()).days).toEqual(days);
    expect((await asked(await county.as('adviser'))).days).toEqual(days);
    county.at('2026-11-01T09:00:00.000Z');
    expect((await asked()).days.slice(1)).toEqual(days.slice(0, 4));
  });

  it('leave out what is small, and what it could be worked out from', async () => {
    county.at('2025-11-02T09:00:00.000Z');
    const { published } = (await asked()).days[0]!;
    const hidden = { Prevention: 'hidden', Intervention: 'hidden' };
    expect(published?.schools).toEqual({ Enhancement: 13, none: 0, ...hidden });
    expect(published?.pupils).toEqual({ Enhancement: 1600, none: 0, ...hidden });
    expect(published?.byPhase).toEqual([
      {
        ...{ of: 'nursery', schools: 2 },
        byCategory: { Enhancement: 'hidden', none: 'hidden', ...hidden },
      },
      { of: 'primary', schools: 22, byCategory: { Enhancement: 'hidden', none: 0, ...hidden } },
    ]);
    expect(published?.byStatus.map(({ byCategory }) => byCategory)).toEqual([
      { Enhancement: 'hidden', none: 0, ...hidden },
      { Enhancement: 'hidden', none: 0, ...hidden },
    ]);
  });

  it('of a day before anything was recorded are as known on the first day after', async () => {
    county.at('2025-11-02T09:00:00.000Z');
    const { days } = await asked();
    expect(days[1]).toMatchObject({
      day: '2024-10-31',
      published: { schools: { Enhancement: 13, none: 0 } },
    });
    // None had a category then: each row's total would be a figure by itself.
    expect(days[2]).toMatchObject({ day: '2023-10-31', schools: 24 });
    expect(days[2]).not.toHaveProperty('published');
  });

  it('stand on a page that says what is left out and why, and names no school', async () => {
    county.at('2025-11-02T09:00:00.000Z');
    const { status, text } = await scrutiny.get('/scrutiny');
    expect(status).toBe(200);
    const said = text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(said).toContain(
      '31 October 2025. Of 24 schools, 13 are in Enhancement, how many are in Prevention is left out and how many are in Intervention is left out.',
    );
    expect(said).toContain('A number from 1 to 4 could tell of a single school.');
    expect(said).toContain('Of 31 October 2023 nothing can be published');
    for (const { name, urn, schoolId } of schools)
      for (const named of [name, urn, schoolId]) expect(text).not.toContain(named);
    county.at('2025-10-01T09:00:00.000Z');
    expect((await scrutiny.get('/scrutiny')).text).toContain('There are no figures yet.');
  });
});
