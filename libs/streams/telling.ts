import type {
  AnySchoolEvent,
  BankHolidayEvent,
  CycleEvent,
  FrameworkEvent,
  OfferEvent,
  RegisterFileEvent,
} from '#domain';
import { categoryTellings } from './tellings/categories';
import { policyTellings } from './tellings/policy';
import { riskTellings } from './tellings/risk';
import { schoolTellings } from './tellings/schools';
import { supportTellings } from './tellings/support';
import type { TellingsOf } from './tellings/telling';
import { visitTellings } from './tellings/visits';

type AnyEvent =
  AnySchoolEvent | BankHolidayEvent | CycleEvent | FrameworkEvent | OfferEvent | RegisterFileEvent;

/** Which events are told in which words: every event of the catalogue, or the compiler names the one forgotten. */
export const tellings: TellingsOf<AnyEvent> = {
  ...schoolTellings,
  ...riskTellings,
  ...categoryTellings,
  ...supportTellings,
  ...visitTellings,
  ...policyTellings,
};
