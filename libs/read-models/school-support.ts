import type { Snapshot } from '#kernel';
import type { AllowanceLine } from './allowances';
import { allowancesOf } from './allowances';
import type { DeploymentAnswer } from './supported';
import { deploymentsWithVisits } from './supported';

/** A school's support: what it may have in a year, what it gets and got, and what of its allowances has lapsed. */
export type SchoolSupport = {
  readonly academicYear: string;
  /** Absent: nothing is granted for that year. */
  readonly allowance?: AllowanceLine;
  /** Every year there is an allowance of, the last first. */
  readonly years: readonly string[];
  readonly lapsed: readonly {
    readonly academicYear: string;
    readonly sspc: number;
    readonly sslc: number;
  }[];
  /** Of all years, those whose need was named last first. */
  readonly deployments: readonly DeploymentAnswer[];
};

export async function supportOf(
  snapshot: Snapshot,
  about: { readonly schoolId: string; readonly academicYear: string; readonly today: string },
): Promise<SchoolSupport> {
  const { schoolId, academicYear, today } = about;
  const [all, deployments] = await Promise.all([
    allowancesOf(snapshot, { schoolId }),
    deploymentsWithVisits(snapshot, { schoolId, today }),
  ]);
  const allowance = all.find((one) => one.academicYear === academicYear);
  return {
    academicYear,
    ...(allowance === undefined ? {} : { allowance }),
    years: all.map((one) => one.academicYear),
    lapsed: all.flatMap(({ academicYear: year, lapsed }) =>
      lapsed === undefined ? [] : [{ academicYear: year, ...lapsed }],
    ),
    deployments,
  };
}
