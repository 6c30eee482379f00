import type { Neighbour } from '#kernel';
import { claims } from './claims';
import type { ClaimEvent } from './events';
import {
  about,
  approved,
  claim,
  claimed,
  claimId,
  deploymentId,
  first,
  homeSchoolId,
  invoiced,
  invoiceId,
  known,
  on,
  paid,
  paying,
  payingLess,
  rejected,
  schoolId,
  second,
  third,
  uuid,
} from './history-in-specs';

const reject = { ...about, reason: 'The second visit was a day later.' };
const pay = { ...about, reference: 'payment-118' };
const invoice = { deploymentId, invoiceId, claimIds: [claimId] };
const amended = (halfDays: number, visitedOn = '2026-11-12') => ({
  deployment: {
    ...known.deployment,
    visits: { ...known.deployment.visits, [second]: { visitedOn, halfDays } },
  },
});

describe('claiming for visits', () => {
  it('works out the amount and who bears it; the odd penny is the authority’s', () => {
    on([])
      .when('ClaimReimbursement', claim, { by: 'home-head' })
      .then([claimed()])
      .again()
      .silent();
  });

  it('needs no identity, and is known again by its visits', () => {
    const { claimId: _, ...without } = claim;
    on([claimed()])
      .when('ClaimReimbursement', { ...without, visitIds: [second, first] })
      .silent();
    on([])
      .when('ClaimReimbursement', without, { by: 'home-head' })
      .then([claimed({ claimId: uuid(0) })]);
  });

  it('pays each visit by the card in force on its day', () => {
    const { state } = on([])
      .when('ClaimReimbursement', { ...claim, visitIds: [second, third] })
      .then([
        claimed({
          visits: [
            {
              ...{ visitId: second, visitedOn: '2026-11-12', halfDays: 1 },
              ...{ rateVersion: 'rates-1', pencePerHalfDay: 17_501, amountPence: 17_501 },
            },
            {
              ...{ visitId: third, visitedOn: '2026-11-19', halfDays: 2 },
              ...{ rateVersion: 'rates-2', pencePerHalfDay: 20_000, amountPence: 40_000 },
            },
          ],
          ...{ amountPence: 57_501, authorityPence: 28_751, schoolPence: 28_750 },
          claimantId: 'person-adviser',
        }),
      ]);
    expect(state.claims[claimId]?.stage).toBe('claimed');
  });

  it('takes the share from the deployment’s payer', () => {
    const shares = (percent: number, authorityPence: number) =>
      on([], paying(percent))
        .when('ClaimReimbursement', claim, { by: 'home-head' })
        .then([
          claimed({
            ...{ authorityPercent: percent, authorityPence },
            schoolPence: 52_503 - authorityPence,
          }),
        ]);
    shares(100, 52_503);
    shares(0, 0);
    shares(33, 17_326);
  });

  it('is of visits that the same pay for: those of the day others do, and of later days, are claimed apart', () => {
    on([], payingLess)
      .when('ClaimReimbursement', claim, { by: 'home-head' })
      .refused('VisitsOfTwoPayers', 'From 2026-11-12');
    on([], payingLess)
      .when('ClaimReimbursement', { ...claim, visitIds: [second] }, { by: 'home-head' })
      .then([
        claimed({
          visits: [
            {
              ...{ visitId: second, visitedOn: '2026-11-12', halfDays: 1 },
              ...{ rateVersion: 'rates-1', pencePerHalfDay: 17_501, amountPence: 17_501 },
            },
          ],
          ...{ halfDays: 1, amountPence: 17_501 },
          ...{ authorityPercent: 0, authorityPence: 0, schoolPence: 17_501 },
        }),
      ]);
  });

  it('is refused for visits that are not on record or stand in a claim', () => {
    on([])
      .when('ClaimReimbursement', { ...claim, visitIds: [uuid(59)] })
      .refused('VisitNotRecorded', uuid(59));
    on([claimed()])
      .when('ClaimReimbursement', { ...claim, claimId: uuid(62), visitIds: [second, third] })
      .refused('VisitClaimed', claimId);
    on([claimed()])
      .when('ClaimReimbursement', { ...claim, visitIds: [third] })
      .refused('ClaimIdTaken');
  });

  it('takes the visits of a rejected claim again', () => {
    on([claimed(), rejected])
      .when('ClaimReimbursement', { ...claim, claimId: uuid(62) }, { by: 'home-head' })
      .then([claimed({ claimId: uuid(62) })]);
  });

  it('is refused without a confirmed deployment, for another school, or without a rate', () => {
    on([], { deployment: { ...known.deployment, payers: [] } })
      .when('ClaimReimbursement', claim)
      .refused('NoSupportToClaimFor');
    on([])
      .when('ClaimReimbursement', { ...claim, homeSchoolId: schoolId })
      .refused('NotItsHomeSchool');
    on([], { rates: { versions: {} } })
      .when('ClaimReimbursement', claim)
      .refused('NoRateInForce', '2026-11-05');
    on([], { deployment: { ...known.deployment, role: 'ABLE' } })
      .when('ClaimReimbursement', claim)
      .refused('NoRateInForce', 'ABLE');
  });

  it('asks about the deployment and the rates', () => {
    const asked = (name: string) =>
      (claims.knows[name] as Neighbour).stream({ deploymentId, homeSchoolId }, {});
    expect(asked('deployment')).toBe(`deployment-${deploymentId}`);
    expect(asked('rates')).toBe('policy-rates');
    expect(claims.stream({ deploymentId })).toBe(`claims-${deploymentId}`);
  });
});

describe('approving a claim', () => {
  it('is for somebody who had no part in it', () => {
    on([claimed()])
      .when('ApproveClaim', about, { by: 'team-leader' })
      .then([approved])
      .again()
      .silent();
    for (const id of ['person-home-head', 'person-champion', 'person-releasing-head']) {
      on([claimed()])
        .when('ApproveClaim', about, { by: { id, role: 'team-leader' } })
        .refused('NotYourOwnClaim');
    }
  });

  it('is refused when the visits are not any more what was claimed', () => {
    const asks = (halfDays: number, day?: string) =>
      on([claimed()], amended(halfDays, day)).when('ApproveClaim', about, { by: 'team-leader' });
    asks(2).refused('VisitsChanged', /claimed were 3 half-days .* now it is 4 half-days/);
    asks(1, '2026-11-13').refused('VisitsChanged', '2026-11-13: 1');
    asks(1).then([approved]);
  });

  it('is refused where the shares changed since it was claimed', () => {
    on([claimed()], paying(0))
      .when('ApproveClaim', about, { by: 'team-leader' })
      .refused('PayerChanged', /50%.*0%/);
    on([claimed()], payingLess)
      .when('ApproveClaim', about, { by: 'team-leader' })
      .refused('VisitsOfTwoPayers');
  });

  it('is refused for what is not there or decided already', () => {
    on([]).when('ApproveClaim', about).refused('ClaimUnknown', claimId);
    on([claimed(), rejected]).when('ApproveClaim', about).refused('ClaimAlready', 'rejected');
    on([claimed(), approved])
      .when('ApproveClaim', about, { by: 'head-of-service' })
      .refused('ClaimAlready', 'approved');
  });
});

describe('rejecting a claim', () => {
  it('says why, before or after it was approved', () => {
    const by = { by: 'team-leader' };
    on([claimed()]).when('RejectClaim', reject, by).then([rejected]).again().silent();
    on([claimed(), approved]).when('RejectClaim', reject, by).then([rejected]);
  });

  it('is refused once it is decided, paid or invoiced', () => {
    on([]).when('RejectClaim', reject).refused('ClaimUnknown');
    on([claimed(), rejected])
      .when('RejectClaim', { ...reject, reason: 'Another.' })
      .refused('ClaimAlready', 'rejected');
    on([claimed(), approved, paid]).when('RejectClaim', reject).refused('ClaimAlready', 'paid');
    on([claimed(), approved, invoiced])
      .when('RejectClaim', reject)
      .refused('ClaimInvoiced', '2026-11-23');
  });
});

describe('paying a claim', () => {
  it('records when and under which reference', () => {
    on([claimed(), approved]).when('PayClaim', pay).then([paid]).again().silent();
  });

  it('is refused before it is approved, twice, or on a day that cannot be', () => {
    on([]).when('PayClaim', pay).refused('ClaimUnknown');
    on([claimed()]).when('PayClaim', pay).refused('ClaimNotApproved', 'claimed');
    on([claimed(), rejected]).when('PayClaim', pay).refused('ClaimNotApproved', 'rejected');
    on([claimed(), approved, paid])
      .when('PayClaim', { ...pay, reference: 'payment-119' })
      .refused('ClaimAlready', 'paid');
    const on_ = (paidOn: string) => on([claimed(), approved]).when('PayClaim', { ...pay, paidOn });
    on_('2026-11-24').refused('InTheFuture', '2026-11-23');
    on_('2026-11-22').refused('BeforeItsTime', '2026-11-23');
    on_('1999-11-22').refused('DayTooLongAgo', '2000-01-01');
  });
});

describe('invoicing the supported school', () => {
  it('is for its share of claims that are approved, whether paid or not', () => {
    on([claimed(), approved]).when('InvoiceSchool', invoice).then([invoiced]).again().silent();
    on([claimed(), approved, paid]).when('InvoiceSchool', invoice).then([invoiced]);
    const { invoiceId: _, ...without } = invoice;
    on([claimed(), approved, invoiced]).when('InvoiceSchool', without).silent();
  });

  it('is of claims with one share only', () => {
    const later = uuid(64);
    const free: ClaimEvent = claimed({ claimId: later, authorityPercent: 0 });
    const ofLater: ClaimEvent = {
      ...approved,
      data: { ...approved.data, claimId: later },
    } as never;
    on([claimed(), approved, free, ofLater])
      .when('InvoiceSchool', { ...invoice, claimIds: [claimId, later] })
      .refused('SharesDiffer');
  });

  it('is once a claim, and for approved ones only', () => {
    const another = { ...invoice, invoiceId: uuid(63) };
    on([]).when('InvoiceSchool', invoice).refused('ClaimUnknown');
    on([claimed()]).when('InvoiceSchool', invoice).refused('ClaimNotApproved');
    on([claimed(), approved, invoiced])
      .when('InvoiceSchool', another)
      .refused('ClaimInvoiced', claimId);
    on([claimed(), approved, invoiced])
      .when('InvoiceSchool', { ...invoice, claimIds: [uuid(64)] })
      .refused('InvoiceIdTaken');
  });

  it('is refused where the authority pays all', () => {
    const all = { authorityPercent: 100, authorityPence: 52_503, schoolPence: 0 };
    on([claimed(all), approved])
      .when('InvoiceSchool', invoice)
      .refused('NothingToInvoice', '100%');
  });
});
