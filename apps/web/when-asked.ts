import { BadRequestException } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Response } from 'express';
import type { Asking } from '#application';
import { academicYearOf, daysOf } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { DateField, Query } from './query';
import { dateField } from './query';
import { Sitting } from './sitting';

/** The moment a page is pinned to, and what it has to have seen. */
export class PinFields {
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;

  /** A position the page has to have seen: what somebody was just told of. */
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'atLeast must be a position' })
  atLeast?: string;
}

/** The moment asked about, the day its days are counted to, and a sitting at it. A date that is none answers with 400. */
export function whenAsked(
  { asking, clock }: { readonly asking: Asking; readonly clock: Clock },
  query: Query,
  { position, atLeast }: PinFields,
  response: Response,
) {
  const today = dayInEngland(clock.now());
  const asOf = dateField(query, 'asOf', today);
  if (asOf.fault !== undefined) response.status(400);
  const pin = position ?? asOf.value;
  const sitting = new Sitting(asking, {
    ...(pin === undefined ? {} : { asOf: pin }),
    ...(atLeast === undefined ? {} : { atLeast }),
  });
  return { asOf, day: asOf.value ?? today, pin, sitting };
}

/** What is wrong with the date asked about, for the summary of errors. */
export const faultsOf = ({ fault }: DateField): readonly { text: string; href: string }[] =>
  fault === undefined ? [] : [{ text: fault, href: '#asOf-day' }];

/** The academic year a page is about, by default that of the day; a label that is none, such as 2026-28, answers with 400. */
export function yearAsked(year: string | undefined, today: string): string {
  if (year === undefined) return academicYearOf(today);
  const academicYear = year.replace('-', '/');
  if (daysOf(academicYear) !== undefined) return academicYear;
  throw new BadRequestException('The year must be an academic year, such as 2026-27.');
}
