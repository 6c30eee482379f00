import type { Answered } from './sample';
import { SAMPLE_DAY } from './sample';
import type { Question } from './table';

/** A question that was asked, and what was answered. */
export interface Asked {
  readonly question: Question;
  readonly answer: Answered;
}

/** Of a list one entry stands on the page, and of a text so many characters. */
const ENTRIES = 1;
const LONGEST = 160;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** docs/questions.md: each question, the request that answers it, and the answer of the sample county. */
export function questionsPage(asked: readonly Asked[], elsewhere: readonly Question[]): string {
  return `${[
    '# Questions, and the requests that answer them',
    `Made by \`npm run catalog -- questions\`: each request was put to the sample county, whose schools and people are all invented, as of ${SAMPLE_DAY}. Add the token of somebody who may ask: \`Authorization: Bearer …\`. Of each list the first entry is shown; identities are left out as "…".`,
    [
      '| | Who asks | Question |',
      '| --- | --- | --- |',
      ...asked.map(({ question }) => rowOf(question)),
    ].join('\n'),
    ...asked.map(sectionOf),
    '## Not answered here',
    elsewhere.map(({ number, who, asks }) => `- ${number}. ${who}: ${asks}`).join('\n'),
  ].join('\n\n')}\n`;
}

const titleOf = ({ number, asks }: Question): string => `${number}. ${asks}`;

const rowOf = (question: Question): string =>
  `| ${question.number} | ${question.who} | [${question.asks}](#${anchorOf(titleOf(question))}) |`;

/** As the places where the page is read make links of headings. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

function sectionOf({ question, answer }: Asked): string {
  const { who, by, path = '', shows = (body: never): unknown => body, note } = question;
  return [
    `## ${titleOf(question)}`,
    `${who}, signed in as ${by?.role ?? ''}:`,
    `\`\`\`http\nGET ${path.replaceAll(ID, '…')}\n\`\`\``,
    `\`\`\`json\n${JSON.stringify(shortened(shows(answer.body as never)), null, 2)}\n\`\`\``,
    ...(note === undefined ? [] : [note]),
  ].join('\n\n');
}

/** An answer short enough to be read: the beginnings of lists and texts, without identities and positions. */
function shortened(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const first = value.slice(0, ENTRIES).map((entry) => shortened(entry));
    const more = value.length - first.length;
    return more > 0 ? [...first, `and ${more} more`] : first;
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([field, inside]) => [field, shortened(inside, field)]),
    );
  if (typeof value === 'number' && /position$/i.test(name)) return '…';
  if (typeof value !== 'string') return value;
  const told = value.replaceAll(ID, '…');
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}…` : told;
}
