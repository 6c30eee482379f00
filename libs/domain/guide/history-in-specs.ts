import { uuidInSpecs } from '../shared/playing-in-specs';
import type { DirectoryEvent, DocumentEvent, SectionEvent } from './events';

type Data<E, T> = Extract<E, { readonly type: T }> extends { readonly data: infer D } ? D : never;

export const documentId = uuidInSpecs(7101);

export const section: Data<SectionEvent, 'GuideSectionPublished'> = {
  section: 'costs',
  version: '2022',
  example: false,
  effectiveFrom: '2022-09-01',
  title: 'What it costs',
  text: 'Nothing.',
};

export const handbook: Data<DocumentEvent, 'GuideDocumentPublished'> = {
  documentId,
  version: 'first',
  example: false,
  effectiveFrom: '2024-09-01',
  title: 'The handbook',
  kind: 'handbook',
  issuedBy: 'Example council',
  link: 'https://www.council.example/handbook',
  summary: 'For heads and governors.',
};
export const second = { ...handbook, version: 'second', effectiveFrom: '2025-09-01' } as const;

export const responsibility: Data<DirectoryEvent, 'ResponsibilityEntered'> = {
  responsibilityId: uuidInSpecs(7201),
  role: 'Clerk to the Board',
  responsibility: 'Keeps its record.',
  mailbox: 'clerk@council.example',
  example: false,
};
