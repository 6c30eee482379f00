import type { PureQuery } from '#application';
import type { Identity } from '#platform';
import { mayRead, ownSchool } from './pages';

/*
 * What there is to choose from where a command wants the id of something: nobody types ids. Each is offered to those only who
 * may read it.
 */
export interface Offer {
  readonly value: string;
  readonly text: string;
}
/** A field others hang on: what there is to choose from is known once it is filled in. */
export const sources = ['schoolId', 'deploymentId', 'championId'] as const;
export type Source = (typeof sources)[number];

/** Who fills in what, and what the form says already. */
export interface OfferedTo {
  readonly context: string;
  readonly today: string;
  readonly identity: Identity;
  readonly ask: <P, T>(query: PureQuery<P, T>, about: P) => Promise<T>;
  readonly given: Readonly<Partial<Record<Source, string>>>;
}

export type Asked = (to: OfferedTo) => Promise<readonly Offer[]>;
export interface Offering {
  readonly hangsOn?: Source;
  readonly asked: Asked;
}

export const NONE: readonly Offer[] = [];

/** What is of a school, for whoever may read that school. */
export const ofSchool = (
  asked: (schoolId: string, to: OfferedTo) => Promise<readonly Offer[]>,
): Offering => ({
  hangsOn: 'schoolId',
  asked: async (to) => {
    const { identity } = to;
    const { schoolId } = to.given;
    const may = mayRead(identity, 'school') || ownSchool(identity) === schoolId;
    return schoolId !== undefined && may ? asked(schoolId, to) : NONE;
  },
});
export const forTheTeam = ({ asked, ...offering }: Offering): Offering => ({
  ...offering,
  asked: async (to) => (mayRead(to.identity, 'county') ? asked(to) : NONE),
});

export const ofDeployment = (asked: Asked): Offering => ({ hangsOn: 'deploymentId', asked });
