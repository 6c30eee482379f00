import fc from 'fast-check';
import {
  ask,
  drawnFrom,
  drawnWidely,
  played,
  playing,
  uuidInSpecs as uuid,
} from '../shared/playing-in-specs';
import { card, claim, deploymentId, decider, homeSchoolId, known } from './history-in-specs';

/*
 * Claims from any legal history, while records of visits are amended now and then: each visit is in one claim at most that
 * is not rejected, every penny is somebody's, and no claim is stuck.
 */
const visitIds = [1, 2, 3, 4, 5, 6].map((n) => uuid(500 + n));
const visitsAt = (at: number) =>
  Object.fromEntries(
    visitIds.map((id, n) => [
      id,
      // Every seventh step sees records that were amended.
      { visitedOn: '2026-09-01', halfDays: n + 1 + (at % 7 === 6 ? 1 : 0) },
    ]),
  );
const idAt = (of: Readonly<Record<string, unknown>>, pick: number) =>
  Object.keys(of).at(pick % Math.max(1, Object.keys(of).length)) ?? uuid(1);
const claiming = decider.decide.ClaimReimbursement;
const percents = [0, 33, 50, 100] as const;

/** Whoever asks in these lives is one person: the claims are made in another's name, so that they can be approved. */
const byTheHomeHead: typeof decider = {
  ...decider,
  decide: {
    ...decider.decide,
    ClaimReimbursement: (...[state, command, given]: Parameters<typeof claiming>) =>
      claiming(state, command, { ...given, actor: { id: 'person-home-head', role: 'home-head' } }),
  },
};

const claimsAt = (percent: number) =>
  playing({
    decider: byTheHomeHead,
    known: (_, at) => ({
      deployment: {
        ...known.deployment,
        payers: [{ from: '', payer: { authorityPercent: percent } }],
        visits: visitsAt(at),
      },
      rates: { versions: { [card.version]: card } },
    }),
    commands: {
      ClaimReimbursement: ({ pick }, _, __, at) => ({
        ...{ deploymentId, homeSchoolId, claimId: uuid(600 + at) },
        visitIds: visitIds.slice(pick % 6, (pick % 6) + 1 + (pick % 2)),
      }),
      ApproveClaim: ({ pick }, { claims }) => ({ deploymentId, claimId: idAt(claims, pick) }),
      RejectClaim: ({ pick }, { claims }, _, at) => ({
        ...{ deploymentId, claimId: idAt(claims, pick), reason: `${at}` },
      }),
      PayClaim: ({ pick }, { claims }, _, at) => ({
        ...{ deploymentId, claimId: idAt(claims, pick), reference: `${at}` },
      }),
      InvoiceSchool: ({ pick }, { claims }, _, at) => ({
        ...{ deploymentId, invoiceId: uuid(700 + at), claimIds: [idAt(claims, pick)] },
      }),
    },
  });
const steps = fc.array(
  fc.record({
    does: fc.constantFrom(...drawnFrom(decider.decide, ['ClaimReimbursement'])),
    pick: fc.nat(7),
    days: fc.nat(10),
  }),
  { minLength: 15, maxLength: 50 },
);
const percent = fc.constantFrom(...percents);

describe('claims, from any legal history', () => {
  it('hold each visit once, and share out every penny', () => {
    fc.assert(
      fc.property(steps, percent, (drawn, share) => {
        const { state } = played(claimsAt(share), drawn);
        const all = Object.values(state.claims);
        const standing = all.filter(({ stage }) => stage !== 'rejected');
        const visits = standing.flatMap((one) => one.visits.map(({ visitId }) => visitId));
        expect(new Set(visits).size).toBe(visits.length);
        for (const { amountPence, authorityPence, schoolPence, visits: lines } of all) {
          expect(authorityPence + schoolPence).toBe(amountPence);
          for (const pence of [amountPence, authorityPence, schoolPence]) {
            expect(Number.isSafeInteger(pence) && pence >= 0).toBe(true);
          }
          expect(lines.reduce((sum, line) => sum + line.amountPence, 0)).toBe(amountPence);
          expect(Math.abs(authorityPence - (amountPence * share) / 100)).toBeLessThan(1);
        }
        const invoicedIds = Object.values(state.invoices).flatMap(({ claimIds }) => claimIds);
        expect(new Set(invoicedIds).size).toBe(invoicedIds.length);
      }),
      { numRuns: 200 },
    );
  });

  it('are never stuck: one that is made can be rejected, one that is approved can be paid', () => {
    let seen = 0;
    fc.assert(
      fc.property(steps, percent, (drawn, share) => {
        const play = claimsAt(share);
        const { state, today } = played(play, drawn);
        for (const { claimId, stage } of Object.values(state.claims)) {
          const about = { deploymentId: claim.deploymentId, claimId };
          const can = (name: string, more: object) =>
            ask(play, name, { ...about, ...more }, { state, today });
          if (stage === 'claimed') expect(can('RejectClaim', { reason: 'x' })).toHaveLength(1);
          if (stage === 'approved') expect(can('PayClaim', { reference: 'x' })).toHaveLength(1);
          seen += 1;
        }
      }),
      { numRuns: 200 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it('are drawn widely enough', () => {
    drawnWidely(claimsAt(50), fc.sample(steps, { numRuns: 200, seed: 4 }));
  });
});
