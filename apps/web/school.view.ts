import type { AnySchoolEvent, Category, InspectionOutcome } from '#domain';
import { absences } from '#domain';
import type { Catalogue } from '#application';
import type { Coverage, SchoolCard } from '#read-models';
import { journey } from '#read-models';
import {
  absencesInWords,
  capital,
  counted,
  dayInWords,
  kindsInWords,
  phasesInWords,
  statusesInWords,
} from './words';

export interface Row {
  readonly key: string;
  readonly value: string;
}
const row = (key: string, value: string | undefined): readonly Row[] =>
  value === undefined ? [] : [{ key, value }];

/** What the school is, line by line. What is not known has no line. */
export function cardRows(card: SchoolCard): readonly Row[] {
  const { pupils, capacity, ageFrom, ageTo, fsmPercent } = card;
  return [
    ...row('Kind', kindsInWords[card.kind]),
    ...row('Phase', phasesInWords[card.phase]),
    ...row('Status', `${statusesInWords[card.status]} (${card.typeName})`),
    ...row('URN', urnsInWords(card)),
    ...row('Establishment number', card.laestab),
    ...row('Open or closed', openInWords(card)),
    ...row(
      'Ages',
      ageFrom === undefined || ageTo === undefined ? undefined : `${ageFrom} to ${ageTo}`,
    ),
    ...row(
      'Pupils',
      pupils === undefined
        ? undefined
        : `${pupils.toLocaleString('en-GB')}${capacity === undefined ? '' : ` of ${counted(capacity, 'place')}`}`,
    ),
    ...row('Free school meals', fsmPercent === undefined ? undefined : `${fsmPercent}% of pupils`),
    ...row(
      'Place',
      [card.town, card.postcode].filter((part) => part !== undefined).join(', ') || undefined,
    ),
    ...row('Trust', card.trust),
    ...row('Federation', card.federation),
    ...row('Head', postInWords(card.head, 'head')),
    ...row('Chair of governors', postInWords(card.chair, 'chair')),
  ];
}

function urnsInWords({ urn, urns }: SchoolCard): string {
  const before = urns.filter((had) => had.urn !== urn);
  if (before.length === 0) return urn;
  const each = before.map((had) =>
    had.until === undefined ? had.urn : `${had.urn} until ${dayInWords(had.until)}`,
  );
  return `${urn}; before that ${each.join(', ')}`;
}

function openInWords({ open, openedOn, closedOn, closesOn }: SchoolCard): string {
  if (closedOn !== undefined) return `Closed on ${dayInWords(closedOn)}`;
  if (!open) return 'Not open yet';
  const since = openedOn === undefined ? 'Open' : `Open since ${dayInWords(openedOn)}`;
  return closesOn === undefined ? since : `${since}; proposed to close on ${dayInWords(closesOn)}`;
}

/** Who it is, is for those who may know; what kind of headship it is, is not a secret. */
function postInWords(post: SchoolCard['head'], what: string): string | undefined {
  if (post === undefined) return undefined;
  const kind =
    post.kind === 'vacant' ? 'Vacant' : post.kind === what ? 'In post' : capital(post.kind);
  return `${kind} since ${dayInWords(post.from)}`;
}

const overallInWords: Readonly<Record<string, string>> = {
  1: 'Outstanding',
  2: 'Good',
  3: 'Requires improvement',
  4: 'Inadequate',
};
const safeguardingInWords: Readonly<
  Record<NonNullable<InspectionOutcome['safeguarding']>, string>
> = {
  met: 'Standards met',
  'not-met': 'Standards not met',
  effective: 'Effective',
  'not-effective': 'Not effective',
};
const concernInWords: Readonly<Record<NonNullable<InspectionOutcome['concern']>, string>> = {
  SM: 'Special measures',
  SWK: 'Serious weaknesses',
  RSI: 'Requires significant improvement',
};
const shapesInWords: Readonly<Record<InspectionOutcome['shape'], string>> = {
  'report-card': 'Report card',
  graded: 'Graded inspection, with an overall grade',
  'graded-without-overall': 'Graded inspection, without an overall grade',
  ungraded: 'Ungraded inspection',
};

/**
 * An Ofsted outcome in the words of the framework it was found under, each grade with the date it is as at. Grades of
 * different frameworks cannot be compared, and no number is made of them.
 */
export function inspectionRows(outcome: InspectionOutcome): readonly Row[] {
  const { shape, overall, safeguarding, concern, startedOn } = outcome;
  return [
    ...row('Inspection', `${shapesInWords[shape]}, as at ${dayInWords(startedOn)}`),
    ...row('Overall', overall === undefined ? undefined : (overallInWords[overall] ?? overall)),
    ...row('Outcome', outcome.outcome),
    ...outcome.areas.flatMap(({ area, grade, gradedOn }) =>
      row(
        area,
        `${overallInWords[grade] ?? grade}${gradedOn === undefined ? '' : `, as at ${dayInWords(gradedOn)}`}`,
      ),
    ),
    ...row(
      'Safeguarding',
      safeguarding === undefined ? undefined : safeguardingInWords[safeguarding],
    ),
    ...row('Category of concern', concern === undefined ? undefined : concernInWords[concern]),
    ...row(
      'Report published',
      outcome.publishedOn === undefined ? undefined : dayInWords(outcome.publishedOn),
    ),
  ];
}

/** "8 of 11 indicators have a figure, which is 84.2% of the weight." and what is missing, by the kind of absence. */
export function coverageView(coverage: Coverage): {
  sentence: string;
  missing: readonly { name: string; says: string; indicators: string }[];
  invented: boolean;
} {
  const { lines } = coverage;
  const applicable = lines.filter(({ absence }) => absence !== 'not-applicable');
  const usable = applicable.filter(({ band }) => band !== undefined);
  const score =
    coverage.score === undefined
      ? 'No score could be worked out'
      : `The score is ${coverage.score} of 100`;
  const suggests =
    coverage.suggested === undefined
      ? 'suggests no category: the panel decides'
      : `suggests ${coverage.suggested}`;
  return {
    sentence:
      `${usable.length} of ${counted(applicable.length, 'indicator')} that apply to this school have a figure, ` +
      `${coverage.coverage}% of the weight. ${score}, which ${suggests}. A score is advice; a person decides.`,
    missing: absences.flatMap((absence) => {
      const of = lines.filter((line) => line.absence === absence);
      return of.length === 0
        ? []
        : [{ ...absencesInWords[absence], indicators: of.map(({ name }) => name).join(', ') }];
    }),
    invented: lines.some(({ example }) => example === true),
  };
}

/** "since 1 September 2026", or "from" where that day has not come at the time the page speaks of. */
export function categoryView(
  card: SchoolCard,
  day: string,
): { is: Category; since: string; changeId: string } | undefined {
  const { category } = card;
  if (category === undefined) return undefined;
  const { is, effectiveFrom, changeId } = category;
  return {
    is,
    since: `${effectiveFrom > day ? 'from' : 'since'} ${dayInWords(effectiveFrom)}`,
    changeId,
  };
}

type EventType = AnySchoolEvent['type'];
const decisions: readonly EventType[] = [
  'CategoryConfirmed',
  'CategoryChanged',
  'CategoryCorrected',
];
/** An entry that decides on a category, and so has a page that explains it. */
export const hasWhy = (type: string): boolean => (decisions as readonly string[]).includes(type);

/** Kinds of event a journey can be narrowed to: by context, a school's own facts split once more. */
export function kindsOfEvent(
  catalogue: Catalogue,
): readonly { value: string; text: string; types: readonly string[] }[] {
  const typesOf = (...contexts: readonly string[]): readonly string[] =>
    catalogue.aggregates
      .filter(({ context }) => contexts.includes(context))
      .flatMap(({ events }) => Object.keys(events))
      .filter((type) => Object.hasOwn(journey.touches, type));
  const own = Object.groupBy(typesOf('schools'), (type) =>
    type.startsWith('Inspection')
      ? 'inspections'
      : /^(Headteacher|ChairOfGovernors)/.test(type)
        ? 'leadership'
        : 'register',
  );
  return [
    { value: 'decisions', text: 'Decisions on the category', types: decisions },
    {
      value: 'categories',
      text: 'Category: proposal, letter, discussion, decision',
      types: typesOf('categories'),
    },
    {
      value: 'risk',
      text: 'Assessment: readings, score, judgement',
      types: typesOf('risk', 'policy'),
    },
    { value: 'inspections', text: 'Ofsted inspections', types: own.inspections ?? [] },
    { value: 'leadership', text: 'Head and chair', types: own.leadership ?? [] },
    { value: 'register', text: 'What the register says', types: own.register ?? [] },
    {
      value: 'support',
      text: 'Support: entitlement, deployments, visits of champions',
      types: typesOf('support'),
    },
    { value: 'quality', text: 'Quality of the work', types: typesOf('quality') },
    { value: 'champions', text: 'Champions of its staff', types: typesOf('champions') },
    {
      value: 'statutory',
      text: 'Warning notices and RISE',
      types: typesOf('statutory'),
    },
  ].filter(({ types }) => types.length > 0);
}
