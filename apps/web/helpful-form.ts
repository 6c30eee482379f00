import type { Query as Asks } from './query';

/* The form under each page of the guide: "Was this page helpful?", and what somebody sent in it. */
export const pointsInWords = [
  { points: 5, name: 'Very helpful' },
  { points: 4, name: 'Helpful' },
  { points: 3, name: 'Neither helpful nor unhelpful' },
  { points: 2, name: 'Not very helpful' },
  { points: 1, name: 'Not at all helpful' },
] as const;

interface Fault {
  readonly text: string;
  readonly href: '#points' | '#comment';
}

/** What was sent, as far as it can be used, and what is wrong with it. */
export interface Sent {
  readonly points?: number;
  readonly comment?: string;
  readonly faults: readonly Fault[];
}
export const nothingSent: Sent = { faults: [] };

const LONGEST = 1000;

export function sentIn(body: Asks | undefined): Sent {
  const points = pointsInWords.find((one) => String(one.points) === body?.['points'])?.points;
  const written = body?.['comment'];
  // A browser sends the end of a line as two characters.
  const comment = typeof written === 'string' ? written.replaceAll('\r\n', '\n').trim() : '';
  const tooLong = `What you write must be 1,000 characters or fewer; it has ${comment.length.toLocaleString('en-GB')}`;
  return {
    ...(points === undefined ? {} : { points }),
    ...(comment === '' ? {} : { comment }),
    faults: [
      ...(points === undefined
        ? [{ text: 'Choose how helpful this page was', href: '#points' } as const]
        : []),
      ...(comment.length > LONGEST ? [{ text: tooLong, href: '#comment' } as const] : []),
    ],
  };
}

/** The form filled in as it was sent. */
export const formView = ({ points, comment, faults }: Sent) => ({
  choices: pointsInWords.map((one, n) => ({
    value: String(one.points),
    text: one.name,
    // Where the summary of errors leads to.
    id: n === 0 ? 'points' : `points-${n + 1}`,
    checked: one.points === points,
  })),
  comment,
  pointsFault: faults.find(({ href }) => href === '#points'),
  commentFault: faults.find(({ href }) => href === '#comment'),
});
