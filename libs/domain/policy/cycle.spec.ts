import { asDeclared, folded, given, newIdInSpecs } from '#kernel';
import { cycle, decider } from './cycle';
import type { CycleEvent } from './events';
import { cycleEvents } from './events';
import { exampleFrameworks, exampleOffers } from './example';
import { decider as frameworks } from './framework';
import { decider as offers } from './offer';

const policy = asDeclared(cycleEvents, decider);
const known = {
  frameworks: folded(
    frameworks,
    exampleFrameworks.map((framework) => ({
      type: 'AssessmentFrameworkPublished',
      data: { ...framework, author: 'person-a', approver: 'person-b' },
    })),
  ),
  offers: folded(
    offers,
    exampleOffers.map(({ supersedes: _, ...data }) => ({ type: 'SupportOfferPublished', data })),
  ),
  unassessed: [],
};
const open = {
  academicYear: '2025/26',
  frameworkVersion: 'example-2025',
  offerVersion: 'example-2025/26',
  openedOn: '2025-09-01',
};
const opened: CycleEvent = { type: 'AssessmentCycleOpened', data: open };
const closed: CycleEvent = {
  type: 'AssessmentCycleClosed',
  data: { academicYear: '2025/26', closedOn: '2026-07-20' },
};
const ids = [1, 2, 3, 4, 5, 6].map(newIdInSpecs);

describe('opening', () => {
  it('begins on a framework and an offer that are published', () => {
    given(policy, [], known).when('OpenCycle', open).then([opened]).again().silent();
    given(policy, [], known)
      .when('OpenCycle', { ...open, frameworkVersion: 'constructor' })
      .refused('NoSuchFramework', 'constructor');
    given(policy, [], known)
      .when('OpenCycle', { ...open, offerVersion: 'none' })
      .refused('NoSuchOffer', 'none');
    given(policy, [], known)
      .when('OpenCycle', { ...open, offerVersion: 'example-2024/25' })
      .refused('OfferOfOtherYear', 'for 2024/25, not for 2025/26');
  });
  it('leaves one open at a time, and each year once', () => {
    const next = {
      ...open,
      academicYear: '2026/27',
      offerVersion: 'example-2026/27',
      openedOn: '2026-09-01',
    };
    given(policy, [opened], known).when('OpenCycle', next).refused('AnotherCycleOpen', '2025/26');
    given(policy, [opened, closed], known)
      .when('OpenCycle', next)
      .then([{ type: 'AssessmentCycleOpened', data: next }]);
    given(policy, [opened, closed], known).when('OpenCycle', open).refused('CycleOpenedBefore');
    given(policy, [opened], known)
      .when('OpenCycle', { ...open, frameworkVersion: 'example-2022' })
      .refused('CycleOpenedBefore');
  });
});

describe('closing', () => {
  const close = { academicYear: '2025/26', closedOn: '2026-07-20' };
  const waive = {
    academicYear: '2025/26',
    schoolId: newIdInSpecs(1),
    reason: 'It opened in June.',
  };
  const waived: CycleEvent = { type: 'AssessmentWaived', data: waive };

  it('ends when every school is assessed or waived', () => {
    given(policy, [opened], known).when('CloseCycle', close).then([closed]).again().silent();
    given(policy, [opened], { ...known, unassessed: [newIdInSpecs(1)] })
      .when('WaiveAssessment', waive)
      .then([waived])
      .when('CloseCycle', close)
      .then([closed]);
  });
  it('names how many schools are left, and the first five', () => {
    given(policy, [opened], { ...known, unassessed: ids })
      .when('CloseCycle', close)
      .refused(
        'AssessmentsMissing',
        `6 open schools have no finalised assessment and no waiver: ${ids.slice(0, 5).join(', ')} and others`,
      );
    given(policy, [opened, waived], { ...known, unassessed: ids.slice(0, 2) })
      .when('CloseCycle', close)
      .refused(
        'AssessmentsMissing',
        `1 open school has no finalised assessment and no waiver: ${newIdInSpecs(2)}.`,
      );
  });
  it('waives once, and only while it is open', () => {
    given(policy, [opened], known).when('WaiveAssessment', waive).then([waived]).again().silent();
    given(policy, [], known).when('WaiveAssessment', waive).refused('CycleNotOpen', '2025/26');
    given(policy, [opened, closed], known).when('WaiveAssessment', waive).refused('CycleNotOpen');
    given(policy, [], known).when('CloseCycle', close).refused('CycleNotOpen');
  });
  it('closes neither before it opened nor in the future', () => {
    given(policy, [opened], known)
      .when('CloseCycle', { ...close, closedOn: '2025-08-31' })
      .refused('ClosesBeforeOpened');
    given(policy, [opened], known)
      .when('CloseCycle', { ...close, closedOn: '2026-11-24' })
      .refused('ClosesBeforeOpened', 'today, 2026-11-23');
  });
  it('asks which schools are left only in order to close', () => {
    const question = cycle.knows['unassessed'];
    if (question === undefined || !('about' in question)) throw new Error('It is a question.');
    expect(question.about({ ...close }, undefined)).toEqual({ year: '2025/26' });
    expect(question.about({ ...open }, undefined)).toEqual({});
  });
});
