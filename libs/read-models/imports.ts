import type { ReadModel, Snapshot } from '#kernel';
import type { RegisterFileEvent } from '#domain';
import type { Fact } from './fact';
import { factOf } from './fact';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** What a file brought, and what in it could not be used. */
export type ImportReport = Fact & RegisterFileEvent['data'] & { readonly all: 'all' };

export const imports: ReadModel<ImportReport, RegisterFileEvent> = {
  name: 'imports',
  says: 'Which national files were brought in, what each changed, and which of its lines could not be used.',
  fixed: ['all', 'position'],
  touches: {
    FileImported: {
      keys: ({ id }) => [id],
      on: (_, event) => ({ ...factOf(event), ...event.data, all: 'all' }),
      opens: true,
    },
  },
};

/** Imports, newest first. */
export function listImports(snapshot: Snapshot, request: PageRequest): Promise<Page<ImportReport>> {
  return pageOf<ImportReport>(snapshot, imports, {
    ...request,
    filter: { all: 'all' },
    sort: { position: -1 },
  });
}
