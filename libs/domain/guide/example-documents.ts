import type { PublishGuideDocument } from './commands';

/*
 * Documents that the guide of the sample county points to, with the addresses at which they can be read [domain dossier,
 * 1 and 5]. They are real. The days are those from which the guide lists them; where the day of issue is not known, none
 * is given.
 */
/** The n-th thing of the example guide. */
export const idOf = (n: number): string => `5b5d0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const FIRST = { version: '2022', example: true, effectiveFrom: '2022-09-01' } as const;
const SCHOOLSWEB = 'https://schoolsweb.buckinghamshire.gov.uk/school-improvement-and-equalities';
const follows = 'Buckinghamshire runs the model that this example follows.';

export const documents: readonly PublishGuideDocument[] = [
  {
    documentId: idOf(1),
    ...FIRST,
    version: 'schools-causing-concern',
    title: 'Schools causing concern',
    kind: 'national-expectation',
    issuedBy: 'Department for Education',
    link: 'https://docslib.org/doc/2349294/schools-causing-concern-guidance',
    summary:
      'Statutory guidance on schools that give cause for concern: when an authority may give a warning notice, and which powers follow.',
  },
  {
    documentId: idOf(1),
    version: '2024-11',
    example: true,
    effectiveFrom: '2024-11-01',
    supersedes: 'schools-causing-concern',
    title: 'Support and intervention in schools',
    kind: 'national-expectation',
    issuedBy: 'Department for Education',
    issuedOn: '2024-11-01',
    link: 'https://brownejacobson.com/insights/new-guidance-for-intervention-in-schools',
    summary:
      'The guidance under its new name: from changing a school’s structure towards supporting it. The link leads to a summary by a law firm.',
  },
  {
    documentId: idOf(2),
    ...FIRST,
    version: 'section-60',
    title: 'Education and Inspections Act 2006, section 60: warning notices',
    kind: 'national-expectation',
    issuedBy: 'Parliament',
    link: 'https://legislation.gov.uk/id/ukpga/2006/40/section/60?view=extent',
    summary: 'On which grounds an authority may warn the governing body of a maintained school.',
  },
  {
    documentId: idOf(3),
    version: '2025-09',
    example: true,
    effectiveFrom: '2025-09-01',
    title: 'RISE teams',
    kind: 'national-expectation',
    issuedBy: 'Department for Education',
    link: 'https://www.gov.uk/government/news/new-era-of-accountability-to-drive-up-standards-for-all-children',
    summary:
      'Regional improvement teams: support open to all schools, and targeted support for those that have been below good for long. From September 2025, 377 schools and 65 advisers.',
  },
  {
    documentId: idOf(3),
    version: '2026-09',
    example: true,
    effectiveFrom: '2026-09-01',
    supersedes: '2025-09',
    title: 'RISE teams',
    kind: 'national-expectation',
    issuedBy: 'Department for Education',
    link: 'https://www.tes.com/magazine/news/general/rise-teams-remit-extended-low-attaining-schools',
    summary:
      'From September 2026 also 18 months of support for schools that require significant improvement. The link leads to a report in the trade press.',
  },
  {
    documentId: idOf(4),
    version: '2026-02',
    example: true,
    effectiveFrom: '2026-03-02',
    title: 'Key stage 4 performance measures and targeted RISE extension: consultation',
    kind: 'other',
    issuedBy: 'Department for Education',
    link: 'https://www.gov.uk/government/consultations/key-stage-4-performance-measures-and-targeted-rise-extension',
    summary:
      'A consultation of February 2026, on extending targeted RISE support to schools with low attainment.',
  },
  {
    documentId: idOf(5),
    version: '2026',
    example: true,
    effectiveFrom: '2026-06-29',
    title: 'Children’s Wellbeing and Schools Act 2026, section 58',
    kind: 'national-expectation',
    issuedBy: 'Parliament',
    issuedOn: '2026-04-29',
    link: 'https://www.legislation.gov.uk/ukpga/2026/21/section/58/data.xht',
    summary:
      'In force since 29 June 2026: a maintained school that Ofsted finds wanting need not become an academy any more.',
  },
  {
    documentId: idOf(6),
    ...FIRST,
    version: '2022-2027',
    effectiveTo: '2027-12-31',
    boardAgreedOn: '2022-07-05',
    title: 'Education Strategy 2022 to 2027',
    kind: 'strategy',
    issuedBy: 'Buckinghamshire Council',
    link: 'https://buckinghamshire.gov.uk/care-children-and-families/childrens-services-strategies/buckinghamshire-education-strategy-2022-to-2027/priorities-for-2022-to-2027',
    summary: `Collaborative school improvement to raise standards is one of its five priorities. ${follows}`,
  },
  {
    documentId: idOf(7),
    ...FIRST,
    version: '2022/23',
    effectiveTo: '2023-08-31',
    boardAgreedOn: '2022-07-05',
    title: 'The Side by Side offer 2022/23',
    kind: 'offer',
    issuedBy: 'Buckinghamshire Council',
    link: 'https://schoolsweb.buckscc.gov.uk/school-improvement-and-equalities/side-by-side/side-by-side-offer/',
    summary: `Visits and days by category, as published for maintained schools. No later figures are known to us. ${follows}`,
  },
  ...(
    [
      ['2023/24', '2023-09-01', '2024-08-31', '2324'],
      ['2024/25', '2024-09-01', '2025-08-31', '2425'],
    ] as const
  ).map(([version, effectiveFrom, effectiveTo, year]) => ({
    documentId: idOf(8),
    ...{ version, effectiveFrom, effectiveTo, example: true },
    title: `Headteacher and governor handbook ${version}: Side by Side`,
    kind: 'handbook' as const,
    issuedBy: 'Buckinghamshire Council',
    link: `${SCHOOLSWEB}/head-teacher-and-governor-handbook-${year}/side-by-side-model-for-school-improvement`,
    summary: `The process in its four steps, for heads and governors. ${follows}`,
  })),
];

/** The consultation has not led to anything we know of, and so is no longer listed. */
export const withdrawn = {
  documentId: idOf(4),
  version: '2026-02',
  withdrawnFrom: '2026-09-01',
  reason: 'It asks nothing of schools as it stands. Its outcome will be listed when there is one.',
} as const;
