import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { RebuildWishes } from '#application';
import { expectationFrom } from '#application';
import type { CollectionSpec } from '#kernel';
import { malformed, ProblemException } from './problem';
import { parameters } from './query-fields';

const RATE = 'rate must be a whole number of events a second, from 1 to 1000000';

class RebuildFields {
  /** Its shape is that of the read models there are, so it is checked where they are known. */
  @IsOptional()
  expect?: unknown;

  @IsOptional()
  @IsInt({ message: RATE })
  @Min(1, { message: RATE })
  @Max(1_000_000, { message: RATE })
  rate?: number;

  @IsOptional()
  @IsBoolean({ message: 'resume must be true or false' })
  resume?: boolean;

  @IsOptional()
  @IsBoolean({ message: 'dryRun must be true or false' })
  dryRun?: boolean;
}

/** How a rebuild is asked for. Ends the request as a problem for what cannot be used. */
export function rebuildWishes(
  body: unknown,
  collections: readonly CollectionSpec[],
): RebuildWishes {
  const { expect, rate, resume, dryRun } = parameters(RebuildFields, body ?? {});
  const read = expectationFrom(expect, collections);
  if ('fault' in read)
    throw new ProblemException(malformed([{ pointer: '/expect', detail: read.fault }]));
  return {
    expected: read.expected,
    ...(rate === undefined ? {} : { rate }),
    ...(resume === undefined ? {} : { resume }),
    ...(dryRun === undefined ? {} : { dryRun }),
  };
}
