import { daysAfter } from './days';
import { officeDay } from './play-calendar';
import { homeHeadOf } from './play-champions';
import { adviserOf, headOfService, teamLeader } from './play-people';
import type { Stage } from './play-stage';
import { dataOf } from './play-stage';
import type { Work } from './play-support';

/** The home school claims what the visits cost; somebody else approves or rejects; it is paid, and who pays is invoiced. */
export async function claim(
  stage: Stage,
  { plan, deploymentId, champion }: Work,
  which: string,
  visitIds: readonly string[],
): Promise<void> {
  const { days } = stage;
  const matter = `claim ${which} ${plan.matter}`;
  const random = stage.chance(matter);
  const later = (least: number, most: number) =>
    days.until(officeDay(daysAfter(days.today, random.between(least, most))));
  await later(4, 18);
  const make = async (of: string) => {
    const made = await stage.give(homeHeadOf(stage, champion), of, 'ClaimReimbursement', {
      ...{ deploymentId, homeSchoolId: champion.home.schoolId, visitIds },
      claimId: stage.id(of),
    });
    return dataOf(made, 'ReimbursementClaimed') as { readonly schoolPence: number };
  };
  const { schoolPence } = await make(matter);
  await later(3, 14);
  let claimId = stage.id(matter);
  if (random.chance(0.04)) {
    await stage.give(teamLeader, matter, 'RejectClaim', {
      ...{ deploymentId, claimId },
      reason: 'Claimed on the form of last year; please claim again (invented example).',
    });
    await later(5, 12);
    const again = `${matter} again`;
    await make(again);
    claimId = stage.id(again);
    await later(3, 10);
  }
  await stage.give(teamLeader, matter, 'ApproveClaim', { deploymentId, claimId });
  if (schoolPence > 0)
    await stage.give(adviserOf(plan.school.model), matter, 'InvoiceSchool', {
      ...{ deploymentId, claimIds: [claimId], invoiceId: stage.id(`invoice ${matter}`) },
    });
  await later(7, 24);
  await stage.give(headOfService, matter, 'PayClaim', {
    ...{ deploymentId, claimId },
    reference: `EXAMPLE-${claimId.slice(0, 8)}`,
  });
}
