import type { Category, DocumentKind, GuidePage, GuideSection, MaintenanceStatus } from '#domain';
import { takenByHeadlineVisits } from '#domain';
import type {
  GuideDocument,
  GuideDocumentVersion,
  GuideSectionVersion,
  ModelGuide,
  PageHelpfulness,
  PublishedOffer,
} from '#read-models';
import { daysInWords } from '#read-models';
import { counted, dayInWords, phasesInWords, statusesInWords } from './words';

/*
 * The public guide in words: its pages and the sections on each, and texts of the council's own as paragraphs and lists.
 */
export const guideRoot = '/side-by-side';

interface PageInWords {
  readonly title: string;
  readonly path: string;
  readonly sections: readonly GuideSection[];
}

export const pagesInWords: Readonly<Record<GuidePage, PageInWords>> = {
  overview: { title: 'How Side by Side works', path: guideRoot, sections: ['purpose'] },
  process: {
    title: 'The process in four steps',
    path: `${guideRoot}/process`,
    sections: ['assess', 'broker', 'collaborate', 'assure', 'year'],
  },
  categories: {
    title: 'Categories, and what each is offered',
    path: `${guideRoot}/categories`,
    sections: ['categories', 'costs'],
  },
  roles: { title: 'Roles', path: `${guideRoot}/roles`, sections: ['roles'] },
  responding: {
    title: 'Answering, and asking for a review',
    path: `${guideRoot}/responding`,
    sections: ['responding'],
  },
  documents: {
    title: 'Expectations and documents',
    path: `${guideRoot}/documents`,
    sections: [],
  },
  directory: { title: 'Who to ask', path: `${guideRoot}/directory`, sections: [] },
};

/** The four steps, in their order. */
const steps: readonly GuideSection[] = ['assess', 'broker', 'collaborate', 'assure'];

const untitled: Readonly<Record<GuideSection, string>> = {
  purpose: 'What it is for',
  assess: 'Assess and categorise',
  broker: 'Broker champions',
  collaborate: 'Collaborate',
  assure: 'Assure quality and improve',
  year: 'The year',
  categories: 'The categories',
  costs: 'Costs',
  roles: 'Who does what',
  responding: 'How to answer, and how to ask for a review',
};

const kindsOfDocument: Readonly<Record<DocumentKind, string>> = {
  'national-expectation': 'National expectations',
  strategy: 'Strategies',
  offer: 'Offers',
  handbook: 'Handbooks',
  other: 'Other documents',
};

/** A paragraph, or a list of points. */
export type Block = { readonly text: string } | { readonly points: readonly string[] };

/** A text as it was published: paragraphs with an empty line between, and lines that begin with a hyphen as a list. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const points = lines.filter((line) => line.startsWith('- '));
    const before = lines.filter((line) => !line.startsWith('- '));
    if (before.length > 0) blocks.push({ text: before.join(' ') });
    if (points.length > 0) blocks.push({ points: points.map((line) => line.slice(2)) });
  }
  return blocks;
}

interface Dated {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
}

/** "In force since 1 September 2022, version 2022", with the last day where there is one. */
function spell(holds: string, { version, effectiveFrom, effectiveTo }: Dated): string {
  const days =
    effectiveTo === undefined
      ? `since ${dayInWords(effectiveFrom)}`
      : `from ${dayInWords(effectiveFrom)} to ${dayInWords(effectiveTo)}`;
  return effectiveTo !== undefined && effectiveTo < effectiveFrom
    ? `Never ${holds.toLowerCase()}, version ${version}`
    : `${holds} ${days}, version ${version}`;
}

const sectionView = (word: GuideSection, sections: readonly GuideSectionVersion[]) => {
  const version = sections.find(({ section }) => section === word);
  const step = steps.indexOf(word) + 1;
  const title = version?.title ?? untitled[word];
  return {
    id: word,
    title: step === 0 ? title : `${step}. ${title}`,
    ...(version === undefined
      ? {}
      : {
          blocks: blocksOf(version.text),
          inForce: spell('In force', version),
          example: version.example,
        }),
  };
};

export const sectionsOn = (page: GuidePage, { sections }: ModelGuide) =>
  pagesInWords[page].sections.map((word) => sectionView(word, sections));

interface OfferRow {
  readonly category: Category;
  readonly status: string;
  readonly visits: string;
  readonly sspc: string;
  readonly sslc: string;
  readonly paid: string;
}

const upTo = (halfDays: number): string =>
  halfDays === 0 ? 'None' : `Up to ${daysInWords(halfDays)}`;
const paid = (percent: number): string =>
  ({ 100: 'The authority', 0: 'The school' })[percent] ??
  `The authority ${percent}%, the school ${100 - percent}%`;

function visitsInWords(row: PublishedOffer['rows'][number]): string {
  const visits = counted(row.headlineVisits, 'visit');
  const taken = takenByHeadlineVisits(row);
  return taken === 0
    ? visits
    : `${visits}, which take ${daysInWords(taken)} of leadership champions`;
}

const statusOrder: readonly MaintenanceStatus[] = ['maintained', 'academy'];

/** What is offered with each category, and who pays. */
export function offerView(offer: PublishedOffer) {
  const rows = offer.rows
    .toSorted((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status))
    .map((row): OfferRow => ({
      category: row.category,
      status: statusesInWords[row.status],
      visits: visitsInWords(row),
      sspc: upTo(row.sspcHalfDays),
      sslc: upTo(row.sslcHalfDays),
      paid: paid(row.fundedPercent),
    }));
  const { title, example, academicYear } = offer;
  return {
    ...{ title, example, academicYear, rows },
    says: `${spell('In force', offer)}; agreed by the Side by Side Board on ${dayInWords(offer.boardAgreedOn)}.`,
  };
}

const versionView = (version: GuideDocumentVersion) => ({
  title: version.title,
  kind: kindsOfDocument[version.kind],
  link: version.link,
  summary: version.summary,
  example: version.example,
  issued:
    version.issuedBy +
    (version.issuedOn === undefined ? '' : `, ${dayInWords(version.issuedOn)}`) +
    (version.boardAgreedOn === undefined
      ? ''
      : `; agreed by the Side by Side Board on ${dayInWords(version.boardAgreedOn)}`) +
    '.',
  listed: spell('Listed', version),
  because: version.withdrawnBecause,
});

/** The documents in force, by what they are; with `all`, their other versions beside them, and those no longer in force. */
export function documentsView(documents: readonly GuideDocument[]) {
  const lines = documents.map(({ versions, inForce: current }) => ({
    current: versions.find(({ version }) => version === current),
    others: versions.filter(({ version }) => version !== current).map(versionView),
  }));
  const kinds = Object.entries(kindsOfDocument) as readonly (readonly [DocumentKind, string])[];
  return {
    kinds: kinds.flatMap(([word, name]) => {
      const own = lines.flatMap(({ current, others }) =>
        current?.kind === word ? [{ ...versionView(current), others }] : [],
      );
      return own.length === 0 ? [] : [{ name, documents: own }];
    }),
    ended: lines.flatMap(({ current, others }) => (current === undefined ? others : [])),
  };
}

export const directoryView = ({ directory }: ModelGuide) =>
  directory.map(({ phase, area, phone, ...entry }) => ({
    ...entry,
    phone,
    // What a telephone is to dial: without spaces and brackets.
    dial: phone?.replaceAll(/[^+\d]/g, ''),
    scope: [
      ...(phase === undefined ? [] : [phasesInWords[phase]]),
      ...(area === undefined ? [] : [area]),
    ].join(', '),
  }));

/** How helpful each page was found, with its newest months. */
export const helpfulnessView = (pages: readonly PageHelpfulness[], months: number) =>
  pages.map((one) => ({
    ...one,
    title: pagesInWords[one.page].title,
    months: one.months.slice(0, months).map(({ month, ...counts }) => ({
      ...counts,
      month: dayInWords(`${month}-01`).replace(/^\S+ /, ''),
    })),
  }));
