import type { Figure } from './measuring';
import { holds, inShort, limitOf } from './measuring';

const WIDTH = 1060;
const LEFT = 570;
const RIGHT = 160;
const LINE = 30;
const TOP = 64;
/** The longest bar there is room for, as a proportion of bare. */
const MOST = 1;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const x = (value: number): number =>
  Math.round(LEFT + (Math.min(value, MOST) / MOST) * (WIDTH - LEFT - RIGHT));

/** Our rates in proportion to the bare ones: a bar each, a line where its limit is, everything said in text as well. */
export function ratiosChart(figures: readonly Figure[]): string {
  const shown = figures.filter(({ unit, limit }) => unit === 'of bare' && limit !== undefined);
  const height = TOP + shown.length * LINE + 20;
  const said = shown
    .map((figure) => `${nameOf(figure)}: ${inShort(figure)}, limit ${limitOf(figure)}`)
    .join('. ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="14">
<title id="title">Our rates in proportion to bare SQLite</title>
<desc id="desc">${escaped(said)}.</desc>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="28" font-size="17" font-weight="bold" fill="#0b0c0c">Our rates in proportion to bare SQLite</text>
<text x="16" y="48" fill="#505a5f">Bar: measured. Black line: the least it must be. 100 % is the bare loop itself.</text>
<line x1="${x(1)}" y1="${TOP}" x2="${x(1)}" y2="${height - 16}" stroke="#505a5f" stroke-dasharray="3 4"/>
${shown.map(barOf).join('\n')}
</svg>
`;
}

const nameOf = ({ what, events }: Figure): string =>
  events === undefined ? what : `${what}, ${events.toLocaleString('en-GB')} events`;

function barOf(figure: Figure, at: number): string {
  const y = TOP + at * LINE;
  const { limit, value } = figure;
  const least = limit !== undefined && 'atLeast' in limit ? x(limit.atLeast) : LEFT;
  const name = nameOf(figure);
  const words = `${inShort(figure)} (${limitOf(figure)}${holds(figure) ? '' : ': short'})`;
  return `<text x="${LEFT - 10}" y="${y + 19}" text-anchor="end" fill="#0b0c0c">${escaped(name)}</text>
<rect x="${LEFT}" y="${y + 5}" width="${x(value) - LEFT}" height="${LINE - 10}" fill="${holds(figure) ? '#1d70b8' : '#d4351c'}"/>
<line x1="${least}" y1="${y + 2}" x2="${least}" y2="${y + LINE - 2}" stroke="#0b0c0c" stroke-width="3"/>
<text x="${x(MOST) + 10}" y="${y + 19}" fill="#0b0c0c">${words}</text>`;
}
