/** A school that is not there, or not any more, takes no part in anything new. */
export const schoolsNotOpen = {
  SchoolsNotOpen: {
    kind: 'conflict',
    says: 'Only schools that are registered and open take part.',
    detail: (schoolIds: readonly string[]) =>
      `Not registered, or closed: ${schoolIds.slice(0, 5).join(', ')}${schoolIds.length > 5 ? ' and others' : ''}. Leave them out, or register them first.`,
  },
} as const;
