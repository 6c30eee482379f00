import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { Body, Controller, HttpCode, Inject, Optional, Post, Res } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import type { Response } from 'express';
import type { Backup, NotDone } from '#application';
import { BACKUP, Catalogue, LOG, Reads, Rebuilding } from '#application';
import { StoreError } from '#kernel';
import type { Log } from '#platform';
import { malformed, problem, ProblemException } from './problem';
import { parameters } from './query-fields';
import { rebuildWishes } from './rebuild-fields';

class BackupFields {
  @IsString({ message: 'file must be the full path of a file that is not there yet' })
  @Length(1, 1000, { message: 'file must be a path of 1 to 1000 characters' })
  file: string;
}

/** Running the machine: for whoever may read the data folder anyway. */
@Controller('api/v1/operations')
@Reads('operations')
export class OperationsController {
  constructor(
    @Inject(Rebuilding) private readonly rebuilding: Rebuilding,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LOG) private readonly log: Log,
    @Optional() @Inject(BACKUP) private readonly copy: Backup | undefined,
  ) {}

  /**
   * Builds every read model anew beside the present ones, compares both, and makes the new ones the ones people see when
   * they differ as was declared and in no other way. The answer comes line by line (NDJSON): `{position, end}` as it goes,
   * with `eventsPerSecond` and `secondsLeft`; `{comparing}`; `{difference}`; then `{done}`, `{refused}` or `{failed}`.
   */
  @Post('rebuild')
  @HttpCode(200)
  async rebuild(@Body() fields: unknown, @Res() response: Response): Promise<void> {
    const wishes = rebuildWishes(fields, this.catalogue.readModels);
    let begun = false;
    // A listener who goes away does not stop the work; lines for nobody are dropped.
    const tell = (line: object): boolean => {
      if (!begun) response.type('application/x-ndjson');
      begun = true;
      return response.write(`${JSON.stringify(line)}\n`);
    };
    const last = await this.rebuilding.rebuild(wishes, tell).then(
      (made) => (made.done ? made : begun ? { refused: made.detail, code: made.because } : made),
      (error: unknown) => this.failure(error),
    );
    if ('because' in last) throw new ProblemException(problem(409, last.because, last.detail));
    if (!tell(last) && !response.destroyed)
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    response.end();
  }

  private failure(error: unknown): { failed: string } {
    this.log.error({ err: error }, 'rebuild failed');
    if (error instanceof StoreError) return { failed: error.message };
    return {
      failed:
        'The rebuild broke off; the read models people see are as they were. The log of the service says why.',
    };
  }

  /** Goes back to what people saw before the last switch; a second time, forwards again. */
  @Post('undo')
  @HttpCode(200)
  async undo(): Promise<{ generation: string; kept: string }> {
    const { generation, kept } = doneOr(await this.rebuilding.undo());
    return { generation, kept };
  }

  /** Drops what is kept to go back to, and a rebuild that broke off. */
  @Post('finish')
  @HttpCode(200)
  async finish(): Promise<{ dropped: readonly string[] }> {
    const { dropped } = doneOr(await this.rebuilding.finish());
    return { dropped };
  }

  @Post('backup')
  @HttpCode(200)
  async backup(@Body() fields: unknown): Promise<{ file: string }> {
    const { file } = parameters(BackupFields, fields);
    if (!isAbsolute(file)) {
      throw new ProblemException(
        malformed([{ pointer: '/file', detail: 'file must be a full path, from the root on.' }]),
      );
    }
    if (this.copy === undefined) {
      const detail =
        'This event store has no backup of its own over the API; use the tools it comes with.';
      throw new ProblemException(problem(501, 'NotOnThisStore', detail));
    }
    try {
      await this.copy(file);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      throw new ProblemException(
        problem(409, 'BackupRefused', error.message, [{ pointer: '/file', detail: error.message }]),
      );
    }
    return { file };
  }
}

function doneOr<T extends { readonly done: true }>(answer: T | NotDone): T {
  if (answer.done) return answer;
  throw new ProblemException(problem(409, answer.because, answer.detail));
}
