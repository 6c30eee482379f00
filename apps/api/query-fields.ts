import { IsOptional, Matches } from 'class-validator';
import type { Response } from 'express';
import type { Answered, NotAnswered } from '#application';
import { wellFormed } from '#application';
import { malformed, problemOfNotAnswered, ProblemException } from './problem';

/** When: on every query. Text here; what it means is worked out where the log is known. */
export class WhenFields {
  @IsOptional()
  @Matches(/^.{1,40}$/, {
    message:
      'asOf must be a position, a day such as 2026-03-01 or an instant such as 2026-03-01T09:30:00Z',
  })
  asOf?: string;

  @IsOptional()
  @Matches(/^\d{1,16}$/, {
    message: 'atLeast must be a position as the Position header gives it, a whole number',
  })
  atLeast?: string;
}

const LIMIT = 'limit must be a whole number from 1 to 200';

export class PageFields extends WhenFields {
  @IsOptional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: LIMIT })
  limit?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, {
    message: 'skip must be a whole number: take it from the Link header of the page before',
  })
  skip?: string;
}

/** The fields of a request or the parameters of a query, checked; each fault with its pointer. Repeated parameters are a fault of their own. */
export function parameters<T extends object>(takes: new () => T, query: unknown): T {
  const checked = wellFormed(takes, query);
  if ('malformed' in checked) throw new ProblemException(malformed(checked.malformed));
  return checked.data as T;
}

export function pageIn({ skip, limit }: PageFields): { skip: number; limit: number } {
  return { skip: Number(skip ?? 0), limit: Number(limit ?? 50) };
}

/** The value of an answer, with its position as a header; a question that has no answer ends the request as a problem. */
export function answered<T>(response: Response, answer: Answered<T> | NotAnswered): T {
  if (!answer.answered) throw problemOfNotAnswered(answer);
  response.set('Position', String(answer.position));
  return answer.value;
}

/**
 * `Link: rel="next"`, pinned to the position of this page: whatever is recorded meanwhile, the pages of one list are
 * of one moment.
 */
export function linkNext(
  response: Response,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  { position, next }: { position: number; next?: number | undefined },
): void {
  if (next === undefined) return;
  const { atLeast: _seen, ...rest } = query;
  const kept = Object.entries({ ...rest, asOf: String(position), skip: String(next) }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  response.set('Link', `<${path}?${new URLSearchParams(kept).toString()}>; rel="next"`);
}

/** A page of a list, with its position and the link to the next one as headers. */
export function answeredPage<T extends { readonly next?: number | undefined }>(
  response: Response,
  answer: Answered<T> | NotAnswered,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): T {
  const page = answered(response, answer);
  if (answer.answered)
    linkNext(response, path, query, { position: answer.position, next: page.next });
  return page;
}
