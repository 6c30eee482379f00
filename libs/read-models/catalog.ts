import type { AnyReadModel, Snapshot } from '#kernel';
import { cycles } from './cycles';
import { imports } from './imports';
import { journey } from './journey';
import { nationalInvolvement } from './national-involvement';
import { notices } from './notices';
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
  notices,
  nationalInvolvement,
];

/** Questions decisions ask of the whole county, by the names the catalogue of the domain uses. */
export const questions: Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  'holders-of-urn': holdersOfUrn,
  'schools-without-assessment': schoolsWithoutAssessment,
};
