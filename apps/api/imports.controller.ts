import type { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import busboy from 'busboy';
import { IsBooleanString, IsIn, IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked, ImportReport, ImportRequest } from '#application';
import { Importing, Reads } from '#application';
import type { RegisterFileKind } from '#domain';
import { IsDay, registerFileKinds } from '#domain';
import { problem, problemOfAnswer, ProblemException } from './problem';
import { parameters } from './query-fields';

const yesOrNo = (name: string): { message: string } => ({
  message: `${name} must be true or false`,
});

class ImportFields {
  @IsIn(registerFileKinds, {
    message: `kind must be one of ${registerFileKinds.join(', ')}; send it before the file`,
  })
  kind: RegisterFileKind;

  @IsOptional()
  @IsDay()
  asAt?: string;

  @IsOptional()
  @IsBooleanString(yesOrNo('dryRun'))
  dryRun?: string;

  @IsOptional()
  @IsBooleanString(yesOrNo('evenIfOlder'))
  evenIfOlder?: string;
}

/** Field values are words and days; anything longer is no field of ours. */
const LIMITS = { files: 1, fields: 10, fieldSize: 200 };

/** Brings a national file in: multipart, the fields before the file, the file read as it comes and never kept. */
@Controller('api/v1/imports')
export class ImportsController {
  constructor(@Inject(Importing) private readonly importing: Importing) {}

  @Post()
  @Reads('importing')
  @HttpCode(200)
  async bringIn(
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportReport> {
    const { identity } = request;
    if (identity === undefined) throw new Error('The guard lets nobody in without an identity.');
    const outcome = await uploaded(request, (upload) => this.importing.bringIn(upload, identity));
    if (!outcome.imported)
      throw new ProblemException(problemOfAnswer({ accepted: false, refusal: outcome.refusal }));
    response.set('Position', String(outcome.position));
    return outcome;
  }
}

/** Reads a multipart body up to its file and hands the file on as a stream. */
function uploaded<T>(request: Request, take: (upload: ImportRequest) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = multipart(request);
    const fields: Record<string, string> = {};
    let taken = false;
    const fail = (error: unknown): void => {
      request.unpipe(form);
      // What is left of the upload is read and forgotten, so that the sender gets to see the answer.
      request.resume();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    form.on('field', (name, value) => {
      fields[name] = value;
    });
    form.on('file', (_, source, { filename }) => {
      taken = true;
      // Nobody may be reading yet, or any more, when the sender goes away: unheard, it would end the process.
      source.on('error', () => {
        fail(unusable('The upload broke off. Nothing was recorded; send it again.'));
      });
      Promise.resolve()
        .then(() => take(uploadOf(fields, source, filename)))
        .then(resolve, fail);
    });
    form.on('error', () => {
      fail(
        unusable(
          'The upload broke off or is not a whole multipart form. Nothing was recorded; send it again.',
        ),
      );
    });
    form.on('close', () => {
      if (!taken)
        fail(
          unusable(
            'There is no file in the upload. Send the fields first and then the file, as multipart/form-data.',
          ),
        );
    });
    request.pipe(form);
  });
}

function multipart(request: Request): ReturnType<typeof busboy> {
  try {
    return busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch {
    throw new ProblemException(
      problem(
        415,
        'UnsupportedMediaType',
        'Send the file as multipart/form-data, with the fields kind, asAt, dryRun and evenIfOlder before it.',
      ),
    );
  }
}

function uploadOf(
  fields: Readonly<Record<string, string>>,
  source: Readable,
  fileName: string,
): ImportRequest {
  const { kind, asAt, dryRun, evenIfOlder } = parameters(ImportFields, fields);
  return {
    kind,
    source,
    fileName,
    ...(asAt === undefined ? {} : { asAt }),
    dryRun: dryRun === 'true',
    evenIfOlder: evenIfOlder === 'true',
  };
}

const unusable = (detail: string): ProblemException =>
  new ProblemException(problem(400, 'UploadUnusable', detail));
