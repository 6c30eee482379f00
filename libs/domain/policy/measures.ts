import type { Indicator } from '../shared/framework';

/** The words of the shared framework shape; the compiler keeps the two in step. */
export const measures = [
  'gap',
  'ratio',
  'at-least',
  'at-most',
  'finding',
] as const satisfies readonly Indicator['measure'][];
export const sides = ['below', 'above'] as const satisfies readonly NonNullable<
  Indicator['worse']
>[];

type Bands = Pick<Indicator, 'amber' | 'red'>;

/** Why two bands do not suit a measure, as the end of a sentence; undefined when they do. */
export function bandsFault(
  measure: Indicator['measure'],
  { amber, red }: Bands,
): string | undefined {
  switch (measure) {
    case 'gap':
    case 'ratio':
      return amber > 0 && amber < red ? undefined : 'amber must be above 0 and red above amber';
    case 'at-least':
      return amber < red ? undefined : 'red must be above amber';
    case 'at-most':
      return red < amber ? undefined : 'red must be below amber';
    case 'finding':
      return amber === 1 && red === 2 ? undefined : 'amber must be 1 and red 2';
  }
}
