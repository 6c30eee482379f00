import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { uuidInSpecs } from '../shared/playing-in-specs';
import { GivePageHelpfulness, helpfulnessCommands } from './commands';
import { helpfulnessEvents } from './events';
import { decider as bare, guideAnswer } from './helpfulness';

const decider = asDeclared(helpfulnessEvents, bare);
const answer = {
  answerId: uuidInSpecs(7301),
  page: 'process',
  points: 4,
  comment: 'Clear.',
} as const;

it('counts a form once, and does not change what it said', () => {
  given(decider, [])
    .when('GivePageHelpfulness', answer, { by: 'public' })
    .then([{ type: 'PageHelpfulnessGiven', data: answer }])
    .again()
    .silent();
  given(decider, [{ type: 'PageHelpfulnessGiven', data: answer }])
    .when('GivePageHelpfulness', { ...answer, points: 1 }, { by: 'public' })
    .refused('PageHelpfulnessOnRecord', 'load the page again');
});

it('is a stream for each form, and of the public alone', () => {
  expect(guideAnswer.stream(answer)).toBe(`guide-answer-${answer.answerId}`);
  expect(helpfulnessCommands.GivePageHelpfulness.by).toEqual(['public']);
});

it.each([
  { points: 0 },
  { points: 6 },
  { points: 2.5 },
  { points: '4' },
  { page: 'print' },
  { comment: 'x'.repeat(1001) },
  { comment: ' ' },
  { answerId: 'mine' },
])('takes no %j', (wrong) => {
  expect(commandFrom(GivePageHelpfulness, { ...answer, ...wrong })).toMatchObject({
    faults: [{ pointer: `/${Object.keys(wrong)[0]}` }],
  });
});
