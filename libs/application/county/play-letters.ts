import { exampleLetterTemplates } from '#domain';
import { workday } from './play-days';
import { headOfService } from './play-people';
import type { Stage } from './play-stage';

/** Letters go out from the first round on: the template is published before it, a little after the first framework. */
const FIRST_PUBLISHED = '2022-07-04';

export async function playLetters(stage: Stage): Promise<void> {
  for (const template of exampleLetterTemplates) {
    const { version, effectiveFrom } = template;
    await stage.days.until(
      workday(effectiveFrom < FIRST_PUBLISHED ? FIRST_PUBLISHED : effectiveFrom),
    );
    await stage.give(headOfService, version, 'PublishLetterTemplate', { ...template });
  }
}
