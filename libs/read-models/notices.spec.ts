import fc from 'fast-check';
import type { StatutoryEvent } from '#domain';
import { notices } from './notices';
import {
  about,
  begins,
  ceased,
  decided,
  documentsOf,
  exercised,
  intended,
  issued,
  noticeId,
  powerEnded,
  schoolId,
  secretaryGave,
  secretaryNoticeId,
} from './statutory-in-specs';

const given = (...events: readonly StatutoryEvent[]) => ({
  then: (document: object | undefined, id = noticeId) => {
    expect(documentsOf(notices, events)[`${schoolId} ${id}`]).toEqual(document);
  },
});
const extended: StatutoryEvent = {
  type: 'CompliancePeriodSet',
  data: {
    ...about,
    was: '2026-10-31',
    complianceTo: '2026-11-15',
    reason: 'SEALED',
    setOn: '2026-10-20',
  },
};
const closed: StatutoryEvent = {
  type: 'NoticeClosed',
  data: { ...about, because: 'remedied', reason: 'SEALED', closedOn: '2026-11-23' },
};
const withdrawn: StatutoryEvent = {
  type: 'NoticeWithdrawn',
  data: { ...about, reason: 'SEALED', withdrawnOn: '2026-11-23' },
};
const permitted: StatutoryEvent = {
  type: 'PermissionToWarnRecorded',
  data: { schoolId, secretaryNoticeIds: [secretaryNoticeId], informedOn: '2026-11-22' },
};

const decidedAgainst = { decided: { outcome: 'not-complied', on: '2026-11-02' } };
const told = {
  intents: [
    { powers: ['additional-governors'], notifiedOn: '2026-11-03', notBefore: '2026-11-16' },
  ],
};
const used = { power: 'additional-governors', exercisedOn: '2026-11-16' };
const standing = {
  schoolId,
  noticeId: secretaryNoticeId,
  givenBy: 'secretary-of-state',
  issuedOn: '2026-11-17',
  toldOn: '2026-11-18',
  stage: 'standing',
  live: true,
};

describe('a warning notice as a row', () => {
  it('begins with what it says, and keeps what it said when its period is extended', () => {
    given(issued).then(begins);
    given(issued, extended).then({
      ...begins,
      compliance: { from: '2026-09-02', to: '2026-11-15', statedTo: '2026-10-31' },
    });
  });

  it('is over when it was complied with, closed or withdrawn', () => {
    given(issued, decided('complied')).then({
      ...begins,
      decided: { outcome: 'complied', on: '2026-11-02' },
      stage: 'complied',
      live: false,
      overOn: '2026-11-02',
    });
    given(issued, decided('not-complied'), closed).then({
      ...begins,
      ...decidedAgainst,
      stage: 'closed',
      live: false,
      overOn: '2026-11-23',
      closedBecause: 'remedied',
    });
    given(issued, withdrawn).then({
      ...begins,
      stage: 'withdrawn',
      live: false,
      overOn: '2026-11-23',
    });
  });

  it('shows which powers were proposed, used and ended', () => {
    const against = { ...begins, ...decidedAgainst };
    given(issued, decided('not-complied')).then({ ...against, stage: 'not-complied' });
    given(issued, decided('not-complied'), intended).then({
      ...against,
      ...told,
      stage: 'intent-notified',
    });
    const inUse = { ...against, ...told, stage: 'power-exercised', powers: [used] };
    given(issued, decided('not-complied'), intended, exercised).then(inUse);
    given(issued, decided('not-complied'), intended, exercised, intended).then({
      ...inUse,
      intents: [...told.intents, ...told.intents],
    });
    given(issued, decided('not-complied'), intended, exercised, powerEnded).then({
      ...inUse,
      powers: [{ ...used, endedOn: '2026-11-20' }],
    });
  });

  it('lapses when the Secretary of State gives one, and lives on only while a power is in use on it', () => {
    given(issued, secretaryGave, ceased).then({
      ...begins,
      stage: 'ceased',
      live: false,
      overOn: '2026-11-17',
    });
    const way = [issued, decided('not-complied'), intended, exercised, secretaryGave, ceased];
    const lapsed = {
      ...begins,
      ...decidedAgainst,
      ...told,
      powers: [used],
      stage: 'ceased',
      live: true,
      overOn: '2026-11-17',
    };
    given(...way).then(lapsed);
    given(...way, powerEnded).then({
      ...lapsed,
      powers: [{ ...used, endedOn: '2026-11-20' }],
      live: false,
    });
  });

  it('of the Secretary of State stands until the authority may warn again', () => {
    given(secretaryGave).then(standing, secretaryNoticeId);
    given(secretaryGave, permitted).then(
      { ...standing, stage: 'lifted', live: false, overOn: '2026-11-22' },
      secretaryNoticeId,
    );
  });

  it('takes any history, and shows nobody’s reasons', () => {
    const all = [
      issued,
      extended,
      decided('complied'),
      decided('not-complied'),
      intended,
      exercised,
      powerEnded,
      secretaryGave,
      ceased,
      permitted,
      closed,
      withdrawn,
    ];
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(notices.touches)));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all)), (history) => {
        const documents = documentsOf(notices, history);
        expect(Object.keys(documents).length).toBeLessThanOrEqual(2);
        expect(JSON.stringify(documents)).not.toContain('SEALED');
      }),
    );
  });
});
