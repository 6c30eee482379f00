import type { Actor } from '#kernel';
import { entryOf } from '../shared/plain';
import type { QualityObject } from '../shared/quality-policy';
import type { ReviewRefusal } from './refusals';
import { refuse } from './refusals';
import type { KnownToReview } from './review-state';

export interface Subject {
  readonly object: QualityObject;
  readonly objectId: string;
  readonly schoolId: string;
}

/** Stages of a deployment in which there is no work to judge yet. */
const BEFORE_START: readonly string[] = [
  'needed',
  'matched',
  'confirming',
  'confirmed',
  'declined',
  'lapsed',
];

/** Why what is to be reviewed is not there to be reviewed on the record of that school. */
export function notReviewable(subject: Subject, known: KnownToReview): ReviewRefusal | undefined {
  const { object, objectId } = subject;
  switch (object) {
    case 'assessment':
      return entryOf(known.risk.finalised, objectId) === undefined
        ? refuse.NothingToJudge('This school has no finalised assessment of that identity.')
        : undefined;
    case 'champion':
      return known.champion.registered
        ? ofSchool(known.champion.homeSchoolId, subject)
        : refuse.NothingToJudge('No champion of that identity is registered.');
    case 'deployment':
    case 'visit-record':
      return supportNotReviewable(subject, known.deployment);
  }
}

function supportNotReviewable(
  subject: Subject,
  { stage, visits, schoolId }: KnownToReview['deployment'],
): ReviewRefusal | undefined {
  if (stage === 'none' || schoolId === undefined) {
    return refuse.NothingToJudge('There is no deployment of that identity.');
  }
  const { object, objectId } = subject;
  if (object === 'visit-record' && entryOf(visits, objectId) === undefined) {
    return refuse.NothingToJudge('This deployment has no record of a visit of that identity.');
  }
  if (BEFORE_START.includes(stage)) return refuse.SupportNotStarted(stage);
  return ofSchool(schoolId, subject);
}

const ofSchool = (schoolId: string, subject: Subject): ReviewRefusal | undefined =>
  schoolId === subject.schoolId ? undefined : refuse.OfAnotherSchool(schoolId);

/** Why somebody may not judge this work: the part they had in it. */
export function notIndependent(
  { id, schoolId }: Actor,
  subject: Subject,
  known: KnownToReview,
): ReviewRefusal | undefined {
  const part =
    partIn(id, subject, known) ??
    (schoolId !== undefined && schoolsOf(subject, known).includes(schoolId)
      ? 'You belong to a school this is about'
      : undefined);
  return part === undefined ? undefined : refuse.NotIndependent(part);
}

function partIn(
  person: string,
  { object, objectId }: Subject,
  { risk, deployment, champion }: KnownToReview,
): string | undefined {
  switch (object) {
    case 'assessment': {
      const assessment = entryOf(risk.finalised, objectId);
      if (assessment?.assessorId === person) return 'You assessed this school';
      return assessment?.moderatorIds.includes(person) === true
        ? 'You moderated this assessment'
        : undefined;
    }
    case 'champion':
      return champion.registered && champion.personRef === person
        ? 'You are this champion'
        : undefined;
    case 'deployment':
    case 'visit-record':
      if (deployment.brokerId === person) return 'You brokered this support';
      if (deployment.championPersonRef === person) return 'You are the champion of this support';
      return object === 'visit-record' &&
        entryOf(deployment.visits, objectId)?.recordedById === person
        ? 'You wrote this record'
        : undefined;
  }
}

const schoolsOf = (
  { object, schoolId }: Subject,
  { deployment: { homeSchoolId } }: KnownToReview,
): readonly string[] =>
  object === 'assessment' || object === 'champion' || homeSchoolId === undefined
    ? [schoolId]
    : [schoolId, homeSchoolId];
