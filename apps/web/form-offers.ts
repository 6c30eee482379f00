import type { Entry } from './form-given';
import type { Offer, OfferedTo, Offering } from './offering';
import { forTheTeam, ofDeployment, sources } from './offering';
import * as offerings from './offerings';

/** What there is to choose from on a form. */
export interface Offers {
  /** By the name of the field. */
  readonly offers: ReadonlyMap<string, readonly Offer[]>;
  /** Fields of the form that others hang on. */
  readonly sources: ReadonlySet<string>;
}

const offering: Readonly<Record<string, Offering>> = {
  actionId: offerings.actions,
  areaId: forTheTeam({ asked: offerings.areas }),
  assessmentId: offerings.assessments,
  championId: { asked: offerings.champions },
  claimId: offerings.claims,
  claimIds: offerings.claims,
  collaborationId: { asked: offerings.collaborations },
  consultationId: { asked: offerings.consultations },
  deploymentId: { asked: offerings.deployments },
  escalationId: offerings.escalations,
  groupId: forTheTeam({ asked: offerings.groups }),
  interestId: forTheTeam({ hangsOn: 'championId', asked: offerings.interests }),
  involvementId: offerings.involvements,
  meetingId: { asked: offerings.meetings },
  noticeId: offerings.notices,
  objectiveId: ofDeployment(offerings.objectives),
  objectiveIds: ofDeployment(offerings.objectives),
  proposalId: offerings.proposals,
  strengthId: offerings.strengths,
  tasId: offerings.teams,
  triggerId: offerings.triggers,
  visitIds: ofDeployment(offerings.visitsOfChampion),
};
/** Fields that mean another thing in another context. */
const inContext: Readonly<Record<string, Readonly<Record<string, Offering>>>> = {
  categories: { reviewId: offerings.reviewsOfCategory },
  support: { visitId: ofDeployment(offerings.visitsOfChampion) },
  visits: { visitId: offerings.headlineVisits },
};

/** What is offered for each field of a form that wants an id somebody has to know. */
export async function offersFor(
  entries: readonly Entry[],
  to: Omit<OfferedTo, 'given'>,
  schoolId: (called: string) => string | undefined,
): Promise<Offers> {
  const given = givenIn(entries, schoolId);
  const offers = new Map<string, readonly Offer[]>();
  const hangsOn = new Set<string>();
  for (const name of new Set(wanted(entries))) {
    const one = inContext[to.context]?.[name] ?? offering[name];
    if (one === undefined) continue;
    if (one.hangsOn !== undefined) hangsOn.add(one.hangsOn);
    const some = await one.asked({ ...to, given });
    if (some.length > 0) offers.set(name, some);
  }
  return { offers, sources: hangsOn };
}

function givenIn(
  entries: readonly Entry[],
  schoolId: (called: string) => string | undefined,
): OfferedTo['given'] {
  const given = sources.flatMap((source) => {
    const entry = entries.find(({ field }) => field.name === source);
    const text = entry?.is === 'one' ? entry.text.trim() : '';
    const value = source === 'schoolId' ? schoolId(text) : text;
    return value === undefined || value === '' ? [] : [[source, value] as const];
  });
  return Object.fromEntries(given);
}

/** Names of the fields that want the id of what is there already: one that may be left out names what is new. */
const wanted = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (entry.is === 'record') return wanted(entry.entries);
    if (entry.is === 'list') return wanted(entry.rows.flat());
    const { control, aside, name } = entry.field;
    const wants =
      (control.is === 'text' && control.kind === 'id') ||
      (control.is === 'lines' && control.kind === 'ids');
    return wants && !aside ? [name] : [];
  });
