import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor, EventStore, Position, ReadStore } from '#kernel';
import type { Config } from '#platform';
import { registerFileKinds, tooOld } from '#domain';
import { Catalogue } from '../catalogue';
import type { Answer } from '../request';
import { Commands } from '../commands';
import { Folding } from '../folding';
import { atTheEnd } from '../questions';
import { CONFIG, EVENT_STORE, READ_STORE } from '../ports';
import { readInspections } from './files/inspections';
import { readLinks } from './files/links';
import type { Fault, FileFailure, FileReading, Summary } from './files/reading';
import { readRegister } from './files/register';
import { inspectionsPlan } from './inspections-import';
import { KnownSchools } from './known-schools';
import { linksPlan } from './links-import';
import { registerPlan } from './register-import';
import type { ImportPlan, ImportRefused, ImportReport, ImportRequest, LineAsks } from './report';

/** Commands under way at once: they share flushes to disk. */
const AT_ONCE = 64;
/** Faults kept with the import; all of them are in the report. */
const FAULTS_KEPT = 50;

/** Brings national files in: reads all of a file, plans against what is known, then asks for it line by line. */
@Injectable()
export class Importing {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Folding) private readonly folding: Folding,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  async bringIn(request: ImportRequest, actor: Actor): Promise<ImportReport | ImportRefused> {
    const hash = createHash('sha256');
    const source = Readable.from(hashed(request.source, hash), { objectMode: false });
    const read = await this.read(request, source);
    if ('refusal' in read) return read;
    const { summary, plan, fileDate } = read;
    const carried = new CarriedOut(plan.faults);
    const digest = hash.digest('hex');
    for (const step of plan.steps) {
      await inTurns(step, AT_ONCE, async (asks) => {
        carried.note(
          asks,
          await this.commands.give(asks.command, asks.data, this.requestOf(request, actor, digest)),
        );
      });
    }
    const report: ImportReport = {
      imported: true,
      dryRun: request.dryRun === true,
      kind: request.kind,
      file: summary.file,
      fileDate,
      digest,
      rowsRead: summary.rowsRead,
      rowsOfAuthority: summary.rowsOfAuthority,
      schoolsChanged: carried.schools.size,
      eventsAppended: carried.appended,
      events: carried.events,
      faults: [...read.faults, ...carried.faults].toSorted((a, b) => a.line - b.line),
      warnings: [...summary.warnings, ...plan.warnings],
      leftOut: plan.leftOut,
      position: carried.position,
    };
    return request.dryRun === true ? report : this.reported(report, request, actor);
  }

  private requestOf({ dryRun }: ImportRequest, actor: Actor, digest: string) {
    return {
      actor: { id: actor.id, role: 'import' },
      correlationId: `import ${digest.slice(0, 16)}`,
      ...(dryRun === true ? { dryRun } : {}),
    };
  }

  /** Reads the whole file and plans what it asks for, or says why the file is not taken: nothing is written yet. */
  private async read(
    request: ImportRequest,
    source: Readable,
  ): Promise<
    | ImportRefused
    | { summary: Summary; fileDate: string; faults: readonly Fault[]; plan: ImportPlan }
  > {
    const { kind, fileName, asAt, evenIfOlder = false } = request;
    const options = {
      fileName,
      authority: Number(this.config.AUTHORITY),
      ...(asAt === undefined ? {} : { asAt }),
    };
    const readers = {
      register: () =>
        this.whole(readRegister(source, options), request, (rows, known, day) =>
          registerPlan(rows, known, day, evenIfOlder),
        ),
      links: () => this.whole(readLinks(source, options), request, linksPlan),
      inspections: () =>
        this.whole(readInspections(source, options), request, (rows, known, day) =>
          inspectionsPlan(rows, known, day, evenIfOlder),
        ),
    } satisfies Record<(typeof registerFileKinds)[number], unknown>;
    try {
      return await readers[kind]();
    } finally {
      source.destroy();
    }
  }

  private async whole<Row>(
    opened: Promise<FileFailure | FileReading<Row>>,
    request: ImportRequest,
    planOf: (rows: readonly Row[], known: KnownSchools, fileDate: string) => ImportPlan,
  ): Promise<
    | ImportRefused
    | { summary: Summary; fileDate: string; faults: readonly Fault[]; plan: ImportPlan }
  > {
    const file = await opened;
    if ('failure' in file) return refused('FileUnusable', `${file.sentence} ${file.whatToDo}`);
    const { summary, items } = file;
    const fileDate = summary.asAt;
    if (fileDate === undefined) {
      return refused(
        'FileDateUnknown',
        `The name ${summary.file} does not say which day the file is of. Give the day (asAt), or the name it was published under.`,
      );
    }
    const old = await this.olderThanLast(request, fileDate);
    if (old !== undefined) return { imported: false, refusal: old };
    const rows: Row[] = [];
    const faults: Fault[] = [];
    for await (const item of items) {
      if ('row' in item) rows.push(item.row);
      else faults.push(item.fault);
    }
    return { summary, fileDate, faults, plan: planOf(rows, await this.known(), fileDate) };
  }

  private async olderThanLast(
    { kind, evenIfOlder }: ImportRequest,
    fileDate: string,
  ): Promise<ImportRefused['refusal'] | undefined> {
    if (evenIfOlder === true) return undefined;
    const file = this.catalogue.aggregate('register-file');
    const { state } = await this.folding.upToEnd(
      file,
      file.stream({ authority: this.config.AUTHORITY, kind }),
    );
    return tooOld(state as Parameters<typeof tooOld>[0], fileDate);
  }

  /** The schools as known at the end of the log. */
  private async known(): Promise<KnownSchools> {
    const at = await atTheEnd(this.events, this.documents);
    return KnownSchools.in(await this.documents.snapshot({ at }));
  }

  /** Records that the file was taken over. The same file a second time leaves no trace. */
  private async reported(
    report: ImportReport,
    { evenIfOlder }: ImportRequest,
    actor: Actor,
  ): Promise<ImportReport | ImportRefused> {
    const {
      kind,
      fileDate,
      digest,
      rowsRead,
      rowsOfAuthority,
      schoolsChanged,
      eventsAppended,
      faults,
      warnings,
    } = report;
    const answer = await this.commands.give(
      'ReportImport',
      {
        authority: this.config.AUTHORITY,
        kind,
        fileDate,
        digest,
        rowsRead,
        rowsOfAuthority,
        schoolsChanged,
        eventsAppended,
        faults: faults.length,
        firstFaults: faults.slice(0, FAULTS_KEPT).map(({ line, column = '', reason }) => ({
          line,
          column: column || 'the line',
          reason: reason.slice(0, 500),
        })),
        warnings: warnings.slice(0, 200).map((warning) => warning.slice(0, 500)),
        ...(evenIfOlder === true ? { evenIfOlder } : {}),
      },
      this.requestOf(
        { ...report, source: Readable.from([]), fileName: report.file, dryRun: false },
        actor,
        digest,
      ),
    );
    if (!answer.accepted)
      throw new Error(`The import could not be reported: ${JSON.stringify(answer)}`);
    return { ...report, position: Math.max(report.position, answer.position) as Position };
  }
}

/** What became of the lines' requests. */
class CarriedOut {
  readonly faults: Fault[];
  readonly schools = new Set<string>();
  readonly events: Record<string, number> = {};
  appended = 0;
  position = 0 as Position;

  constructor(faults: readonly Fault[]) {
    this.faults = [...faults];
  }

  note({ line, data }: LineAsks, answer: Answer): void {
    if (!answer.accepted) {
      this.faults.push(...faultsOf(line, answer));
      return;
    }
    if (answer.events.length === 0) return;
    this.schools.add(data.schoolId);
    this.appended += answer.events.length;
    for (const { type } of answer.events) this.events[type] = (this.events[type] ?? 0) + 1;
    this.position = Math.max(this.position, answer.position) as Position;
  }
}

function faultsOf(line: number, answer: Exclude<Answer, { accepted: true }>): readonly Fault[] {
  if ('unknown' in answer) throw new Error(`There is no command called ${answer.unknown}.`);
  if ('refusal' in answer) return [{ line, reason: answer.refusal.detail }];
  return answer.malformed.map(({ pointer, detail }) => ({
    line,
    column: pointer.slice(1),
    reason: detail,
  }));
}

const refused = (code: string, detail: string): ImportRefused => ({
  imported: false,
  refusal: { refused: code, kind: 'invalid', detail },
});

async function* hashed(
  source: Readable,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Does `work` for each, at most so many at once. */
async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
