import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Reading, Row } from '#application';
import { Open, readers, Reads } from '#application';
import type { County } from '../county';

/** An address of the app, with its line of the table of who may do what. */
export interface Handler {
  /** `GET /api/v1/schools/{school}` */
  readonly route: string;
  readonly open: boolean;
  readonly reads: Reading | undefined;
  readonly row: Row | 'open' | undefined;
}

/** Every route of the app as Nest knows it, with its line of the table. */
export function handlersOf({ app }: County): Handler[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((one) => [
    ...one.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const { constructor: _itself, ...members } = Object.getOwnPropertyDescriptors(
      metatype.prototype as object,
    );
    const prefix = asPath(Reflect.getMetadata('path', metatype));
    return Object.values(members).flatMap(({ value }) => {
      const handler = value as object;
      const path: unknown =
        typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
      if (path === undefined) return [];
      const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
      const told = (key: string): unknown =>
        (Reflect.getMetadata(key, handler) as unknown) ?? Reflect.getMetadata(key, metatype);
      const reads = told(Reads('school').KEY) as Reading | undefined;
      const open = told(Open().KEY) === true;
      const row = open ? 'open' : reads === undefined ? undefined : readers[reads];
      return [{ route: `${method} ${inBraces(`/${prefix}/${asPath(path)}`)}`, open, reads, row }];
    });
  });
}

const asPath = (path: unknown): string => (typeof path === 'string' ? path : '');

/** `/api/v1//schools/:school/` → `/api/v1/schools/{school}` */
const inBraces = (path: string): string =>
  path
    .replaceAll(/\/+/g, '/')
    .replace(/(.)\/$/, '$1')
    .replaceAll(/:(\w+)/g, '{$1}');

/** Every route Express would answer, whoever put it there. */
export function expressRoutes({ app }: County): string[] {
  const { stack } = app.getHttpAdapter().getInstance().router;
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : route.stack.map(({ method }) => `${method.toUpperCase()} ${inBraces(route.path)}`),
  );
}
