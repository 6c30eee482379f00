import type { QualityObject } from '../shared/quality-policy';

/** The scale of each object, best first. [I] domain dossier, 4.3: no scale of the county's was found in public. */
export const scales = {
  assessment: ['agree', 'agree-with-change', 'return'],
  'visit-record': ['meets', 'minor', 'redo'],
  deployment: ['highly-effective', 'effective', 'partly-effective', 'not-effective'],
  champion: ['continue', 'continue-with-development', 'pause', 'end'],
} as const satisfies Readonly<Record<QualityObject, readonly string[]>>;

export const verdicts = [
  ...scales.assessment,
  ...scales['visit-record'],
  ...scales.deployment,
  ...scales.champion,
] as const;
export type Verdict = (typeof verdicts)[number];
export type SupportVerdict = (typeof scales.deployment)[number];

/** Verdicts on support that say it does not work as it should. */
export const poorOnSupport = ['partly-effective', 'not-effective'] as const;
export type PoorOnSupport = (typeof poorOnSupport)[number];

const belowEffective: readonly Verdict[] = ['return', 'redo', ...poorOnSupport, 'pause', 'end'];

/** Something must become better: such a verdict comes with what, by whom and by when. */
export const isBelowEffective = (verdict: Verdict): boolean => belowEffective.includes(verdict);

export const isPoorOnSupport = (verdict: Verdict): verdict is PoorOnSupport =>
  (poorOnSupport as readonly Verdict[]).includes(verdict);

export const isOnScale = (object: QualityObject, verdict: Verdict): boolean =>
  (scales[object] as readonly Verdict[]).includes(verdict);

/** `partly-effective` → "partly effective". */
export const inWords = (word: string): string => word.replaceAll('-', ' ');
