import type { Asked } from './page';
import type { Stores } from './sample';
import { openSample } from './sample';
import { questionsTo } from './table';

/** Puts every question to the sample county, each as somebody who may ask it. */
export async function askAll(stores: Stores): Promise<readonly Asked[]> {
  const sample = await openSample(stores);
  try {
    const asked: Asked[] = [];
    for (const question of await questionsTo(sample)) {
      const { by, path } = question;
      if (by === undefined || path === undefined) continue;
      asked.push({ question, answer: await sample.ask(by, path) });
    }
    return asked.toSorted((a, b) => a.question.number - b.question.number);
  } finally {
    await sample.close();
  }
}
