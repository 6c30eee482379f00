import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { faultOfFact, later } from '../shared/recorded-days';
import { same } from '../shared/same';
import { daysAfter } from '../shared/working-days';
import { documentCommands } from './commands';
import type { DocumentEvent, DocumentKind } from './events';
import { documentEvents } from './events';
import type { Versions } from './versions';
import {
  faultOfFrom,
  faultOfVersion,
  inForceOn,
  replacedBy,
  standing,
  versionRefusals,
  withEnd,
  withVersion,
} from './versions';

/*
 * The documents the public guide points to: what is expected nationally, the authority's strategy, its offer, its handbook.
 * They are kept elsewhere; here is which version holds from when to when, and where it is to be read.
 */
type GuideDocument = Extract<DocumentEvent, { readonly type: 'GuideDocumentPublished' }>['data'];

export interface DocumentsState {
  /** By document, its versions by their names. */
  readonly documents: Readonly<Record<string, Versions<GuideDocument>>>;
}

/** What the Board oversees [domain dossier, 1.4]: the authority's offer and strategy. */
const boardAgrees: readonly DocumentKind[] = ['offer', 'strategy'];

const refusals = {
  ...versionRefusals,
  BoardAgreementMissing: {
    kind: 'invalid',
    says: 'An offer or a strategy is published as the Board agreed it.',
    detail: (kind: string) =>
      `A document of the kind ${kind} is agreed by the Board. Say when: boardAgreedOn.`,
    pointer: '/boardAgreedOn',
  },
  GuideVersionUnknown: {
    kind: 'missing',
    says: 'There must be such a version of such a document in the guide.',
    detail: (version: string) =>
      `The guide has no version ${version} of that document. Look up those it has at /api/v1/model-guide/documents.`,
    pointer: '/version',
  },
  GuideVersionEnded: {
    kind: 'conflict',
    says: 'What has ended by a day is not withdrawn from a later one.',
    detail: (version: string, effectiveTo: string) =>
      `The last day of version ${version} is ${effectiveTo}. Withdraw it from a day up to that one, or leave it as it is.`,
    pointer: '/withdrawnFrom',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  DocumentsState,
  ClassesOf<typeof documentCommands>,
  DocumentEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: { documents: {} },
  evolve: {
    GuideDocumentPublished: ({ documents }, data) => ({
      documents: {
        ...documents,
        [data.documentId]: withVersion(entryOf(documents, data.documentId), data),
      },
    }),
    GuideDocumentSuperseded: ended,
    GuideDocumentWithdrawn: ended,
  },
  decide: {
    PublishGuideDocument: ({ documents }, { supersedes, ...command }, { today, newId }) => {
      const data = { ...command, documentId: command.documentId ?? newId(0) };
      const versions = entryOf(documents, data.documentId) ?? {};
      const known = entryOf(versions, data.version);
      if (known !== undefined)
        return same(known.published, data) ? [] : refuse.GuideVersionTaken(data.version);
      if (boardAgrees.includes(data.kind) && data.boardAgreedOn === undefined)
        return refuse.BoardAgreementMissing(data.kind);
      const next = { ...data, ...(supersedes === undefined ? {} : { supersedes }) };
      const fault =
        (data.issuedOn === undefined
          ? undefined
          : faultOfFact('issuedOn', data.issuedOn, { today })) ??
        faultOfVersion(standing(versions), next, today);
      if (fault !== undefined) return fault;
      const { documentId } = data;
      return [
        { type: 'GuideDocumentPublished', data },
        ...(supersedes === undefined
          ? []
          : [
              {
                type: 'GuideDocumentSuperseded',
                data: { documentId, ...replacedBy(data, supersedes) },
              } as const,
            ]),
      ];
    },

    WithdrawGuideDocument: ({ documents }, command, { today }) => {
      const { documentId, version, reason } = command;
      const found = standing(entryOf(documents, documentId)).find((one) => one.version === version);
      if (found === undefined) return refuse.GuideVersionUnknown(version);
      const withdrawnFrom = command.withdrawnFrom ?? later(today, found.effectiveFrom);
      const effectiveTo = daysAfter(withdrawnFrom, -1);
      if (effectiveTo === found.effectiveTo) return [];
      const fault = faultOfFrom('withdrawnFrom', withdrawnFrom, today, found.effectiveFrom);
      if (fault !== undefined) return fault;
      if (!inForceOn(found, withdrawnFrom))
        return refuse.GuideVersionEnded(version, found.effectiveTo ?? '');
      const data = { documentId, version, withdrawnFrom, effectiveTo, reason };
      return [{ type: 'GuideDocumentWithdrawn', data }];
    },
  },
};

function ended(
  state: DocumentsState,
  data: { readonly documentId: string; readonly version: string; readonly effectiveTo: string },
): DocumentsState {
  const versions = entryOf(state.documents, data.documentId);
  if (versions === undefined) return state;
  return { documents: { ...state.documents, [data.documentId]: withEnd(versions, data) } };
}

export const guideDocuments = aggregate({
  context: 'guide',
  name: 'guide-documents',
  is: 'The documents the public guide points to, each in versions of which one is in force on a day.',
  stream: () => 'guide-documents',
  events: documentEvents,
  commands: documentCommands,
  refusals,
  decider,
});
