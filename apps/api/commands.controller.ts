import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Asked } from '#application';
import { Catalogue, Commands, Reads } from '#application';
import { problemOfAnswer, ProblemException } from './problem';

/** Every command of the catalogue under its context and its name; the table is the catalogue itself. */
@Controller('api/v1')
export class CommandsController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
  ) {}

  @Post(':context/:command')
  @Reads('commands')
  @HttpCode(200)
  async give(
    @Param('context') context: string,
    @Param('command') command: string,
    @Body() fields: unknown,
    @Req() request: Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { identity } = request;
    if (identity === undefined) throw new Error('The guard lets nobody in without an identity.');
    const path = `${context}/${command}`;
    const key = header(request, 'idempotency-key');
    const correlationId = header(request, 'x-correlation-id');
    const answer = await this.commands.give(this.catalogue.commandAt(path) ?? path, fields, {
      actor: identity,
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(correlationId === undefined ? {} : { correlationId }),
    });
    if (!answer.accepted) throw new ProblemException(problemOfAnswer(answer));
    response.set('Position', String(answer.position));
    response.set('ETag', `"${answer.revision}"`);
    return {
      position: answer.position,
      recorded: answer.events.map(({ type, data }) => ({ type, data })),
      repeated: answer.repeated,
    };
  }
}

function header({ headers }: Asked, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
}
