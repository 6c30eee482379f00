import type { AnyReadModel, Snapshot } from '#kernel';
import { allowances, entitlementsNotLapsed } from './allowances';
import { assessments } from './assessments';
import { bankHolidayYears } from './bank-holidays';
import { boardDecisions, boardMeetings, boardPapers, boardTerms } from './board-record';
import { categoryDecisions, triggers } from './category-decisions';
import { champions, championsOfPerson } from './champions';
import { claims } from './claims';
import { collaborations } from './collaborations';
import { consultationAnswers, consultations, consulted } from './consultations';
import { cycles } from './cycles';
import { deploymentVisits } from './deployment-visits';
import { deployments } from './deployments';
import { escalations } from './escalations';
import { frameworks } from './frameworks';
import { guideComments, helpfulness } from './helpfulness';
import { endOfLog, headlineVisitRows, visitsArrangedAfter } from './headline-visits';
import { imports } from './imports';
import { improvementAreas } from './improvement-areas';
import { journey } from './journey';
import { letterTemplates } from './letter-templates';
import { liaisonGroups, liaisonGroupsOf, liaisonMeetings, liaisonMemberships } from './liaison';
import { documentVersions, guideDirectory, sectionVersions } from './model-guide';
import { openSchoolsAmong } from './named';
import { nationalInvolvement } from './national-involvement';
import { notices } from './notices';
import { offers } from './offers';
import { rateCards } from './rate-cards';
import { populationOf, qualityPopulation } from './quality-population';
import { qualityReviews } from './quality-reviews';
import { qualityDrawn, qualitySamples } from './quality-samples';
import { register } from './register';
import { visitAllowances } from './school-visits';
import { holdersOfUrn, schools, urns } from './schools';
import { schoolsNotRegistered } from './schools-named';
import { strengths } from './strengths';
import { openDeployments } from './supported';
import { teamActions, teamsAround } from './teams-around-schools';
import { scoredReadings } from './what-if';
import { schoolsWithoutAssessment, worklist } from './worklist';

/** Every read model there is; a new one is a line here. */
export const readModels: readonly AnyReadModel[] = [
  schools,
  urns,
  journey,
  register,
  worklist,
  allowances,
  deployments,
  deploymentVisits,
  cycles,
  imports,
  champions,
  notices,
  nationalInvolvement,
  qualityReviews,
  improvementAreas,
  escalations,
  qualityPopulation,
  qualitySamples,
  qualityDrawn,
  assessments,
  bankHolidayYears,
  headlineVisitRows,
  visitAllowances,
  teamsAround,
  teamActions,
  collaborations,
  strengths,
  boardTerms,
  boardMeetings,
  boardPapers,
  boardDecisions,
  liaisonGroups,
  liaisonMeetings,
  liaisonMemberships,
  consultations,
  consultationAnswers,
  consulted,
  claims,
  letterTemplates,
  offers,
  categoryDecisions,
  triggers,
  scoredReadings,
  frameworks,
  rateCards,
  sectionVersions,
  documentVersions,
  guideDirectory,
  helpfulness,
  guideComments,
];

/** Questions decisions ask of the whole county, by the names the catalogue of the domain uses. */
export const questions: Readonly<
  Record<string, (snapshot: Snapshot, about: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  'holders-of-urn': holdersOfUrn,
  'schools-without-assessment': schoolsWithoutAssessment,
  'schools-not-registered': schoolsNotRegistered,
  'champions-of-person': championsOfPerson,
  'entitlements-not-lapsed': entitlementsNotLapsed,
  'quality-population': populationOf,
  'end-of-log': endOfLog,
  'open-schools-among': openSchoolsAmong,
  'liaison-groups-of': liaisonGroupsOf,
  'open-deployments': openDeployments,
  'visits-arranged-after': visitsArrangedAfter,
};
