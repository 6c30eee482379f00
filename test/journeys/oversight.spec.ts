import type { RecordedEvent } from '#kernel';
import { START } from '#kernel';
import { academicYearOf, categories, daysBetween, monthsAfter } from '#domain';
import type { Category } from '#domain';
import { dayInEngland } from '#platform';
import type { SchoolCard } from '#read-models';
import {
  decisionsChecked,
  durations,
  flowsBetween,
  overridesIn,
  preventionOutcomes,
  registerOn,
  schools,
  servedByStatus,
  spreadOf,
  urnChanges,
  whatIf,
} from '#read-models';
import type { Ground } from './ground';
import { terrain } from './ground';

/*
 * What the head of service and the auditor are told of the played county, beside a plain search through its log that knows
 * nothing of read models.
 */
let ground: Ground;
let log: readonly RecordedEvent[];
let today: string;

beforeAll(async () => {
  ground = await terrain().played();
  const all: RecordedEvent[] = [];
  for (let after = START, atEnd = false; !atEnd;) {
    const page = await ground.events.readLog(after, { limit: 5000 });
    all.push(...page.events);
    ({ scannedTo: after, atEnd } = page);
  }
  log = all;
  today = dayInEngland(Date.parse(log.at(-1)?.recordedAt ?? ''));
}, 240_000);
afterAll(() => ground.dispose());

const of = (...types: readonly string[]) => log.filter(({ type }) => types.includes(type));
const text = ({ data }: RecordedEvent, field: string): string => data[field] as string;
const asked = () => ground.documents.snapshot();

const categoryOf = ({ data }: RecordedEvent): Category =>
  (data['category'] ?? data['to'] ?? data['shouldBe']) as Category;

/** The category a school was in on a day: of the decisions in force by then the latest, of one day the one recorded last. */
function categoryOn(schoolId: string, day: string): Category | 'none' {
  let found: { readonly from: string; readonly is: Category } | undefined;
  for (const event of of('CategoryConfirmed', 'CategoryChanged', 'CategoryCorrected')) {
    const from = text(event, 'effectiveFrom');
    if (text(event, 'schoolId') !== schoolId || from > day) continue;
    if (found === undefined || from >= found.from) found = { from, is: categoryOf(event) };
  }
  return found?.is ?? 'none';
}

it('tells flows as a school-by-school search does', async () => {
  const snapshot = await asked();
  const days = { from: monthsAfter(today, -12), to: today };
  const { county, byPhase, byStatus } = await flowsBetween(snapshot, days);
  const lines = await registerOn(snapshot, days.to);
  expect(lines.length).toBeGreaterThan(200);
  for (const flows of [county, ...byPhase, ...byStatus]) {
    const some = lines.filter(
      ({ school }) =>
        (flows.of.phase ?? school.phase) === school.phase &&
        (flows.of.status ?? school.status) === school.status,
    );
    const now = some.map(({ school }) => categoryOn(school.schoolId, days.to));
    for (const category of categories) {
      expect(flows.after[category]).toBe(now.filter((is) => is === category).length);
      expect(flows.net[category]).toBe(flows.after[category] - flows.before[category]);
    }
  }
  const moved = lines.filter(
    ({ school }) =>
      categoryOn(school.schoolId, days.from) === 'Enhancement' &&
      categoryOn(school.schoolId, days.to) === 'Prevention',
  );
  const row = county.flow.rows.find(({ category }) => category === 'Enhancement');
  expect(row?.to.Prevention).toBe(moved.length);
  expect(moved.length).toBeGreaterThan(0);
}, 60_000);

it('tells durations from proposal and trigger as the events do', async () => {
  const proposedOn = new Map(
    of('CategoryProposed').map((event) => [text(event, 'proposalId'), text(event, 'proposedOn')]),
  );
  const happenedOn = new Map(
    of('OutOfCycleReviewTriggered').map((event) => [
      text(event, 'triggerId'),
      text(event, 'happenedOn'),
    ]),
  );
  const decided = of('CategoryConfirmed', 'CategoryChanged').filter(
    ({ data }) => data['reviewId'] === undefined,
  );
  const days = (from: ReadonlyMap<string, string>, field: string) =>
    decided.flatMap((event) => {
      const since = from.get(text(event, field));
      return since === undefined ? [] : [daysBetween(since, event.recordedAt.slice(0, 10))];
    });
  const { county, byPhase, byStatus } = await durations(await asked(), { today });
  expect(county.proposalToDecision).toEqual(spreadOf(days(proposedOn, 'proposalId')));
  expect(county.triggerToDecision).toEqual(spreadOf(days(happenedOn, 'triggerId')));
  expect(county.triggerToDecision.n).toBeGreaterThan(20);
  for (const groups of [byPhase, byStatus]) {
    const sum = (figure: (one: (typeof groups)[number]) => number) =>
      groups.reduce((total, one) => total + figure(one), 0);
    expect(sum((one) => one.proposalToDecision.n)).toBe(county.proposalToDecision.n);
    for (const [i, spells] of county.inCategory.entries()) {
      expect(sum((one) => one.inCategory[i]?.ended.n ?? 0)).toBe(spells.ended.n);
      expect(sum((one) => one.inCategory[i]?.running.n ?? 0)).toBe(spells.running.n);
    }
  }
  const open = await registerOn(await asked(), today);
  for (const { category, running } of county.inCategory)
    expect(running.n).toBe(open.filter((line) => line.category === category).length);
});

it('finds the overrides the judgements say', async () => {
  const cycle = academicYearOf(today);
  const started = new Map(
    of('RiskAssessmentStarted').map((event) => [text(event, 'assessmentId'), event.data]),
  );
  const last = new Map(
    of('ProfessionalJudgementRecorded').map((event) => [text(event, 'assessmentId'), event]),
  );
  const judged = [...last.values()].filter((event) => {
    const begun = started.get(text(event, 'assessmentId'))?.['cycle'];
    return begun === undefined
      ? academicYearOf(text(event, 'judgedOn')) === cycle
      : begun === cycle;
  });
  const departed = judged.filter(({ data }) => data['direction'] !== undefined);
  const { all, byAdviser, byReason, items, total } = await overridesIn(await asked(), {
    academicYear: cycle,
    limit: 200,
  });
  expect(all).toMatchObject({ judgements: judged.length, overrides: departed.length });
  expect(total).toBe(departed.length);
  expect(items.map((one) => one.assessmentId).toSorted()).toEqual(
    departed.map((event) => text(event, 'assessmentId')).toSorted(),
  );
  for (const { assessorId, overrides, judgements } of byAdviser) {
    const own = (events: readonly RecordedEvent[]) =>
      events.filter((event) => text(event, 'assessorId') === assessorId).length;
    expect([overrides, judgements]).toEqual([own(departed), own(judged)]);
  }
  expect(byReason.reduce((sum, one) => sum + one.moreSupport + one.lessSupport, 0)).toBe(total);
});

it('finds no decision that broke a rule, and each that was taken without a talk', async () => {
  const found = await decisionsChecked(await asked(), { limit: 200 });
  expect(found.decisions).toBe(
    of('CategoryConfirmed', 'CategoryChanged', 'CategoryCorrected').length,
  );
  expect(found.breaches).toBe(0);
  const talked = new Set(of('ProposalDiscussed').map((event) => text(event, 'proposalId')));
  const tried = new Set(
    of('DiscussionDeclined', 'SchoolUnreachable').map((event) => text(event, 'proposalId')),
  );
  const inVain = of('CategoryConfirmed', 'CategoryChanged').filter(
    (event) =>
      event.data['reviewId'] === undefined &&
      // Enhancement in the annual round wants no talk.
      !(event.data['cycle'] !== undefined && categoryOf(event) === 'Enhancement') &&
      tried.has(text(event, 'proposalId')) &&
      !talked.has(text(event, 'proposalId')),
  );
  const byProposal = found.items.filter(({ by }) => by === 'proposal');
  expect(byProposal.map(({ changeId }) => changeId).toSorted()).toEqual(
    inVain.map(({ id }) => id).toSorted(),
  );
});

it('tries nothing and finds nothing changed; tries lower thresholds and finds only more support', async () => {
  const snapshot = await asked();
  const as = await whatIf(snapshot, { today, trial: { weights: {} }, all: true, limit: 200 });
  if (as === undefined || 'faults' in as) throw new Error('There is a framework in force.');
  expect(as).toMatchObject({ changed: 0, moreSupport: 0, lessSupport: 0 });
  // What was suggested then is suggested now, where it was scored on the same framework.
  const scores = new Map(
    of('RiskScoreCalculated').map((event) => [text(event, 'schoolId'), event.data]),
  );
  let same = 0;
  for (const { school, was } of as.items) {
    const score = scores.get(school.schoolId);
    if (score?.['frameworkVersion'] !== as.framework.version) continue;
    expect([school.urn, was.score, was.coverage, was.suggested]).toEqual([
      school.urn,
      score['score'],
      score['coverage'],
      score['suggested'] ?? 'none',
    ]);
    same += 1;
  }
  expect(same).toBeGreaterThan(150);
  const lower = await whatIf(snapshot, {
    today,
    trial: { prevention: 5, intervention: 10, weights: {} },
  });
  expect(lower).toMatchObject({ lessSupport: 0 });
  expect((lower as { changed: number }).changed).toBeGreaterThan(10);
});

it('divides Prevention schools and schools by status without losing one', async () => {
  const snapshot = await asked();
  const days = { from: monthsAfter(today, -12), to: today };
  const outcomes = await preventionOutcomes(snapshot, days);
  const { prevention, withDeployment, withoutDeployment, byPhase } = outcomes;
  expect(prevention.schools).toBe(
    (await registerOn(snapshot, days.from)).filter(({ category }) => category === 'Prevention')
      .length,
  );
  expect(withDeployment.schools + withoutDeployment.schools).toBe(prevention.schools);
  expect(byPhase.reduce((sum, one) => sum + one.prevention.schools, 0)).toBe(prevention.schools);
  for (const { schools: all, gone, moreSupport, same, lessSupport } of [prevention, outcomes.like])
    expect(gone + moreSupport + same + lessSupport).toBe(all);
  const { statuses } = await servedByStatus(snapshot, {
    academicYear: academicYearOf(today),
    today,
  });
  expect(statuses.reduce((sum, one) => sum + one.schools, 0)).toBe(
    (await registerOn(snapshot, today)).length,
  );
});

it('lists every school with another URN, each joined to its history', async () => {
  const snapshot = await asked();
  const cards = (await snapshot.list<SchoolCard>(schools)).map(({ body }) => body);
  const had = cards.filter((card) => card.urns.length > 1 || (card.successorIds ?? []).length > 0);
  const { total, items } = await urnChanges(snapshot, { limit: 200 });
  expect(total).toBe(had.length);
  expect(items.flatMap(({ history }) => (history === undefined ? [] : [history.joined]))).toEqual(
    had.filter((card) => card.urns.length > 1).map(() => true),
  );
});
