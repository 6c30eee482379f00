import { HttpException } from '@nestjs/common';
import type { Answer, FieldFault, NotAnswered } from '#application';
import { statusOf } from '#application';

/** RFC 9457. `errors` points at the fields that cannot be used; `instance` is the request's correlation id. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly errors?: readonly FieldFault[];
}

export const problemType = (code: string): string => `/api/problems/${code}`;

/** `AlreadyRegistered` → "Already registered". */
export function titleOf(code: string): string {
  const words = code.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ends a request with a problem; the filter writes it. */
export class ProblemException extends HttpException {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail, problem.status);
  }
}

export function problem(
  status: number,
  code: string,
  detail: string,
  errors?: readonly FieldFault[],
): Problem {
  return {
    type: problemType(code),
    title: titleOf(code),
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}

export function problemOfAnswer(answer: Exclude<Answer, { accepted: true }>): Problem {
  if ('unknown' in answer)
    return problem(
      404,
      'NoSuchCommand',
      `There is no command called ${answer.unknown.slice(0, 60)}. The list of commands is at /api.`,
    );
  if ('malformed' in answer) return malformed(answer.malformed);
  const { refused, kind, detail, pointer } = answer.refusal;
  return problem(
    statusOf[kind],
    refused,
    detail,
    pointer === undefined ? undefined : [{ pointer, detail }],
  );
}

export function malformed(faults: readonly FieldFault[]): Problem {
  const count = faults.length === 1 ? 'One field' : `${faults.length} fields`;
  return problem(
    400,
    'Malformed',
    `${count} of the request cannot be used; see errors. Nothing was recorded.`,
    faults,
  );
}

export function problemOfNotAnswered(answer: NotAnswered): ProblemException {
  if (answer.because === 'behind') {
    return new ProblemException(problem(503, 'NotThereYet', answer.detail), { 'Retry-After': '1' });
  }
  const code = answer.because === 'not-come-yet' ? 'NotComeYet' : 'NotAMoment';
  return new ProblemException(
    problem(400, code, answer.detail, [{ pointer: `/${answer.parameter}`, detail: answer.detail }]),
  );
}
