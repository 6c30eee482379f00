import type { RebuildLine } from '#application';
import { readModels } from '#read-models';
import type { AnyReadModel } from '#kernel';
import { seeded } from '../support/seeded';
import type { CutOverStores } from '../drills/cut-over-ground';
import { CutOvers, cutOversUnderLoad } from '../drills/cut-over-ground';
import { mutants } from './cut-over-mutants';

/** What a rebuild promises, over whatever stores. */
export function cutOverJourney(
  name: string,
  stores: () => Promise<CutOverStores>,
  times: number,
): void {
  describe(`rebuilding over ${name}`, () => {
    let ground: CutOvers;
    beforeEach(async () => {
      ground = await CutOvers.over(await stores());
    });
    afterEach(() => ground.end());

    const differenceOf = (lines: readonly RebuildLine[]) =>
      lines.flatMap((line) => ('difference' in line ? [line.difference] : []))[0]!;
    const rebuiltWith = async (models: readonly AnyReadModel[]) => {
      const lines: RebuildLine[] = [];
      const answer = await ground.rebuiltWith(models, (line) => lines.push(line));
      return { answer, difference: differenceOf(lines), lines };
    };
    const active = async () =>
      (await ground.documents.generations()).find((one) => one.active)?.name;

    it('is switched to and taken back under readers and writers, without an error and nobody taken back', async () => {
      const verdict = await cutOversUnderLoad(ground, times, seeded(7));
      expect(verdict).toMatchObject({
        ...{ cutOvers: times, wentBack: 0, errors: 0, said: [] },
        readModelsEqualPureFold: true,
      });
      expect(verdict.reads).toBeGreaterThan(times);
      expect(verdict.writes).toBeGreaterThan(times);
    });

    it('refuses every wrong projection, and names what is wrong', async () => {
      const before = await active();
      expect(mutants.length).toBeGreaterThanOrEqual(12);
      for (const { mistake, models, collection, shows } of mutants) {
        const { answer, difference } = await rebuiltWith(models);
        if (answer.done || answer.because !== 'DifferenceNotDeclared')
          throw new Error(`Where ${mistake}: ${JSON.stringify(answer)}`);
        const named = difference.documents.filter(
          (one) =>
            one.collection === collection &&
            ('field' in shows
              ? one.fields.some(({ field }) => field.startsWith(shows.field))
              : one.change === shows.change),
        );
        if (named.length === 0)
          throw new Error(`Where ${mistake}, nothing says so: ${JSON.stringify(difference)}`);
        expect(named.every(({ school, key }) => school !== undefined && key !== '')).toBe(true);
        expect(difference.collections[collection]).toBeDefined();
        expect(await active()).toBe(before);
      }
      // What nobody sees makes room.
      expect(await ground.rebuilding.finish()).toMatchObject({ done: true });
      expect((await ground.documents.generations()).map(({ name: one }) => one)).toEqual([before]);
    });

    it('with the right projection differs in nothing, and says how far it is', async () => {
      const { answer, difference, lines } = await rebuiltWith(readModels);
      expect(answer).toMatchObject({ done: true, switched: true });
      expect(difference).toMatchObject({ collections: {}, documents: [], more: 0, undeclared: 0 });
      expect(difference.compared).toBeGreaterThan(100);
      const end = await ground.documents.checkpoint();
      expect(lines).toContainEqual({ position: end, end });
    });
  });
}
