import type {
  FourPointGrade,
  GradedArea,
  GradedOutcome,
  InspectionOutcome,
  ReportCardArea,
  ReportCardGrade,
  ReportCardOutcome,
  SubJudgement,
} from '../imports/files/inspection-outcomes';
import { daysAfter, inTerm } from './days';
import type { Establishment, PublishedOutcome } from './model';
import type { Random } from './random';
import type { BareSchool } from './schools';

/** Marginal shares per area, best first; urgent improvement is given to one school by hand. */
const AREA_SHARES: readonly (readonly [ReportCardGrade, number])[] = [
  ['Exceptional', 0.03],
  ['Strong standard', 0.3],
  ['Expected standard', 0.58],
  ['Needs attention', 0.09],
];

export class InspectionNumbers {
  private last = 90_000_000;

  next(): string {
    this.last += 1;
    return String(this.last);
  }
}

/** The inspections of one school as they are made. */
export class Inspections {
  readonly published: PublishedOutcome[] = [];

  constructor(
    private readonly school: BareSchool,
    private readonly strain: number,
    private readonly numbers: InspectionNumbers,
    private readonly random: Random,
  ) {}

  /** A grade in keeping with the school's strain and with chance. */
  fourPoint(outstandingBelow: number): FourPointGrade {
    const felt = this.strain + this.random.normal(0, 0.7);
    if (felt < -outstandingBelow - 0.5) return 1;
    return felt > 1.6 ? 3 : 2;
  }

  /** The graded inspection before the one that counts: not good in a school that is stuck, good or better in others. */
  earlier(isStuck: boolean): void {
    const grade = this.fourPoint(0.3) === 1 ? 1 : 2;
    this.graded(isStuck ? 3 : grade, '2012-09-14', '2016-12-01');
  }

  /** None when the school had not been open a year by then. */
  graded(overall: FourPointGrade, from: string, to: string): void {
    const opened = this.school.establishments[0]?.openedOn;
    const ready = opened === undefined ? from : daysAfter(opened, 365);
    if (ready > to) return;
    from = ready > from ? ready : from;
    const startedOn = inTerm(this.random, from, to);
    const concern = overall === 4 ? { concern: 'SWK' as const } : {};
    const outcome: GradedOutcome = {
      ...this.about(startedOn, 'School inspection'),
      shape: 'graded',
      overall,
      judgements: this.judgements(overall),
      safeguardingEffective: overall !== 4,
      ...concern,
    };
    this.publish(outcome);
  }

  withoutOverall(from: string, to: string): void {
    const startedOn = inTerm(this.random, from, to);
    this.publish({
      ...this.about(startedOn, 'S5 Inspection'),
      shape: 'graded-without-overall',
      judgements: this.judgements(this.fourPoint(0.6)),
      safeguardingEffective: true,
    });
  }

  ungraded(grade: FourPointGrade, from: string, to: string): void {
    const startedOn = inTerm(this.random, from, to);
    const name = grade === 1 ? 'Outstanding' : 'Good';
    const older = startedOn < '2024-09-01';
    const outcome = older
      ? `School remains ${name}${this.random.chance(0.1) ? ' (Concerns) - S5 Next' : ''}`
      : this.random.pick([
          'Standards maintained',
          'Standards maintained',
          'Improved significantly',
          'Some aspects not as strong',
        ]);
    this.publish({ ...this.about(startedOn, 'Ungraded inspection'), shape: 'ungraded', outcome });
  }

  /** The worst one has urgent improvement to make; in the mending one an area needs attention that is soon put right. */
  reportCard(which: 'worst' | 'mending' | 'usual', to: string): ReportCardOutcome {
    const isWorst = which === 'worst';
    const startedOn = inTerm(this.random, '2025-11-11', to);
    const graded = this.areas().map((area): GradedArea => {
      if (isWorst && area === 'Achievement')
        return { area, grade: 'Urgent improvement', gradedOn: startedOn };
      const mending = which === 'mending' && area === 'Attendance and behaviour';
      return {
        area,
        grade: mending ? 'Needs attention' : this.areaGrade(isWorst),
        gradedOn: startedOn,
      };
    });
    const card: ReportCardOutcome = {
      ...this.about(startedOn, 'Full inspection'),
      shape: 'report-card',
      areas: graded,
      safeguarding: isWorst ? 'not-met' : 'met',
      ...(isWorst ? { concern: 'RSI' } : {}),
    };
    this.publish(card);
    return card;
  }

  /** A monitoring visit half a year after a report card finds one area put right. */
  regrade(): void {
    const card = this.reportCard('mending', '2026-01-30');
    const gradedOn = inTerm(this.random, daysAfter(card.startedOn, 100), '2026-07-09');
    const areas = card.areas.map((area): GradedArea =>
      area.area === 'Attendance and behaviour'
        ? { ...area, grade: 'Expected standard', gradedOn }
        : area,
    );
    this.published.push({ publishedOn: daysAfter(gradedOn, 28), outcome: { ...card, areas } });
  }

  private publish(outcome: InspectionOutcome): void {
    this.published.push({ publishedOn: outcome.publishedOn ?? outcome.startedOn, outcome });
  }

  private about(startedOn: string, inspectionType: string) {
    return {
      inspectionNumber: this.numbers.next(),
      urnNow: this.school.establishments.at(-1)?.urn ?? '',
      urnAtTime: urnOn(this.school.establishments, startedOn),
      startedOn,
      publishedOn: daysAfter(startedOn, this.random.between(24, 44)),
      inspectionType,
    };
  }

  private judgements(overall: FourPointGrade): Partial<Record<SubJudgement, FourPointGrade>> {
    const { lowAge, highAge } = this.school.plan.kind;
    const near = (): FourPointGrade => {
      if (overall === 4 || overall === 1 || this.random.chance(0.75)) return overall;
      return overall === 3 ? 2 : this.random.pick([1, 2, 2]);
    };
    return {
      'Quality of education': overall,
      'Behaviour and attitudes': near(),
      'Personal development': near(),
      'Leadership and management': near(),
      ...(lowAge < 5 ? { 'Early years provision': near() } : {}),
      ...(highAge > 16 ? { 'Sixth form provision': near() } : {}),
    };
  }

  private areas(): ReportCardArea[] {
    const { lowAge, highAge } = this.school.plan.kind;
    const always: ReportCardArea[] = [
      'Inclusion',
      'Curriculum and teaching',
      'Achievement',
      'Attendance and behaviour',
      'Personal development and wellbeing',
    ];
    if (lowAge < 5) always.push('Early years');
    if (highAge > 16) always.push('Post-16 provision');
    return [...always, 'Leadership and governance'];
  }

  /** Drawn so that all schools' areas together have the shares, and a strained school more of the weak ones. */
  private areaGrade(isWorst: boolean): ReportCardGrade {
    if (isWorst) return this.random.pick(['Needs attention', 'Expected standard']);
    const felt = (this.strain * 0.7 + this.random.normal(0, 0.7)) / Math.hypot(0.7, 0.7);
    let share = uniform(felt);
    for (const [grade, of] of AREA_SHARES) {
      if (share < of) return grade;
      share -= of;
    }
    return 'Needs attention';
  }
}

/** Where a standard normal figure stands among all such, from 0 to 1; a logistic curve is near enough. */
const uniform = (normal: number): number => 1 / (1 + Math.exp(-1.702 * normal));

const urnOn = (establishments: readonly Establishment[], day: string): string =>
  (
    establishments.find(({ closedOn }) => closedOn === undefined || closedOn >= day) ??
    establishments.at(-1)
  )?.urn ?? '';
