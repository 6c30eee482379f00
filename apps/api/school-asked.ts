import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Asked, When } from '#application';
import { Asking } from '#application';
import type { SchoolCard } from '#read-models';
import { schoolOf } from '#read-models';
import { problem, ProblemException } from './problem';
import { answered } from './query-fields';

/** The school a request under `/schools/:school` is about, for those who may see it. */
@Injectable()
export class SchoolAsked {
  constructor(@Inject(Asking) private readonly asking: Asking) {}

  /**
   * By its id or any URN it ever had; the answer's position goes into the response, see `pinned`.
   * @throws ProblemException 404 NoSuchSchool; 403 NotYourSchool, also where there is no such school.
   */
  async asked(school: string, when: When, request: Asked, response: Response): Promise<SchoolCard> {
    const found = answered(response, await this.asking.ask(schoolOf, { school }, when));
    const mine = request.ownSchoolOnly === undefined || found?.schoolId === request.ownSchoolOnly;
    if (!mine)
      throw new ProblemException(
        problem(403, 'NotYourSchool', 'You can see your own school only.'),
      );
    if (found !== undefined) return found;
    throw new ProblemException(
      problem(
        404,
        'NoSuchSchool',
        `No school is known by ${school.slice(0, 40)}, neither as an id nor as a URN it has or had${when.asOf === undefined ? '' : `, as of ${when.asOf.slice(0, 40)}`}.`,
      ),
    );
  }
}

/** What follows a first answer in the same request is asked of the same position. */
export function pinned(when: When, response: Response): When {
  const position = response.getHeader('Position');
  return typeof position === 'string' ? { asOf: position } : when;
}
