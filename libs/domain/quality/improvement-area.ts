import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { areaCommands } from './commands';
import type { AreaEvent, DataFor } from './events';
import { areaEvents } from './events';
import { areaDue, inTheFuture } from './refusals';
import { lastDue } from './verdicts';

/*
 * One thing that is to become better. It always has somebody who sees to it and a day by which; both may change while it
 * is open, with a reason. It ends when somebody looked at what became of it.
 */
type Identified = DataFor<'ImprovementAreaIdentified'>;
export type AreaState =
  | { readonly stage: 'none' }
  | { readonly stage: 'open'; readonly area: Identified }
  | {
      readonly stage: 'closed';
      readonly area: Identified;
      readonly closed: DataFor<'ImprovementAreaClosed'>;
    };

export const areaRefusals = {
  InTheFuture: inTheFuture,
  AreaDueUnfit: areaDue,
  AreaIdTaken: {
    kind: 'conflict',
    says: 'The identity of an area for improvement is used once.',
    detail: () => 'Another area for improvement has that identity. Give this one another.',
    pointer: '/areaId',
  },
  NoSuchArea: {
    kind: 'missing',
    says: 'There must be such an area for improvement.',
    detail: () => 'No area for improvement has this identity. Look it up, or name one.',
    pointer: '/areaId',
  },
  AreaClosedBefore: {
    kind: 'conflict',
    says: 'Nothing more happens to an area for improvement that was closed.',
    detail: (closedOn: string) =>
      `This area for improvement was closed on ${closedOn}. Name a new one if something is left to become better.`,
    pointer: '/areaId',
  },
  ClosedBeforeNamed: {
    kind: 'invalid',
    says: 'An area for improvement is closed after it was named.',
    detail: (closedOn: string, identifiedOn: string) =>
      `closedOn is ${closedOn}, but it cannot be before ${identifiedOn}. Check the day.`,
    pointer: '/closedOn',
  },
} as const;
const refuse = refusing(areaRefusals);

export const decider: Decider<
  AreaState,
  ClassesOf<typeof areaCommands>,
  AreaEvent,
  RefusalsOf<typeof areaRefusals>
> = {
  initial: { stage: 'none' },
  evolve: {
    ImprovementAreaIdentified: (_, area) => ({ stage: 'open', area }),
    ImprovementAreaReassigned: (state, { now }) =>
      state.stage === 'open' ? { ...state, area: { ...state.area, ...now } } : state,
    ImprovementAreaClosed: (state, closed) =>
      state.stage === 'open' ? { stage: 'closed', area: state.area, closed } : state,
  },
  decide: {
    IdentifyImprovementArea: (state, command, { today }) => {
      const { areaId, schoolId, identifiedOn = today, what, due } = command;
      if (state.stage !== 'none') {
        const { area } = state;
        const known =
          area.schoolId === schoolId && area.what === what && area.reviewId === command.reviewId;
        return known ? [] : refuse.AreaIdTaken();
      }
      if (identifiedOn > today) return refuse.InTheFuture('identifiedOn', identifiedOn, today);
      if (due < identifiedOn || due > lastDue(identifiedOn))
        return refuse.AreaDueUnfit(due, identifiedOn, lastDue(identifiedOn));
      return [{ type: 'ImprovementAreaIdentified', data: { ...command, areaId, identifiedOn } }];
    },

    ReassignImprovementArea: (state, { areaId, reason, ...to }, { today }) => {
      if (state.stage === 'none') return refuse.NoSuchArea();
      if (state.stage === 'closed') return refuse.AreaClosedBefore(state.closed.closedOn);
      const { schoolId, ownerId, due } = state.area;
      const now = { ownerId: to.ownerId ?? ownerId, due: to.due ?? due };
      if (now.ownerId === ownerId && now.due === due) return [];
      // Whoever only takes it over takes it over with its day, also when that has passed.
      if (now.due !== due && (now.due < today || now.due > lastDue(today)))
        return refuse.AreaDueUnfit(now.due, today, lastDue(today));
      const was = { ownerId, due };
      return [{ type: 'ImprovementAreaReassigned', data: { areaId, schoolId, was, now, reason } }];
    },

    CloseImprovementArea: (state, { areaId, outcome, evidence, ...on }, { actor, today }) => {
      const { closedOn = today } = on;
      if (state.stage === 'none') return refuse.NoSuchArea();
      if (state.stage === 'closed') {
        return state.closed.outcome === outcome && state.closed.evidence === evidence
          ? []
          : refuse.AreaClosedBefore(state.closed.closedOn);
      }
      const { schoolId, identifiedOn } = state.area;
      if (closedOn > today) return refuse.InTheFuture('closedOn', closedOn, today);
      if (closedOn < identifiedOn) return refuse.ClosedBeforeNamed(closedOn, identifiedOn);
      const data = { areaId, schoolId, outcome, evidence, closedById: actor.id, closedOn };
      return [{ type: 'ImprovementAreaClosed', data }];
    },
  },
};

export const improvementArea = aggregate({
  context: 'quality',
  name: 'improvement-area',
  is: 'One thing that is to become better, with who sees to it and by when, until somebody looked at what became of it.',
  stream: ({ areaId }) => `improvementArea-${String(areaId)}`,
  events: areaEvents,
  commands: areaCommands,
  refusals: areaRefusals,
  decider,
});
