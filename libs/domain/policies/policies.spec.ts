import type { CategoryEvent } from '../categories/events';
import type { SchoolEvent } from '../schools/events';
import type { StatutoryEvent } from '../statutory/events';
import { areaRegraded } from './area-regraded';
import { categoryDecided } from './category-decided';
import { headChanged } from './head-changed';
import { inspectionPublished } from './inspection-published';
import type { Asked } from './policy-in-specs';
import { eventId, given, uuid } from './policy-in-specs';
import { riseBegan } from './rise-began';
import { structureChanged } from './structure-changed';
import { warningNoticeGiven } from './warning-notice-given';

const schoolId = uuid(900001);
const id = eventId;
const trigger = (triggerType: string, happenedOn: string): Asked => ({
  command: 'FlagTrigger',
  data: { schoolId, triggerType, sourceEventId: id, happenedOn },
});

describe('an inspection outcome', () => {
  const outcome = (
    more: object,
    type: 'InspectionOutcomeRecorded' | 'InspectionOutcomeRestated' = 'InspectionOutcomeRecorded',
  ): SchoolEvent => ({
    type,
    data: {
      schoolId,
      inspectionNumber: '10900001',
      shape: 'report-card',
      urnAtTime: '900001',
      startedOn: '2026-09-22',
      publishedOn: '2026-10-20',
      areas: [{ area: 'Achievement', grade: 'Expected standard', gradedOn: '2026-09-22' }],
      safeguarding: 'met',
      asAt: '2026-10-31',
      ...more,
    },
  });

  it('raises a trigger when it is news, whatever it says', () => {
    const asked = [trigger('OFSTED_OUTCOME', '2026-10-20')];
    given(outcome({})).when(inspectionPublished).asks(asked);
    given(outcome({ safeguarding: 'not-met', concern: 'SM' }))
      .when(inspectionPublished)
      .asks(asked);
    given(outcome({}, 'InspectionOutcomeRestated')).when(inspectionPublished).asks(asked);
  });

  it('raises none when it was published more than 90 days before we learnt of it', () => {
    given(outcome({ publishedOn: '2026-08-25' }))
      .when(inspectionPublished)
      .asks([trigger('OFSTED_OUTCOME', '2026-08-25')]);
    given(outcome({ publishedOn: '2026-08-24' }))
      .when(inspectionPublished)
      .asks([]);
  });

  it('raises none before it is published', () => {
    const { publishedOn: _, ...unpublished } = outcome({}).data as { publishedOn?: string };
    given({ type: 'InspectionOutcomeRecorded', data: unpublished } as SchoolEvent)
      .when(inspectionPublished)
      .asks([]);
  });
});

describe('an area graded again', () => {
  const regraded = (gradedOn: string): SchoolEvent => ({
    type: 'InspectionAreaRegraded',
    data: {
      schoolId,
      inspectionNumber: '10900001',
      shape: 'report-card',
      area: 'Leadership and governance',
      grade: 'Expected standard',
      was: 'Needs attention',
      gradedOn,
      asAt: '2026-11-23',
    },
  });

  it('raises a trigger of monitoring when it is news', () => {
    given(regraded('2026-11-03'))
      .when(areaRegraded)
      .asks([trigger('OFSTED_MONITORING', '2026-11-03')]);
    given(regraded('2026-08-24')).when(areaRegraded).asks([]);
  });
});

describe('a change of head', () => {
  const change = (more: object): SchoolEvent => ({
    type: 'HeadteacherChangeRecorded',
    data: {
      schoolId,
      personRef: 'person-head-2',
      kind: 'interim',
      from: '2026-11-02',
      newToPost: false,
      first: false,
      ...more,
    },
  });

  it('raises a trigger, but not the first head on record', () => {
    given(change({}))
      .when(headChanged)
      .asks([trigger('LEADERSHIP_CHANGE', '2026-11-02')]);
    given(change({ first: true }))
      .when(headChanged)
      .asks([]);
  });

  it('announced ahead counts from the day we learnt of it', () => {
    given(change({ from: '2027-01-04' }))
      .when(headChanged)
      .asks([trigger('LEADERSHIP_CHANGE', '2026-11-23')]);
  });
});

describe('a change of structure', () => {
  const converted = (convertedOn: string): SchoolEvent => ({
    type: 'SchoolConvertedToAcademy',
    data: { schoolId, oldUrn: '900001', newUrn: '900501', convertedOn },
  });
  const merged = (part: 'continues' | 'closes'): SchoolEvent => ({
    type: 'SchoolsMerged',
    data: {
      schoolId,
      part,
      survivorId: schoolId,
      closingIds: [uuid(900002)],
      mergedOn: '2026-09-01',
    },
  });

  it('raises a trigger when it is news', () => {
    given(converted('2026-11-01'))
      .when(structureChanged)
      .asks([trigger('STRUCTURE_CHANGE', '2026-11-01')]);
    given<SchoolEvent>({
      type: 'UrnChanged',
      data: { schoolId, oldUrn: '900501', newUrn: '900502', changedOn: '2026-11-01' },
    })
      .when(structureChanged)
      .asks([trigger('STRUCTURE_CHANGE', '2026-11-01')]);
    given(converted('2014-09-01')).when(structureChanged).asks([]);
  });

  it('raises one for the school that continues after a merger, none for one that closes', () => {
    given(merged('continues'))
      .when(structureChanged)
      .asks([trigger('STRUCTURE_CHANGE', '2026-09-01')]);
    given(merged('closes')).when(structureChanged).asks([]);
  });
});

describe('a decision on a category', () => {
  const decision = {
    schoolId,
    proposalId: uuid(10),
    assessmentId: uuid(20),
    reasonCode: 'ANNUAL_ROUND',
    offerVersion: 'offer-26',
    effectiveFrom: '2026-09-15',
    deciderId: 'person-head-of-service',
  } as const;
  const asked = (more: object): Asked[] => [
    {
      command: 'GrantEntitlement',
      data: { schoolId, effectiveFrom: '2026-09-15', ...more, becauseOf: id },
    },
  ];

  it('grants the entitlement of the year by the offer the school was told of', () => {
    given<CategoryEvent>({
      type: 'CategoryConfirmed',
      data: { ...decision, category: 'Prevention' },
    })
      .when(categoryDecided)
      .asks(asked({ offerVersion: 'offer-26' }));
    given<CategoryEvent>({
      type: 'CategoryChanged',
      data: { ...decision, from: 'Enhancement', to: 'Prevention' },
    })
      .when(categoryDecided)
      .asks(asked({ offerVersion: 'offer-26' }));
  });

  it('put right grants anew, by the offer there is', () => {
    given<CategoryEvent>({
      type: 'CategoryCorrected',
      data: {
        schoolId,
        correctsEventId: uuid(50),
        was: 'Prevention',
        shouldBe: 'Enhancement',
        effectiveFrom: '2026-09-15',
        askedById: 'person-adviser',
        approverId: 'person-head-of-service',
        reason: 'The minutes say otherwise.',
      },
    })
      .when(categoryDecided)
      .asks(asked({}));
  });
});

describe('a warning notice', () => {
  const issued = (issuedOn: string): StatutoryEvent => ({
    type: 'WarningNoticeIssued',
    data: {
      schoolId,
      noticeId: uuid(30),
      section: '60',
      grounds: ['safety'],
      matters: 'Two fire doors do not open.',
      actionsRequired: 'Mend them.',
      mindedTo: 'Suspend the delegated budget.',
      complianceFrom: issuedOn,
      complianceTo: '2026-12-18',
      copies: [{ to: 'secretary-of-state', sentOn: issuedOn }],
      issuedById: 'person-head-of-service',
      issuedOn,
    },
  });
  const secretaryNoticeId = uuid(31);
  const bySecretary = (givenOn: string): StatutoryEvent => ({
    type: 'SecretaryOfStateNoticeRecorded',
    data: { schoolId, secretaryNoticeId, toldOn: givenOn, givenOn },
  });

  it('raises a trigger when it is news, whoever gave it', () => {
    for (const notice of [issued, bySecretary]) {
      given(notice('2026-11-20'))
        .when(warningNoticeGiven)
        .asks([trigger('WARNING_NOTICE', '2026-11-20')]);
      given(notice('2026-08-24')).when(warningNoticeGiven).asks([]);
    }
  });
});

describe('RISE', () => {
  const began = (
    kind: 'universal' | 'targeted' | 'significant-improvement',
    from: string,
  ): StatutoryEvent => ({
    type: 'RiseInvolvementRecorded',
    data: { schoolId, involvementId: uuid(32), kind, source: 'Letter', from },
  });

  it('raises a trigger when a team begins work of its own, announced ahead as of the day we learnt it', () => {
    for (const kind of ['targeted', 'significant-improvement'] as const) {
      given(began(kind, '2026-11-09'))
        .when(riseBegan)
        .asks([trigger('RISE', '2026-11-09')]);
      given(began(kind, '2027-01-04'))
        .when(riseBegan)
        .asks([trigger('RISE', '2026-11-23')]);
      given(began(kind, '2026-08-24')).when(riseBegan).asks([]);
    }
  });

  it('raises none for what every school is offered', () => {
    given(began('universal', '2026-11-09')).when(riseBegan).asks([]);
  });
});
