import type { ClassesOf, Decider, Given, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { isDay } from '../shared/decorators';
import { entryOf, present } from '../shared/plain';
import { phases, schoolKinds, statuses } from '../shared/words';
import type { CorrectSchoolRecord, RecordMerger } from './commands';
import { schoolCommands } from './commands';
import type { Correctable, SchoolEvent } from './events';
import { schoolEvents } from './events';
import {
  completed,
  notOfItsFramework,
  outcomeKey,
  regraded,
  sameOutcome,
  withGrade,
} from './inspection';
import { differences, federated, firstEntry } from './register-entry';
import { had, schoolKnows } from './school-knows';
import type { KnownToSchool as Known } from './school-knows';
import { schoolRefusals } from './school-refusals';
import type { Post, RegisteredSchool, SchoolState } from './school-state';
import { evolve, initial } from './school-state';

/*
 * A school is one identity of ours with all the URNs it ever had: it stays the same school when it becomes an academy,
 * changes trust or is renamed. Here stand the facts about it: what the national register says, who leads it, what
 * Ofsted found. What the authority decides about it (assessment, category, support) is kept elsewhere.
 */
const refuse = refusing(schoolRefusals);
type SchoolRefusal = RefusalsOf<typeof schoolRefusals>;

type Answer = readonly SchoolEvent[] | SchoolRefusal;
type On = Given & { readonly known: Known };

/** A decision about a school that must be registered. */
const ofRegistered =
  <C>(decide: (school: RegisteredSchool, command: C, given: On) => Answer) =>
  (state: SchoolState, command: C, given: On): Answer =>
    state.registered ? decide(state, command, given) : refuse.NotRegistered();

const heldByAnother = (schoolId: string, { known }: On) =>
  known.holders.some((holder) => holder !== schoolId);
/** The school gets a new URN: it must have the old one, and the new one must be nobody's. */
function newUrn(
  school: RegisteredSchool,
  oldUrn: string,
  urn: string,
  on: string,
  given: On,
): SchoolRefusal | undefined {
  if (oldUrn === urn) return refuse.UrnUnchanged(urn);
  if (school.urn !== oldUrn) return refuse.OtherUrn(oldUrn, school.urn);
  if (had(school, urn) || heldByAnother(school.schoolId, given)) return refuse.UrnTaken(urn);
  return on > given.today ? refuse.NotYet(on, given.today) : undefined;
}

/** Who holds the post just before a day, and on it. */
const before = <K extends string>(posts: readonly Post<K>[], day: string) =>
  posts.findLast(({ from }) => from < day);
const onDay = <K extends string>(posts: readonly Post<K>[], day: string) =>
  posts.findLast(({ from }) => from <= day);
const samePost = (a: Post<string> | undefined, b: Post<string>) =>
  a?.kind === b.kind && a.personRef === b.personRef;

/** A post is vacant or held by somebody; a closed school has none. */
function postRefused(school: RegisteredSchool, post: Post<string>): SchoolRefusal | undefined {
  const vacant = post.kind === 'vacant';
  if (vacant !== (post.personRef === undefined)) return refuse.PersonOrVacancy(vacant);
  return school.closedOn !== undefined && post.from > school.closedOn
    ? refuse.SchoolHasClosed(school.closedOn)
    : undefined;
}

/** One school continues, at least one other closes into it, and this is one of them. */
const isMergerOf = (
  schoolId: string,
  { survivorId, closingIds }: Pick<RecordMerger, 'survivorId' | 'closingIds'>,
): boolean =>
  closingIds.length > 0 &&
  !closingIds.includes(survivorId) &&
  [survivorId, ...closingIds].includes(schoolId);

function register(entry: Parameters<typeof firstEntry>[0], given: On): Answer {
  if (heldByAnother(entry.schoolId, given)) return refuse.UrnTaken(entry.urn);
  const data = firstEntry(entry);
  const now = evolve.SchoolRegistered(initial, data);
  return [{ type: 'SchoolRegistered', data }, ...(now.registered ? differences(now, entry) : [])];
}

/** What a corrected field must look like, as the end of "it must be …"; undefined when it does. */
function wanted({ field, shouldBe }: CorrectSchoolRecord): string | undefined {
  const words: Partial<Record<Correctable, readonly string[]>> = {
    phase: phases,
    kind: schoolKinds,
    status: statuses,
  };
  const among = words[field];
  if (among !== undefined)
    return among.includes(shouldBe) ? undefined : `one of ${among.join(', ')}`;
  if (field === 'laestab') return /^\d{7}$/.test(shouldBe) ? undefined : 'seven digits';
  if (field === 'openedOn' || field === 'closedOn')
    return isDay(shouldBe) ? undefined : 'a day, written like 2026-11-23';
  return undefined;
}

export const decider: Decider<
  SchoolState,
  ClassesOf<typeof schoolCommands>,
  SchoolEvent,
  SchoolRefusal,
  Known
> = {
  initial,
  evolve,
  decide: {
    RegisterSchool: (state, entry, given) => {
      if (!state.registered) return register(entry, given);
      return state.urn === entry.urn && differences(state, entry).length === 0
        ? []
        : refuse.AlreadyRegistered(state.name, state.urn);
    },
    // An entry of an earlier URN, or of an earlier day than what we know, tells nothing new.
    RecordRegisterEntry: (state, entry, given) => {
      if (!state.registered) return register(entry, given);
      if (entry.urn !== state.urn)
        return had(state, entry.urn) ? [] : refuse.OtherUrn(entry.urn, state.urn);
      return entry.asAt < state.asAt && entry.evenIfOlder !== true ? [] : differences(state, entry);
    },
    RecordConversion: ofRegistered((school, command, given) => {
      const { schoolId, oldUrn, convertedOn } = command;
      if (school.urn === command.newUrn && oldUrn !== school.urn && had(school, oldUrn)) return [];
      const refused = newUrn(school, oldUrn, command.newUrn, convertedOn, given);
      if (refused !== undefined) return refused;
      if (school.status !== 'maintained') return refuse.AlreadyAcademy();
      const { laestab, typeName, trust } = command;
      const data = {
        schoolId,
        oldUrn,
        newUrn: command.newUrn,
        convertedOn,
        ...present({ laestab, typeName, trust }),
      };
      return [{ type: 'SchoolConvertedToAcademy', data }];
    }),
    RecordUrnChange: ofRegistered((school, command, given) => {
      const { schoolId, oldUrn, changedOn } = command;
      if (school.urn === command.newUrn && oldUrn !== school.urn && had(school, oldUrn)) return [];
      const refused = newUrn(school, oldUrn, command.newUrn, changedOn, given);
      return (
        refused ?? [
          { type: 'UrnChanged', data: { schoolId, oldUrn, newUrn: command.newUrn, changedOn } },
        ]
      );
    }),
    RecordPredecessorUrn: ofRegistered((school, { schoolId, urn, until }, given) => {
      if (had(school, urn)) return [];
      if (heldByAnother(schoolId, given)) return refuse.UrnTaken(urn);
      return [{ type: 'PredecessorUrnRecorded', data: { schoolId, urn, ...present({ until }) } }];
    }),
    RecordSuccessorUrn: ofRegistered((school, { schoolId, urn, from }, given) => {
      if (had(school, urn) || school.successorUrns.includes(urn)) return [];
      if (heldByAnother(schoolId, given)) return refuse.UrnTaken(urn);
      return [{ type: 'SuccessorUrnNamed', data: { schoolId, urn, ...present({ from }) } }];
    }),
    CloseSchool: ofRegistered((school, { schoolId, closedOn, successorIds }, given) => {
      const { today } = given;
      if (closedOn > today) return refuse.NotYet(closedOn, today);
      if (school.closedOn === undefined)
        return (
          stillSupported(closedOn, given) ?? [
            { type: 'SchoolClosed', data: { schoolId, closedOn, successorIds } },
          ]
        );
      return school.closedOn === closedOn &&
        successorIds.every((id) => school.successorIds.includes(id))
        ? []
        : refuse.AlreadyClosed(school.closedOn);
    }),
    RecordMerger: ofRegistered((school, command, given) => {
      const { today } = given;
      const { schoolId, survivorId, closingIds, mergedOn } = command;
      if (!isMergerOf(schoolId, command)) return refuse.NotOfThisMerger();
      if (school.mergedInto.includes(survivorId)) return [];
      if (mergedOn > today) return refuse.NotYet(mergedOn, today);
      const part = schoolId === survivorId ? 'continues' : 'closes';
      const { closedOn } = school;
      if (part === 'continues' && closedOn !== undefined) return refuse.SchoolHasClosed(closedOn);
      const data = { schoolId, part, survivorId, closingIds, mergedOn } as const;
      const merged = { type: 'SchoolsMerged', data } as const;
      if (part === 'continues' || closedOn !== undefined) return [merged];
      const closed = { schoolId, closedOn: mergedOn, successorIds: [survivorId] };
      return stillSupported(mergedOn, given) ?? [merged, { type: 'SchoolClosed', data: closed }];
    }),
    FormFederation: ofRegistered((school, { federation, federatedOn }, { today }) =>
      federatedOn > today
        ? refuse.NotYet(federatedOn, today)
        : federated(school, federation, federatedOn),
    ),
    RecordHeadChange: ofRegistered((school, { schoolId, personRef, kind, from }) => {
      const post = { ...present({ personRef }), kind, from };
      const refused = postRefused(school, post);
      if (refused !== undefined) return refused;
      if (samePost(onDay(school.heads, from), post)) return [];
      const newToPost = kind === 'permanent' && !samePost(before(school.heads, from), post);
      const data = { schoolId, ...post, newToPost, first: school.heads.length === 0 };
      return [{ type: 'HeadteacherChangeRecorded', data }];
    }),
    RecordChairChange: ofRegistered((school, { schoolId, personRef, kind, from }) => {
      const post = { ...present({ personRef }), kind, from };
      const refused = postRefused(school, post);
      if (refused !== undefined) return refused;
      if (samePost(onDay(school.chairs, from), post)) return [];
      return [
        {
          type: 'ChairOfGovernorsChangeRecorded',
          data: { schoolId, ...post, first: school.chairs.length === 0 },
        },
      ];
    }),
    // One inspection is recorded once. What Ofsted later says differently of it is a later grade or a restatement.
    RecordInspectionOutcome: ofRegistered(
      (school, { schoolId, asAt, evenIfOlder, ...outcome }, { today }) => {
        const fault = notOfItsFramework(outcome);
        if (fault !== undefined) return refuse.NotOfItsFramework(fault);
        if (outcome.startedOn > today) return refuse.NotYet(outcome.startedOn, today);
        const known = entryOf(school.inspections, outcomeKey(outcome));
        const recorded = {
          type: 'InspectionOutcomeRecorded',
          data: { schoolId, ...outcome, asAt },
        } as const;
        if (known === undefined) return [recorded];
        if (sameOutcome(known.outcome, outcome)) return [];
        if (known.withdrawn) return [recorded];
        if (asAt < known.asAt && evenIfOlder !== true) return [];
        const { inspectionNumber, shape } = outcome;
        const now = evenIfOlder === true ? outcome : completed(known.outcome, outcome);
        const later = regraded(known.outcome, now);
        const grades = later.map((regrade): SchoolEvent => ({
          type: 'InspectionAreaRegraded',
          data: { schoolId, inspectionNumber, shape, ...regrade, asAt },
        }));
        if (sameOutcome(later.reduce(withGrade, known.outcome), now)) return grades;
        return [...grades, { type: 'InspectionOutcomeRestated', data: { schoolId, ...now, asAt } }];
      },
    ),
    WithdrawInspectionOutcome: ofRegistered(
      (school, { schoolId, inspectionNumber, shape, reason }) => {
        const known = entryOf(school.inspections, outcomeKey({ inspectionNumber, shape }));
        if (known === undefined) return refuse.NoSuchOutcome(inspectionNumber);
        if (known.withdrawn) return [];
        return [
          {
            type: 'InspectionOutcomeWithdrawn',
            data: { schoolId, inspectionNumber, shape, reason },
          },
        ];
      },
    ),
    CorrectSchoolRecord: ofRegistered((school, command) => {
      const { schoolId, correctsEventId, field, was, shouldBe, reason } = command;
      const recorded = school[field];
      if (recorded === shouldBe) return [];
      const nothingToCorrect = field === 'closedOn' && recorded === undefined;
      if (recorded !== was || nothingToCorrect) return refuse.NotWhatIsRecorded(field, recorded);
      const wants = wanted(command);
      if (wants !== undefined) return refuse.NotAValue(field, shouldBe, wants);
      const data = { schoolId, correctsEventId, field, ...present({ was }), shouldBe, reason };
      return [{ type: 'SchoolRecordCorrected', data }];
    }),
  },
};

/**
 * Support and visits do not go on at a school that has closed. That it has is a fact where the national register says so:
 * then they are called off or looked at afterwards.
 */
function stillSupported(
  day: string,
  { actor, known: { supporting, visits } }: On,
): SchoolRefusal | undefined {
  if (actor.role === 'operator' || actor.role === 'import') return undefined;
  const beyond = supporting.filter(({ to }) => to === undefined || to > day);
  return beyond.length + visits.length === 0
    ? undefined
    : refuse.SupportGoesOn(day, beyond.length, visits.length);
}

export const school = aggregate({
  context: 'schools',
  name: 'school',
  is: 'A state-funded school under one identity of ours, with every URN it ever had: what the national register says of it, who leads it and what Ofsted found.',
  stream: ({ schoolId }) => `school-${String(schoolId)}`,
  events: schoolEvents,
  commands: schoolCommands,
  refusals: schoolRefusals,
  decider,
  knows: schoolKnows,
});
