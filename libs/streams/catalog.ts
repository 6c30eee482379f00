import type { Audience } from '#kernel';
import { confidentialMessages, supportState } from './confidential-messages';
import type { MessageDeclaration } from './declaring';
import type { Parts } from './fields';
import { countyState, publicMessages, schoolState } from './public-messages';
import { supportMessages } from './support-messages';

/** Every message there is. A published one is never changed but by fields that may be left out; else it gets a version. */
export const messageDeclarations = {
  ...publicMessages,
  ...confidentialMessages,
  ...supportMessages,
} as const;
export type MessageType = keyof typeof messageDeclarations;

export const declarationOf = (type: string): MessageDeclaration | undefined =>
  (messageDeclarations as Readonly<Record<string, MessageDeclaration>>)[type];

/** The key of what concerns the county as a whole and no one school. */
export const COUNTY = 'county';

/** What stands in a snapshot topic beside the end of a chain, by its own type and version. */
export const stateDeclarations = {
  'school.state.v1': {
    says: 'What is publicly known of a school.',
    data: schoolState,
  },
  'school.support-state.v1': {
    says: 'Which category a school is in and what support it is entitled to.',
    data: supportState,
  },
  'county.state.v1': {
    says: 'What is known of the county as a whole.',
    data: countyState,
  },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly data: Parts }>>;
export type StateType = keyof typeof stateDeclarations;

export function stateTypeOf(audience: Audience, key: string): StateType {
  if (audience === 'confidential') return 'school.support-state.v1';
  return key === COUNTY ? 'county.state.v1' : 'school.state.v1';
}
