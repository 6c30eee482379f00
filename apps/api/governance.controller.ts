import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import {
  boardTermsOn,
  consultationsOf,
  listBoardDecisions,
  listBoardMeetings,
  listConsultations,
  listLiaisonGroups,
  listLiaisonMeetings,
} from '#read-models';
import { dayAsked } from './day-asked';
import { answered, answeredPage, PageFields, pageIn, parameters } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

class ConsultationFields extends PageFields {
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'open must be true or false' })
  open?: string;
}

class LiaisonMeetingFields extends PageFields {
  @IsOptional()
  @IsUUID(undefined, { message: 'group must be the id of a liaison group' })
  group?: string;
}

/** The Board's record, liaison groups, and who was consulted when. */
@Controller('api/v1')
export class GovernanceController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  /** Meetings of the Board, newest first, and the terms it sits by. Scrutiny sees no persons. */
  @Get('board/meetings')
  @Reads('minutes')
  async meetings(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const about = { ...pageIn(fields), publishable: seesPublishable(request) };
    const answer = await this.asking.ask(listBoardMeetings, about, fields);
    const page = answeredPage(response, answer, '/api/v1/board/meetings', query);
    const today = dayAsked(fields.asOf, this.clock);
    const terms = answered(
      response,
      await this.asking.ask(boardTermsOn, { today }, pinned(fields, response)),
    );
    return { total: page.total, meetings: page.items, ...(terms === undefined ? {} : { terms }) };
  }

  /** Decisions of the Board, newest first, with their papers. Scrutiny sees what may be published. */
  @Get('board/decisions')
  @Reads('minutes')
  async decisions(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const about = { ...pageIn(fields), publishable: seesPublishable(request) };
    const answer = await this.asking.ask(listBoardDecisions, about, fields);
    const page = answeredPage(response, answer, '/api/v1/board/decisions', query);
    return { total: page.total, decisions: page.items };
  }

  /** Liaison groups by name, with their schools. */
  @Get('liaison-groups')
  @Reads('county')
  async liaisonGroups(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const answer = await this.asking.ask(listLiaisonGroups, pageIn(fields), fields);
    const page = answeredPage(response, answer, '/api/v1/liaison-groups', query);
    return { total: page.total, groups: page.items };
  }

  /** Meetings of liaison groups, newest first; of a group that is not on record there are none. */
  @Get('liaison-meetings')
  @Reads('county')
  async liaisonMeetings(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(LiaisonMeetingFields, query);
    const about = {
      ...pageIn(fields),
      ...(fields.group === undefined ? {} : { groupId: fields.group }),
    };
    const answer = await this.asking.ask(listLiaisonMeetings, about, fields);
    const page = answeredPage(response, answer, '/api/v1/liaison-meetings', query);
    return { total: page.total, meetings: page.items };
  }

  /** Consultations, newest first, with how many were asked and how many answered. */
  @Get('consultations')
  @Reads('county')
  async consultations(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(ConsultationFields, query);
    const about = {
      ...pageIn(fields),
      today: dayAsked(fields.asOf, this.clock),
      ...(fields.open === undefined ? {} : { open: fields.open === 'true' }),
    };
    const answer = await this.asking.ask(listConsultations, about, fields);
    const page = answeredPage(response, answer, '/api/v1/consultations', query);
    return { total: page.total, consultations: page.items };
  }

  /** When a school was consulted, newest first, and what it can still answer. */
  @Get('schools/:school/consultations')
  @Reads('school')
  async ofSchool(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const about = { schoolId, today: dayAsked(fields.asOf, this.clock), ...pageIn(fields) };
    const answer = await this.asking.ask(consultationsOf, about, pinned(fields, response));
    const path = `/api/v1/schools/${school}/consultations`;
    const page = answeredPage(response, answer, path, query);
    return { total: page.total, consulted: page.items, open: page.open };
  }
}

/** Those who see of the Board's record only what may be published. */
const seesPublishable = ({ identity }: Asked): boolean => identity?.role === 'scrutiny';
