import type { ClassesOf, Decider } from '#kernel';
import { aggregate } from '#kernel';
import { present } from '../shared/plain';
import { faultOfFact, faultOfPlan, later, yearsAfter } from '../shared/recorded-days';
import { same } from '../shared/same';
import type { FormCollaboration, LeaveCollaboration, ReviewCollaboration } from './commands';
import { collaborationCommands } from './commands';
import type { CollaborationEvent, CollaborationFormed } from './events';
import { collaborationEvents } from './events';
import type { CollaborationRefusal } from './refusals';
import { collaborationRefusals, refuse } from './refusals';

/*
 * Schools that work together: for a purpose, one of them in the lead, formally on an agreement or just so. Schools join
 * and leave; now and then it is reviewed what came of it; with fewer than two schools, or when its work is done, it ends.
 */
interface Review {
  readonly reviewedOn: string;
  readonly achieved: string;
  readonly continues: boolean;
  readonly nextReviewDue?: string;
}
export interface Collaboration {
  readonly formed: true;
  /** As it was formed: what is asked for a second time is known by it. */
  readonly terms: CollaborationFormed;
  readonly schoolIds: readonly string[];
  readonly leadSchoolId: string;
  /** When each school came in last, and when it went. */
  readonly joined: Readonly<Record<string, string>>;
  readonly left: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly reviews: readonly Review[];
  readonly endedOn?: string;
}
export type CollaborationState = { readonly formed: false } | Collaboration;

interface Known {
  /** The school that is to join; unregistered where none is. */
  readonly school:
    { readonly registered: false } | { readonly registered: true; readonly open: boolean };
  /** Of the schools that are to work together those that are open; empty where nobody asked. */
  readonly open: readonly string[];
}

/** How far ahead a collaboration may be agreed, and how long it may go unreviewed. [I]: our own bounds, against slips. */
const AGREED_AHEAD_YEARS = 1;
const UNREVIEWED_YEARS = 5;
/** So that what is known of one collaboration stays small. */
const MOST_SCHOOLS = 100;

type Decide = Decider<
  CollaborationState,
  ClassesOf<typeof collaborationCommands>,
  CollaborationEvent,
  CollaborationRefusal,
  Known
>;

const change =
  <D>(to: (state: Collaboration, data: D) => Partial<Collaboration>) =>
  (state: CollaborationState, data: D): CollaborationState =>
    state.formed ? { ...state, ...to(state, data) } : state;

export const decider: Decide = {
  initial: { formed: false },
  evolve: {
    CollaborationFormed: (_, terms) => ({
      formed: true,
      terms,
      schoolIds: terms.schoolIds,
      leadSchoolId: terms.leadSchoolId,
      joined: Object.fromEntries(terms.schoolIds.map((id) => [id, terms.from])),
      left: {},
      reviews: [],
    }),
    SchoolJoinedCollaboration: change(({ joined }, { schoolIds, schoolId, joinedOn }) => ({
      schoolIds,
      joined: { ...joined, [schoolId]: joinedOn },
    })),
    SchoolLeftCollaboration: change((state, { schoolIds, schoolId, leadSchoolId, leftOn }) => ({
      schoolIds,
      leadSchoolId: leadSchoolId ?? state.leadSchoolId,
      left: { ...state.left, [schoolId]: leftOn },
    })),
    CollaborationReviewed: change(
      ({ reviews }, { collaborationId: _, schoolIds: __, ...review }) => ({
        reviews: [...reviews, review],
      }),
    ),
    CollaborationEnded: change((_, { endedOn }) => ({ endedOn })),
  },
  decide: {
    FormCollaboration: (state, command, { known, today }) => {
      const data = { ...command, schoolIds: [...command.schoolIds] };
      if (state.formed) {
        return same(state.terms, data) ? [] : refuse.CollaborationIdTaken();
      }
      const missing = command.schoolIds.filter((id) => !known.open.includes(id));
      return (
        faultOfTerms(command, today) ??
        (missing.length > 0
          ? refuse.SchoolsNotOpen(missing)
          : [{ type: 'CollaborationFormed', data }])
      );
    },

    JoinCollaboration: (state, command, { known, today }) => {
      const going = goingOn(state);
      if ('refused' in going) return going;
      const { collaborationId, schoolId } = command;
      const { schoolIds, terms } = going;
      const { joinedOn = later(today, terms.from) } = command;
      if (schoolIds.includes(schoolId)) {
        const since = going.joined[schoolId] ?? terms.from;
        const again = command.joinedOn === undefined || command.joinedOn === since;
        return again ? [] : refuse.InItAlready(since);
      }
      const since = going.left[schoolId];
      const fault = faultOfEvent('joinedOn', joinedOn, going, { today, since });
      if (fault !== undefined) return fault;
      if (schoolIds.length >= MOST_SCHOOLS) return refuse.TooManyTogether();
      if (!known.school.registered || !known.school.open) return refuse.SchoolsNotOpen([schoolId]);
      const all = [...schoolIds, schoolId];
      const data = { collaborationId, schoolIds: all, schoolId, joinedOn };
      return [{ type: 'SchoolJoinedCollaboration', data }];
    },

    LeaveCollaboration: (state, command, { today }) => {
      const going = goingOn(state);
      if ('refused' in going) return going;
      const { collaborationId, schoolId, leadSchoolId, reason } = command;
      const { leftOn = later(today, going.terms.from) } = command;
      if (!going.schoolIds.includes(schoolId)) {
        const went = going.left[schoolId];
        const again = command.leftOn === undefined || command.leftOn === went;
        return went !== undefined && again ? [] : refuse.NotInIt();
      }
      const others = going.schoolIds.filter((id) => id !== schoolId);
      const since = going.joined[schoolId];
      const fault =
        (others.length < 2 ? refuse.OneWouldBeLeft() : undefined) ??
        faultOfNewLead(going, command, others) ??
        faultOfEvent('leftOn', leftOn, going, { today, since });
      if (fault !== undefined) return fault;
      const data = { collaborationId, schoolIds: others, schoolId, leftOn, reason };
      return [{ type: 'SchoolLeftCollaboration', data: { ...data, ...present({ leadSchoolId }) } }];
    },

    ReviewCollaboration: (state, command, { today }) => {
      const going = goingOn(state);
      if ('refused' in going) return going;
      const { collaborationId, reviewedOn = today, ...found } = command;
      const review = { ...found, reviewedOn };
      const last = going.reviews.at(-1);
      if (last !== undefined && same(last, review)) return [];
      const fault =
        faultOfFact('reviewedOn', reviewedOn, {
          today,
          since: last?.reviewedOn ?? going.terms.from,
        }) ?? faultOfNextReview(command, reviewedOn);
      if (fault !== undefined) return fault;
      if (last?.reviewedOn === reviewedOn) return refuse.ReviewedThatDay(reviewedOn);
      const data = { collaborationId, schoolIds: going.schoolIds, ...review };
      return [{ type: 'CollaborationReviewed', data }];
    },

    EndCollaboration: (state, command, { today }) => {
      if (state.formed && state.endedOn !== undefined) {
        const again = command.endedOn === undefined || command.endedOn === state.endedOn;
        return again ? [] : refuse.CollaborationHasEnded(state.endedOn);
      }
      const going = goingOn(state);
      if ('refused' in going) return going;
      const { endedOn = later(today, going.terms.from) } = command;
      const fault = faultOfEvent('endedOn', endedOn, going, { today, since: lastDayOf(going) });
      if (fault !== undefined) return fault;
      const data = { ...command, schoolIds: going.schoolIds, endedOn };
      return [{ type: 'CollaborationEnded', data }];
    },
  },
};

/** The collaboration, or why nothing more can happen to it. */
function goingOn(state: CollaborationState): Collaboration | CollaborationRefusal {
  if (!state.formed) return refuse.CollaborationUnknown();
  return state.endedOn === undefined ? state : refuse.CollaborationHasEnded(state.endedOn);
}

function faultOfTerms(
  { kind, schoolIds, leadSchoolId, agreementRef, from, reviewDue }: Readonly<FormCollaboration>,
  today: string,
): CollaborationRefusal | undefined {
  if (schoolIds.length < 2) return refuse.TwoSchoolsWanted();
  if (!schoolIds.includes(leadSchoolId)) return refuse.LeadNotAmongThem();
  if (kind === 'formal' && agreementRef === undefined) return refuse.AgreementWanted();
  return (
    faultOfPlan('from', from, { latest: yearsAfter(today, AGREED_AHEAD_YEARS) }) ??
    faultOfPlan('reviewDue', reviewDue, {
      earliest: from,
      latest: yearsAfter(from, UNREVIEWED_YEARS),
    })
  );
}

/** When the lead leaves one of the others takes it; else the lead stays where it is. */
function faultOfNewLead(
  going: Collaboration,
  { schoolId, leadSchoolId }: Readonly<LeaveCollaboration>,
  others: readonly string[],
): CollaborationRefusal | undefined {
  const leads = going.leadSchoolId === schoolId;
  if (leads !== (leadSchoolId !== undefined)) return refuse.LeadWanted(leads);
  return leadSchoolId === undefined || others.includes(leadSchoolId)
    ? undefined
    : refuse.LeadNotAmongThem();
}

function faultOfNextReview(
  { continues, nextReviewDue }: Readonly<ReviewCollaboration>,
  reviewedOn: string,
): CollaborationRefusal | undefined {
  if (continues !== (nextReviewDue !== undefined)) return refuse.NextReviewWanted(continues);
  return nextReviewDue === undefined
    ? undefined
    : faultOfPlan('nextReviewDue', nextReviewDue, {
        earliest: reviewedOn,
        latest: yearsAfter(reviewedOn, UNREVIEWED_YEARS),
      });
}

/** What happens in a collaboration lies before today; in one that is yet to begin, on the day it begins. */
const faultOfEvent = (
  field: string,
  day: string,
  { terms: { from } }: Collaboration,
  { today, since = from }: { readonly today: string; readonly since?: string | undefined },
): CollaborationRefusal | undefined =>
  from > today
    ? faultOfPlan(field, day, { earliest: since, latest: from })
    : faultOfFact(field, day, { today, since });

/** The last day on which anything happened in it. */
const lastDayOf = ({ terms, joined, left, reviews }: Collaboration): string =>
  [
    ...Object.values(joined),
    ...Object.values(left),
    ...reviews.map(({ reviewedOn }) => reviewedOn),
  ].reduce(later, terms.from);

export const collaboration = aggregate({
  context: 'collaborations',
  name: 'collaboration',
  is: 'Schools that work together: for which purpose, on which agreement, who is in it since when, what came of it, and how it ended.',
  stream: ({ collaborationId }) => `collaboration-${String(collaborationId)}`,
  events: collaborationEvents,
  commands: collaborationCommands,
  refusals: collaborationRefusals,
  decider,
  knows: {
    // Only a school that is to join is looked at: a school may leave whether it is open or not, and then gives a reason.
    school: {
      of: 'school',
      stream: ({ schoolId, reason }) =>
        typeof schoolId !== 'string' || reason !== undefined ? undefined : `school-${schoolId}`,
    },
    open: {
      asks: 'open-schools-among',
      about: ({ schoolIds }) =>
        Array.isArray(schoolIds) ? { schools: schoolIds.map(String).join(',') } : {},
    },
  },
});
