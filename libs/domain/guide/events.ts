import type { EventsOf } from '#kernel';
import { date, event, flag, id, integer, optional, person, text, word } from '#kernel';
import { phases } from '../shared/words';

/** What the guide tells of, in the order it is read. The four steps of the process have a section each. */
export const guideSections = [
  'purpose',
  'assess',
  'broker',
  'collaborate',
  'assure',
  'year',
  'categories',
  'costs',
  'roles',
  'responding',
] as const;
export type GuideSection = (typeof guideSections)[number];

export const documentKinds = [
  'national-expectation',
  'strategy',
  'offer',
  'handbook',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Pages of the guide about which people say whether they were helpful. */
export const guidePages = [
  'overview',
  'process',
  'categories',
  'roles',
  'responding',
  'documents',
  'directory',
] as const;
export type GuidePage = (typeof guidePages)[number];

const inForce = {
  version: text('public'),
  /** True for what is shipped as an example; said wherever it is shown. */
  example: flag('public'),
  effectiveFrom: date('public'),
  /** When the Board agreed it, where it did. */
  boardAgreedOn: optional(date('public')),
} as const;

const replaced = {
  version: text('public'),
  supersededBy: text('public'),
  /** The first day of the new version, and the last of the old one. */
  effectiveFrom: date('public'),
  effectiveTo: date('public'),
} as const;

export const sectionEvents = {
  GuideSectionPublished: event(
    'A version of a section of the public guide was published, as it is to read from a day on.',
    {
      section: word('public', guideSections),
      ...inForce,
      title: text('public'),
      /** Paragraphs, with an empty line between; lines that begin with a hyphen are a list. No markup. */
      text: text('public'),
    },
    { effective: 'effectiveFrom' },
  ),
  GuideSectionSuperseded: event(
    'A version of a section of the public guide was replaced by another one.',
    { section: word('public', guideSections), ...replaced },
    { effective: 'effectiveFrom' },
  ),
} as const;
export type SectionEvent = EventsOf<typeof sectionEvents>;

export const documentEvents = {
  GuideDocumentPublished: event(
    'A document was entered in the public guide, in one of its versions: what it is, whose, from when, and where it is to be read.',
    {
      documentId: id('public'),
      ...inForce,
      title: text('public'),
      kind: word('public', documentKinds),
      issuedBy: text('public'),
      /** Left out where the document does not say. */
      issuedOn: optional(date('public')),
      /** The last day, where it is known from the start. */
      effectiveTo: optional(date('public')),
      link: text('public'),
      summary: text('public'),
    },
    { effective: 'effectiveFrom' },
  ),
  GuideDocumentSuperseded: event(
    'A version of a document in the public guide was replaced by another one.',
    { documentId: id('public'), ...replaced },
    { effective: 'effectiveFrom' },
  ),
  GuideDocumentWithdrawn: event(
    'A version of a document was taken out of the public guide, from a day on.',
    {
      documentId: id('public'),
      version: text('public'),
      withdrawnFrom: date('public'),
      /** The last day of it; before its first where it never was in force. */
      effectiveTo: date('public'),
      reason: text('public'),
    },
    { effective: 'withdrawnFrom' },
  ),
} as const;
export type DocumentEvent = EventsOf<typeof documentEvents>;

const responsibility = {
  responsibilityId: id('public'),
  /** The title of the post, never a name. */
  role: text('public'),
  responsibility: text('public'),
  phase: optional(word('public', phases)),
  area: optional(text('public')),
  /** Of the office, not of a person. */
  mailbox: optional(text('public')),
  phone: optional(text('public')),
  /** Whoever holds the post, where the council publishes the name: personal all the same, and of the person it names. */
  publishedName: optional(text('personal')),
  personRef: optional(person('internal')),
  example: flag('public'),
} as const;

export const directoryEvents = {
  ResponsibilityEntered: event(
    'It was entered in the public directory which role answers for what, and how its office is reached.',
    responsibility,
  ),
  ResponsibilityChanged: event(
    'An entry of the public directory was changed; it reads as follows from now on.',
    responsibility,
  ),
  ResponsibilityRemoved: event('An entry was taken out of the public directory.', {
    responsibilityId: id('public'),
  }),
} as const;
export type DirectoryEvent = EventsOf<typeof directoryEvents>;
export type Responsibility = Extract<
  DirectoryEvent,
  { readonly type: 'ResponsibilityEntered' }
>['data'];

export const helpfulnessEvents = {
  PageHelpfulnessGiven: event(
    'Somebody said how helpful a page of the public guide was. Who it was is not known.',
    {
      /** Of the form that was sent, so that it counts once. */
      answerId: id('internal'),
      page: word('public', guidePages),
      /** 1, not at all, to 5, very. */
      points: integer('internal'),
      comment: optional(text('confidential')),
    },
  ),
} as const;
export type HelpfulnessEvent = EventsOf<typeof helpfulnessEvents>;

export type GuideEvent = SectionEvent | DocumentEvent | DirectoryEvent | HelpfulnessEvent;
