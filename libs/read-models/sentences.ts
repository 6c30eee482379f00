import type { AnySchoolEvent } from '#domain';
import { categorySentences } from './sentences/categories';
import { collaborationSentences } from './sentences/collaborations';
import { governanceSentences } from './sentences/governance';
import { riskSentences } from './sentences/risk';
import { schoolSentences } from './sentences/schools';
import { supportSentences } from './sentences/support';
import type { SentencesFor } from './sentences/words';

/** One sentence per event that concerns a school. A context's own stand together in `sentences/`. */
export const sentences: SentencesFor<AnySchoolEvent> = {
  ...schoolSentences,
  ...riskSentences,
  ...categorySentences,
  ...supportSentences,
  ...collaborationSentences,
  ...governanceSentences,
};
