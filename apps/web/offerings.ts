import type { Identity } from '#platform';
import type { Whose } from '#read-models';
import {
  championOf,
  championsOfPerson,
  consultationsOf,
  daysInWords,
  deploymentOf,
  escalationsIn,
  involvementsOf,
  listBoardMeetings,
  listChampions,
  listClaims,
  listCollaborations,
  listConsultations,
  listDeployments,
  listLiaisonGroups,
  noticesOf,
  openAreas,
  stagesInWords,
  strengthsOf,
  visitsOf,
  workOf,
} from '#read-models';
import type { Asked, OfferedTo } from './offering';
import { forTheTeam, NONE, ofDeployment, ofSchool } from './offering';
import { mayRead, ownSchool } from './pages';
import { areaName } from './together.view';
import { visitName } from './visits.view';
import { dayInWords } from './words';

/* What is offered, by what it is: each with what people call it. */

/** More than any of these lists has in one county. */
const ALL = { limit: 500 };

/** Whose deployments somebody may see: all, or those of the school they speak for, or their own. */
export function whoseFor(identity: Identity): Whose | undefined {
  const { role, schoolId, id } = identity;
  if (mayRead(identity, 'deployments')) return {};
  if (role === 'champion') return { championPersonRef: id };
  if (schoolId === undefined) return undefined;
  return role === 'home-head' ? { homeSchoolId: schoolId } : { schoolId };
}

export const deployments: Asked = async ({
  context,
  today,
  identity,
  given: { schoolId },
  ask,
}) => {
  const whose = whoseFor(identity);
  if (whose === undefined) return NONE;
  const { items } = await ask(listDeployments, {
    ...{ ...ALL, today, whose },
    // What is over is not worked on any more, but it may still be paid.
    ...(context === 'money' ? {} : { open: true }),
    ...(schoolId === undefined ? {} : { schoolId }),
  });
  return items.map(({ deploymentId, school, specialism, stage }) => ({
    value: deploymentId,
    text: `${school.name}: ${areaName(specialism)}, ${stagesInWords[stage].toLowerCase()}`,
  }));
};

async function deploymentIn({ given: { deploymentId }, today, identity, ask }: OfferedTo) {
  const whose = whoseFor(identity);
  if (whose === undefined || deploymentId === undefined) return undefined;
  return ask(deploymentOf, { deploymentId, today, whose });
}

/** A home head lends the champion; what is to change at the other school is not theirs to see. */
export const objectives: Asked = async (to) =>
  to.identity.role === 'home-head'
    ? NONE
    : ((await deploymentIn(to))?.objectives ?? []).map(({ objectiveId, what }) => ({
        ...{ value: objectiveId, text: what },
      }));

export const visitsOfChampion: Asked = async (to) =>
  ((await deploymentIn(to))?.visits ?? []).map(({ visitId, visitedOn, halfDays }) => ({
    ...{ value: visitId, text: `${dayInWords(visitedOn)}, ${daysInWords(halfDays)}` },
  }));

export const headlineVisits = ofSchool(async (schoolId, { ask, today }) => {
  const { overdue, scheduled, completed } = await ask(visitsOf, { schoolId, today });
  return [...overdue, ...scheduled, ...completed].map((visit) => ({
    value: visit.visitId,
    text: `${visitName(visit)}, ${dayInWords(visit.on)}`,
  }));
});

const claimsOfDeployment: Asked = async ({ given: { deploymentId }, ask }) => {
  if (deploymentId === undefined) return NONE;
  const { items } = await ask(listClaims, { ...ALL, deploymentId });
  return items.map(({ claimId, claimedOn, stage, halfDays }) => ({
    value: claimId,
    text: `Claimed on ${dayInWords(claimedOn)}: ${daysInWords(halfDays)}, ${stage}`,
  }));
};

export const champions: Asked = async ({ identity, today, ask }) => {
  const { role, schoolId, id } = identity;
  if (role === 'champion')
    return (await ask(championsOfPerson, { personRef: id })).map((value) => ({ value, text: id }));
  const isHome = role === 'home-head' && schoolId !== undefined;
  if (!isHome && !mayRead(identity, 'county')) return NONE;
  const of = isHome ? { homeSchool: schoolId } : {};
  const { items } = await ask(listChampions, { ...ALL, ...of, today });
  return items.map(({ championId, personRef, home, roles }) => ({
    value: championId,
    text: `${personRef}, ${home.name} (${roles.join(', ')})`,
  }));
};

export const interests: Asked = async ({ given: { championId }, today, ask }) => {
  const found =
    championId === undefined ? undefined : await ask(championOf, { champion: championId, today });
  return (found?.interests ?? []).map(({ interestId, counterparties, declaredOn }) => ({
    value: interestId,
    text: `${counterparties.map(({ name }) => name).join(', ')}, declared on ${dayInWords(declaredOn)}`,
  }));
};

export const teams = ofSchool(async (schoolId, { ask, today }) =>
  (await ask(visitsOf, { schoolId, today })).teams
    .filter(({ stoodDownOn }) => stoodDownOn === undefined)
    .map(({ tasId, convenedOn }) => ({
      ...{ value: tasId, text: `Convened on ${dayInWords(convenedOn)}` },
    })),
);

export const actions = ofSchool(async (schoolId, { ask, today }) =>
  (await ask(visitsOf, { schoolId, today })).teams
    .flatMap(({ open }) => open)
    .map(({ actionId, what, due }) => ({
      ...{ value: actionId, text: `${what} (due by ${dayInWords(due)})` },
    })),
);

export const proposals = ofSchool(async (schoolId, { ask }) => {
  const proposal = (await ask(workOf, { schoolId }))?.proposal;
  if (proposal === undefined) return NONE;
  const { proposalId, to, since } = proposal;
  return [{ value: proposalId, text: `${to}, since ${dayInWords(since)}` }];
});

export const assessments = forTheTeam(
  ofSchool(async (schoolId, { ask, context }) => {
    const work = await ask(workOf, { schoolId });
    const one = context === 'risk' ? work?.assessment : work?.finalised;
    if (one === undefined) return NONE;
    return [{ value: one.assessmentId, text: `The one at work since ${dayInWords(one.since)}` }];
  }),
);

export const triggers = forTheTeam(
  ofSchool(async (schoolId, { ask }) =>
    ((await ask(workOf, { schoolId }))?.triggers ?? []).map(
      ({ triggerId, triggerType, since }) => ({
        value: triggerId,
        text: `${triggerType}, ${dayInWords(since)}`,
      }),
    ),
  ),
);

export const reviewsOfCategory = forTheTeam(
  ofSchool(async (schoolId, { ask }) => {
    const review = (await ask(workOf, { schoolId }))?.review;
    if (review === undefined) return NONE;
    return [{ value: review.reviewId, text: `To be decided by ${dayInWords(review.decideBy)}` }];
  }),
);

export const notices = forTheTeam(
  ofSchool(async (schoolId, { ask, today }) =>
    (await ask(noticesOf, { schoolId, today }))
      .flatMap(({ notice }) => (notice.givenBy === 'authority' && notice.live ? [notice] : []))
      .map(({ noticeId, section, issuedOn }) => ({
        ...{ value: noticeId, text: `Section ${section}, ${dayInWords(issuedOn)}` },
      })),
  ),
);

export const involvements = forTheTeam(
  ofSchool(async (schoolId, { ask, today }) =>
    (await ask(involvementsOf, { schoolId, today }))
      .filter(({ stage }) => stage !== 'ended')
      .map(({ involvementId, kind, from }) => ({
        ...{ value: involvementId, text: `${areaName(kind)}, from ${dayInWords(from)}` },
      })),
  ),
);

export const strengths = ofSchool(async (schoolId, { ask, today }) =>
  (await ask(strengthsOf, { schoolId, today })).map(({ strengthId, area, observedOn }) => ({
    value: strengthId,
    text: `${areaName(area)}, observed on ${dayInWords(observedOn)}`,
  })),
);

export const escalations = forTheTeam(
  ofSchool(async (schoolId, { ask }) =>
    (await ask(escalationsIn, { ...ALL, schoolId, open: true })).items.map(
      ({ escalationId, escalatedOn }) => ({
        ...{ value: escalationId, text: `Of ${dayInWords(escalatedOn)}` },
      }),
    ),
  ),
);

export const areas: Asked = async ({ ask, today }) =>
  (await ask(openAreas, { ...ALL, today })).items.map(({ areaId, what, school }) => ({
    value: areaId,
    text: `${school.name}: ${what.slice(0, 100)}`,
  }));

export const collaborations: Asked = async ({ identity, today, ask }) => {
  const schoolId = ownSchool(identity);
  if (schoolId === undefined && !mayRead(identity, 'county')) return NONE;
  const of = schoolId === undefined ? {} : { schoolId };
  const { items } = await ask(listCollaborations, { ...ALL, ...of, today, open: true });
  return items.map(({ collaborationId, schools, area }) => ({
    value: collaborationId,
    text: `${area === undefined ? '' : `${areaName(area)}: `}${schools.map(({ name }) => name).join(', ')}`,
  }));
};

export const groups: Asked = async ({ ask }) =>
  (await ask(listLiaisonGroups, ALL)).items.map(({ groupId, name }) => ({
    ...{ value: groupId, text: name },
  }));

export const meetings: Asked = async ({ identity, ask }) => {
  if (!mayRead(identity, 'minutes')) return NONE;
  const { items } = await ask(listBoardMeetings, { ...ALL, publishable: true });
  return items.map(({ meetingId, heldOn }) => ({ value: meetingId, text: dayInWords(heldOn) }));
};

export const consultations: Asked = async ({ identity, today, ask }) => {
  const schoolId = ownSchool(identity);
  const open = mayRead(identity, 'county')
    ? (await ask(listConsultations, { ...ALL, today, open: true })).items
    : schoolId === undefined
      ? []
      : (await ask(consultationsOf, { schoolId, today, limit: 1 })).open;
  return open.map(({ consultationId, about }) => ({ value: consultationId, text: about }));
};

export const claims = forTheTeam(ofDeployment(claimsOfDeployment));
