import {
  cadences,
  championRoles,
  closings,
  collaborationKinds,
  noticeSections,
  qualityObjects,
  visitKinds,
} from '#domain';
import { confided } from './declaring';
import { academicYear, count, day, flag, id, list, optional, word } from './fields';

const schoolId = id('The school, by our own identity, which stays when its URN changes.');
const deploymentId = id('The piece of support; the same in every message about it.');
const ofDeployment = { schoolId, deploymentId } as const;
const halfDays = count('Half-days.');
const percent = (says: string) => count(`${says}, in percent.`);
const authorityPercent = percent('The authority’s share of the cost; the rest is the school’s');
const visitId = id('The visit; the same in every message about it.');
const kind = word(visitKinds)('For the school, or for a head who is new.');
const year = academicYear('The year it counts in.');
const collaboration = {
  schoolId: id('The school that is told: one of them, or one that left.'),
  collaborationId: id('The collaboration; the same for all of its schools.'),
} as const;
const together = list('The schools in it now.', id('A school.'));
const areaId = id('The area for improvement.');
const noticeId = id('The notice.');
const tasId = id('The team around the school.');

/**
 * What the authority does for a school, and what schools do for each other. Only a school that needs support has much of it,
 * so that a category could be guessed from any of this: all of it is told in confidence. People are in none of it, so that
 * nothing is told of a champion but the work.
 */
export const supportMessages = {
  'school.support-changed.v1': confided(
    'Something about the support of the school, or about what its own people do for others, was recorded that no other message tells.',
    { schoolId },
  ),
  'school.support-needed.v1': confided('It was named what the school needs support with.', {
    ...ofDeployment,
    role: word(championRoles)('Role of the champion who is wanted.'),
    identifiedOn: day('Day it was named.'),
  }),
  'school.support-not-needed.v1': confided(
    'The school declined the support, or the need lapsed, before any work began.',
    ofDeployment,
  ),
  'school.deployment-confirmed.v1': confided(
    'A champion of another school will work at the school: both agreed, and the half-days are set aside.',
    {
      ...ofDeployment,
      homeSchoolId: id('The champion’s own school.'),
      role: word(championRoles)('The champion’s role.'),
      halfDays,
      from: day('First day.'),
      to: day('Last day.'),
      academicYear: year,
      authorityPercent,
    },
  ),
  'school.deployment-started.v1': confided('The champion’s work at the school began.', {
    ...ofDeployment,
    startedOn: day('Day it began.'),
  }),
  'school.deployment-paused.v1': confided('The champion’s work at the school rests.', {
    ...ofDeployment,
    pausedOn: day('Day from which it does.'),
  }),
  'school.deployment-resumed.v1': confided('The champion’s work at the school went on.', {
    ...ofDeployment,
    resumedOn: day('Day from which it did.'),
  }),
  'school.deployment-extended.v1': confided('More half-days were agreed for the work.', {
    ...ofDeployment,
    halfDays: count('Half-days beside those there were.'),
    to: day('New last day.'),
  }),
  'school.deployment-payer-changed.v1': confided('Others pay for the work from a day on.', {
    ...ofDeployment,
    from: day('Of visits from this day on.'),
    authorityPercent,
  }),
  'school.deployment-ended.v1': confided('The champion’s work at the school is over.', {
    ...ofDeployment,
    endedOn: day('Day it ended.'),
    early: flag('Before its time.'),
  }),
  'school.champion-visited.v1': confided(
    'The champion visited the school. Told again of the same visit, it takes the place of what was told.',
    { ...ofDeployment, visitId, visitedOn: day('Day of the visit.'), halfDays },
  ),
  'school.headline-visit-arranged.v1': confided(
    'A visit by the adviser was arranged, or moved to another day.',
    {
      schoolId,
      visitId,
      on: day('Day it is arranged for.'),
      academicYear: optional(year),
      kind: optional(kind),
    },
  ),
  'school.headline-visit-cancelled.v1': confided('An arranged visit was called off.', {
    schoolId,
    visitId,
  }),
  'school.headline-visit-made.v1': confided('The adviser made the visit and recorded it.', {
    ...{ schoolId, visitId, academicYear: year, kind },
    visitedOn: day('Day of the visit.'),
  }),
  'school.team-convened.v1': confided('A team of the authority was convened around the school.', {
    ...{ schoolId, tasId },
    cadence: word(cadences)('How often it meets.'),
    convenedOn: day('Day it was convened.'),
  }),
  'school.team-stood-down.v1': confided('The team around the school is no longer needed.', {
    ...{ schoolId, tasId },
    stoodDownOn: day('Day it ended.'),
  }),
  'school.improvement-area-raised.v1': confided(
    'Something is to become better about work that was done for the school.',
    {
      ...{ schoolId, areaId },
      object: optional(word(qualityObjects)('What kind of work it was.')),
      identifiedOn: day('Day it was named.'),
      due: day('Day by which it is to be better.'),
    },
  ),
  'school.improvement-area-closed.v1': confided('It was looked at what became of it.', {
    ...{ schoolId, areaId },
    outcome: word(closings)('What became of it.'),
    closedOn: day('Day it was closed.'),
  }),
  'school.collaboration-formed.v1': confided('Schools began to work together.', {
    ...collaboration,
    kind: word(collaborationKinds)('On an agreement, or for one purpose without one.'),
    schoolIds: together,
    leadSchoolId: id('The school in the lead.'),
    from: day('Day from which they do.'),
    reviewDue: day('Day by which it is looked at whether they go on.'),
  }),
  'school.collaboration-changed.v1': confided(
    'A school joined schools that work together, or left them.',
    { ...collaboration, schoolIds: together },
  ),
  'school.collaboration-ended.v1': confided('The schools do not work together any more.', {
    ...collaboration,
    endedOn: day('Day it ended.'),
  }),
  'school.warning-notice-issued.v1': confided(
    'The authority gave the governing body a warning notice.',
    {
      ...{ schoolId, noticeId },
      section: word(noticeSections)('Section of the Education and Inspections Act 2006.'),
      issuedOn: day('Day it was given.'),
      complianceTo: day('Last day to comply.'),
    },
  ),
  'school.warning-notice-ended.v1': confided('The warning notice does not stand any more.', {
    ...{ schoolId, noticeId },
    how: word(['ceased', 'closed', 'withdrawn'])(
      'It ceased because the Secretary of State gave one, was closed, or was taken back.',
    ),
    endedOn: day('Day it ended.'),
  }),
  'school.claim-paid.v1': confided('The school was paid for what its champion did elsewhere.', {
    schoolId: id('The champion’s own school, which is paid.'),
    claimId: id('The claim.'),
    amountPence: count('In pence.'),
    paidOn: day('Day of the payment.'),
  }),
  'school.support-invoiced.v1': confided('The school was invoiced for its share of the support.', {
    ...ofDeployment,
    invoiceId: id('The invoice.'),
    sharePercent: percent('The school’s share'),
    amountPence: count('In pence.'),
    invoicedOn: day('Day of the invoice.'),
  }),
} as const;
