import { aggregate } from '#kernel';
import { noticeCommands } from './commands';
import { noticeEvents } from './events';
import { givingDecisions } from './giving';
import { interveningDecisions } from './intervening';
import { noticeRefusals } from './refusals';
import type { NoticesDecider } from './state';
import { evolve, initial } from './state';

const NOTICES =
  'The warning notices of one maintained school: on what grounds the authority warned the governing body, what was to be ' +
  'done by when and who got a copy, whether it complied, which powers were proposed, used and ended, and where a notice of ' +
  'the Secretary of State took the place of the authority’s. All of a school’s notices share a stream, because the rules ' +
  'are about the school: one live notice at a time, none while the Secretary of State’s stands, and that one ends ours.';

export const decider: NoticesDecider = {
  initial,
  evolve,
  decide: { ...givingDecisions, ...interveningDecisions },
};

export const notices = aggregate({
  context: 'statutory',
  name: 'notices',
  is: NOTICES,
  stream: ({ schoolId }) => `notices-${String(schoolId)}`,
  events: noticeEvents,
  commands: noticeCommands,
  refusals: noticeRefusals,
  decider,
  knows: { school: { of: 'school', stream: ({ schoolId }) => `school-${String(schoolId)}` } },
});
