import type { ChampionEvent } from '#domain';
import type { TellingsOf } from './telling';
import { confided } from './telling';

export const championTellings: TellingsOf<ChampionEvent> = {
  ChampionRegistered: confided,
  ChampionUpdated: confided,
  ChampionMoved: confided,
  ChampionPaused: confided,
  ChampionResumed: confided,
  ChampionRetired: confided,
  AvailabilityDeclared: confided,
  InterestDeclared: confided,
  InterestResolved: confided,
  YearlyCapSet: confided,
  ChampionDaysReserved: confided,
  ChampionDaysReleased: confided,
  ChampionDaysConsumed: confided,
  ChampionDaysAdjusted: confided,
};
