import type { ChampionEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const championTellings: TellingsOf<ChampionEvent> = {
  ChampionRegistered: untold,
  ChampionUpdated: untold,
  ChampionMoved: untold,
  ChampionPaused: untold,
  ChampionResumed: untold,
  ChampionRetired: untold,
  AvailabilityDeclared: untold,
  InterestDeclared: untold,
  InterestResolved: untold,
  YearlyCapSet: untold,
  ChampionDaysReserved: untold,
  ChampionDaysReleased: untold,
  ChampionDaysConsumed: untold,
  ChampionDaysAdjusted: untold,
};
