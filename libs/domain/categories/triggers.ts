import { same } from '../shared/same';
import type { FlagTrigger } from './commands';
import { isSupported } from './periods';
import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type { CategorisationDecide, CategorisationState, Trigger } from './state';

type Names =
  | 'FlagTrigger'
  | 'DismissTrigger'
  | 'HoldTransitionMeeting'
  | 'AgreeTransitionPathway'
  | 'AgreeNoFurtherNeed';

/** What calls for another look at a category, and what clears the way out of support. */
export const triggerDecisions: Pick<CategorisationDecide, Names> = {
  FlagTrigger: (state, command, { actor, today, newId }) => {
    const { triggerId = newId(0), happenedOn = today } = command;
    if (alreadyRaised(state, command)) return [];
    if (state.triggers[triggerId] !== undefined || state.pastTriggers[triggerId] !== undefined) {
      return refuse.TriggerIdTaken();
    }
    if (happenedOn > today) return refuse.InTheFuture('happenedOn', happenedOn, today);
    const no = unfit(command, actor.role);
    if (no !== undefined) return no;
    return [{ type: 'OutOfCycleReviewTriggered', data: { ...command, triggerId, happenedOn } }];
  },

  DismissTrigger: (state, command) => {
    const { triggerId } = command;
    if (state.pastTriggers[triggerId]?.dismissed === true) return [];
    if (state.triggers[triggerId] === undefined) return refuse.TriggerNotOpen();
    if (state.proposal?.triggerId === triggerId) return refuse.TriggerUnderProposal();
    return [{ type: 'OutOfCycleReviewDismissed', data: { ...command } }];
  },

  HoldTransitionMeeting: (state, command, { today }) => {
    if (state.transition.heldOn === command.heldOn) return [];
    if (!isSupported(state.periods.at(-1)?.category)) return refuse.NotSupported();
    if (command.heldOn > today) return refuse.InTheFuture('heldOn', command.heldOn, today);
    return [{ type: 'TransitionMeetingHeld', data: { ...command } }];
  },

  AgreeTransitionPathway: (state, command, { actor, today }) => {
    const { schoolId, taper, endsOn, headId, agreedOn = today } = command;
    const pathway = { taper, endsOn, headId, agreedOn };
    const { pathway: there, heldOn } = state.transition;
    const again = { ...pathway, agreedOn: command.agreedOn ?? there?.agreedOn };
    if (there !== undefined && same(there, again)) return [];
    if (!isSupported(state.periods.at(-1)?.category)) return refuse.NotSupported();
    if (heldOn === undefined) return refuse.MeetingWanted();
    if (agreedOn > today) return refuse.InTheFuture('agreedOn', agreedOn, today);
    if (agreedOn < heldOn) return refuse.TooEarly('agreedOn', agreedOn, heldOn);
    if (endsOn < agreedOn) return refuse.TooEarly('endsOn', endsOn, agreedOn);
    const data = { schoolId, ...pathway, adviserId: actor.id };
    return [{ type: 'TransitionPathwayAgreed', data }];
  },

  AgreeNoFurtherNeed: (state, command, { actor, today }) => {
    const { agreedOn } = command;
    if (state.transition.noNeedAgreedOn === agreedOn) return [];
    if (!isSupported(state.periods.at(-1)?.category)) return refuse.NotSupported();
    if (agreedOn > today) return refuse.InTheFuture('agreedOn', agreedOn, today);
    return [{ type: 'NoFurtherNeedAgreed', data: { ...command, adviserId: actor.id } }];
  },
};

/** A school asks in its own name, and OTHER says nothing by itself. */
function unfit(
  { triggerType, note }: Readonly<FlagTrigger>,
  role: string,
): CategoryRefusal | undefined {
  const school = role === 'headteacher' || role === 'chair';
  if (school && triggerType !== 'SCHOOL_REQUEST') return refuse.SchoolsRequestOnly();
  return triggerType === 'OTHER' && note === undefined ? refuse.NoteWanted() : undefined;
}

/** One fact raises one trigger, also when that was answered since; without a fact, one of a type is open at a time. */
const alreadyRaised = (
  { triggers, pastTriggers }: CategorisationState,
  raised: Trigger,
): boolean => {
  const alike = (other: Trigger) =>
    other.triggerType === raised.triggerType && other.sourceEventId === raised.sourceEventId;
  const ever = raised.sourceEventId === undefined ? [] : Object.values(pastTriggers);
  return [...Object.values(triggers), ...ever].some(alike);
};
