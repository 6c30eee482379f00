import type {
  AnySchoolEvent,
  BankHolidayEvent,
  BoardEvent,
  CycleEvent,
  DayEvent,
  FrameworkEvent,
  LetterTemplateEvent,
  GuideEvent,
  OfferEvent,
  QualityPolicyEvent,
  RateCardEvent,
  RegisterFileEvent,
  SampleEvent,
} from '#domain';
import { categoryTellings } from './tellings/categories';
import { deploymentTellings } from './tellings/deployments';
import { championTellings } from './tellings/champions';
import { collaborationTellings } from './tellings/collaborations';
import { governanceTellings } from './tellings/governance';
import { guideTellings } from './tellings/guide';
import { moneyTellings } from './tellings/money';
import { policyTellings } from './tellings/policy';
import { qualityTellings } from './tellings/quality';
import { riskTellings } from './tellings/risk';
import { schoolTellings } from './tellings/schools';
import { statutoryTellings } from './tellings/statutory';
import { supportTellings } from './tellings/support';
import type { TellingsOf } from './tellings/telling';
import { visitTellings } from './tellings/visits';

type AnyEvent =
  | AnySchoolEvent
  | BankHolidayEvent
  | BoardEvent
  | CycleEvent
  | DayEvent
  | FrameworkEvent
  | LetterTemplateEvent
  | GuideEvent
  | OfferEvent
  | QualityPolicyEvent
  | RateCardEvent
  | RegisterFileEvent
  | SampleEvent;

/** Which events are told in which words: every event of the catalogue, or the compiler names the one forgotten. */
export const tellings: TellingsOf<AnyEvent> = {
  ...schoolTellings,
  ...riskTellings,
  ...categoryTellings,
  ...supportTellings,
  ...deploymentTellings,
  ...championTellings,
  ...statutoryTellings,
  ...qualityTellings,
  ...visitTellings,
  ...policyTellings,
  ...collaborationTellings,
  ...governanceTellings,
  ...guideTellings,
  ...moneyTellings,
};
