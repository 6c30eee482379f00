import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import { sectionCommands } from './commands';
import type { SectionEvent } from './events';
import { sectionEvents } from './events';
import type { Versions } from './versions';
import {
  faultOfVersion,
  replacedBy,
  standing,
  versionRefusals,
  withEnd,
  withVersion,
} from './versions';

/*
 * The sections of the public guide: how the authority runs the model, in its own words. Each section has versions with
 * dates; a slip is put right by a version that supersedes the one before from the same day.
 */
type Section = Extract<SectionEvent, { readonly type: 'GuideSectionPublished' }>['data'];

export interface SectionsState {
  /** By section, its versions by their names. */
  readonly sections: Readonly<Record<string, Versions<Section>>>;
}

const refuse = refusing(versionRefusals);

export const decider: Decider<
  SectionsState,
  ClassesOf<typeof sectionCommands>,
  SectionEvent,
  RefusalsOf<typeof versionRefusals>
> = {
  initial: { sections: {} },
  evolve: {
    GuideSectionPublished: ({ sections }, data) => ({
      sections: { ...sections, [data.section]: withVersion(sections[data.section], data) },
    }),
    GuideSectionSuperseded: (state, { section, ...ended }) => {
      const versions = state.sections[section];
      if (versions === undefined) return state;
      return { sections: { ...state.sections, [section]: withEnd(versions, ended) } };
    },
  },
  decide: {
    PublishGuideSection: ({ sections }, { supersedes, ...data }, { today }) => {
      const versions = sections[data.section] ?? {};
      const known = entryOf(versions, data.version);
      if (known !== undefined)
        return same(known.published, data) ? [] : refuse.GuideVersionTaken(data.version);
      const next = { ...data, ...(supersedes === undefined ? {} : { supersedes }) };
      const fault = faultOfVersion(standing(versions), next, today);
      if (fault !== undefined) return fault;
      return [
        { type: 'GuideSectionPublished', data },
        ...(supersedes === undefined
          ? []
          : [
              {
                type: 'GuideSectionSuperseded',
                data: { section: data.section, ...replacedBy(data, supersedes) },
              } as const,
            ]),
      ];
    },
  },
};

export const guideSections = aggregate({
  context: 'guide',
  name: 'guide-sections',
  is: 'The sections of the public guide, each in versions of which one is in force on a day.',
  stream: () => 'guide-sections',
  events: sectionEvents,
  commands: sectionCommands,
  refusals: versionRefusals,
  decider,
});
