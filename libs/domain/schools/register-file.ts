import type { ClassesOf, CommandDeclarations, Decider, EventsOf, RefusalsOf } from '#kernel';
import { aggregate, date, event, integer, list, record, refusing, text, word } from '#kernel';
import { ArrayMaxSize, IsBoolean, IsIn, Matches } from 'class-validator';
import { IsCount, IsDay, IsListOf, IsText, Optional } from '../shared/decorators';
import { same } from '../shared/same';

/*
 * A register file is one of the national lists the authority takes over, month by month: the schools register, the
 * links between schools, Ofsted's inspections. Each import is reported here once, with what it brought and what could
 * not be read, so that "where does this come from?" has an answer and a file is not taken over twice or out of order.
 */
export const registerFileKinds = ['register', 'links', 'inspections'] as const;
export type RegisterFileKind = (typeof registerFileKinds)[number];

/** Faults that are kept in full; the rest are counted. */
export const faultsKept = 50;

export const registerFileEvents = {
  FileImported: event(
    'A national file was taken over into our records.',
    {
      /** The authority's code in the register, e.g. 825. */
      authority: text('public'),
      kind: word('public', registerFileKinds),
      /** The day whose state of things the file gives. */
      fileDate: date('public'),
      /** SHA-256 of the file's bytes, in hexadecimal. */
      digest: text('public'),
      rowsRead: integer('public'),
      rowsOfAuthority: integer('public'),
      schoolsChanged: integer('public'),
      eventsAppended: integer('public'),
      /** Rows, or parts of rows, that could not be taken over. */
      faults: integer('public'),
      /** The first of them: where and why, never the value, which might be about a person. */
      firstFaults: list(
        record({ line: integer('internal'), column: text('internal'), reason: text('internal') }),
      ),
      warnings: list(text('internal')),
    },
    { effective: 'fileDate' },
  ),
} as const;
export type RegisterFileEvent = EventsOf<typeof registerFileEvents>;
type FileImported = RegisterFileEvent['data'];

/** More rows than any national file has. */
const Count = (): PropertyDecorator => IsCount(100_000_000);

class FaultInput {
  @Count() line: number;
  @IsText() column: string;
  @IsText(500) reason: string;
}

export class ReportImport {
  @Matches(/^\d{3}$/, { message: '$property must be the three digits of the authority, e.g. 825' })
  authority: string;
  @IsIn(registerFileKinds) kind: RegisterFileKind;
  @IsDay() fileDate: string;
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be a SHA-256 in hexadecimal' })
  digest: string;
  @Count() rowsRead: number;
  @Count() rowsOfAuthority: number;
  @Count() schoolsChanged: number;
  @Count() eventsAppended: number;
  @Count() faults: number;
  @IsListOf(FaultInput, { max: faultsKept }) firstFaults: FileImported['firstFaults'];
  @ArrayMaxSize(200) @IsText(500, { each: true }) warnings: readonly string[];
  /** Report it although a file of a later day was taken over before. */
  @Optional() @IsBoolean() evenIfOlder?: boolean;
}

export const registerFileCommands = {
  ReportImport: {
    takes: ReportImport,
    says: 'Report that a national file was taken over, with what it brought and what could not be read.',
    by: ['import', 'operator'],
  },
} as const satisfies CommandDeclarations;

export interface RegisterFileState {
  readonly last?: FileImported;
  /** The latest day a file was of. */
  readonly latest?: string;
  readonly digests: readonly string[];
}

const refusals = {
  OlderThanLast: {
    kind: 'conflict',
    says: 'A file of a later day was taken over before.',
    detail: (fileDate: string, latest: string) =>
      `This file is of ${fileDate}, and one of ${latest} was taken over already. Import the newer one, or ask for this one although it is older (evenIfOlder).`,
    pointer: '/fileDate',
  },
} as const;
const refuse = refusing(refusals);

/** Why a file of that day must not be taken over now; undefined when it may. For importers to ask before they begin. */
export function tooOld(
  state: RegisterFileState,
  fileDate: string,
): RefusalsOf<typeof refusals> | undefined {
  return state.latest !== undefined && fileDate < state.latest
    ? refuse.OlderThanLast(fileDate, state.latest)
    : undefined;
}

export const decider: Decider<
  RegisterFileState,
  ClassesOf<typeof registerFileCommands>,
  RegisterFileEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: { digests: [] },
  evolve: {
    FileImported: ({ latest, digests }, data) => ({
      last: data,
      latest: latest === undefined || data.fileDate > latest ? data.fileDate : latest,
      digests: digests.includes(data.digest) ? digests : [...digests, data.digest],
    }),
  },
  decide: {
    // The same file again brings nothing, and that is not worth a report. If it did bring something (it was taken over
    // anew after another), there is one.
    ReportImport: (state, { evenIfOlder, ...data }) => {
      const broughtNothing = data.eventsAppended === 0 && state.digests.includes(data.digest);
      if (broughtNothing || same(state.last, data)) return [];
      const refused = evenIfOlder === true ? undefined : tooOld(state, data.fileDate);
      return refused ?? [{ type: 'FileImported', data }];
    },
  },
};

export const registerFile = aggregate({
  context: 'schools',
  name: 'register-file',
  is: 'The national files of one kind taken over for one authority: each import once, in the order of the files\u2019 days.',
  stream: ({ authority, kind }) => `register-file-${String(authority)}-${String(kind)}`,
  events: registerFileEvents,
  commands: registerFileCommands,
  refusals,
  decider,
});
