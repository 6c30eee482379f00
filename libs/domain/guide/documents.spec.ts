import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { PublishGuideDocument } from './commands';
import { decider as bare, guideDocuments } from './documents';
import type { DocumentEvent } from './events';
import { documentEvents } from './events';
import { exampleGuide } from './example';
import { documentId, handbook, second } from './history-in-specs';

const decider = asDeclared(documentEvents, bare);
const published = (data: typeof handbook): DocumentEvent => ({
  type: 'GuideDocumentPublished',
  data,
});
const superseded: DocumentEvent = {
  type: 'GuideDocumentSuperseded',
  data: {
    documentId,
    version: 'first',
    supersededBy: 'second',
    effectiveFrom: '2025-09-01',
    effectiveTo: '2025-08-31',
  },
};
const both = [published(handbook), published(second), superseded];
const withdraw = { documentId, version: 'first', reason: 'It was wrong.' } as const;
const withdrawn = (withdrawnFrom: string, effectiveTo: string): DocumentEvent => ({
  type: 'GuideDocumentWithdrawn',
  data: { ...withdraw, withdrawnFrom, effectiveTo },
});

describe('a document', () => {
  it('is entered once, with the identity it has or gets', () => {
    given(decider, [])
      .when('PublishGuideDocument', handbook)
      .then([published(handbook)])
      .again()
      .silent();
    const { documentId: _, ...fresh } = handbook;
    given(decider, [])
      .when('PublishGuideDocument', fresh)
      .then([published({ ...fresh, documentId: '00000000-0000-4000-8000-000000000000' })]);
    expect(guideDocuments.stream({})).toBe('guide-documents');
  });

  it('is replaced by its next version from a day on, when that says which', () => {
    given(decider, [published(handbook)])
      .when('PublishGuideDocument', { ...second, supersedes: 'first' })
      .then([published(second), superseded])
      .again()
      .silent();
    given(decider, [published(handbook)])
      .when('PublishGuideDocument', second)
      .refused('GuideVersionInForce', 'from 2024-09-01 on');
    given(decider, both)
      .when('PublishGuideDocument', { ...handbook, version: 'zeroth', effectiveFrom: '2023-09-01' })
      .refused('GuideVersionInForce', 'from 2024-09-01 to 2025-08-31');
  });

  it('may have had an earlier version, entered afterwards', () => {
    const earlier = {
      ...handbook,
      version: 'zeroth',
      effectiveFrom: '2023-09-01',
      effectiveTo: '2024-08-31',
    };
    given(decider, both)
      .when('PublishGuideDocument', earlier)
      .then([published(earlier)]);
    given(decider, both)
      .when('PublishGuideDocument', { ...earlier, effectiveTo: '2023-08-31' })
      .refused('BeforeItsTime', 'effectiveTo is 2023-08-31');
    given(decider, both)
      .when('PublishGuideDocument', { ...earlier, effectiveTo: '2046-11-24' })
      .refused('DayTooFarAhead', '2046-11-23');
  });

  it('is never edited', () => {
    given(decider, both)
      .when('PublishGuideDocument', { ...handbook, summary: 'For governors.' })
      .refused('GuideVersionTaken', 'first');
  });

  it.each(['offer', 'strategy'] as const)('that is the %s is as the Board agreed it', (kind) => {
    const agreed = { ...handbook, kind, boardAgreedOn: '2024-07-05' };
    given(decider, [])
      .when('PublishGuideDocument', { ...handbook, kind })
      .refused('BoardAgreementMissing', kind);
    given(decider, [])
      .when('PublishGuideDocument', agreed)
      .then([published(agreed)]);
  });

  it('was issued on a day that has come', () => {
    given(decider, [])
      .when('PublishGuideDocument', { ...handbook, issuedOn: '2026-11-24' })
      .refused('InTheFuture', 'issuedOn');
  });
});

describe('taking a version out', () => {
  it('ends it with the day before, and only once', () => {
    given(decider, [published(handbook)])
      .when('WithdrawGuideDocument', withdraw)
      .then([withdrawn('2026-11-23', '2026-11-22')])
      .again()
      .silent();
    given(decider, [published(handbook), withdrawn('2026-11-23', '2026-11-22')])
      .when('PublishGuideDocument', { ...second, effectiveFrom: '2026-11-23' })
      .then([published({ ...second, effectiveFrom: '2026-11-23' })]);
  });

  it('before its first day means that it never is in force', () => {
    const ahead = { ...handbook, effectiveFrom: '2027-09-01' };
    given(decider, [published(ahead)])
      .when('WithdrawGuideDocument', withdraw)
      .then([withdrawn('2027-09-01', '2027-08-31')])
      .when('PublishGuideDocument', { ...second, effectiveFrom: '2027-09-01' })
      .then([published({ ...second, effectiveFrom: '2027-09-01' })]);
  });

  it('is of a version there is, and from one of its days', () => {
    const when = (more: object) =>
      given(decider, both).when('WithdrawGuideDocument', { ...withdraw, ...more });
    when({ version: 'third' }).refused('GuideVersionUnknown', 'third');
    when({ documentId: '00000000-0000-4000-8000-000000000009' }).refused('GuideVersionUnknown');
    when({ withdrawnFrom: '2024-08-31' }).refused('BeforeItsTime', '2024-09-01');
    when({ withdrawnFrom: '2025-09-02' }).refused('GuideVersionEnded', '2025-08-31');
    when({ withdrawnFrom: '2028-11-24' }).refused('DayTooFarAhead', '2028-11-23');
  });
});

it.each([
  'http://www.council.example/handbook',
  'javascript:alert(1)',
  'https://localhost/handbook',
  'https://user@council.example/',
  'https://www.council.example:8443/handbook',
  'https://www.council.example/hand book',
  'https://www.council.example/"><script>',
  `https://www.council.example/${'x'.repeat(500)}`,
])('has no link to %s', (link) => {
  expect(commandFrom(PublishGuideDocument, { ...handbook, link })).toMatchObject({
    faults: [{ pointer: '/link', detail: expect.stringContaining('https://') as unknown }],
  });
});

it('takes the example, which says that it is one', () => {
  let history = given(decider, []);
  for (const one of exampleGuide.documents) {
    const read = commandFrom(PublishGuideDocument, one);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect([one.title, one.example]).toEqual([one.title, true]);
    const { supersedes, documentId: of = '', ...data } = one;
    const events: readonly DocumentEvent[] = [
      published({ ...data, documentId: of }),
      ...(supersedes === undefined
        ? []
        : [
            {
              type: 'GuideDocumentSuperseded',
              data: {
                documentId: of,
                version: supersedes,
                supersededBy: one.version,
                effectiveFrom: one.effectiveFrom,
                effectiveTo: one.effectiveFrom === '2024-11-01' ? '2024-10-31' : '2026-08-31',
              },
            } as const,
          ]),
    ];
    history = history.when('PublishGuideDocument', { ...read.command }).then(events);
  }
  history.when('WithdrawGuideDocument', exampleGuide.withdrawn).then([
    {
      type: 'GuideDocumentWithdrawn',
      data: { ...exampleGuide.withdrawn, effectiveTo: '2026-08-31' },
    },
  ]);
});
