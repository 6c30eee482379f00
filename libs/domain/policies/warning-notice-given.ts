import { policy } from '#kernel';
import type { NoticeEvent } from '../statutory/events';
import { raise, wasNews } from './raising';

export const warningNoticeGiven = policy<NoticeEvent>({
  name: 'warning-notice-given',
  says:
    'Whenever a warning notice is given, by the authority or by the Secretary of State, within 90 days before we recorded ' +
    'it, raise a WARNING_NOTICE trigger. That a notice of the authority lapses raises none: the one that ended it did.',
  whenever: {
    WarningNoticeIssued: (event) => {
      const { issuedOn } = event.data;
      return wasNews(issuedOn, event) ? raise(event, 'WARNING_NOTICE', issuedOn) : [];
    },
    SecretaryOfStateNoticeRecorded: (event) => {
      const { givenOn } = event.data;
      return wasNews(givenOn, event) ? raise(event, 'WARNING_NOTICE', givenOn) : [];
    },
  },
});
