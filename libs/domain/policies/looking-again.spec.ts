import type { CategoryEvent } from '../categories/events';
import type { ChampionEvent } from '../champions/events';
import type { SchoolEvent } from '../schools/events';
import { becameAcademy } from './became-academy';
import { championRetired } from './champion-retired';
import { homeSchoolNeedsSupport } from './home-school-needs-support';
import type { OpenDeployment } from './looking-again';
import type { Asked } from './policy-in-specs';
import { eventId, given, uuid } from './policy-in-specs';
import { schoolClosing } from './school-closing';

const schoolId = uuid(900001);
const championId = uuid(20);
const [needed, matched, confirming, confirmed, started, paused] = (
  ['needed', 'matched', 'confirming', 'confirmed', 'started', 'paused'] as const
).map((stage, n) => ({ deploymentId: uuid(41 + n), stage })) as [
  OpenDeployment,
  OpenDeployment,
  OpenDeployment,
  OpenDeployment,
  OpenDeployment,
  OpenDeployment,
];
const all = [needed, matched, confirming, confirmed, started, paused];
const looked = (because: string, ...of: readonly OpenDeployment[]): readonly Asked[] =>
  of.map(({ deploymentId }) => ({
    command: 'AskDeploymentReview',
    data: { deploymentId, because, becauseOf: eventId },
    about: deploymentId,
  }));

describe('a school whose champions work elsewhere', () => {
  type Changed = Extract<CategoryEvent, { type: 'CategoryChanged' }>['data'];
  const changed = (from: Changed['from'], to: Changed['to']): CategoryEvent => ({
    type: 'CategoryChanged',
    data: {
      ...{ schoolId, proposalId: uuid(1), assessmentId: uuid(2), from, to },
      ...{ reasonCode: 'RESULTS', offerVersion: 'example', effectiveFrom: '2026-11-23' },
      deciderId: 'person-head-of-service',
    },
  });
  const corrected = (was: Changed['from'] | undefined, shouldBe: Changed['to']): CategoryEvent => ({
    type: 'CategoryCorrected',
    data: {
      ...{ schoolId, correctsEventId: uuid(3), shouldBe, effectiveFrom: '2026-11-23' },
      ...{ reason: 'Taken down wrongly.', askedById: 'person-adviser' },
      approverId: 'person-head-of-service',
      ...(was === undefined ? {} : { was }),
    },
  });
  const lent = { lent: all };
  const agreed = looked('home-school', confirmed, started, paused);

  it('that moves to where it needs more support itself has them looked at, not ended', () => {
    for (const event of [
      changed('Enhancement', 'Prevention'),
      changed('Enhancement', 'Intervention'),
      changed('Prevention', 'Intervention'),
      corrected('Enhancement', 'Prevention'),
      corrected(undefined, 'Intervention'),
    ])
      given(event).when(homeSchoolNeedsSupport, lent).asks(agreed);
  });

  it('that needs less support than before goes on lending them, and nobody is asked which they are', () => {
    for (const event of [
      changed('Intervention', 'Prevention'),
      changed('Prevention', 'Enhancement'),
      corrected('Intervention', 'Enhancement'),
    ]) {
      given(event).when(homeSchoolNeedsSupport, lent).asks([]);
      expect(homeSchoolNeedsSupport.knows?.lent.about(event as never)).toEqual({});
    }
    expect(
      homeSchoolNeedsSupport.knows?.lent.about(changed('Enhancement', 'Prevention') as never),
    ).toEqual({ homeSchoolId: schoolId });
  });
});

describe('a school that becomes an academy', () => {
  const converted: SchoolEvent = {
    type: 'SchoolConvertedToAcademy',
    data: { schoolId, oldUrn: '900001', newUrn: '900300', convertedOn: '2026-11-01' },
  };
  const payers = looked('became-academy', confirmed, started, paused);

  it('is granted what the offer gives an academy, and has who pays decided of each deployment', () => {
    given(converted)
      .when(becameAcademy, { supporting: all })
      .asks([
        {
          command: 'GrantEntitlement',
          data: { schoolId, effectiveFrom: '2026-11-01', becauseOf: eventId },
        },
        ...payers,
      ]);
  });

  it('long before we learnt of it has no entitlement changed by it', () => {
    given(converted, '2027-02-01').when(becameAcademy, { supporting: all }).asks(payers);
  });
});

describe('a school that closes', () => {
  const closed: SchoolEvent = {
    type: 'SchoolClosed',
    data: { schoolId, closedOn: '2026-11-20', successorIds: [] },
  };
  const proposed = (closesOn?: string): SchoolEvent => ({
    type: 'ClosureProposed',
    data: { schoolId, asAt: '2026-11-23', ...(closesOn === undefined ? {} : { closesOn }) },
  });

  it('has the visits called off that were arranged for later, and all its support looked at', () => {
    given(closed)
      .when(schoolClosing, { supporting: all, visits: [uuid(50), uuid(51)] })
      .asks([
        ...[uuid(50), uuid(51)].map((visitId) => ({
          command: 'CancelHeadlineVisit',
          data: { schoolId, visitId, reason: 'The school closed on 2026-11-20.' },
          about: visitId,
        })),
        ...looked('school-closing', ...all),
      ]);
    expect(schoolClosing.knows?.visits.about(closed as never)).toEqual({
      schoolId,
      after: '2026-11-20',
    });
  });

  it('by what is proposed has the support looked at that would last longer', () => {
    const short = { ...started, to: '2027-03-26' };
    const long = { ...paused, to: '2027-06-30' };
    given(proposed('2027-03-26'))
      .when(schoolClosing, { supporting: [needed, short, long], visits: [] })
      .asks(looked('school-closing', needed, long));
    given(proposed()).when(schoolClosing, { supporting: all, visits: [] }).asks([]);
    expect(schoolClosing.knows?.visits.about(proposed('2027-03-26') as never)).toEqual({});
  });
});

describe('a champion who retires', () => {
  const retired: ChampionEvent = {
    type: 'ChampionRetired',
    data: {
      ...{ championId, homeSchoolId: uuid(900002), retiredOn: '2026-11-23' },
      reason: 'Moves away.',
    },
  };

  it('leaves needs to others where the work had not begun, and deployments to be looked at', () => {
    given(retired)
      .when(championRetired, { theirs: [matched, confirming, confirmed, started, paused] })
      .asks([
        ...[matched, confirming, confirmed].map(({ deploymentId }) => ({
          command: 'ReopenNeed',
          data: { deploymentId, championId, reason: 'The champion has retired.' },
          about: deploymentId,
        })),
        ...looked('champion-retired', started, paused),
      ]);
    expect(championRetired.knows?.theirs.about(retired as never)).toEqual({ championId });
  });
});
