import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { NoticeEvent, StatutoryEvent } from '#domain';
import { daysBetween, lastDayFor } from '#domain';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';

type Data<T extends StatutoryEvent['type']> = Extract<StatutoryEvent, { readonly type: T }>['data'];
type Issued = Data<'WarningNoticeIssued'>;

/** How far a notice has come; `standing` and `lifted` are said of one the Secretary of State gave. */
export type NoticeStage =
  | 'issued'
  | 'complied'
  | 'not-complied'
  | 'intent-notified'
  | 'power-exercised'
  | 'closed'
  | 'withdrawn'
  | 'ceased'
  | 'standing'
  | 'lifted';

type PowerUsed = {
  readonly power: Data<'InterventionPowerExercised'>['power'];
  readonly exercisedOn: string;
  readonly endedOn?: string;
  readonly secretaryOfStateConsentedOn?: string;
  readonly terms?: string;
};

type Common = {
  readonly schoolId: string;
  readonly noticeId: string;
  /** The day it was given. */
  readonly issuedOn: string;
  readonly stage: NoticeStage;
  /** Is there still something to do or to heed? */
  readonly live: boolean;
  /** The day it was over. */
  readonly overOn?: string;
};

/** A warning notice of the authority, with all that was done on it. A few steps each: small. */
export type AuthorityNotice = Common &
  Pick<
    Issued,
    'section' | 'grounds' | 'matters' | 'actionsRequired' | 'mindedTo' | 'copies' | 'issuedById'
  > & {
    readonly givenBy: 'authority';
    readonly compliance: {
      readonly from: string;
      readonly to: string;
      /** What the notice said, where it was extended since. */
      readonly statedTo?: string;
    };
    readonly decided?: {
      readonly outcome: Data<'ComplianceDecided'>['outcome'];
      readonly on: string;
    };
    readonly intents: readonly Pick<
      Data<'InterventionIntentNotified'>,
      'powers' | 'notifiedOn' | 'notBefore'
    >[];
    readonly powers: readonly PowerUsed[];
    readonly closedBecause?: Data<'NoticeClosed'>['because'];
  };

/** A notice the Secretary of State gave; while it stands, the authority may give none. */
export type SecretaryOfStateNotice = Common & {
  readonly givenBy: 'secretary-of-state';
  readonly toldOn: string;
  readonly docRef?: string;
};

export type WarningNotice = AuthorityNotice | SecretaryOfStateNotice;

type On<T extends NoticeEvent['type']> = Touch<
  WarningNotice,
  Extract<NoticeEvent, { readonly type: T }>
>;

const keyOf = (schoolId: string, noticeId: string): string => `${schoolId} ${noticeId}`;

/** What is done on a notice of the authority once it is given. */
type Step = Exclude<
  NoticeEvent['type'],
  'WarningNoticeIssued' | 'SecretaryOfStateNoticeRecorded' | 'PermissionToWarnRecorded'
>;

function change<T extends Step>(
  to: (data: Data<T>, notice: AuthorityNotice) => Partial<AuthorityNotice>,
): On<T> {
  return {
    keys: (event) => {
      const { schoolId, noticeId } = (event as Recorded<Extract<NoticeEvent, { type: Step }>>).data;
      return [keyOf(schoolId, noticeId)];
    },
    on: (notice, event) =>
      notice?.givenBy === 'authority'
        ? { ...notice, ...to((event as Recorded<NoticeEvent>).data as Data<T>, notice) }
        : notice,
  };
}

const inUse = (powers: readonly PowerUsed[]): boolean =>
  powers.some(({ endedOn }) => endedOn === undefined);

const over = (stage: NoticeStage, overOn: string): Partial<AuthorityNotice> => ({
  stage,
  live: false,
  overOn,
});

export const notices: ReadModel<WarningNotice, NoticeEvent> = {
  name: 'notices',
  says: 'Warning notices, one row each: whom they were copied to, by when they are to be complied with, and what came of them.',
  fixed: ['schoolId'],
  touches: {
    WarningNoticeIssued: {
      keys: ({ data }) => [keyOf(data.schoolId, data.noticeId)],
      on: (_, { data }) => {
        const { complianceFrom: from, complianceTo: to, ...notice } = data;
        return {
          ...notice,
          givenBy: 'authority',
          compliance: { from, to },
          stage: 'issued',
          live: true,
          intents: [],
          powers: [],
        };
      },
    },
    CompliancePeriodSet: change(({ complianceTo: to }, { compliance }) => ({
      compliance: { ...compliance, to, statedTo: compliance.statedTo ?? compliance.to },
    })),
    ComplianceDecided: change(({ outcome, decidedOn: on }) => ({
      decided: { outcome, on },
      ...(outcome === 'complied' ? over('complied', on) : { stage: 'not-complied' }),
    })),
    InterventionIntentNotified: change(({ powers, notifiedOn, notBefore }, { intents, stage }) => ({
      intents: [...intents, { powers, notifiedOn, notBefore }],
      stage: stage === 'not-complied' ? 'intent-notified' : stage,
    })),
    InterventionPowerExercised: change(
      ({ schoolId: _school, noticeId: _notice, ...used }, { powers }) => ({
        powers: [...powers, used],
        stage: 'power-exercised',
      }),
    ),
    InterventionEnded: change(({ power, endedOn }, notice) => {
      const powers = notice.powers.map((used) =>
        used.power === power && used.endedOn === undefined ? { ...used, endedOn } : used,
      );
      return { powers, ...(notice.stage === 'ceased' ? { live: inUse(powers) } : {}) };
    }),
    // A power in use when the notice lapses is still to be ended.
    NoticeCeased: change(({ ceasedOn }, { powers }) => ({
      ...over('ceased', ceasedOn),
      live: inUse(powers),
    })),
    NoticeClosed: change(({ closedOn, because }) => ({
      ...over('closed', closedOn),
      closedBecause: because,
    })),
    NoticeWithdrawn: change(({ withdrawnOn }) => over('withdrawn', withdrawnOn)),
    SecretaryOfStateNoticeRecorded: {
      keys: ({ data }) => [keyOf(data.schoolId, data.secretaryNoticeId)],
      on: (_, { data: { secretaryNoticeId: noticeId, givenOn: issuedOn, ...notice } }) => ({
        ...notice,
        noticeId,
        issuedOn,
        givenBy: 'secretary-of-state',
        stage: 'standing',
        live: true,
      }),
    },
    PermissionToWarnRecorded: {
      keys: ({ data }) => data.secretaryNoticeIds.map((id) => keyOf(data.schoolId, id)),
      on: (notice, { data }) =>
        notice?.givenBy === 'secretary-of-state'
          ? { ...notice, stage: 'lifted', live: false, overOn: data.informedOn }
          : notice,
    },
  },
};

/** A notice as it stands on a day. */
export type NoticeOn = {
  readonly notice: WarningNotice;
  /** Days until the end of the compliance period: 0 on its last day, negative after; absent once compliance was decided. */
  readonly daysLeft?: number;
  /** What is to be done next, in words; absent when it is over. */
  readonly next?: string;
  /** The day by which that is to be done, where the law or the notice says one. */
  readonly by?: string;
};

/** The last day for a power the law gives two months for. */
const lastDay = ({ compliance }: AuthorityNotice): string =>
  lastDayFor('additional-governors', compliance.to) ?? compliance.to;

function nextOf(notice: WarningNotice, today: string): Pick<NoticeOn, 'next' | 'by'> {
  if (!notice.live) return {};
  if (notice.givenBy === 'secretary-of-state')
    return { next: 'The Secretary of State acts; the authority may give no notice meanwhile' };
  const { stage, compliance, powers } = notice;
  switch (stage) {
    case 'issued':
      return compliance.to < today
        ? { next: 'Decide whether it was complied with', by: compliance.to }
        : { next: 'Await compliance', by: compliance.to };
    case 'not-complied':
      return {
        next: 'Tell the governing body which powers are proposed, or close',
        by: lastDay(notice),
      };
    case 'intent-notified':
      return { next: 'Use a power proposed, or close', by: lastDay(notice) };
    case 'power-exercised':
      return {
        next: inUse(powers)
          ? 'Review the power in use, and end it when it has done its work'
          : 'Close the notice',
      };
    case 'ceased':
      return { next: 'End the power in use: the notice it rests on has lapsed' };
    // Not live, and so answered above.
    case 'complied':
    case 'closed':
    case 'withdrawn':
    case 'standing':
    case 'lifted':
      return {};
  }
}

function noticeOn(notice: WarningNotice, today: string): NoticeOn {
  const counts = notice.givenBy === 'authority' && notice.stage === 'issued';
  return {
    notice,
    ...(counts ? { daysLeft: daysBetween(today, notice.compliance.to) } : {}),
    ...nextOf(notice, today),
  };
}

/** A notice in the list of the county, without its text. */
export type NoticeLine = Omit<NoticeOn, 'notice'> & {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;
  readonly notice:
    Omit<AuthorityNotice, 'matters' | 'actionsRequired' | 'mindedTo'> | SecretaryOfStateNotice;
};

export type NoticesRequest = PageRequest & {
  readonly today: string;
  /** `live` (default): with something still to do or to heed; `overdue`: whose period ran out undecided; `all`. */
  readonly which?: 'live' | 'overdue' | 'all';
};

/** Warning notices of the county: those to be acted on first, then by the day they were given, the newest first. */
export async function listNotices(
  snapshot: Snapshot,
  { today, which = 'live', skip = 0, limit = DEFAULT_LIMIT }: NoticesRequest,
): Promise<Page<NoticeLine>> {
  const filter =
    which === 'all'
      ? {}
      : which === 'live'
        ? { live: true }
        : { stage: 'issued', 'compliance.to': { $lt: today } };
  const found = await snapshot.list<WarningNotice>(notices, { filter });
  const lines = found.map(({ body }) => noticeOn(body, today)).toSorted(moreUrgent);
  const page = await Promise.all(
    lines.slice(skip, skip + limit).map(async ({ notice, ...rest }) => ({
      school: await schoolNamed(snapshot, notice.schoolId),
      ...rest,
      notice: withoutText(notice),
    })),
  );
  return paged(page, lines.length, skip);
}

/** By the day something is due, what has none last; then the newest first. */
function moreUrgent(a: NoticeOn, b: NoticeOn): number {
  const [dueA, dueB] = [a.by ?? '9999', b.by ?? '9999'];
  return dueA.localeCompare(dueB) || b.notice.issuedOn.localeCompare(a.notice.issuedOn);
}

function withoutText(notice: WarningNotice): NoticeLine['notice'] {
  if (notice.givenBy === 'secretary-of-state') return notice;
  const { matters: _matters, actionsRequired: _actions, mindedTo: _minded, ...rest } = notice;
  return rest;
}

/** A school of whose notice we know and whose registration we do not, is called by its id. */
export async function schoolNamed(
  snapshot: Snapshot,
  schoolId: string,
): Promise<NoticeLine['school']> {
  const card = (await snapshot.get<SchoolCard>(schools, schoolId))?.body;
  return { schoolId, urn: card?.urn ?? schoolId, name: card?.name ?? schoolId };
}

/** All notices of one school as they stand on a day, the newest first. */
export async function noticesOf(
  snapshot: Snapshot,
  { schoolId, today }: { schoolId: string; today: string },
): Promise<readonly NoticeOn[]> {
  const found = await snapshot.list<WarningNotice>(notices, { filter: { schoolId } });
  return found
    .map(({ body }) => noticeOn(body, today))
    .toSorted((a, b) => b.notice.issuedOn.localeCompare(a.notice.issuedOn));
}
