import type { AnyReadModel, Snapshot } from '#kernel';
import { bankHolidayYears } from './bank-holidays';
import { cycles } from './cycles';
import { endOfLog, headlineVisitRows } from './headline-visits';
import { imports } from './imports';
import { journey } from './journey';
import { register } from './register';
import { holdersOfUrn, schools, urns } from './schools';
import { visitAllowances } from './school-visits';
import { teamActions, teamsAround } from './teams-around-schools';
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
  bankHolidayYears,
  headlineVisitRows,
  visitAllowances,
  teamsAround,
  teamActions,
];

/** Questions decisions ask of the whole county, by the names the catalogue of the domain uses. */
export const questions: Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  'holders-of-urn': holdersOfUrn,
  'schools-without-assessment': schoolsWithoutAssessment,
  'end-of-log': endOfLog,
};
