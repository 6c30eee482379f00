/**
 * The schools an event concerns, each once: on the journey of each it is a line. Events name them in these fields and in no
 * others: `schoolId` (whom it is about), `homeSchoolId` (whose champion it is about), `schoolIds` (who act together).
 */
export function schoolsConcerned(data: unknown): readonly string[] {
  const { schoolId, homeSchoolId, schoolIds } = data as {
    readonly schoolId?: string;
    readonly homeSchoolId?: string;
    readonly schoolIds?: readonly string[];
  };
  const named = [schoolId, homeSchoolId, ...(schoolIds ?? [])];
  return [...new Set(named.filter((id) => id !== undefined))];
}
