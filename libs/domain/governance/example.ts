import type { BoardData } from './events';

/**
 * Terms made up as an example, so that the product can be tried: how many members of the Board make a quorum was not
 * published. They say so in their title.
 */
export const exampleBoardTerms: BoardData<'BoardTermsSet'> = {
  title: 'Example terms of the Board (no council\u2019s own)',
  example: true,
  quorum: 7,
  seats: 15,
  effectiveFrom: '2022-09-01',
};
