import { waysToRespond } from './standing';

const today = '2026-11-23';
const proposal = {
  proposalId: 'p',
  to: 'Intervention',
  stage: 'letter-issued',
  since: today,
} as const;
const nothing = { today, decided: false, proposal: undefined, review: undefined };
const open = (about: Parameters<typeof waysToRespond>[0]) =>
  waysToRespond(about, [])
    .filter((way) => way.open)
    .map(({ what }) => what);

describe('how a school can respond', () => {
  it('is by what is on the table', () => {
    expect(open(nothing)).toEqual([]);
    expect(open({ ...nothing, decided: true })).toEqual(['ask-for-review']);
    expect(open({ ...nothing, proposal })).toEqual(['discuss', 'represent', 'ask-for-review']);
    const review = { reviewId: 'r', decideBy: '2026-12-21' };
    expect(open({ ...nothing, decided: true, proposal, review })).toEqual(['discuss', 'represent']);
  });

  it('says by when, where a day is laid down, and that none is where it is not', () => {
    const says = (about: Parameters<typeof waysToRespond>[0], what: string) =>
      waysToRespond(about, []).find((way) => way.what === what);
    expect(says({ ...nothing, decided: true }, 'ask-for-review')).toMatchObject({
      says: 'Ask for a review of the category in force by somebody who took no part, and say why. No last day is laid down for asking. If you ask today it is decided by 21 December 2026, 28 days on, unless another day is agreed.',
    });
    const review = { reviewId: 'r', decideBy: '2026-12-21' };
    expect(says({ ...nothing, review }, 'await-review')).toMatchObject({
      ...{ by: '2026-12-21', open: false },
      says: 'You asked for a review. Somebody who took no part decides it by 21 December 2026; until then the category in force stands.',
    });
    expect(says(nothing, 'ask-for-review')).not.toHaveProperty('by');
  });

  it('tells of consultations that wait', () => {
    const one = {
      consultationId: 'c',
      about: 'the offer',
      openedOn: '2026-11-01',
      until: '2026-12-01',
    };
    const ways = waysToRespond(nothing, [
      { ...one, daysLeft: 8 },
      {
        ...one,
        daysLeft: 8,
        answered: { view: 'supports', answeredOn: '2026-11-20', late: false },
      },
    ]);
    expect(ways.slice(3)).toMatchObject([
      { by: '2026-12-01', says: 'You are asked what you say to the offer, by 1 December 2026.' },
      {
        says: 'You answered on 20 November 2026 what you say to the offer; you can answer again until 1 December 2026.',
      },
    ]);
  });
});
