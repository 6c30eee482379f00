import { aggregates } from '#domain';
import type { JsonObject } from '#kernel';
import type { JourneyEntry } from '#read-models';
import { Catalogue } from './catalogue';
import { seenByItsPeople } from './journey-seen';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [own, other] = [uuid(1), uuid(2)];
const [deploymentId, championId, claimId, reviewId] = [uuid(3), uuid(4), uuid(5), uuid(6)];
const catalogue = new Catalogue(aggregates, [], []);

/** What the head of `own` sees of an event, on that school's journey. */
function seen(type: string, data: JsonObject): Pick<JourneyEntry, 'says' | 'data'> {
  const entry: JourneyEntry = {
    ...{ eventId: uuid(9), type, position: 1, recordedAt: '2026-11-23T09:00:00.000Z' },
    by: { id: 'person-adviser', role: 'adviser' },
    ...{ schoolId: own, says: 'With every particular: £600.00, not effective.', data },
    correlationId: uuid(10),
  } as JourneyEntry;
  const { says, data: shown } = seenByItsPeople(entry, catalogue);
  return { says, data: shown };
}

describe('a line of a journey as the school’s own people see it', () => {
  it('is whole where it is about them', () => {
    const data = { schoolId: own, category: 'Prevention', effectiveFrom: '2026-09-15' };
    expect(seen('CategoryConfirmed', data)).toMatchObject({
      says: expect.stringContaining('every particular') as string,
      data,
    });
  });

  it('says of their champion’s work elsewhere that it happened, and its days', () => {
    const about = { deploymentId, schoolId: other, championId, homeSchoolId: own };
    const paused = { pausedOn: '2026-12-01', because: 'inspection', reason: 'They expect it.' };
    expect(seen('DeploymentPaused', { ...about, ...paused })).toEqual({
      says: 'The champion’s work rests, and why was said.',
      data: { ...about, pausedOn: '2026-12-01' },
    });
    const visit = { visitId: uuid(7), visitedOn: '2026-12-11', halfDays: 2, objectiveIds: [] };
    expect(
      seen('ChampionVisitRecorded', {
        ...{ ...about, ...visit },
        ...{ notesRef: 'records/1', uses: [], recordedById: 'person-champion' },
      }).data,
    ).toEqual({
      ...about,
      visitId: uuid(7),
      visitedOn: '2026-12-11',
      halfDays: 2,
    });
  });

  it('says of a review of their champion, and of an interest, only that it happened', () => {
    const review = { reviewId, object: 'champion', objectId: championId, schoolId: own };
    const verdict = { reviewerId: 'person-x', verdict: 'end', completedOn: '2026-12-01' };
    expect(seen('QualityReviewCompleted', { ...review, ...verdict, objectives: [] })).toEqual({
      says: 'The reviewer judged the quality of the work, and named what is to become better.',
      data: { reviewId, objectId: championId, schoolId: own, completedOn: '2026-12-01' },
    });
    const interest = { championId, homeSchoolId: own, interestId: uuid(8) };
    expect(
      seen('InterestDeclared', {
        ...{ ...interest, counterpartyIds: [other], nature: 'family' },
        ...{ declaredById: 'person-champion', declaredOn: '2026-12-01' },
      }),
    ).toEqual({
      says: 'A tie of a champion to one or more schools was declared.',
      data: interest,
    });
    // A review of work at the school itself is its business.
    const ofWork = { ...review, object: 'deployment', objectId: deploymentId, ...verdict };
    expect(seen('QualityReviewCompleted', ofWork).data).toEqual(ofWork);
  });

  it('says to the home school what it is paid, and to the supported school what it is invoiced', () => {
    const money = { authorityPercent: 50, authorityPence: 30000, schoolPence: 30000 };
    const claim = { claimId, halfDays: 3, amountPence: 60000, claimedOn: '2026-12-20' };
    const asHome = { deploymentId, schoolId: other, homeSchoolId: own };
    const asSupported = { deploymentId, schoolId: own, homeSchoolId: other };
    expect(seen('ReimbursementClaimed', { ...asHome, ...claim, ...money })).toEqual({
      says: 'The home school’s cost of visits was claimed; the amount and who bears it were worked out.',
      data: { ...asHome, ...claim },
    });
    expect(seen('ReimbursementClaimed', { ...asSupported, ...claim, ...money }).data).toEqual({
      ...asSupported,
      ...{ claimId, halfDays: 3, claimedOn: '2026-12-20' },
    });
    const invoice = { invoiceId: uuid(11), sharePercent: 50, amountPence: 30000 };
    const invoiced = { ...invoice, claimIds: [claimId], invoicedOn: '2027-01-10' };
    expect(seen('SupportInvoiced', { ...asSupported, ...invoiced }).data).toEqual({
      ...asSupported,
      ...invoiced,
    });
    expect(seen('SupportInvoiced', { ...asHome, ...invoiced }).data).toEqual({
      ...asHome,
      ...{ invoiceId: uuid(11), invoicedOn: '2027-01-10' },
    });
  });
});
