import type { Filter, Snapshot } from '#kernel';
import type { ChampionRole } from '#domain';
import { daysAfter } from '#domain';
import type { Overdue, Step } from './deployment-due';
import { dueOn, nextOf, overdueOn } from './deployment-due';
import type { DeploymentStage } from './deployment-stages';
import { notOver, openStages, stagesInWords, supporting } from './deployment-stages';
import type { VisitLine } from './deployment-visits';
import { deploymentVisitsOf } from './deployment-visits';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import { registerOn } from './register';
import type { RegisterLine } from './register';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';
import { payerInWords, reviewCausesInWords } from './sentences/deployments';
import type { Task } from './task';

/** A deployment as it is told: with the names of its schools, and what there is to do on the day asked about. */
export type DeploymentLine = Omit<
  Deployment,
  | 'schoolId'
  | 'homeSchoolId'
  | 'visits'
  | 'halfDaysAgreed'
  | 'halfDaysUsed'
  | 'due'
  | 'overdueFrom'
  | 'championPersonRef'
> & {
  readonly school: NamedSchool;
  readonly homeSchool?: NamedSchool;
  readonly stageInWords: string;
  /** Half-days; what is left of those agreed goes back when the deployment ends. */
  readonly halfDays: { readonly agreed: number; readonly used: number; readonly left: number };
  readonly payerInWords?: string;
  readonly visits: number;
  readonly next: readonly Step[];
  readonly overdue: readonly Overdue[];
};

/** One with its visits, last first. */
export type DeploymentAnswer = Omit<DeploymentLine, 'visits'> & {
  readonly visits: readonly VisitLine[];
};

/** Whose deployments somebody may see; no field: everybody's. */
export type Whose = {
  readonly schoolId?: string;
  readonly homeSchoolId?: string;
  readonly championPersonRef?: string;
};

export type DeploymentSearch = PageRequest & {
  readonly today: string;
  readonly whose?: Whose;
  readonly stage?: DeploymentStage;
  /** Those that are not over. */
  readonly open?: boolean;
  readonly schoolId?: string;
  readonly homeSchoolId?: string;
  readonly championId?: string;
  readonly specialism?: string;
  readonly role?: ChampionRole;
  /** Something of it is overdue on the day, or nothing is. */
  readonly overdue?: boolean;
};

function filterOf(search: DeploymentSearch): Filter {
  const { today, whose = {}, stage, open, overdue } = search;
  const fields = ['schoolId', 'homeSchoolId', 'championId', 'specialism', 'role'] as const;
  const named = Object.fromEntries(
    fields.flatMap((field) => {
      const value = search[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  // What somebody may see is asked for beside what they ask for, and not in its place.
  const also: readonly Filter[] = [
    whose,
    stage === undefined ? {} : { stage },
    open === true ? { stage: { $in: openStages } } : {},
    overdue === undefined ? {} : overdue ? late(today) : { overdueFrom: { $not: { $lte: today } } },
  ].filter((part) => Object.keys(part).length > 0);
  return also.length === 0 ? named : { ...named, $and: also };
}

const late = (today: string): Filter => ({ overdueFrom: { $lte: today } });

/** Deployments, the ones whose need was named last first; of those with something overdue what is so longest. */
export async function listDeployments(
  snapshot: Snapshot,
  search: DeploymentSearch,
): Promise<Page<DeploymentLine>> {
  const { skip = 0, limit = DEFAULT_LIMIT, today } = search;
  const filter = filterOf(search);
  const total = await snapshot.count(deployments, filter);
  const found = await snapshot.list<Deployment>(deployments, {
    filter,
    sort: search.overdue === true ? { overdueFrom: 1 } : { identifiedOn: -1 },
    skip,
    limit,
  });
  const lines = await linesOf(
    snapshot,
    found.map(({ body }) => body),
    today,
  );
  return paged(lines, total, skip);
}

/** How many deployments that are not over stand at each stage. */
export async function openByStage(
  snapshot: Snapshot,
): Promise<readonly { readonly stage: DeploymentStage; readonly deployments: number }[]> {
  return Promise.all(
    openStages.map(async (stage) => ({
      stage,
      deployments: await snapshot.count(deployments, { stage }),
    })),
  );
}

/** One deployment with its visits; undefined when there is none, or it is none of theirs. */
export async function deploymentOf(
  snapshot: Snapshot,
  about: { readonly deploymentId: string; readonly today: string; readonly whose?: Whose },
): Promise<DeploymentAnswer | undefined> {
  const { deploymentId, today, whose = {} } = about;
  const found = await snapshot.get<Deployment>(deployments, deploymentId.toLowerCase());
  if (found === undefined || !isTheirs(found.body, whose)) return undefined;
  const [line] = await linesOf(snapshot, [found.body], today);
  const visits = await deploymentVisitsOf(snapshot, { deploymentIds: [found.key] });
  return line && { ...line, visits };
}

/** A school's own, of all years, each with its visits. */
export const deploymentsWithVisits = (
  snapshot: Snapshot,
  { schoolId, today }: { readonly schoolId: string; readonly today: string },
): Promise<readonly DeploymentAnswer[]> => withVisits(snapshot, { schoolId }, today);

/** A champion's own, each with its visits; those that are not over first. */
export async function deploymentsOfChampion(
  snapshot: Snapshot,
  { personRef, today }: { readonly personRef: string; readonly today: string },
): Promise<readonly DeploymentAnswer[]> {
  const found = await withVisits(snapshot, { championPersonRef: personRef }, today);
  const isOver = ({ stage }: DeploymentAnswer): number => (openStages.includes(stage) ? 0 : 1);
  return found.toSorted((a, b) => isOver(a) - isOver(b));
}

async function withVisits(
  snapshot: Snapshot,
  whose: Whose,
  today: string,
): Promise<readonly DeploymentAnswer[]> {
  const found = await snapshot.list<Deployment>(deployments, {
    filter: whose,
    sort: { identifiedOn: -1 },
  });
  const visits = await deploymentVisitsOf(snapshot, { deploymentIds: found.map(({ key }) => key) });
  const lines = await linesOf(
    snapshot,
    found.map(({ body }) => body),
    today,
  );
  return lines.map((line) => ({
    ...line,
    visits: visits.filter(({ deploymentId }) => deploymentId === line.deploymentId),
  }));
}

const isTheirs = (body: Deployment, whose: Whose): boolean =>
  (Object.entries(whose) as [keyof Whose, string][]).every(([field, is]) => body[field] === is);

async function linesOf(
  snapshot: Snapshot,
  bodies: readonly Deployment[],
  today: string,
): Promise<readonly DeploymentLine[]> {
  const named = await schoolsNamed(
    snapshot,
    bodies.flatMap(({ schoolId, homeSchoolId = schoolId }) => [schoolId, homeSchoolId]),
  );
  return bodies.map((body) => lineOf(body, named, today));
}

function lineOf(
  body: Deployment,
  named: (id: string) => NamedSchool,
  today: string,
): DeploymentLine {
  const { schoolId, homeSchoolId, visits, halfDaysAgreed: agreed, halfDaysUsed: used } = body;
  const { due, overdueFrom: _o, championPersonRef: _p, ...told } = withoutNumbers(body);
  const { stage, payer } = body;
  return {
    ...told,
    school: named(schoolId),
    ...(homeSchoolId === undefined ? {} : { homeSchool: named(homeSchoolId) }),
    stageInWords: stagesInWords[stage],
    halfDays: { agreed, used, left: supporting.includes(stage) ? agreed - used : 0 },
    ...(payer === undefined ? {} : { payerInWords: payerInWords(payer) }),
    visits: Object.keys(visits).length,
    next: nextOf(body),
    overdue: overdueOn(due, today),
  };
}

function withoutNumbers(body: Deployment) {
  const { schoolId: _s, homeSchoolId: _h, visits: _v, ...rest } = body;
  const { halfDaysAgreed: _a, halfDaysUsed: _u, ...told } = rest;
  return told;
}

/** What is overdue of deployments on a day, and the reviews that wait, as tasks; or what falls due by another day. */
export async function deploymentTasks(
  snapshot: Snapshot,
  { today, dueBy }: { readonly today: string; readonly dueBy?: string },
): Promise<readonly Task[]> {
  const found = await snapshot.list<Deployment>(deployments, {
    filter:
      dueBy === undefined
        ? { $or: [late(today), { reviewSince: { $lte: today } }] }
        : late(daysAfter(dueBy, 1)),
  });
  const named = await schoolsNamed(
    snapshot,
    found.map(({ body }) => body.schoolId),
  );
  return found.flatMap(({ body: { schoolId, deploymentId, due, reviews } }) => {
    const of = { school: named(schoolId), kind: 'deployment', deploymentId } as const;
    const late = dueBy === undefined ? overdueOn(due, today) : dueOn(due, { today, dueBy });
    const told = late.map(({ task, since, by, daysOverdue }) => ({
      ...{ ...of, task, since, by },
      ...(daysOverdue < 0 ? {} : { daysOverdue }),
    }));
    const by = due.review;
    if (dueBy !== undefined || by === undefined || by < today) return told;
    const waiting = reviews.map(({ because, askedOn: since }) => ({
      ...{ ...of, task: `Review the deployment: ${reviewCausesInWords[because]}`, since, by },
    }));
    return [...told, ...waiting];
  });
}

/** For a decision: the deployments that are not over of a school, a home school or a champion, with how far they have come. */
export async function openDeployments(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly OpenDeployment[]> {
  const found = await snapshot.list<Deployment>(deployments, {
    filter: { ...about, stage: { $in: notOver } },
    sort: { identifiedOn: 1 },
  });
  return found.map(({ body: { deploymentId, stage, to } }) => ({
    ...{ deploymentId, stage },
    ...(to === undefined ? {} : { to }),
  }));
}
/** One of them, as a decision asks about it; `to` once it has a last day. */
export interface OpenDeployment {
  readonly deploymentId: string;
  readonly stage: DeploymentStage;
  readonly to?: string;
}

/** A school in Prevention or Intervention that nobody supports on the day. */
export type UnsupportedSchool = RegisterLine & {
  /** Since when: its category is in force, or its last deployment ended, whichever was later. */
  readonly without: string;
  /** What is on its way for it, if anything. */
  readonly coming: readonly { readonly deploymentId: string; readonly stageInWords: string }[];
};

/** Prevention and Intervention schools without a deployment that is confirmed, started or paused; those longest without first. */
export async function schoolsWithoutDeployment(
  snapshot: Snapshot,
  { today, skip = 0, limit = DEFAULT_LIMIT }: PageRequest & { readonly today: string },
): Promise<Page<UnsupportedSchool>> {
  const unsupported = await unsupportedAmong(snapshot, await registerOn(snapshot, today));
  return paged(unsupported.slice(skip, skip + limit), unsupported.length, skip);
}

/** Of these schools those that are to be supported and are not, longest without first. */
export async function unsupportedAmong(
  snapshot: Snapshot,
  lines: readonly RegisterLine[],
): Promise<readonly UnsupportedSchool[]> {
  const wanting = lines.filter(
    ({ category }) => category === 'Prevention' || category === 'Intervention',
  );
  const found = await snapshot.list<Deployment>(deployments, {
    filter: { schoolId: { $in: wanting.map(({ school }) => school.schoolId) } },
  });
  const bySchool = Map.groupBy(
    found.map(({ body }) => body),
    ({ schoolId }) => schoolId,
  );
  return wanting
    .map((line) => ({ line, of: bySchool.get(line.school.schoolId) ?? [] }))
    .filter(({ of }) => !of.some(({ stage }) => supporting.includes(stage)))
    .map(({ line, of }) => ({ ...line, without: withoutSince(line, of), coming: coming(of) }))
    .toSorted(
      (a, b) =>
        a.without.localeCompare(b.without) || a.school.name.localeCompare(b.school.name, 'en'),
    );
}

const withoutSince = ({ since = '' }: RegisterLine, of: readonly Deployment[]): string =>
  [since, ...of.flatMap(({ endedOn }) => endedOn ?? [])].toSorted().at(-1) ?? since;

const coming = (of: readonly Deployment[]) =>
  of
    .filter(({ stage }) => stage === 'needed' || stage === 'matched' || stage === 'confirming')
    .map(({ deploymentId, stage }) => ({ deploymentId, stageInWords: stagesInWords[stage] }));
