import type { ChampionRole } from '#domain';

/** What schools of the county need help with: each with what is to change, how it is seen, from where and to where. */
export interface Theme {
  readonly specialism: string;
  readonly focus: string;
  readonly what: string;
  readonly measure: string;
  readonly unit: string;
  /** The measure as it stands, at least and at most, and by how much it is to change. */
  readonly stands: readonly [number, number];
  readonly by: number;
}

const theme = (
  specialism: string,
  focus: string,
  what: string,
  measure: string,
  [least, most, by]: readonly [number, number, number],
  unit = '%',
): Theme => ({ specialism, focus, what, measure, unit, stands: [least, most], by });

const TEACHING = [
  theme(
    'early-reading',
    'Early reading from Reception to Year 2',
    'More children read well by the end of Year 1',
    'Share who meet the phonics standard in the school’s own check',
    [58, 72, 10],
  ),
  theme(
    'mathematics',
    'Mathematics in Key Stage 2',
    'More pupils reach the expected standard in mathematics',
    'Share on track in the termly assessment',
    [52, 68, 9],
  ),
  theme(
    'writing',
    'Writing across the curriculum',
    'More pupils write at the expected standard',
    'Share on track in moderated writing',
    [48, 64, 10],
  ),
  theme(
    'disadvantage',
    'What pupils entitled to free school meals achieve',
    'The gap to other pupils closes',
    'Gap in the termly assessment, in percentage points',
    [18, 27, -6],
    ' points',
  ),
  theme(
    'attendance',
    'Attendance',
    'Fewer pupils are persistently absent',
    'Share who missed a tenth of sessions or more',
    [16, 28, -5],
  ),
  theme(
    'behaviour',
    'Behaviour and routines',
    'Less learning is lost to disruption',
    'Incidents logged a week',
    [14, 30, -8],
    ' a week',
  ),
] as const;

const LEADING = [
  theme(
    'leadership',
    'Senior leaders’ evaluation and planning',
    'Leaders know what works and act on it',
    'Milestones of the improvement plan met',
    [30, 45, 35],
  ),
  theme(
    'governance',
    'Governors’ challenge to leaders',
    'Governors hold leaders to account',
    'Actions of the governance review that are done',
    [20, 35, 45],
  ),
  theme(
    'curriculum',
    'Subject leadership and the order of the curriculum',
    'Each subject is led by somebody who knows what is learnt when',
    'Subjects with an agreed order of teaching',
    [35, 50, 40],
  ),
] as const;

const INCLUDING = [
  theme(
    'special-needs',
    'Support for pupils with special educational needs',
    'Plans lead to adapted teaching',
    'Plans reviewed in time',
    [45, 60, 30],
  ),
  theme(
    'inclusion',
    'Pupils at risk of exclusion',
    'Fewer pupils are suspended',
    'Suspensions a term',
    [8, 18, -5],
    ' a term',
  ),
] as const;

export const THEMES: Readonly<Record<ChampionRole, readonly Theme[]>> = {
  SSLC: LEADING,
  SSPC: TEACHING,
  ABLE: INCLUDING,
};
