import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askAll } from '../support/questions/asked';
import type { Asked } from '../support/questions/page';
import { questionsPage } from '../support/questions/page';
import { elsewhere } from '../support/questions/table';
import { terrain } from './ground';

/*
 * Every question people ask of the county is answered by one request. That docs/questions.md is what the sample county
 * answers now is held here, because the county has to be played for it.
 */

const QUESTIONS = 38;
let asked: readonly Asked[];

beforeAll(async () => {
  const ground = await terrain().played();
  asked = await askAll(ground);
  await ground.dispose();
}, 120_000);

it('every question is there once: answered, or said to be answered elsewhere', () => {
  const numbers = [
    ...asked.map(({ question }) => question.number),
    ...elsewhere.map((one) => one.number),
  ];
  expect(numbers.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: QUESTIONS }, (_, i) => i + 1),
  );
});

it('each is answered by its one request, to somebody who may ask it', () => {
  const refused = asked.filter(({ answer }) => answer.status !== 200);
  expect(refused.map(({ question, answer }) => [question.number, answer])).toEqual([]);
});

it('docs/questions.md is what the sample county answers; "npm run catalog -- questions" writes it', () => {
  const kept = readFileSync(join(__dirname, '../../docs/questions.md'), 'utf8');
  expect(kept).toBe(questionsPage(asked, elsewhere));
});
