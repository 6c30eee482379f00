import type { ArgumentsHost } from '@nestjs/common';
import { NotFoundException } from '@nestjs/common';
import { StoreError } from '#kernel';
import { logTo } from '#platform';
import { problemOfNotAnswered } from './problem';
import { ProblemFilter } from './problem.filter';

/** What leaves when a request ends with this error. */
function left(error: unknown) {
  const headers: Record<string, string> = {};
  let body = '';
  const response = {
    headersSent: false,
    set: (...set: readonly unknown[]) => {
      Object.assign(headers, typeof set[0] === 'string' ? { [set[0]]: set[1] } : set[0]);
    },
    status: () => response,
    type: () => response,
    send: (text: string) => {
      body = text;
    },
  };
  const http = {
    getRequest: () => ({ originalUrl: '/api/v1/x?y=z' }),
    getResponse: () => response,
  };
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  new ProblemFilter(logTo('silent')).catch(error, host);
  return { headers, body: JSON.parse(body) as { status: number; type: string; detail: string } };
}

it('says of a store out of reach that it is worth asking again, and nothing of the inside', () => {
  const { body, headers } = left(new StoreError('unavailable', 'EventStoreDB at 10.0.0.7:2113'));
  expect(body).toMatchObject({ status: 503, type: '/api/problems/OutOfReach' });
  expect(body.detail).not.toContain('10.0.0.7');
  expect(headers['Retry-After']).toBe('2');
});

it('says of what nobody foresaw that it is our fault, and nothing of what it was', () => {
  const { body } = left(new TypeError('x is not a function'));
  expect(body).toMatchObject({ status: 500, type: '/api/problems/OurFault' });
  expect(body.detail).not.toContain('function');
});

it('says when the read models are behind that it is worth asking again', () => {
  const behind = { answered: false, because: 'behind', asked: 7, reached: 5, detail: 'At 5.' };
  const { body, headers } = left(problemOfNotAnswered(behind as never));
  expect(body).toMatchObject({ status: 503, type: '/api/problems/NotThereYet' });
  expect(headers['Retry-After']).toBeDefined();
});

it('knows what the server under it says no with', () => {
  expect(left(new NotFoundException('Cannot GET /x')).body).toMatchObject({
    ...{ status: 404, type: '/api/problems/NotFound', instance: '/api/v1/x' },
  });
  const unreadable = Object.assign(new Error('Unexpected end'), { status: 400 });
  expect(left(unreadable).body).toMatchObject({ type: '/api/problems/BadRequest' });
});
