import { given } from '#kernel';
import type { Category } from '../shared/words';
import { categories } from '../shared/words';
import { categorisation } from './categorisation';
import type { CategoryEvent } from './events';
import {
  about,
  assessmentId,
  attempted,
  changed,
  confirmed,
  corrected,
  decider,
  discussed,
  inYear,
  known,
  lastYear,
  letter,
  meeting,
  proposalId,
  proposed,
  proposedInYear,
  requested,
  schoolId,
  triggerId,
  triggered,
  unmoderated,
  uuid,
} from './history-in-specs';
import { applied, categoryOn } from './periods';

const confirm = (
  history: readonly CategoryEvent[],
  effectiveFrom = '2026-11-16',
  by: string | { id: string; role: string } = 'head-of-service',
) => given(decider, history, known).when('ConfirmCategory', { ...about, effectiveFrom }, { by });
const enhancement = proposed({ to: 'Enhancement' });
const told = letter({ proposedCategory: 'Enhancement' });

describe('confirming a category', () => {
  it('decides the first one after letter and discussion', () => {
    confirm([proposed(), letter(), discussed])
      .then([confirmed('Prevention', '2026-11-16')])
      .again()
      .silent();
  });

  const moves = categories.flatMap((from) =>
    categories.filter((to) => to !== from).map((to): [Category, Category] => [from, to]),
  );
  it.each(moves)('lets a school move from %s to %s', (from, to) => {
    const history = [
      lastYear(from),
      ...(from === 'Enhancement' ? [] : [meeting]),
      proposed({ from, to }),
      letter({ proposedCategory: to }),
      discussed,
    ];
    confirm(history)
      .then([changed(from, to, '2026-11-16')])
      .again()
      .silent();
  });

  it('in the round goes without a discussion to Enhancement', () => {
    confirm([enhancement, told]).then([confirmed('Enhancement', '2026-11-16')]);
    confirm([lastYear('Enhancement'), enhancement, told]).then([
      confirmed('Enhancement', '2026-11-16'),
    ]);
  });

  it('always needs the letter, with the category proposed now', () => {
    confirm([proposed()]).refused('LetterNotIssued', 'Prevention');
    confirm([proposed(), told]).refused('LetterNotIssued');
  });

  it('of more support needs a discussion, or two attempts on different days', () => {
    const start = [proposed(), letter()];
    confirm(start).refused('DiscussionWanted', 'so far: 0');
    confirm([
      ...start,
      attempted('2026-11-09'),
      attempted('2026-11-09', 'DiscussionDeclined'),
    ]).refused('DiscussionWanted', 'so far: 1');
    confirm([
      ...start,
      attempted('2026-11-09'),
      attempted('2026-11-10', 'DiscussionDeclined'),
    ]).then([confirmed('Prevention', '2026-11-16')]);
  });

  it('within the year needs a discussion for any move, Enhancement too, and answers the trigger', () => {
    const decision = {
      cycle: undefined,
      triggerId,
      reasonCode: 'OFSTED_OUTCOME',
      assessmentId: inYear,
    };
    const start = [
      lastYear('Prevention'),
      triggered(),
      meeting,
      proposedInYear({ to: 'Enhancement' }),
      told,
    ];
    confirm(start).refused('DiscussionWanted');
    const { cycle: _, ...data } = {
      ...changed('Prevention', 'Enhancement', '2026-11-16').data,
      ...decision,
    };
    const after = confirm([...start, discussed]).then([
      { type: 'CategoryChanged', data } as CategoryEvent,
    ]);
    expect(after.state.triggers).toEqual({});
    after
      .when('FlagTrigger', { schoolId, triggerId: uuid(31), triggerType: 'OFSTED_OUTCOME' })
      .then([triggered({ triggerId: uuid(31), happenedOn: '2026-11-23' })]);
  });

  it('out of support needs a transition meeting or an agreed no-further-need since the last decision', () => {
    const start = [enhancement, told];
    confirm([lastYear('Intervention'), ...start]).refused('WayOutWanted');
    confirm([lastYear('Intervention'), meeting, lastYear('Prevention'), ...start]).refused(
      'WayOutWanted',
    );
    const noNeed: CategoryEvent = {
      type: 'NoFurtherNeedAgreed',
      data: {
        schoolId,
        agreedOn: '2026-10-20',
        adviserId: 'person-adviser',
        headId: 'person-head',
        reason: 'Aims were met.',
      },
    };
    confirm([lastYear('Intervention'), noNeed, ...start]).then([
      changed('Intervention', 'Enhancement', '2026-11-16'),
    ]);
  });

  it('out of support by an agreed pathway completes the transition', () => {
    const pathway: CategoryEvent = {
      type: 'TransitionPathwayAgreed',
      data: {
        ...{ schoolId, taper: 'Visits every other week.', endsOn: '2026-11-16' },
        ...{ agreedOn: '2026-10-20', adviserId: 'person-adviser', headId: 'person-head' },
      },
    };
    const way = [lastYear('Intervention'), meeting, pathway];
    const after = confirm([...way, enhancement, told]);
    const move = changed('Intervention', 'Enhancement', '2026-11-16');
    const { proposalId } = move.data as { readonly proposalId: string };
    after
      .then([
        move,
        { type: 'TransitionCompleted', data: { schoolId, proposalId, completedOn: '2026-11-16' } },
      ])
      .again()
      .silent();
    // From one supported category to another it goes on.
    confirm([...way, proposed(), letter(), discussed]).then([
      changed('Intervention', 'Prevention', '2026-11-16'),
    ]);
  });

  it('is not for the person who alone assessed the school', () => {
    const alone = proposed({ to: 'Enhancement', assessmentId: unmoderated, moderatorIds: [] });
    const adviser = { id: 'person-adviser', role: 'head-of-service' };
    confirm([alone, told], '2026-11-16', adviser).refused('SoleAssessor');
    confirm([alone, told]).then([
      confirmed('Enhancement', '2026-11-16', { assessmentId: unmoderated }),
    ]);
    confirm([enhancement, told], '2026-11-16', adviser).then([
      confirmed('Enhancement', '2026-11-16', { deciderId: 'person-adviser' }),
    ]);
  });

  it('takes effect after what is on record, and not beyond the next academic year', () => {
    const history = [lastYear('Prevention'), proposed(), letter(), discussed];
    confirm(history, '2025-09-15').refused('PeriodsWouldOverlap', '2025-09-15');
    confirm(history, '2025-09-16').then([confirmed('Prevention', '2025-09-16')]);
    confirm(history, '2028-08-31').then([confirmed('Prevention', '2028-08-31')]);
    confirm(history, '2028-09-01').refused('TooFarAhead', '2028-08-31');
  });

  it('waits for an open review', () => {
    confirm([proposed(), letter(), discussed, requested()]).refused('ReviewIsOpen', '2026-12-10');
  });

  it('needs an open proposal', () => {
    confirm([]).refused('ProposalUnknown');
    confirm([proposed(), confirmed('Prevention', '2026-11-16')], '2026-11-17').refused(
      'ProposalClosed',
    );
  });
});

describe('correcting a category', () => {
  const correction = {
    schoolId,
    correctsEventId: uuid(50),
    was: 'Prevention',
    shouldBe: 'Enhancement',
    effectiveFrom: '2025-09-15',
    askedById: 'person-adviser',
    reason: 'The minutes say otherwise.',
  } as const;
  const correct = (history: readonly CategoryEvent[], data: object = {}) =>
    given(decider, history, known).when(
      'CorrectCategory',
      { ...correction, ...data },
      { by: 'head-of-service' },
    );

  it('reaches until the next recorded category begins, and keeps the history', () => {
    const history = [lastYear('Prevention'), changed('Prevention', 'Intervention', '2026-02-01')];
    const { state } = correct(history)
      .then([corrected('Prevention', 'Enhancement', '2025-09-15')])
      .again()
      .silent();
    expect(categoryOn(state, '2025-09-14')).toBeUndefined();
    expect(categoryOn(state, '2026-01-31')).toBe('Enhancement');
    expect(categoryOn(state, '2026-02-01')).toBe('Intervention');
  });

  it('may put right the day: two corrections, each from what the record says', () => {
    const { state } = correct([lastYear('Prevention')])
      .then([corrected('Prevention', 'Enhancement', '2025-09-15')])
      .when(
        'CorrectCategory',
        { ...correction, was: 'Enhancement', shouldBe: 'Prevention', effectiveFrom: '2025-10-01' },
        { by: 'head-of-service' },
      )
      .then([corrected('Enhancement', 'Prevention', '2025-10-01')]);
    expect(categoryOn(state, '2025-09-30')).toBe('Enhancement');
    expect(categoryOn(state, '2025-10-01')).toBe('Prevention');
  });

  it('may say what the category was before the record begins', () => {
    const { was: _, ...early } = correction;
    given(decider, [lastYear('Prevention')], known)
      .when('CorrectCategory', { ...early, effectiveFrom: '2025-09-01' }, { by: 'head-of-service' })
      .then([
        {
          type: 'CategoryCorrected',
          data: { ...early, effectiveFrom: '2025-09-01', approverId: 'person-head-of-service' },
        },
      ]);
  });

  it('starts from what the record says, and changes it', () => {
    correct([lastYear('Intervention')]).refused('RecordSaysOtherwise', 'Intervention');
    correct([]).refused('RecordSaysOtherwise', 'no category');
    correct([lastYear('Prevention')], { shouldBe: 'Prevention' }).refused('RecordSaysOtherwise');
  });

  it('is approved by another than who asked', () => {
    correct([lastYear('Prevention')], { askedById: 'person-head-of-service' }).refused(
      'OwnCorrection',
    );
  });
});

describe('who is in which category when', () => {
  it('begins a period with each decision, in order of their days, whatever order they come in', () => {
    const events = [
      changed('Prevention', 'Intervention', '2026-02-01'),
      lastYear('Prevention'),
      corrected('Intervention', 'Prevention', '2026-03-01'),
      corrected('Intervention', 'Enhancement', '2026-02-01'),
    ] as Parameters<typeof applied>[1][];
    const periods = events.reduce(applied, []);
    expect(periods.map(({ from, category }) => [from, category])).toEqual([
      ['2025-09-15', 'Prevention'],
      ['2026-02-01', 'Enhancement'],
      ['2026-03-01', 'Prevention'],
    ]);
    expect(periods[0]).toEqual({ from: '2025-09-15', category: 'Prevention', proposalId: uuid(9) });
  });
});

it('tells its stream and asks its neighbours only for a proposal', () => {
  expect(categorisation.stream({ schoolId })).toBe(`categorisation-${schoolId}`);
  const asked = (command: Record<string, unknown>) =>
    Object.values(categorisation.knows).map((one) =>
      'stream' in one ? one.stream(command, {}) : '',
    );
  expect(asked({ schoolId, assessmentId })).toEqual([
    `risk-${schoolId}`,
    'cycle-annual',
    'policy-offer',
  ]);
  expect(asked({ schoolId, proposalId })).toEqual([undefined, undefined, undefined]);
});
