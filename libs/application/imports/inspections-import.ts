import type { InspectionsRow } from './files/inspections';
import type { InspectionOutcome } from './files/inspection-outcomes';
import type { KnownSchools } from './known-schools';
import { LeftOut } from './known-schools';
import type { ImportPlan, LineAsks } from './report';

/** What Ofsted's list asks for: every outcome on it, recorded on the school it is about, whatever URN it had then. */
export function inspectionsPlan(
  rows: readonly InspectionsRow[],
  known: KnownSchools,
  asAt: string,
  evenIfOlder: boolean,
): ImportPlan {
  const leftOut = new LeftOut();
  const outcomes: LineAsks[] = [];
  for (const { line, outcomes: told } of rows) {
    for (const outcome of told) {
      const school = known.withUrn(outcome.urnNow) ?? known.withUrn(outcome.urnAtTime);
      if (school === undefined) leftOut.add('inspections of schools not on our register');
      else {
        const data = {
          schoolId: school.schoolId,
          asAt,
          ...outcomeOf(outcome),
          ...(evenIfOlder ? { evenIfOlder } : {}),
        };
        outcomes.push({ line, command: 'RecordInspectionOutcome', data });
      }
    }
  }
  // Oldest first on each school, as they happened.
  outcomes.sort((a, b) => (String(a.data['startedOn']) < String(b.data['startedOn']) ? -1 : 1));
  return { steps: [outcomes], faults: [], warnings: [], leftOut: leftOut.counts };
}

function outcomeOf(outcome: InspectionOutcome): Readonly<Record<string, unknown>> {
  const { inspectionNumber, shape, urnAtTime, startedOn, publishedOn, inspectionType, concern } =
    outcome;
  return {
    inspectionNumber,
    shape,
    urnAtTime,
    startedOn,
    publishedOn,
    inspectionType,
    concern,
    ...partsOf(outcome),
  };
}

function partsOf(outcome: InspectionOutcome): Readonly<Record<string, unknown>> {
  switch (outcome.shape) {
    case 'report-card':
      return { areas: outcome.areas, safeguarding: outcome.safeguarding };
    case 'graded':
      return { overall: String(outcome.overall), ...judged(outcome) };
    case 'graded-without-overall':
      return judged(outcome);
    case 'ungraded':
      return { areas: [], outcome: outcome.outcome };
  }
}

function judged({
  judgements,
  safeguardingEffective,
}: {
  judgements: Readonly<Record<string, number | undefined>>;
  safeguardingEffective?: boolean;
}) {
  return {
    areas: Object.entries(judgements).map(([area, grade]) => ({ area, grade: String(grade) })),
    safeguarding:
      safeguardingEffective === undefined
        ? undefined
        : safeguardingEffective
          ? 'effective'
          : 'not-effective',
  };
}
