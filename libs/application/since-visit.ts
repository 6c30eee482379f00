import type { Answered, Asking, NotAnswered, When } from './asking';
import { academicYearOf, daysAfter, daysOf } from '#domain';
import type { Dashboard } from '#read-models';
import { changesBetween, dashboardOf, digestSince, lastVisitMade } from '#read-models';

/*
 * The dashboard a visit went by is asked for where it was read, and held against the one of now: two moments, and so two
 * questions. A position that this log does not know any more (the service moved, and the old log is not here) leaves the day
 * of the visit.
 */

export interface SinceRequest {
  readonly schoolId: string;
  readonly today: string;
  /** A day instead of the last visit. */
  readonly since?: string;
  readonly skip: number;
  readonly limit: number;
}

export async function sinceVisit(
  asking: Asking,
  { schoolId, today, since: asked, skip, limit }: SinceRequest,
  when: When,
) {
  const found = await asking.ask(lastVisitMade, { schoolId }, when);
  if (!found.answered) return found;
  const { value: visit, position } = found;
  const now = { asOf: String(position) };
  const since = asked ?? visit?.on ?? daysOf(academicYearOf(today))?.first ?? today;
  const basis = asked === undefined && visit !== undefined ? 'visit' : 'day';
  const then = await dashboardThen(asking, { schoolId, since }, [
    ...(asked === undefined && visit !== undefined ? [String(visit.dashboardPosition)] : []),
    daysAfter(since, -1),
  ]);
  if (!then.answered) return then;
  const present = await asking.ask(dashboardOf, { schoolId, day: today }, now);
  if (!present.answered) return present;
  const after = then.position;
  const digest = await asking.ask(digestSince, { schoolId, after, since, skip, limit }, now);
  if (!digest.answered) return digest;
  const { items: entries, total, next, ...told } = digest.value;
  return {
    ...digest,
    value: {
      ...{ today, since, basis, thenPosition: after },
      ...(visit === undefined ? {} : { visit }),
      then: withoutReadings(then.value),
      now: withoutReadings(present.value),
      changes: changesBetween(then.value, present.value),
      ...told,
      ...{ total, entries, next },
    },
  };
}

/** Which readings are otherwise stands among the changes; the others are many, and as they were. */
const withoutReadings = ({ readings: _, ...dashboard }: Dashboard) => dashboard;

/** At the first of these moments that this log knows; what is known of the day before is what a day began with. */
async function dashboardThen(
  asking: Asking,
  { schoolId, since }: { readonly schoolId: string; readonly since: string },
  [first = '', ...others]: readonly string[],
): Promise<Answered<Awaited<ReturnType<typeof dashboardOf>>> | NotAnswered> {
  const answer = await asking.ask(dashboardOf, { schoolId, day: since }, { asOf: first });
  return !answer.answered && answer.because === 'not-a-moment' && others.length > 0
    ? dashboardThen(asking, { schoolId, since }, others)
    : answer;
}
