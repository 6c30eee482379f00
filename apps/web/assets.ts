import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Inject, Injectable, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Open } from '#application';

/** Where the build puts the style sheet, beside the files that are served as they are. */
const PUBLIC = join(__dirname, 'public');

/** The files pages need, by name, each with a hash of what is in it, so that browsers may keep one as long as it is the same. */
@Injectable()
export class Assets {
  private readonly hashes: ReadonlyMap<string, string> = new Map(
    (existsSync(PUBLIC) ? readdirSync(PUBLIC) : []).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(PUBLIC, name)))
        .digest('base64url')
        .slice(0, 12),
    ]),
  );

  has(name: string): boolean {
    return this.hashes.has(name);
  }

  /** The address pages link to: it changes when the file does. */
  address(name: string): string {
    return `/assets/${name}?v=${this.hashes.get(name) ?? 'missing'}`;
  }
}

@Controller('assets')
@Open()
export class AssetsController {
  constructor(@Inject(Assets) private readonly assets: Assets) {}

  @Get(':name')
  send(@Param('name') name: string, @Res() response: Response): void {
    if (!this.assets.has(name))
      throw new NotFoundException(`There is no file called ${name.slice(0, 60)}.`);
    response.sendFile(name, { root: PUBLIC, maxAge: '1y', immutable: true });
  }
}
