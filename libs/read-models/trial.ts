import type { Framework } from '#domain';

/** What is tried instead of what a framework says; left out: as it says. */
export type Trial = {
  readonly prevention?: number;
  readonly intervention?: number;
  readonly minimumCoverage?: number;
  readonly weights: Readonly<Record<string, number>>;
};

/** What cannot be tried, by the parameter that says it. */
export type TrialFault = { readonly parameter: string; readonly detail: string };

/** [I] No framework weighs an indicator more than 20; beyond five times that it is a slip. */
const MOST_WEIGHT = 100;

/** The framework with what is tried in its place; or each parameter that is absurd, and why. */
export function tried(
  framework: Framework,
  { prevention, intervention, minimumCoverage, weights }: Trial,
): Framework | { readonly faults: readonly TrialFault[] } {
  const was = framework.thresholds;
  const thresholds = {
    prevention: prevention ?? was.prevention,
    intervention: intervention ?? was.intervention,
    minimumCoverage: minimumCoverage ?? was.minimumCoverage,
  };
  const indicators = framework.indicators.map((indicator) => ({
    ...indicator,
    weight: Object.hasOwn(weights, indicator.code)
      ? (weights[indicator.code] ?? 0)
      : indicator.weight,
  }));
  const faults = [
    ...thresholdFaults(thresholds),
    ...Object.entries(weights).flatMap(([code, weight]) => weightFault(framework, code, weight)),
  ];
  if (faults.length > 0) return { faults };
  if (indicators.every(({ weight }) => weight === 0)) {
    const [first = ''] = Object.keys(weights);
    const detail = 'at least one indicator must weigh more than 0, or there is no score at all';
    return { faults: [{ parameter: `weight.${first}`, detail }] };
  }
  return { ...framework, thresholds, indicators };
}

function thresholdFaults({
  prevention,
  intervention,
  minimumCoverage,
}: Framework['thresholds']): readonly TrialFault[] {
  const outside = (parameter: string, value: number, least: number): readonly TrialFault[] =>
    value >= least && value <= 100
      ? []
      : [{ parameter, detail: `${parameter} must be from ${least} to 100; ${value} is not` }];
  const faults = [
    ...outside('prevention', prevention, 0.1),
    ...outside('intervention', intervention, 0.1),
    ...outside('minimumCoverage', minimumCoverage, 0),
  ];
  if (faults.length > 0 || prevention < intervention) return faults;
  const detail = `Prevention from ${prevention} and Intervention from ${intervention} cannot be: intervention must be above prevention`;
  return [{ parameter: 'intervention', detail }];
}

function weightFault(
  { version, indicators }: Framework,
  code: string,
  weight: number,
): readonly TrialFault[] {
  const parameter = `weight.${code}`;
  if (!indicators.some((indicator) => indicator.code === code)) {
    const known = indicators.map((indicator) => indicator.code).join(', ');
    const detail = `framework ${version} has no indicator ${code}; it has ${known}`;
    return [{ parameter, detail }];
  }
  if (weight >= 0 && weight <= MOST_WEIGHT) return [];
  return [{ parameter, detail: `a weight must be from 0 to ${MOST_WEIGHT}; ${weight} is not` }];
}

const thresholdNames = ['prevention', 'intervention', 'minimumCoverage'] as const;
const WEIGHT = 'weight.';
/** Up to three digits, and up to two after the point: a figure as people write one. */
const FIGURE = /^\d{1,3}(\.\d{1,2})?$/;

/** Whether a parameter of an address says what is to be tried. */
export const isOfTrial = (parameter: string): boolean =>
  parameter.startsWith(WEIGHT) || (thresholdNames as readonly string[]).includes(parameter);

/** What is tried, as the parameters of an address say it; what is empty is as the framework says. */
export function trialFrom(
  parameters: Readonly<Record<string, unknown>>,
): Trial | { readonly faults: readonly TrialFault[] } {
  const said = Object.entries(parameters).filter(
    ([name, value]) => isOfTrial(name) && value !== '' && value !== undefined,
  );
  const faults = said
    .filter(([, value]) => typeof value !== 'string' || !FIGURE.test(value))
    .map(([parameter]) => ({
      parameter,
      detail: `${parameter} must be one number from 0 to 100, such as 25 or 12.5`,
    }));
  if (faults.length > 0) return { faults };
  const figures = said.map(([name, value]) => [name, Number(value)] as const);
  return {
    ...Object.fromEntries(figures.filter(([name]) => !name.startsWith(WEIGHT))),
    weights: Object.fromEntries(
      figures
        .filter(([name]) => name.startsWith(WEIGHT))
        .map(([name, weight]) => [name.slice(WEIGHT.length), weight]),
    ),
  };
}
