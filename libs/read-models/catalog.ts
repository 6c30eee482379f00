import type { AnyReadModel, Snapshot } from '#kernel';
import { boardDecisions, boardMeetings, boardPapers, boardTerms } from './board-record';
import { collaborations } from './collaborations';
import { consultationAnswers, consultations, consulted } from './consultations';
import { cycles } from './cycles';
import { imports } from './imports';
import { journey } from './journey';
import { liaisonGroups, liaisonGroupsOf, liaisonMemberships } from './liaison';
import { openSchoolsAmong } from './named';
import { register } from './register';
import { holdersOfUrn, schools, urns } from './schools';
import { strengths } from './strengths';
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
  collaborations,
  strengths,
  boardTerms,
  boardMeetings,
  boardPapers,
  boardDecisions,
  liaisonGroups,
  liaisonMemberships,
  consultations,
  consultationAnswers,
  consulted,
];

/** Questions decisions ask of the whole county, by the names the catalogue of the domain uses. */
export const questions: Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  'holders-of-urn': holdersOfUrn,
  'schools-without-assessment': schoolsWithoutAssessment,
  'open-schools-among': openSchoolsAmong,
  'liaison-groups-of': liaisonGroupsOf,
};
