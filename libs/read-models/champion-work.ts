import type { Snapshot } from '#kernel';
import type { ChampionCard } from './champions';
import { championOf, championsOfPerson } from './champions';
import type { Overdue } from './deployment-due';
import { supporting } from './deployment-stages';
import type { DeploymentAnswer } from './supported';
import { deploymentsOfChampion } from './supported';

/** What a champion has to do and has left: the answer to somebody who asks for their own. */
export type ChampionWork = {
  readonly today: string;
  /** What is on record of them; several entries where they were registered anew. None: nobody put them down as a champion. */
  readonly champions: readonly Omit<ChampionCard, 'personRef'>[];
  /** Those that are not over first, then by the day their need was named, the last first. */
  readonly deployments: readonly DeploymentAnswer[];
  /** What is the champion's to do and overdue, longest first; and which visits were recorded after their day. */
  readonly overdue: readonly (Overdue & {
    readonly deploymentId: string;
    readonly school: string;
  })[];
  readonly recordedLate: number;
  readonly says: string;
};

/** Deployments, objectives, what is overdue and what is left of the year: all of one person. */
export async function workOfChampion(
  snapshot: Snapshot,
  { personRef, today }: { readonly personRef: string; readonly today: string },
): Promise<ChampionWork> {
  const ids = await championsOfPerson(snapshot, { personRef });
  const [cards, deployments] = await Promise.all([
    Promise.all(ids.map((champion) => championOf(snapshot, { champion, today }))),
    deploymentsOfChampion(snapshot, { personRef, today }),
  ]);
  const champions = cards.flatMap((card) => card ?? []).map(({ personRef: _, ...card }) => card);
  const overdue = deployments
    .flatMap(({ deploymentId, school, overdue: late }) =>
      late
        .filter(({ who }) => who.includes('champion'))
        .map((one) => ({ ...one, deploymentId, school: school.name })),
    )
    .toSorted((a, b) => b.daysOverdue - a.daysOverdue);
  const recordedLate = deployments
    .flatMap(({ visits }) => visits)
    .filter((visit) => visit.recordedLate).length;
  const says = workInWords({ champions, deployments, overdue });
  return { today, champions, deployments, overdue, recordedLate, says };
}

function workInWords({
  champions,
  deployments,
  overdue,
}: Pick<ChampionWork, 'champions' | 'deployments' | 'overdue'>): string {
  if (champions.length === 0)
    return 'Nobody has put you down as a champion under this sign-in. Ask the team which reference they know you by.';
  const open = deployments.filter(({ stage }) => supporting.includes(stage)).length;
  const left = champions.reduce((sum, { capacity }) => sum + capacity.left, 0);
  const work = `You have ${open} deployment${open === 1 ? '' : 's'} confirmed or under way`;
  const late =
    overdue.length === 0
      ? 'nothing of yours is overdue'
      : `${overdue.length} thing${overdue.length === 1 ? '' : 's'} of yours ${overdue.length === 1 ? 'is' : 'are'} overdue`;
  return `${work}; ${late}; ${left} half-day${left === 1 ? '' : 's'} of this year ${left === 1 ? 'is' : 'are'} not set aside.`;
}
