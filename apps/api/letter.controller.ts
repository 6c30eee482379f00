import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads, textDigest } from '#application';
import { IsDay } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { NoLetter } from '#read-models';
import { letterFor } from '#read-models';
import { dayAsked } from './day-asked';
import { problem, ProblemException } from './problem';
import { answered, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

class LetterFields extends WhenFields {
  @IsOptional()
  @IsDay()
  dated?: string;
}

const statusOf: Readonly<Record<NoLetter['none'], number>> = {
  NoOpenProposal: 404,
  NoLetterTemplate: 409,
  NothingOffered: 409,
  LetterMisdated: 422,
};

/** The letter with the proposed category. A draft is the team's own: the school sees what went out. */
@Controller('api/v1/schools/:school/letter')
export class LetterController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('county')
  async draft(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { dated, ...when } = parameters(LetterFields, query);
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const about = {
      schoolId,
      dated: dated ?? dayAsked(when.asOf, this.clock),
      today: dayInEngland(this.clock.now()),
    };
    const letter = answered(
      response,
      await this.asking.ask(letterFor, about, pinned(when, response)),
    );
    if ('none' in letter)
      throw new ProblemException(problem(statusOf[letter.none], letter.none, letter.detail));
    const { issued, ...draft } = letter;
    return { ...draft, docHash: textDigest(letter.text), issued };
  }
}
