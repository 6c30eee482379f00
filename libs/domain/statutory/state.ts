import type { ClassesOf, Decider } from '#kernel';
import { same } from '../shared/same';
import type { MaintenanceStatus, SchoolKind } from '../shared/words';
import type { noticeCommands } from './commands';
import type { NoticeData, NoticeEvent } from './events';
import type { InterventionPower } from './law';
import type { NoticeRefusal } from './refusals';

/** How far a notice has come. That its period ran out is not a fact but what the calendar says. */
export type NoticeStage =
  | 'issued'
  | 'not-complied'
  | 'intent-notified'
  | 'power-exercised'
  | 'complied'
  | 'closed'
  | 'withdrawn'
  | 'ceased';

/** A power the authority uses, or used until a day. */
export interface PowerUsed {
  readonly power: InterventionPower;
  readonly exercisedOn: string;
  readonly endedOn?: string;
}

export interface Notice {
  /** As it was given; its compliance period may have been extended since. */
  readonly given: NoticeData<'WarningNoticeIssued'>;
  readonly complianceTo: string;
  readonly stage: NoticeStage;
  readonly decided: NoticeData<'ComplianceDecided'> | undefined;
  readonly intents: readonly NoticeData<'InterventionIntentNotified'>[];
  readonly powers: readonly PowerUsed[];
}

export interface SecretaryNotice {
  readonly givenOn: string;
  readonly toldOn: string;
  /** The day from which it no longer stands in the authority's way. */
  readonly liftedOn?: string;
}

export interface NoticesState {
  readonly notices: Readonly<Record<string, Notice>>;
  /** Notices the Secretary of State gave. */
  readonly secretary: Readonly<Record<string, SecretaryNotice>>;
}

/** What the notices of a school must know of it. */
export interface KnownToNotices {
  readonly school:
    | { readonly registered: false }
    | {
        readonly registered: true;
        readonly status: MaintenanceStatus;
        readonly kind: SchoolKind;
        readonly typeName: string;
        readonly open: boolean;
      };
}

export type NoticesDecider = Decider<
  NoticesState,
  ClassesOf<typeof noticeCommands>,
  NoticeEvent,
  NoticeRefusal,
  KnownToNotices
>;
export type NoticesDecide = NoticesDecider['decide'];

export const initial: NoticesState = { notices: {}, secretary: {} };

const ended: readonly NoticeStage[] = ['complied', 'closed', 'withdrawn', 'ceased'];
export const isLive = ({ stage }: Notice): boolean => !ended.includes(stage);
export const liveNotice = ({ notices }: NoticesState): Notice | undefined =>
  Object.values(notices).find(isLive);

export const inUse = ({ powers }: Notice): readonly PowerUsed[] =>
  powers.filter(({ endedOn }) => endedOn === undefined);

/** Notices of the Secretary of State that stand in the authority's way. */
export const standing = ({ secretary }: NoticesState): readonly [string, SecretaryNotice][] =>
  Object.entries(secretary).filter(([, { liftedOn }]) => liftedOn === undefined);

export const evolve: NoticesDecider['evolve'] = {
  WarningNoticeIssued: (state, given) => ({
    ...state,
    notices: {
      ...state.notices,
      [given.noticeId]: {
        given,
        complianceTo: given.complianceTo,
        stage: 'issued',
        decided: undefined,
        intents: [],
        powers: [],
      },
    },
  }),
  CompliancePeriodSet: (state, { noticeId, complianceTo }) =>
    inNotice(state, noticeId, () => ({ complianceTo })),
  ComplianceDecided: (state, decided) =>
    inNotice(state, decided.noticeId, () => ({ decided, stage: decided.outcome })),
  InterventionIntentNotified: (state, intent) =>
    inNotice(state, intent.noticeId, ({ intents, stage }) => ({
      intents: [...intents, intent],
      stage: stage === 'not-complied' ? 'intent-notified' : stage,
    })),
  InterventionPowerExercised: (state, { noticeId, power, exercisedOn }) =>
    inNotice(state, noticeId, ({ powers }) => ({
      powers: [...powers, { power, exercisedOn }],
      stage: 'power-exercised',
    })),
  InterventionEnded: (state, { noticeId, power, endedOn }) =>
    inNotice(state, noticeId, ({ powers }) => ({
      powers: powers.map((used) =>
        used.power === power && used.endedOn === undefined ? { ...used, endedOn } : used,
      ),
    })),
  SecretaryOfStateNoticeRecorded: (state, { secretaryNoticeId, givenOn, toldOn }) => ({
    ...state,
    secretary: { ...state.secretary, [secretaryNoticeId]: { givenOn, toldOn } },
  }),
  NoticeCeased: (state, { noticeId }) => inNotice(state, noticeId, () => ({ stage: 'ceased' })),
  PermissionToWarnRecorded: (state, { secretaryNoticeIds, informedOn: liftedOn }) => ({
    ...state,
    secretary: Object.fromEntries(
      Object.entries(state.secretary).map(([id, notice]) => [
        id,
        secretaryNoticeIds.includes(id) ? { ...notice, liftedOn } : notice,
      ]),
    ),
  }),
  NoticeClosed: (state, { noticeId }) => inNotice(state, noticeId, () => ({ stage: 'closed' })),
  NoticeWithdrawn: (state, { noticeId }) =>
    inNotice(state, noticeId, () => ({ stage: 'withdrawn' })),
};

function inNotice(
  state: NoticesState,
  noticeId: string,
  change: (notice: Notice) => Partial<Notice>,
): NoticesState {
  const notice = state.notices[noticeId];
  if (notice === undefined) return state;
  return {
    ...state,
    notices: { ...state.notices, [noticeId]: { ...notice, ...change(notice) } },
  };
}

/** Was this very notice given, whoever says so and whatever its identity where that is left out? */
export const wasGiven = (
  { notices }: NoticesState,
  said: Omit<NoticeData<'WarningNoticeIssued'>, 'noticeId' | 'issuedById'>,
  noticeId: string | undefined,
): boolean =>
  Object.values(notices).some(({ given: { noticeId: id, issuedById: _by, ...given } }) =>
    noticeId === undefined || noticeId === id ? same(given, said) : false,
  );
