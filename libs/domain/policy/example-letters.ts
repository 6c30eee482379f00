import type { LetterTemplate } from './letter';

/**
 * A letter made up as an example, so that the product can be tried: no council's own wording, and it says so in its
 * title and in the letter itself. That every school gets a letter with its proposed category and offer, and that
 * proposals of Prevention and Intervention are talked over, is public [S domain dossier, 1.2]; the days it sets are not.
 */
export const exampleLetterTemplates: readonly LetterTemplate[] = [
  {
    version: 'example-letter-1',
    title: 'Example letter with the proposed category (no council’s own wording)',
    example: true,
    effectiveFrom: '2022-07-01',
    subject: 'Side by Side {academicYear}: the category we propose for {school} (URN {urn})',
    paragraphs: [
      { text: '{today}' },
      { text: 'Dear {recipients},' },
      {
        text: 'This is an example letter. Its wording is made up and is no council’s own.',
      },
      {
        when: 'first',
        text: 'We have looked at how {school} is doing together with the information we hold, and propose {category} as its category of support for {academicYear}. It is the first one we propose for your school.',
      },
      {
        when: 'moves',
        text: 'We have looked at how {school} is doing together with the information we hold, and propose that it moves from {categoryBefore} to {category} for {academicYear}.',
      },
      {
        when: 'stays',
        text: 'We have looked at how {school} is doing together with the information we hold, and propose that it stays in {category} for {academicYear}.',
      },
      {
        text: 'This was proposed on {proposedOn}, on an assessment made with framework {frameworkVersion}. It is a proposal: nothing is in force until a named person has decided it.',
      },
      {
        categories: ['Enhancement'],
        text: 'What we offer: {headlineVisits} in the year, and everything that is open to all schools.',
      },
      {
        categories: ['Prevention'],
        text: 'What we offer: {headlineVisits} in the year and up to {sspcDays} of pupil champions; {funding}.',
      },
      {
        categories: ['Intervention'],
        text: 'What we offer: {headlineVisits} in the year, up to {sspcDays} of pupil champions and up to {sslcDays} of leadership champions; {funding}.',
      },
      { text: 'The offer is “{offerTitle}”.' },
      {
        categories: ['Prevention', 'Intervention'],
        text: 'We would like to talk this over with you before anything is decided. Please arrange a visit or a call with your adviser by {discussBy}.',
      },
      {
        text: 'If you see it differently, write to us by {respondBy}; what you write is put before whoever decides. By {reviewBy} you may also ask for a review by somebody who had no part in the proposal.',
      },
      { text: 'Yours sincerely,\nSchool Improvement Team' },
    ],
    discussWithinDays: 14,
    respondWithinDays: 21,
    reviewWithinDays: 28,
  },
];
