import type { ReservationRef } from './deployment-shapes';
import type { DeploymentRefusal } from './deployment-refusals';
import { refuse } from './deployment-refusals';
import type { DeploymentDecide, DeploymentState, Known } from './deployment-state';
import type { Matched } from './deployment-steps';
import { between, matchedAt } from './deployment-steps';
import { unfit, yearOf } from './brokering';
import { payerWith } from './reviewing';

/*
 * Confirming takes three streams: this one, the ledger of the school's allowance and that of the champion's year. It is
 * begun here, a policy has the half-days set aside in both ledgers, and it is completed or given up here: whichever of the
 * two is recorded first. What was set aside for one that was given up goes back, by a policy too. So a process that dies
 * anywhere in between leaves nothing that is not carried to its end by the next.
 */
type Names =
  | 'ConfirmDeployment'
  | 'CompleteConfirmation'
  | 'FailConfirmation'
  | 'ExtendDeployment'
  | 'CompleteExtension'
  | 'FailExtension';

export const confirmingDecisions: Pick<DeploymentDecide, Names> = {
  ConfirmDeployment: (state, command, { known, newId, actor }) => {
    const { deploymentId, scope, halfDays, from, to, rateVersion } = command;
    if (isConfirmed(state, command)) return [];
    const matched = matchedAt(state, 'matched');
    if ('refused' in matched) return matched;
    const academicYear = yearOf(from, to);
    if (typeof academicYear === 'object') return academicYear;
    const no =
      unagreed(matched, command) ??
      (known.champion.registered
        ? unfit(matched.schoolId, known.champion)
        : refuse.ChampionUnknown());
    if (no !== undefined) return no;
    const paidBy = command.paidBySchool === true ? 'school' : 'allowance';
    if (paidBy === 'allowance' && !isFunded(known)) return refuse.PayerWanted(academicYear);
    const terms = { ...between(deploymentId, matched), reservationId: newId(0) };
    return [
      {
        type: 'DeploymentConfirmationBegun',
        data: {
          ...{ ...terms, role: matched.role, halfDays, from, to, academicYear, paidBy, scope },
          ...(rateVersion === undefined ? {} : { rateVersion }),
          confirmedById: actor.id,
        },
      },
    ];
  },

  CompleteConfirmation: (state, { reservationId }, { known }) => {
    if (isHeld(state, reservationId)) return [];
    const { confirming, objectives } = state;
    if (confirming?.reservationId !== reservationId) return refuse.Expired();
    const payer = payerOf(confirming, known);
    return [
      {
        type: 'DeploymentConfirmed',
        data: { ...confirming, objectives, payer },
      },
    ];
  },

  FailConfirmation: (state, command) => {
    const { deploymentId, reservationId, refused, why } = command;
    if (isHeld(state, reservationId)) return refuse.Expired();
    const { confirming } = state;
    if (confirming?.reservationId !== reservationId) return [];
    const { schoolId, championId, homeSchoolId } = confirming;
    const parties = { deploymentId, schoolId, championId, homeSchoolId };
    return [
      {
        type: 'DeploymentConfirmationFailed',
        data: { ...parties, refused, why, reservations: [reservation(confirming)] },
      },
    ];
  },

  ExtendDeployment: (state, command, { known, newId }) => {
    const { deploymentId, halfDays, to, reason } = command;
    const matched = matchedAt(state, 'started', 'paused');
    if ('refused' in matched) return matched;
    const { from = '', extending, payer } = matched;
    if (extending !== undefined) {
      return extending.halfDays === halfDays && extending.to === to
        ? []
        : refuse.NotNow('is being extended at this moment', 'Wait for the answer, then ask again.');
    }
    const academicYear = yearOf(from, to);
    if (typeof academicYear === 'object') return academicYear;
    if (to < (matched.to ?? '')) return refuse.DaysTheWrongWayRound(matched.to ?? '', to);
    const no = beyondRelease(matched, { halfDays: matched.halfDays + halfDays, from, to });
    if (no !== undefined) return no;
    const paidBy = payer?.kind === 'school' ? 'school' : 'allowance';
    if (paidBy === 'allowance' && !isFunded(known)) return refuse.PayerWanted(academicYear);
    const terms = { ...between(deploymentId, matched), reservationId: newId(0) };
    return [
      {
        type: 'DeploymentExtensionBegun',
        data: { ...terms, role: matched.role, halfDays, from, to, academicYear, paidBy, reason },
      },
    ];
  },

  CompleteExtension: (state, { reservationId }) => {
    if (isHeld(state, reservationId)) return [];
    const { extending } = state;
    return extending?.reservationId === reservationId
      ? [{ type: 'DeploymentExtended', data: extending }]
      : refuse.Expired();
  },

  FailExtension: (state, { deploymentId, reservationId, refused, why }) => {
    if (isHeld(state, reservationId)) return refuse.Expired();
    const { extending } = state;
    if (extending?.reservationId !== reservationId) return [];
    const { schoolId, championId, homeSchoolId } = extending;
    const parties = { deploymentId, schoolId, championId, homeSchoolId };
    return [
      {
        type: 'DeploymentExtensionFailed',
        data: { ...parties, refused, why, reservations: [reservation(extending)] },
      },
    ];
  },
};

type Terms = Pick<
  NonNullable<DeploymentState['confirming']>,
  'reservationId' | 'academicYear' | 'paidBy'
>;
const reservation = ({ reservationId, academicYear, paidBy }: Terms): ReservationRef => ({
  reservationId,
  academicYear,
  paidBy,
});

const isHeld = ({ holdings }: DeploymentState, reservationId: string): boolean =>
  holdings.some((holding) => holding.reservationId === reservationId);

/** On these very terms it is confirmed already, or being confirmed. */
function isConfirmed(
  { stage, confirming, from, to, halfDays, holdings }: DeploymentState,
  asked: Span & { readonly paidBySchool?: boolean },
): boolean {
  const terms = { from, to, halfDays, paidBy: holdings[0]?.paidBy };
  const there = stage === 'confirmed' ? terms : confirming;
  return (
    there?.from === asked.from &&
    there.to === asked.to &&
    there.halfDays === asked.halfDays &&
    (there.paidBy === 'school') === (asked.paidBySchool === true)
  );
}

interface Span {
  readonly halfDays: number;
  readonly from: string;
  readonly to: string;
}

/** What of the two agreements is missing, or too narrow. */
function unagreed(state: Matched, span: Span): DeploymentRefusal | undefined {
  if (state.accepted === undefined) return refuse.AcceptanceWanted();
  return beyondRelease(state, span);
}

function beyondRelease({ release }: Matched, { halfDays, from, to }: Span) {
  if (release === undefined) return refuse.ReleaseWanted();
  return halfDays > release.halfDays || from < release.from || to > release.to
    ? refuse.BeyondRelease(release.halfDays, release.from, release.to, halfDays)
    : undefined;
}

/** The authority pays a share; how much is left is for the ledger to say, extra half-days included. */
const isFunded = ({ entitlement }: Known): boolean =>
  (entitlement.granted?.allowance.fundedPercent ?? 0) > 0;

function payerOf({ paidBy }: Terms, { entitlement }: Known) {
  const share = entitlement.granted?.allowance.fundedPercent ?? 0;
  return payerWith(paidBy === 'school' ? 0 : share);
}
