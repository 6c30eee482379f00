import type { AnySchoolEvent } from '#domain';
import { categorySentences } from './sentences/categories';
import { deploymentSentences } from './sentences/deployments';
import { championSentences } from './sentences/champions';
import { qualitySentences } from './sentences/quality';
import { collaborationSentences } from './sentences/collaborations';
import { governanceSentences } from './sentences/governance';
import { moneySentences } from './sentences/money';
import { riskSentences } from './sentences/risk';
import { schoolSentences } from './sentences/schools';
import { statutorySentences } from './sentences/statutory';
import { supportSentences } from './sentences/support';
import { visitSentences } from './sentences/visits';
import type { SentencesFor } from './sentences/words';

/** One sentence per event that concerns a school. A context's own stand together in `sentences/`. */
export const sentences: SentencesFor<AnySchoolEvent> = {
  ...schoolSentences,
  ...riskSentences,
  ...categorySentences,
  ...supportSentences,
  ...deploymentSentences,
  ...championSentences,
  ...statutorySentences,
  ...qualitySentences,
  ...visitSentences,
  ...collaborationSentences,
  ...governanceSentences,
  ...moneySentences,
};
