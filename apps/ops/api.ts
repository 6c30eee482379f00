import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';

/** RFC 9457, as far as the command line needs it: a sentence, and what is wrong with which field. */
const problemShape = z.looseObject({
  title: z.string(),
  detail: z.string(),
  status: z.number().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemShape>;

/** The work was not done, and this is why. Printed as it is, never with a stack. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Nothing answered, or not in the API's language: said in one sentence, with what to do. */
export const notDone = (title: string, detail: string): NotDone => new NotDone({ title, detail });

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

type Query = Readonly<Record<string, string | undefined>>;

const JSON_BODY = { 'content-type': 'application/json' };

/** The API of a running service, with the token of whoever asks. Everything that is refused is thrown as `NotDone`. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The same service, asked by somebody else. */
  as(token: string): Api {
    return new Api(this.url, token);
  }

  async get(path: string, query: Query = {}): Promise<Answer> {
    return answered(await this.ask(withQuery(path, query), {}));
  }

  /** The answer whatever its status, e.g. of a health page that says why it is not ready. */
  async look(path: string): Promise<Answer> {
    return answerOf(await this.ask(path, {}));
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...JSON_BODY, ...headers },
    };
    return answered(await this.ask(path, init));
  }

  /** Sends a file from disk as it is read, with some fields before it. */
  async upload(path: string, fields: Query, file: string): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) form.set(name, value);
    form.set('file', await openAsBlob(file), basename(file));
    return answered(await this.ask(path, { method: 'POST', body: form }));
  }

  /** The items of a list, page after page; the pages are of one moment, as their links say. */
  async *pages(path: string, query: Query = {}): AsyncGenerator {
    let next: string | undefined = withQuery(path, query);
    while (next !== undefined) {
      const { body, headers } = await answered(await this.ask(next, {}));
      yield body;
      next = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
  }

  /** The lines of an answer that comes line by line (NDJSON), each as soon as it is there. */
  async *lines(path: string, body: unknown): AsyncGenerator {
    const init = { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY };
    const response = await this.ask(path, init);
    if (!response.ok || response.body === null) {
      await answered(response);
      return;
    }
    for await (const line of createInterface({ input: Readable.fromWeb(response.body) })) {
      if (line !== '') yield JSON.parse(line) as unknown;
    }
  }

  private async ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    try {
      return await fetch(new URL(path, this.url), { ...init, headers });
    } catch (error) {
      const why =
        error instanceof Error && error.cause instanceof Error
          ? error.cause.message
          : String(error);
      throw notDone(
        'No answer',
        `The service at ${this.url} did not answer (${why}). If it was just stopped, try again.`,
      );
    }
  }
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /^application\/([a-z.-]+\+)?json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(text) as unknown) : text,
  };
}

async function answered(response: Response): Promise<Answer> {
  const answer = await answerOf(response);
  if (response.ok) return answer;
  const problem = problemShape.safeParse(answer.body);
  if (problem.success) throw new NotDone(problem.data);
  throw notDone(
    'Not understood',
    `The service answered ${response.status} and no reason. Its log says more.`,
  );
}
