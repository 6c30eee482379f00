import type { Snapshot } from '#kernel';
import { daysBetween } from '#domain';
import { openAreas } from './improvement-areas';
import type { Consultation } from './consultations';
import { consultations } from './consultations';
import type { HeadlineVisit } from './headline-visits';
import { headlineVisitRows, openVisits } from './headline-visits';
import type { WarningNotice } from './notices';
import { listNotices, notices } from './notices';
import { schoolsNamed } from './schools-named';
import type { Task } from './task';
import type { TeamAction, TeamAround } from './teams-around-schools';
import { teamActions, teamsAround } from './teams-around-schools';

/*
 * What falls due by a day, besides what is open of assessments and categories: visits and their records, what is to become
 * better, what teams around schools agreed, consultations to be closed, and notices. Each with who sees to it, where that
 * is a person's name on record.
 */

const ALL = { limit: Number.MAX_SAFE_INTEGER };

export interface DueRequest {
  readonly today: string;
  /** The last day that is looked at. */
  readonly dueBy: string;
}

/** With how many days ago it was due, where it is overdue. */
const lateBy = (by: string, today: string): Pick<Task, 'daysOverdue'> =>
  by < today ? { daysOverdue: daysBetween(by, today) } : {};

/** All of it that is due on or before a day. */
export async function dueWork(snapshot: Snapshot, about: DueRequest): Promise<readonly Task[]> {
  const parts = await Promise.all([
    visitsDue(snapshot, about),
    areasDue(snapshot, about),
    actionsDue(snapshot, about),
    meetingsDue(snapshot, about),
    consultationsDue(snapshot, about),
    noticesDue(snapshot, about),
  ]);
  return parts.flat();
}

/** A visit is due on its day; its record once the day has passed. */
async function visitsDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  const { items } = await openVisits(snapshot, { today, ...ALL });
  return items.flatMap(({ school, on, recordDueOn, adviserId: owner, number, kind }) => {
    const what = kind === 'headline' ? `headline visit ${number}` : 'the new-to-headship visit';
    const isMade = on < today;
    const by = isMade ? recordDueOn : on;
    if (by > dueBy) return [];
    const task = isMade ? `Record ${what}, or call it off` : `Make ${what}`;
    const about = { kind: isMade ? 'record' : 'visit', owner } as const;
    return [{ school, task, since: on, by, ...about, ...lateBy(by, today) }];
  });
}

async function areasDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  const { items } = await openAreas(snapshot, { today, ...ALL });
  return items
    .filter(({ due }) => due <= dueBy)
    .map(({ school, what, identifiedOn: since, due: by, ownerId: owner }) => ({
      ...{ school, task: `See to what is to become better: ${what}`, since, by, owner },
      ...{ kind: 'improvement-area', ...lateBy(by, today) },
    }));
}

async function actionsDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  const found = await snapshot.list<TeamAction>(teamActions, {
    filter: { state: 'open', due: { $lte: dueBy } },
  });
  const named = await schoolsNamed(
    snapshot,
    found.map(({ body }) => body.schoolId),
  );
  return found.map(({ body: { schoolId, what, agreedOn: since, due: by, ownerId: owner } }) => ({
    ...{ school: named(schoolId), task: `Close the team’s action: ${what}`, since, by, owner },
    ...{ kind: 'action', ...lateBy(by, today) },
  }));
}

/** A team meets by its cadence; whoever leads it sees to that. */
async function meetingsDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  const found = await snapshot.list<TeamAround>(teamsAround, {
    filter: { stoodDownOn: { $exists: false }, meetsBy: { $lte: dueBy } },
  });
  const named = await schoolsNamed(
    snapshot,
    found.map(({ body }) => body.schoolId),
  );
  return found.flatMap(({ body: { schoolId, convenedOn, lastMetOn, meetsBy: by, members } }) => {
    if (by === undefined) return [];
    const owner = members.find(({ role }) => role === 'lead')?.personId;
    const task = 'Meet as the team around the school';
    const since = lastMetOn ?? convenedOn;
    const about = { kind: 'team-meeting', ...(owner === undefined ? {} : { owner }) } as const;
    return [{ school: named(schoolId), task, since, by, ...about, ...lateBy(by, today) }];
  });
}

/** A consultation whose time is up is to be closed. It is of several schools: it stands once, without one. */
async function consultationsDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  const found = await snapshot.list<Consultation>(consultations, {
    filter: { open: true, until: { $lte: dueBy } },
  });
  return found.map(({ body: { consultationId, about, openedOn: since, until: by } }) => ({
    ...{ task: `Close the consultation about ${about}`, since, by, consultationId },
    ...{ kind: 'consultation', ...lateBy(by, today) },
  }));
}

async function noticesDue(
  snapshot: Snapshot,
  { today, dueBy }: DueRequest,
): Promise<readonly Task[]> {
  if ((await snapshot.count(notices, { live: true })) === 0) return [];
  const { items } = await listNotices(snapshot, { today, which: 'live', ...ALL });
  return items.flatMap(({ school, notice, next, by }) => {
    if (next === undefined || by === undefined || by > dueBy) return [];
    const { issuedOn: since }: Pick<WarningNotice, 'issuedOn'> = notice;
    const about = { kind: 'notice', task: `Warning notice: ${next}` } as const;
    return [{ school, since, by, ...about, ...lateBy(by, today) }];
  });
}

/**
 * The schools of an adviser. Nobody is put down as a school's adviser: it is theirs whose headline visit, made or
 * arranged, is its latest.
 */
export async function schoolsOfAdviser(
  snapshot: Snapshot,
  { adviser }: { readonly adviser: string },
): Promise<ReadonlySet<string>> {
  const theirs = await snapshot.list<HeadlineVisit>(headlineVisitRows, {
    filter: { adviserId: adviser, state: { $ne: 'cancelled' } },
  });
  const candidates = [...new Set(theirs.map(({ body }) => body.schoolId))];
  if (candidates.length === 0) return new Set();
  const all = await snapshot.list<HeadlineVisit>(headlineVisitRows, {
    filter: { schoolId: { $in: candidates }, state: { $ne: 'cancelled' } },
    sort: { on: 1 },
  });
  const latest = new Map(all.map(({ body }) => [body.schoolId, body.adviserId]));
  return new Set([...latest].filter(([, id]) => id === adviser).map(([schoolId]) => schoolId));
}
