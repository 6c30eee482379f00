import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { Body, Controller, HttpCode, Inject, Optional, Post, Res } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import type { Response } from 'express';
import type { Backup } from '#application';
import { BACKUP, LOG, Reads, Worker } from '#application';
import { StoreError } from '#kernel';
import type { Log } from '#platform';
import { malformed, problem, ProblemException } from './problem';
import { parameters } from './query-fields';

class BackupFields {
  @IsString({ message: 'file must be the full path of a file that is not there yet' })
  @Length(1, 1000, { message: 'file must be a path of 1 to 1000 characters' })
  file: string;
}

/** Running the machine: for whoever may read the data folder anyway. */
@Controller('api/v1/operations')
@Reads('operations')
export class OperationsController {
  private rebuilding = false;

  constructor(
    @Inject(Worker) private readonly worker: Worker,
    @Inject(LOG) private readonly log: Log,
    @Optional() @Inject(BACKUP) private readonly copy: Backup | undefined,
  ) {}

  /**
   * Builds every read model anew beside the present ones and makes the new ones the ones people see. The answer comes
   * line by line (NDJSON): `{position, end}` as it goes, then `{done, events, generation}` or `{failed}`.
   */
  @Post('rebuild')
  @HttpCode(200)
  async rebuild(@Res() response: Response): Promise<void> {
    if (this.rebuilding) {
      throw new ProblemException(
        problem(
          409,
          'RebuildUnderWay',
          'The read models are being rebuilt already. Wait until that is done.',
        ),
      );
    }
    this.rebuilding = true;
    try {
      response.type('application/x-ndjson');
      const tell = (line: object): boolean => response.write(`${JSON.stringify(line)}\n`);
      // A listener who goes away does not stop the work; lines for nobody are dropped.
      const last = await this.worker.rebuild(tell).then(
        (made) => ({ done: true, ...made }),
        (error: unknown) => this.failure(error),
      );
      if (!tell(last) && !response.destroyed)
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    } finally {
      this.rebuilding = false;
      response.end();
    }
  }

  private failure(error: unknown): { failed: string } {
    this.log.error({ err: error }, 'rebuild failed');
    if (error instanceof StoreError) return { failed: error.message };
    return {
      failed:
        'The rebuild broke off; the read models people see are as they were. The log of the service says why.',
    };
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
