import type { AnyReadModel, Snapshot } from '#kernel';
import { moderatedJudgements } from './agreement';
import { cycles } from './cycles';
import { escalations } from './escalations';
import { imports } from './imports';
import { improvementAreas } from './improvement-areas';
import { journey } from './journey';
import { populationOf, qualityPopulation } from './quality-population';
import { qualityReviews } from './quality-reviews';
import { qualityDrawn, qualitySamples } from './quality-samples';
import { register } from './register';
import { holdersOfUrn, schools, urns } from './schools';
import { schoolsWithoutAssessment, worklist } from './worklist';

/** Every read model there is; a new one is a line here. */
export const readModels: readonly AnyReadModel[] = [
  schools,
  urns,
  journey,
  register,
  worklist,
  cycles,
  imports,
  qualityReviews,
  improvementAreas,
  escalations,
  qualityPopulation,
  qualitySamples,
  qualityDrawn,
  moderatedJudgements,
];

/** Questions decisions ask of the whole county, by the names the catalogue of the domain uses. */
export const questions: Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  'holders-of-urn': holdersOfUrn,
  'schools-without-assessment': schoolsWithoutAssessment,
  'quality-population': populationOf,
};
