import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import { categories } from '../shared/words';
import type { PublishLetterTemplate } from './commands';
import { letterTemplateCommands } from './commands';
import type { LetterTemplateEvent } from './events';
import { letterTemplateEvents } from './events';
import type { LetterTemplate } from './letter';
import { letterOccasions, letterPlaces, placesIn, strangersIn, termOf, textsFor } from './letter';

/*
 * The wording of the letter with the proposed category. A published version is never changed: a new one takes its place
 * from the day it takes effect, so that an old letter can always be read on the template it was made from.
 */
export interface LetterTemplatesState {
  /** By version, in the order they were published. */
  readonly versions: Readonly<Record<string, LetterTemplate>>;
}

const refusals = {
  LetterTemplateVersionTaken: {
    kind: 'conflict',
    says: 'A published letter template is never changed.',
    detail: (version: string) =>
      `Letter template ${version} is published with other content, and a published template is never changed. Publish this one under a new version.`,
    pointer: '/version',
  },
  LetterPlaceUnknown: {
    kind: 'invalid',
    says: 'What stands in braces in a letter template is a place that can be filled.',
    detail: (strangers: readonly string[]) =>
      `Nothing can be filled in for ${strangers.join(', ')}. The places are ${Object.keys(
        letterPlaces,
      )
        .map((place) => `{${place}}`)
        .join(', ')}.`,
    pointer: '/paragraphs',
  },
  LetterTermNotSet: {
    kind: 'invalid',
    says: 'A letter that names a last day comes from a template that says after how many days it is.',
    detail: (place: string, term: string) =>
      `The text names {${place}}, and the template does not say how many days that is after the letter. Give ${term}, or leave the place out.`,
    pointer: '/paragraphs',
  },
  LetterWithoutCategory: {
    kind: 'invalid',
    says: 'Every letter made from a template names the category proposed.',
    detail: (category: string, occasion: string) =>
      `A letter that proposes ${category} to a school that ${occasion} would not say which category is proposed. Name {category} in a text that stands in every letter, or in one for this category and occasion.`,
    pointer: '/paragraphs',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

const occasionsInWords = {
  first: 'has none yet',
  moves: 'has another one',
  stays: 'is in it already',
} as const;

function contentRefused(template: Readonly<PublishLetterTemplate>): Refused | undefined {
  const texts = [template.subject, ...template.paragraphs.map(({ text }) => text)];
  const strangers = [...new Set(texts.flatMap(strangersIn))];
  if (strangers.length > 0) return refuse.LetterPlaceUnknown(strangers);
  const named = new Set(texts.flatMap(placesIn));
  for (const [place, term] of Object.entries(termOf)) {
    if (named.has(place) && template[term] === undefined)
      return refuse.LetterTermNotSet(place, term);
  }
  for (const category of categories) {
    for (const occasion of letterOccasions) {
      const letter = textsFor(template, category, occasion);
      if (!letter.flatMap(placesIn).includes('category'))
        return refuse.LetterWithoutCategory(category, occasionsInWords[occasion]);
    }
  }
  return undefined;
}

export const decider: Decider<
  LetterTemplatesState,
  ClassesOf<typeof letterTemplateCommands>,
  LetterTemplateEvent,
  Refused
> = {
  initial: { versions: {} },
  evolve: {
    LetterTemplatePublished: ({ versions }, data) => ({
      versions: { ...versions, [data.version]: data },
    }),
  },
  decide: {
    PublishLetterTemplate: ({ versions }, command) => {
      const published = entryOf(versions, command.version);
      if (published !== undefined) {
        return same(published, command) ? [] : refuse.LetterTemplateVersionTaken(command.version);
      }
      return contentRefused(command) ?? [{ type: 'LetterTemplatePublished', data: { ...command } }];
    },
  },
};

export const letterTemplates = aggregate({
  context: 'policy',
  name: 'policy-letters',
  is: 'The versions of the letter that tells a school which category is proposed: its wording and the terms it sets, each in force from a day.',
  stream: () => 'policy-letters',
  events: letterTemplateEvents,
  commands: letterTemplateCommands,
  refusals,
  decider,
});
