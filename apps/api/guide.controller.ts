import { dirname } from 'node:path';
import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Catalogue, Open } from '#application';
import type { JsonObject } from '#kernel';
import { openApi } from './openapi';
import { problem, ProblemException, titleOf } from './problem';
import type { ProblemKind } from './problems';
import { problemKinds } from './problems';

/** The files of swagger-ui that the page needs, and no others of that folder. */
const files: readonly string[] = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const folder = dirname(require.resolve('swagger-ui-dist/package.json'));

/** The page's own policy, whatever the app's is: scripts and styles of this origin only, and images swagger-ui carries in its styles. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}</head><body>${body}</body></html>\n`;

const GUIDE = page(
  'The API of Side by Side',
  '<noscript><p>This page needs JavaScript. The same is in <a href="/api/openapi.json">openapi.json</a>.</p></noscript><div id="swagger-ui"></div><script src="/api/guide/swagger-ui-bundle.js"></script><script src="/api/guide/start.js"></script>',
  '<link rel="stylesheet" href="/api/guide/swagger-ui.css"><link rel="icon" type="image/png" href="/api/guide/favicon-32x32.png">',
);
const START = `window.SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true, docExpansion: 'none', filter: true });\n`;

/** What the API is: the page to try it on, its OpenAPI document, and what each kind of problem means. */
@Controller('api')
@Open()
export class GuideController {
  private readonly document: JsonObject;
  private readonly kinds: ReadonlyMap<string, ProblemKind>;

  constructor(@Inject(Catalogue) { aggregates }: Catalogue) {
    this.document = openApi(aggregates);
    this.kinds = problemKinds(aggregates);
  }

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', POLICY)
  guide(): string {
    return GUIDE;
  }

  @Get('openapi.json')
  openapi(): JsonObject {
    return this.document;
  }

  @Get('guide/start.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  start(): string {
    return START;
  }

  @Get('guide/:file')
  file(@Param('file') file: string, @Res() response: Response): void {
    if (!files.includes(file))
      throw new ProblemException(problem(404, 'NotFound', 'The guide has no such file.'));
    response.sendFile(file, { root: folder, maxAge: '1 day' });
  }

  /** Where the `type` of a problem leads. */
  @Get('problems/:code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  problem(@Param('code') code: string): string {
    const kind = this.kinds.get(code);
    if (kind === undefined) {
      throw new ProblemException(
        problem(404, 'NotFound', 'There is no problem of this name. The API is described at /api.'),
      );
    }
    const from = kind.from.length === 0 ? '' : `<p>Answered by: ${kind.from.join(', ')}.</p>`;
    return page(
      titleOf(code),
      `<h1>${titleOf(code)}</h1><p>${escaped(kind.says)}</p><p>HTTP status ${kind.status}.</p>${from}<p><a href="/api">The API</a></p>`,
    );
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
