import type { DataOf } from '#kernel';
import { date, flag, integer, list, optional, record, text, word } from '#kernel';
import type { Category } from '../shared/words';
import { categories } from '../shared/words';

/*
 * The letter that tells a school which category is proposed, as text with named places. The wording and the terms it
 * sets are the authority's own: data with a date, never code. What fills the places is worked out where it is known.
 */

/** A school's first category, another one than it has, or the one it has. */
export const letterOccasions = ['first', 'moves', 'stays'] as const;
export type LetterOccasion = (typeof letterOccasions)[number];

/** Each place a text may name in braces, and what stands there when it is filled. */
export const letterPlaces = {
  recipients: 'whom the letter goes to, by office',
  today: 'the day the letter is dated',
  school: 'the name of the school',
  urn: 'its URN',
  category: 'the category proposed',
  categoryBefore: 'the category the school was in when it was proposed, or “no category”',
  proposedOn: 'the day it was proposed',
  academicYear: 'the academic year of the offer',
  headlineVisits: 'how many headline visits the offer has for it, e.g. “3 headline visits”',
  sspcDays: 'the most days of pupil champions, e.g. “4½ days”',
  sslcDays: 'the most days of leadership champions, without those that headline visits take',
  funding: 'who pays for it',
  offerTitle: 'the title of the offer',
  frameworkVersion: 'the version of the framework it was assessed on',
  discussBy: 'the last day to arrange a discussion, as the template sets it',
  respondBy: 'the last day to answer in writing, as the template sets it',
  reviewBy: 'the last day to ask for a review, as the template sets it',
} as const;
export type LetterPlace = keyof typeof letterPlaces;
export type LetterValues = Readonly<Record<LetterPlace, string>>;

const paragraphShape = {
  text: text('public'),
  /** For letters that propose one of these only; left out: for all. */
  categories: optional(list(word('public', categories))),
  /** For letters on this occasion only; left out: for all. */
  when: optional(word('public', letterOccasions)),
} as const;

export const letterTemplateShape = {
  version: text('public'),
  title: text('public'),
  /** True for wording made up as an example; said wherever it is shown. */
  example: flag('public'),
  effectiveFrom: date('public'),
  subject: text('public'),
  /** From the salutation to the signature. */
  paragraphs: list(record(paragraphShape)),
  /** The terms the letter sets: so many days after the day it is dated. */
  discussWithinDays: optional(integer('public')),
  respondWithinDays: optional(integer('public')),
  reviewWithinDays: optional(integer('public')),
} as const;
export type LetterTemplate = DataOf<typeof letterTemplateShape>;
export type LetterParagraph = LetterTemplate['paragraphs'][number];

/** The term a place stands for, where it stands for one. */
export const termOf = {
  discussBy: 'discussWithinDays',
  respondBy: 'respondWithinDays',
  reviewBy: 'reviewWithinDays',
} as const satisfies Partial<Record<LetterPlace, keyof LetterTemplate>>;

const PLACE = /\{([^{}]*)\}/g;

const isPlace = (name: string): name is LetterPlace => Object.hasOwn(letterPlaces, name);

/** The names in braces, in order. */
export const placesIn = (words: string): readonly string[] =>
  [...words.matchAll(PLACE)].map(([, name]) => name ?? '');

/** What stands in braces and is no place, and braces that hold nothing. */
export const strangersIn = (words: string): readonly string[] => [
  ...placesIn(words)
    .filter((name) => !isPlace(name))
    .map((name) => `{${name}}`),
  ...(words.replaceAll(PLACE, '').match(/[{}]/g) ?? []),
];

/** The texts of a template for one category and occasion, unfilled: the subject, then its paragraphs. */
export const textsFor = (
  { subject, paragraphs }: Pick<LetterTemplate, 'subject' | 'paragraphs'>,
  category: Category,
  occasion: LetterOccasion,
): readonly string[] => [
  subject,
  ...paragraphs
    .filter(
      ({ categories: of, when }) =>
        (of === undefined || of.includes(category)) && (when === undefined || when === occasion),
    )
    .map(({ text: words }) => words),
];

/** A text with its places filled, each once: what a value says is never read as a place. */
export const filled = (words: string, values: LetterValues): string =>
  words.replaceAll(PLACE, (braces, name: string) => (isPlace(name) ? values[name] : braces));
