import type { AnySchoolEvent } from '#domain';
import type { Stage, WhyAnswer, WhyLine } from '#read-models';

export const stagesInWords: Readonly<Record<Stage, string>> = {
  trigger: 'What set it off',
  readings: 'Readings',
  score: 'Score',
  'hard-rules': 'Hard rules',
  judgement: 'Professional judgement',
  moderation: 'Moderation',
  letter: 'Proposal and letter',
  discussion: 'Discussion with the school',
  representation: 'Representation by the school',
  review: 'Review',
  decision: 'Decision',
};

type DataOf<T extends AnySchoolEvent['type']> = Extract<
  AnySchoolEvent,
  { readonly type: T }
>['data'];
type Scored = DataOf<'RiskScoreCalculated'>;
type Step = Scored['steps'][number];
type Read = Partial<DataOf<'IndicatorRecorded'>> & Partial<DataOf<'IndicatorMarkedUnavailable'>>;

export interface ReadingRow extends WhyLine {
  readonly name: string;
  readonly reading: Read;
  /** The band it fell into, and what it was compared with, where this reading counted in the score. */
  readonly step?: Step;
}

/** A reading's name, band and comparator stand in the score that was made of it. */
export function readingRows(
  lines: readonly WhyLine[],
  score: Scored | undefined,
): readonly ReadingRow[] {
  return lines.map((line) => {
    const reading = line.data as Read;
    const step = score?.steps.find(
      ({ indicator, period }) => indicator === reading.indicator && period === reading.period,
    );
    const name =
      score?.steps.find(({ indicator }) => indicator === reading.indicator)?.name ??
      reading.indicator ??
      '';
    return { ...line, name, reading, ...(step === undefined ? {} : { step }) };
  });
}

const figure = (n: number): string => String(Math.round(n * 1000) / 1000);

/** The sum in a sentence: points over weight, what the weight is out of, and what follows from it. */
export function sumSentence({ steps, score, coverage, suggested }: Scored): string {
  const usable = steps.filter(({ band }) => band !== undefined);
  const sum = (of: (step: Step) => number, over: readonly Step[]): number =>
    over.reduce((total, step) => total + of(step), 0);
  const weight = sum((step) => step.weight, usable);
  const points = sum((step) => step.points ?? 0, usable);
  const applicable = sum(
    (step) => step.weight,
    steps.filter(({ absence }) => absence !== 'not-applicable'),
  );
  const covered = `${figure(weight)} of ${figure(applicable)} of the weight that applies has a usable reading, a coverage of ${coverage}%`;
  const follows =
    suggested === undefined
      ? 'No category is suggested: the panel decides.'
      : `This suggests ${suggested}.`;
  return score === undefined
    ? `No reading can be used, so there is no score. ${follows}`
    : `${figure(points)} points over a weight of ${figure(weight)}, times 100, is a score of ${score}. ${covered}. ${follows}`;
}

export interface StageView {
  readonly stage: Stage;
  readonly title: string;
  readonly lines: readonly WhyLine[];
  readonly absent?: string;
  readonly readings?: readonly ReadingRow[];
  readonly scores?: readonly {
    readonly line: WhyLine;
    readonly score: Scored;
    readonly sum: string;
  }[];
}

const isScore = ({ type }: WhyLine): boolean => type === 'RiskScoreCalculated';

/** The stages with what their tables need. */
export function stageViews({ stages }: WhyAnswer): readonly StageView[] {
  const scored = stages.find(({ stage }) => stage === 'score')?.lines.filter(isScore) ?? [];
  const last = scored.at(-1)?.data as Scored | undefined;
  return stages.map(({ stage, lines, absent }) => ({
    stage,
    title: stagesInWords[stage],
    lines,
    ...(absent === undefined ? {} : { absent }),
    ...(stage === 'readings' && lines.length > 0 ? { readings: readingRows(lines, last) } : {}),
    ...(stage === 'score' && lines.length > 0
      ? {
          scores: lines.filter(isScore).map((line) => ({
            line,
            score: line.data as Scored,
            sum: sumSentence(line.data as Scored),
          })),
        }
      : {}),
  }));
}

/** "moved from Enhancement to Intervention", "stayed in Prevention", "was put in Enhancement, its first category". */
export function changeInWords({ type, from, to }: WhyAnswer['change']): string {
  if (type === 'CategoryCorrected') return `had its record put right to ${to}`;
  if (type === 'CategoryChanged' && from !== undefined && from !== to)
    return `moved from ${from} to ${to}`;
  return `was confirmed in ${to}`;
}

/** Figures made up as an example say so where they are shown. */
export const hasExamples = (stages: readonly StageView[]): boolean =>
  stages.some(({ readings }) => readings?.some(({ reading }) => reading.example === true) === true);
