import type { GuideDocumentVersion, PublishedOffer } from '#read-models';
import { blocksOf, documentsView, offerView } from './side-by-side.view';

it('reads a text as paragraphs and lists, and nothing of it as markup', () => {
  expect(blocksOf('One\nline.\n\n- first\n- <b>second</b>\n\n \nLast, with:\n- a point\n')).toEqual(
    [
      { text: 'One line.' },
      { points: ['first', '<b>second</b>'] },
      { text: 'Last, with:' },
      { points: ['a point'] },
    ],
  );
  expect(blocksOf(' ')).toEqual([]);
});

const document: GuideDocumentVersion = {
  ...{ documentId: 'd', version: '1', title: 'Handbook', kind: 'handbook', example: false },
  ...{ issuedBy: 'Council', link: 'https://council.example/', summary: 'For heads.' },
  effectiveFrom: '2024-09-01',
};

it('lists a document by what it is, with its other versions, or among those not listed', () => {
  const older = {
    ...document,
    version: '0',
    effectiveTo: '2024-08-31',
    effectiveFrom: '2023-09-01',
  };
  const never = {
    ...document,
    version: 'x',
    effectiveTo: '2024-08-31',
    withdrawnBecause: 'Wrong.',
  };
  const shown = documentsView([
    { documentId: 'd', inForce: '1', versions: [document, older] },
    { documentId: 'e', versions: [never] },
  ]);
  expect(shown).toMatchObject({
    kinds: [
      {
        name: 'Handbooks',
        documents: [
          {
            issued: 'Council.',
            listed: 'Listed since 1 September 2024, version 1',
            others: [{ listed: 'Listed from 1 September 2023 to 31 August 2024, version 0' }],
          },
        ],
      },
    ],
    ended: [{ listed: 'Never listed, version x', because: 'Wrong.' }],
  });
});

it('says who pays for what is offered, maintained schools first', () => {
  const row: Omit<PublishedOffer['rows'][number], 'status' | 'fundedPercent'> = {
    ...{ category: 'Intervention', headlineVisits: 5, sspcHalfDays: 36, sslcHalfDays: 36 },
    ...{ headlineVisitsCountAgainstDays: true, halfDaysPerHeadlineVisit: 1 },
  };
  const { rows } = offerView({
    ...{ version: '1', title: 'Offer', example: false, academicYear: '2022/23' },
    ...{ boardAgreedOn: '2022-07-05', effectiveFrom: '2022-09-01' },
    rows: [
      { ...row, status: 'academy', fundedPercent: 50 },
      { ...row, status: 'maintained', fundedPercent: 100 },
      {
        ...{ category: 'Prevention', headlineVisits: 3, sspcHalfDays: 18, sslcHalfDays: 0 },
        headlineVisitsCountAgainstDays: false,
        ...{ status: 'academy', fundedPercent: 0 },
      },
    ],
  });
  expect(rows).toMatchObject([
    {
      status: 'Maintained',
      visits: '5 visits, which take 2.5 days of leadership champions',
      sspc: 'Up to 18 days',
      sslc: 'Up to 18 days',
      paid: 'The authority',
    },
    { paid: 'The authority 50%, the school 50%' },
    { visits: '3 visits', sslc: 'None', paid: 'The school' },
  ]);
});
