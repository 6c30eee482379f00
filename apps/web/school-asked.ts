import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Asked, When } from '#application';
import { Asking } from '#application';
import type { SchoolCard } from '#read-models';
import { schoolOf } from '#read-models';
import { Sitting } from './sitting';

/** The school a page under `/schools/:school` is about, for those who may see it. */
@Injectable()
export class SchoolAsked {
  constructor(@Inject(Asking) private readonly asking: Asking) {}

  /**
   * The school as it is now: whatever it is called by, and whether or not the moment asked about knew of it.
   * @throws ForbiddenException for somebody else's school, also where there is none; NotFoundException.
   */
  async present(called: string, request: Asked, when: When = {}): Promise<SchoolCard> {
    const found = await new Sitting(this.asking, when).ask(schoolOf, { school: called });
    if (request.ownSchoolOnly !== undefined && found?.schoolId !== request.ownSchoolOnly) {
      throw new ForbiddenException('You can see your own school only.');
    }
    if (found !== undefined) return found;
    throw new NotFoundException(
      `No school is known by “${called.slice(0, 40)}”, neither as an id nor as a URN it has or had.`,
    );
  }
}

/** The address has a URN the school had before: its page is at its present one. */
export const isOldUrn = (called: string, { urn }: SchoolCard): boolean =>
  /^\d{6}$/.test(called) && called !== urn;
