import type { Question } from '#kernel';
import type { RegisteredSchool, SchoolState } from './school-state';

/** What a school asks to know of others. */
export interface KnownToSchool {
  /** Identities of the schools that have or had the URN asked about; empty when none was. */
  readonly holders: readonly string[];
  /** Of a school that is to close: what support it has that is not over, and which visits are arranged for after that day. */
  readonly supporting: readonly { readonly stage: string; readonly to?: string }[];
  readonly visits: readonly string[];
}
export const had = (school: RegisteredSchool, urn: string) =>
  school.urns.some((period) => period.urn === urn);

/** The day on which a command closes the school, if it does. */
function closing(command: Readonly<Record<string, unknown>>): string | undefined {
  const { closedOn, successorIds, mergedOn } = command;
  const day = successorIds === undefined ? mergedOn : closedOn;
  return typeof day === 'string' ? day : undefined;
}
const schoolIn = ({ schoolId }: Readonly<Record<string, unknown>>) => ({
  schoolId: String(schoolId),
});

/** The URN a command brings, unless the school has it already: then there is nobody to ask about. */
function urnBrought(
  command: Readonly<Record<string, unknown>>,
  state: unknown,
): Readonly<Record<string, string>> {
  const urn = command['newUrn'] ?? command['urn'];
  // The application hands in this aggregate's own state.
  const school = state as SchoolState;
  if (typeof urn !== 'string' || (school.registered && had(school, urn))) return {};
  return { urn };
}

export const schoolKnows = {
  holders: { asks: 'holders-of-urn', about: urnBrought },
  supporting: {
    asks: 'open-deployments',
    about: (command) => (closing(command) === undefined ? {} : schoolIn(command)),
  },
  visits: {
    asks: 'visits-arranged-after',
    about: (command) => {
      const day = closing(command);
      return day === undefined ? {} : { ...schoolIn(command), after: day };
    },
  },
} as const satisfies Readonly<Record<keyof KnownToSchool, Question>>;
