import { halfTermsOf, officeDay } from './play-calendar';
import { playChampion, recruit } from './play-champions';
import { playGovernance } from './play-governance';
import { lookForNeeds } from './play-needs';
import { importer } from './play-people';
import { playChampionReviews, playSample } from './play-quality';
import type { Stage } from './play-stage';
import { playStatutory } from './play-statutory';
import { agree, Works } from './play-support';
import { playTeams } from './play-teams';
import { playCollaborations, playStrengths } from './play-together';
import { playVisits } from './play-visits';
import { work } from './play-work';

/** From September 2022 on: champions, support, visits, quality, schools together, statute and governance, year by year. */
export async function playModel(stage: Stage, years: readonly number[]): Promise<void> {
  const { days } = stage;
  await days.until(officeDay('2022-09-01'));
  const champions = recruit(stage);
  const works = new Works();
  for (const one of champions) days.begin(() => playChampion(stage, one));
  for (const begins of years) {
    days.begin(() => letTheYearEnd(stage, begins));
    days.begin(() =>
      lookForNeeds(stage, champions, begins, async (plan) => {
        const agreed = await agree(stage, plan);
        if (agreed !== undefined) await work(stage, works, agreed);
      }),
    );
    days.begin(() => playVisits(stage, begins));
    days.begin(() => playTeams(stage, begins));
    days.begin(() => playStrengths(stage, begins));
    days.begin(() => playCollaborations(stage, begins));
    days.begin(() => playChampionReviews(stage, champions, begins));
    for (const term of halfTermsOf(begins)) days.begin(() => playSample(stage, works, term));
  }
  playStatutory(stage);
  playGovernance(stage, years);
}

/** The first of September comes: what was not used of the year before lapses. */
async function letTheYearEnd(stage: Stage, begins: number): Promise<void> {
  const day = `${begins + 1}-09-01`;
  await stage.days.until(day);
  await stage.give(importer, day, 'TurnDay', { day });
}
