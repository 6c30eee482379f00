import type {
  AnySchoolEvent,
  BoardEvent,
  CycleEvent,
  FrameworkEvent,
  OfferEvent,
  RegisterFileEvent,
} from '#domain';
import { categoryTellings } from './tellings/categories';
import { collaborationTellings } from './tellings/collaborations';
import { governanceTellings } from './tellings/governance';
import { policyTellings } from './tellings/policy';
import { riskTellings } from './tellings/risk';
import { schoolTellings } from './tellings/schools';
import { supportTellings } from './tellings/support';
import type { TellingsOf } from './tellings/telling';

type AnyEvent =
  AnySchoolEvent | CycleEvent | FrameworkEvent | OfferEvent | RegisterFileEvent | BoardEvent;

/** Which events are told in which words: every event of the catalogue, or the compiler names the one forgotten. */
export const tellings: TellingsOf<AnyEvent> = {
  ...schoolTellings,
  ...riskTellings,
  ...categoryTellings,
  ...supportTellings,
  ...policyTellings,
  ...collaborationTellings,
  ...governanceTellings,
};
