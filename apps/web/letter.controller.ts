import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads, textDigest } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { LetterDraft } from '#read-models';
import { letterFor, schoolOf } from '#read-models';
import { PageFilter } from './page.filter';
import { Pages } from './pages';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import { faultsOf, PinFields, whenAsked } from './when-asked';

/** The letter with the proposed category, to be printed, sent and then recorded. */
@Controller('schools/:school/letter')
@UseFilters(PageFilter)
export class LetterPageController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get()
  @Reads('county')
  async letter(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { atLeast } = pins;
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    const { asOf, day, pin, sitting } = whenAsked(
      { asking: this.asking, clock: this.clock },
      query,
      pins,
      response,
    );
    const { schoolId, urn } = present;
    if (isOldUrn(called, present)) {
      response.redirect(302, address(`/schools/${urn}/letter`, { ...pins, asOf: asOf.value }));
      return undefined;
    }
    const card = await sitting.ask(schoolOf, { school: schoolId });
    const today = dayInEngland(this.clock.now());
    const letter = await sitting.ask(letterFor, { schoolId, dated: day, today });
    return this.pages.render('school-letter.njk', request, response, {
      name: card?.name ?? present.name,
      urn,
      asOf,
      faults: faultsOf(asOf),
      live: pin === undefined && { school: schoolId, after: sitting.position },
      ...('none' in letter ? { missing: letter } : { letter: letterView(letter) }),
    });
  }
}

const officesInWords: Readonly<Record<string, string>> = {
  head: 'headteacher',
  chair: 'chair of governors',
};
const offices = (recipients: readonly string[]): string =>
  recipients.map((office) => officesInWords[office] ?? office).join(' and ');

/** The draft as the page shows it, with what IssueLetter takes and whether this very letter went out already. */
function letterView(letter: LetterDraft) {
  const docHash = textDigest(letter.text);
  const { proposalId, templateVersion, recipients, school } = letter;
  const command = { schoolId: school.schoolId, proposalId, templateVersion, recipients, docHash };
  return {
    ...letter,
    to: offices(recipients),
    docHash,
    command: JSON.stringify(command, undefined, 2),
    issued: letter.issued.map((sent) => ({
      ...sent,
      to: offices(sent.recipients),
      thisOne: sent.docHash === docHash,
      otherCategory: sent.category !== letter.category,
    })),
  };
}
