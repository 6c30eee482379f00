import type { GuideEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const guideTellings: TellingsOf<GuideEvent> = {
  GuideSectionPublished: untold,
  GuideSectionSuperseded: untold,
  GuideDocumentPublished: untold,
  GuideDocumentSuperseded: untold,
  GuideDocumentWithdrawn: untold,
  ResponsibilityEntered: untold,
  ResponsibilityChanged: untold,
  ResponsibilityRemoved: untold,
  PageHelpfulnessGiven: untold,
};
