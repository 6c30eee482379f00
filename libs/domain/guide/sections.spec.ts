import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { PublishGuideSection } from './commands';
import type { SectionEvent } from './events';
import { guideSections as sectionWords, sectionEvents } from './events';
import { exampleGuide } from './example';
import { section } from './history-in-specs';
import { decider as bare, guideSections } from './sections';
import { inForceOn, standing } from './versions';

const decider = asDeclared(sectionEvents, bare);
const first: SectionEvent = { type: 'GuideSectionPublished', data: section };
const april = { ...section, version: '2023-04', effectiveFrom: '2023-04-01' } as const;
const second: SectionEvent = { type: 'GuideSectionPublished', data: april };
const superseded: SectionEvent = {
  type: 'GuideSectionSuperseded',
  data: {
    section: 'costs',
    version: '2022',
    supersededBy: '2023-04',
    effectiveFrom: '2023-04-01',
    effectiveTo: '2023-03-31',
  },
};

it('publishes a section, once', () => {
  given(decider, []).when('PublishGuideSection', section).then([first]).again().silent();
  expect(guideSections.stream({})).toBe('guide-sections');
});

it('never edits what is published', () => {
  given(decider, [first])
    .when('PublishGuideSection', { ...section, text: 'Something.' })
    .refused('GuideVersionTaken', '2022');
});

it('replaces a version from a day on, when it says which', () => {
  given(decider, [first])
    .when('PublishGuideSection', { ...april, supersedes: '2022' })
    .then([second, superseded])
    .again()
    .silent();
  given(decider, [first])
    .when('PublishGuideSection', april)
    .refused('GuideVersionInForce', 'supersedes must be 2022');
});

it('puts a slip right from the same day, and then the slip was never in force', () => {
  const better = { ...section, version: '2022b', text: 'Nothing at all.' };
  const { state } = given(decider, [first])
    .when('PublishGuideSection', { ...better, supersedes: '2022' })
    .then([
      { type: 'GuideSectionPublished', data: better },
      {
        type: 'GuideSectionSuperseded',
        data: {
          section: 'costs',
          version: '2022',
          supersededBy: '2022b',
          effectiveFrom: '2022-09-01',
          effectiveTo: '2022-08-31',
        },
      },
    ]);
  const on = (day: string) => standing(state.sections['costs']).filter((v) => inForceOn(v, day));
  expect(on('2022-09-01').map(({ version }) => version)).toEqual(['2022b']);
});

it('keeps the sections apart', () => {
  const other = { ...section, section: 'purpose' } as const;
  given(decider, [first])
    .when('PublishGuideSection', other)
    .then([{ type: 'GuideSectionPublished', data: other }]);
});

it('replaces only what would be in force, and not before it took effect', () => {
  const when = (more: object) =>
    given(decider, [first]).when('PublishGuideSection', { ...april, ...more });
  when({ supersedes: '2021' }).refused('GuideVersionNotReplaceable', '2021');
  when({ supersedes: '2022', effectiveFrom: '2022-08-31' }).refused('BeforeItsTime', '2022-09-01');
  given(decider, [first, second, superseded])
    .when('PublishGuideSection', {
      ...april,
      version: 'third',
      effectiveFrom: '2024-01-01',
      supersedes: '2022',
    })
    .refused('GuideVersionNotReplaceable', '2022');
});

it('has days within sight', () => {
  const when = (more: object) =>
    given(decider, []).when('PublishGuideSection', { ...section, ...more });
  when({ boardAgreedOn: '2026-11-24' }).refused('InTheFuture', '2026-11-23');
  when({ effectiveFrom: '1999-12-31' }).refused('DayTooLongAgo', '2000-01-01');
  when({ effectiveFrom: '2028-11-24' }).refused('DayTooFarAhead', '2028-11-23');
});

it('takes the example, every section of it, and it says that it is one', () => {
  let history = given(decider, []);
  for (const one of exampleGuide.sections) {
    const read = commandFrom(PublishGuideSection, one);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    const { supersedes, ...data } = one;
    const published: SectionEvent = { type: 'GuideSectionPublished', data };
    history = history
      .when('PublishGuideSection', { ...read.command })
      .then(supersedes === undefined ? [published] : [published, superseded]);
    expect(one.example).toBe(true);
  }
  expect(Object.keys(history.state.sections)).toEqual([...sectionWords]);
});
