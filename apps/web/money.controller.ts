import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { academicYearOf, daysOf } from '#domain';
import type { Clock } from '#platform';
import type { ClaimStage, Reconciliation } from '#read-models';
import { claimStages, costsIn, listClaims, namedSchools, reconciled, schoolOf } from '#read-models';
import { claimsTable, costsView, reconciliationView } from './money.view';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { DateField, Query as Asks } from './query';
import { address, dateField, fieldsOf, filledIn } from './query';
import type { Sitting } from './sitting';
import { claimTags } from './school-questions.view';
import { faultsOf, PinFields, whenAsked } from './when-asked';

const WHOLE = /^\d{1,9}$/;
const NO_PAGE = { message: 'this page of the list does not exist' };

class MoneyFields extends PinFields {
  @IsOptional()
  @Matches(/^(academic|financial)-\d{4}-\d{2}$/, { message: 'choose a year from the list' })
  year?: string;

  @IsOptional()
  @IsIn(claimStages, { message: 'choose a stage from the list' })
  stage?: ClaimStage;

  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'give the URN of the home school, six digits' })
  payee?: string;

  /** Where the lists of schools and of claims begin. */
  @IsOptional()
  @Matches(WHOLE, NO_PAGE)
  schools?: string;

  @IsOptional()
  @Matches(WHOLE, NO_PAGE)
  claims?: string;
}

const LIMIT = 25;

/** What support costs: sums for whoever may see sums; claims and reconciliation for whoever may see schools by name. */
@Controller('money')
@UseFilters(PageFilter)
export class MoneyPagesController {
  private readonly ports: { readonly asking: Asking; readonly clock: Clock };

  constructor(
    @Inject(Asking) asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.ports = { asking, clock };
  }

  @Get()
  @Reads('costs')
  async money(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(MoneyFields, query, ['asOf', 'from', 'to']);
    const when = whenAsked(this.ports, query, fields, response);
    const { asOf, day, pin, sitting } = when;
    const named = mayRead(request.identity, 'county');
    const piece = { skip: Number(fields.schools ?? 0), limit: LIMIT };
    const costs = await sitting.ask(costsIn, { ...yearOf(fields.year), ...piece });
    const kept = { year: fields.year, stage: fields.stage, payee: fields.payee, asOf: asOf.value };
    const link = (list: 'schools' | 'claims') => (to: number) =>
      address('/money', { ...kept, position: sitting.position, [list]: String(to) }, list);
    const ledger = named
      ? await this.ledger(sitting, fields, { query, day, link: link('claims') })
      : { faults: [] };
    if (ledger.faults.length > 0) response.status(400);
    return this.pages.render('money.njk', request, response, {
      ...{ asOf, year: fields.year, stage: fields.stage, payee: fields.payee, named },
      ...ledger,
      faults: [...faultsOf(asOf), ...ledger.faults],
      live: pin === undefined && { after: sitting.position },
      costs: costsView(costs, named),
      list: pageLinks({ ...piece, total: costs.schools.total }, link('schools')),
      years: [
        ...costs.byAcademicYear.map((one) => choice('academic', one.year)),
        ...costs.byFinancialYear.map((one) => choice('financial', one.year)),
      ],
      stages: claimStages.map((value) => ({ value, text: claimTags[value].name })),
    });
  }

  /** Claims, and whether those of one home school agree with its visits in a period. */
  private async ledger(
    sitting: Sitting,
    { stage, payee, claims: from = '0' }: MoneyFields,
    { query, day, link }: { query: Asks; day: string; link: (to: number) => string },
  ) {
    const school = payee === undefined ? undefined : await sitting.ask(schoolOf, { school: payee });
    const piece = { skip: Number(from), limit: LIMIT };
    const found = await sitting.ask(listClaims, {
      ...piece,
      ...(stage === undefined ? {} : { stage }),
      ...(school === undefined ? {} : { homeSchoolId: school.schoolId }),
    });
    const period = periodAsked(query, day);
    const compared =
      school === undefined ? undefined : await compare(sitting, school.schoolId, period);
    const named = await sitting.ask(namedSchools, {
      ids: [
        ...found.items.flatMap(({ schoolId, homeSchoolId }) => [schoolId, homeSchoolId]),
        ...(compared?.visits ?? []).map(({ schoolId }) => schoolId),
      ],
    });
    const unknown =
      payee !== undefined && school === undefined
        ? [{ text: `No school has or had the URN ${payee}`, href: '#payee' }]
        : [];
    return {
      faults: [...unknown, ...faultsIn(period)],
      payeeName: school?.name,
      ...{ first: period[0], until: period[1] },
      claims: {
        ...pageLinks({ ...piece, total: found.total }, link),
        table: claimsTable(found.items, named),
      },
      ...(compared === undefined ? {} : { compared: reconciliationView(compared, named) }),
    };
  }
}

type Period = readonly [from: DateField, to: DateField];

/** Visits are planned up to the end of the year, and a period may reach there. */
function periodAsked(query: Asks, day: string): Period {
  const { first, last } = daysOf(academicYearOf(day)) ?? { first: day, last: day };
  return [
    filledIn(dateField(query, 'from', last), first),
    filledIn(dateField(query, 'to', last), last),
  ];
}

const faultsIn = (period: Period): readonly { text: string; href: string }[] =>
  period.flatMap(({ fault, name }) =>
    fault === undefined ? [] : [{ text: fault, href: `#${name}-day` }],
  );

const compare = async (
  sitting: Sitting,
  homeSchoolId: string,
  [{ value: from }, { value: to }]: Period,
): Promise<Reconciliation | undefined> =>
  from === undefined || to === undefined
    ? undefined
    : sitting.ask(reconciled, { homeSchoolId, from, to });

function yearOf(chosen: string | undefined): { academicYear?: string; financialYear?: string } {
  if (chosen === undefined) return {};
  const year = chosen.replace(/^[a-z]+-/, '').replace('-', '/');
  return chosen.startsWith('academic') ? { academicYear: year } : { financialYear: year };
}

const choice = (kind: 'academic' | 'financial', year: string) => ({
  value: `${kind}-${year.replace('/', '-')}`,
  text: `${kind === 'academic' ? 'Academic' : 'Financial'} year ${year}`,
});
