import type { DirectoryEvent, DocumentEvent, HelpfulnessEvent, SectionEvent } from '#domain';
import { exampleGuide } from '#domain';
import { documentsAfter } from './folded-in-specs';
import { guideComments, helpfulness, helpfulnessOf } from './helpfulness';
import { documentVersions, guideDirectory, sectionVersions } from './model-guide';

const replaced = {
  version: '1',
  supersededBy: '2',
  effectiveFrom: '2023-04-01',
  effectiveTo: '2023-03-31',
} as const;

it('keeps every version of a section, and when it ended', () => {
  const [section] = exampleGuide.sections;
  if (section === undefined) throw new Error('There is one.');
  const data = { ...section, version: '1' };
  const published: SectionEvent = { type: 'GuideSectionPublished', data };
  const superseded: SectionEvent = {
    type: 'GuideSectionSuperseded',
    data: { section: 'purpose', ...replaced },
  };
  expect(documentsAfter(sectionVersions, [published, superseded])).toEqual({
    'purpose 1': { ...data, effectiveTo: '2023-03-31', supersededBy: '2' },
  });
  expect(documentsAfter(sectionVersions, [superseded])).toEqual({});
});

it('keeps every version of a document, and why it ended', () => {
  const [document] = exampleGuide.documents;
  if (document === undefined) throw new Error('There is one.');
  const documentId = 'd';
  const data = { ...document, documentId, version: '1' };
  const published: DocumentEvent = { type: 'GuideDocumentPublished', data };
  const ends: readonly DocumentEvent[] = [
    { type: 'GuideDocumentSuperseded', data: { documentId, ...replaced } },
    {
      type: 'GuideDocumentWithdrawn',
      data: {
        ...{ documentId, version: '1', reason: 'It was wrong.' },
        ...{ withdrawnFrom: '2023-01-01', effectiveTo: '2022-12-31' },
      },
    },
  ];
  expect(documentsAfter(documentVersions, [published, ...ends])).toEqual({
    'd 1': {
      ...data,
      effectiveTo: '2022-12-31',
      supersededBy: '2',
      withdrawnBecause: 'It was wrong.',
    },
  });
  expect(documentsAfter(documentVersions, ends)).toEqual({});
});

it('has the directory as it reads now', () => {
  const [first, second] = exampleGuide.directory;
  if (first === undefined || second === undefined) throw new Error('There are more.');
  const changed = { ...first, role: 'Head of school improvement' };
  const history: readonly DirectoryEvent[] = [
    { type: 'ResponsibilityEntered', data: first },
    { type: 'ResponsibilityEntered', data: second },
    { type: 'ResponsibilityChanged', data: changed },
    {
      type: 'ResponsibilityRemoved',
      data: { responsibilityId: second.responsibilityId },
    },
  ];
  expect(documentsAfter(guideDirectory, history)).toEqual({ [first.responsibilityId]: changed });
});

describe('how helpful pages were', () => {
  const answers: readonly HelpfulnessEvent[] = [5, 2, 4, 4].map((points, n) => ({
    type: 'PageHelpfulnessGiven',
    data: {
      ...{ answerId: `a${n}`, page: 'process', points },
      ...(points === 2 ? { comment: 'Long.' } : {}),
    },
  }));
  const after = (history: readonly HelpfulnessEvent[]) => documentsAfter(helpfulness, history);
  /** The pages as they are told, from documents as a snapshot lists them. */
  const told = async (history: readonly HelpfulnessEvent[]) => {
    const found = Object.entries(after(history)).map(([key, body]) => ({ key, body }));
    const pages = await helpfulnessOf({ list: () => Promise.resolve(found) } as never);
    return pages.find(({ page }) => page === 'process');
  };

  it('is counted by page and month, and what was written is a row of its own', () => {
    expect(after(answers)).toEqual({
      'process 2026-11': { page: 'process', month: '2026-11', points: [0, 1, 0, 2, 1] },
    });
    expect(documentsAfter(guideComments, answers)).toEqual({
      a1: {
        ...{ all: 'all', page: 'process', points: 2, comment: 'Long.' },
        ...{ givenOn: '2026-11-23', position: 2 },
      },
    });
  });

  it.each([
    [4, 4],
    [3, 4],
    [2, 3.5],
    [1, 5],
  ])('has of %d answers the median %d', async (n, median) => {
    expect(await told(answers.slice(0, n))).toMatchObject({
      answers: n,
      median,
      months: [{ month: '2026-11', answers: n, median }],
    });
  });

  it('has no median where nobody answered', async () => {
    expect(await told([])).toEqual({
      ...{ page: 'process', answers: 0, points: [0, 0, 0, 0, 0], months: [] },
    });
  });
});
