import type { Capacity } from '#read-models';
import { counted } from './words';

const days = (halfDays: number): string => counted(halfDays, 'half-day');

/** What is left of a year, in words: what the table beside it says in figures. */
export function capacitySentence({
  academicYear,
  cap,
  reserved,
  consumed,
  left,
}: Capacity): string {
  const taken =
    reserved === 0
      ? 'nothing is reserved'
      : `${days(reserved)} ${reserved === 1 ? 'is' : 'are'} reserved, of which ${consumed === 0 ? 'none' : consumed.toLocaleString('en-GB')} ${consumed === 1 ? 'has' : 'have'} been used`;
  return `Of ${days(cap)} in ${academicYear}, ${left === 0 ? 'none' : left.toLocaleString('en-GB')} ${left === 1 ? 'is' : 'are'} left: ${taken}.`;
}
