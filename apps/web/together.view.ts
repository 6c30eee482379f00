import type {
  CollaborationLine,
  ConsultationLine,
  SchoolThatCouldHelp,
  LiaisonGroupLine,
  Standing,
  StrengthLine,
} from '#read-models';
import { areaInWords, evidenceInWords } from '#read-models';
import { counted, dayInWords, phasesInWords } from './words';

/** How a collaboration stands, in words, with the colour of its tag: the word is always there. */
const standings: Readonly<Record<Standing, { readonly name: string; readonly tag: string }>> = {
  'not-begun': { name: 'Not begun', tag: 'grey' },
  'going-on': { name: 'Going on', tag: 'green' },
  'review-overdue': { name: 'Review overdue', tag: 'red' },
  'to-be-ended': { name: 'To be ended', tag: 'yellow' },
  ended: { name: 'Ended', tag: 'grey' },
};

const kindWords = { formal: 'Formal', bespoke: 'Bespoke' } as const;

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `early-reading` → "Early reading". */
export const areaName = (area: string): string => sentenceCase(areaInWords(area));

export function collaborationView(line: CollaborationLine) {
  const { kind, area, from, endedOn, reviewDue, daysOverdue, standing, lastReview, lead } = line;
  return {
    ...line,
    standing: standings[standing],
    what: `${kindWords[kind]}${area === undefined ? '' : `: ${areaInWords(area)}`}`,
    time: `${dayInWords(from)} to ${endedOn === undefined ? 'now' : dayInWords(endedOn)}`,
    review: reviewInWords(reviewDue, daysOverdue),
    achieved:
      lastReview === undefined
        ? undefined
        : `Reviewed ${dayInWords(lastReview.reviewedOn)}: ${lastReview.achieved}`,
    schools: line.schools.map((school) => ({
      ...school,
      leads: school.schoolId === lead?.schoolId,
    })),
  };
}

function reviewInWords(due: string | undefined, overdue: number | undefined): string | undefined {
  if (due === undefined) return undefined;
  const by = `Review due by ${dayInWords(due)}`;
  return overdue === undefined ? by : `${by}, ${counted(overdue, 'day')} overdue`;
}

/** "Early reading, Primary" with what it is known from and how old that is. */
export const strengthView = ({
  strengthId,
  area,
  phase,
  evidenceKind,
  evidenceRef,
  observedOn,
  ageDays,
}: StrengthLine) => ({
  strengthId,
  area: areaName(area),
  phase: phasesInWords[phase],
  evidence: sentenceCase(evidenceInWords(evidenceKind)),
  evidenceRef,
  observedOn,
  age: ageInWords(ageDays),
});

/** 10 → "10 days old", 400 → "1 year 1 month old": how far to trust it is for the reader to judge. */
export function ageInWords(days: number): string {
  if (days < 1) return 'of today';
  if (days < 60) return `${counted(days, 'day')} old`;
  // Twelve months of a year's days, whether it leaps or not.
  const months = Math.round((days * 12) / 365.25);
  const [years, rest] = [Math.floor(months / 12), months % 12];
  const parts = [
    ...(years === 0 ? [] : [counted(years, 'year')]),
    ...(rest === 0 ? [] : [counted(rest, 'month')]),
  ];
  return `${parts.join(' ')} old`;
}

export const couldHelpView = ({ school, strengths, collaborations }: SchoolThatCouldHelp) => ({
  school,
  strengths: strengths.map(strengthView),
  busy:
    collaborations === 0
      ? 'In no collaboration now'
      : `In ${counted(collaborations, 'collaboration')} now`,
});

export const groupView = ({ schools, lastMeeting, ...group }: LiaisonGroupLine) => ({
  ...group,
  schools,
  last:
    lastMeeting === undefined
      ? 'No meeting on record'
      : `${dayInWords(lastMeeting.heldOn)}, ${counted(lastMeeting.schools, 'school')} of ${schools.length} there`,
});

export const consultationView = (line: ConsultationLine) => ({
  ...line,
  whom: [...(line.schools === 0 ? [] : [counted(line.schools, 'school')]), ...line.bodies].join(
    ', ',
  ),
  state: line.open
    ? line.overdue
      ? { name: 'To be closed', tag: 'yellow' }
      : { name: 'Open', tag: 'green' }
    : { name: 'Closed', tag: 'grey' },
});
