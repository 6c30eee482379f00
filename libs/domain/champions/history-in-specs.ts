import { asDeclared } from '#kernel';
import { decider as bare } from './champion';
import type { ChampionEvent } from './events';
import { championEvents } from './events';
import type { KnownToChampion } from './state';

/* What specs of a champion begin with: one who is registered, and what they book. */
export const decider = asDeclared(championEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const championId = uuid(1);
export const homeSchoolId = uuid(900001);
export const otherSchoolId = uuid(900002);
export const supportedSchoolId = uuid(900003);
export const personRef = 'person-champion-01';
/** The champion themself, their head, and somebody of the team who may do everything the team may. */
export const themself = { id: personRef, role: 'champion' };
export const homeHead = { id: 'person-head-01', role: 'home-head', schoolId: homeSchoolId };
export const leader = { id: 'person-leader-01', role: 'team-leader' };
export const policy = { id: 'person-policy', role: 'policy' };

export const nothing: KnownToChampion = {
  school: { registered: false },
  records: [],
  strangers: [],
};
export const known: KnownToChampion = { ...nothing, school: { registered: true, open: true } };

export const particulars = {
  championId,
  personRef,
  homeSchoolId,
  roles: ['SSLC'],
  specialisms: ['early-reading'],
  phases: ['primary'],
  vettedOn: '2026-06-01',
  vettedUntil: '2029-05-31',
} as const;
export const registered = (more: object = {}): ChampionEvent => ({
  type: 'ChampionRegistered',
  data: { ...particulars, yearlyCapHalfDays: 30, registeredOn: '2026-09-01', ...more },
});
const of = { championId, homeSchoolId };
export const paused = (more: object = {}): ChampionEvent => ({
  type: 'ChampionPaused',
  data: { ...of, byHomeSchool: false, pausedOn: '2026-10-05', reason: 'Illness.', ...more },
});
export const retired: ChampionEvent = {
  type: 'ChampionRetired',
  data: { ...of, retiredOn: '2026-10-05', reason: 'New post.' },
};

export const interestId = uuid(50);
export const declared = (more: object = {}): ChampionEvent => ({
  type: 'InterestDeclared',
  data: {
    ...of,
    interestId,
    counterpartyIds: [supportedSchoolId],
    nature: 'family',
    declaredById: personRef,
    declaredOn: '2026-10-01',
    ...more,
  },
});
export const resolved = (outcome: 'bars' | 'may-work'): ChampionEvent => ({
  type: 'InterestResolved',
  data: {
    ...of,
    interestId,
    outcome,
    resolvedById: leader.id,
    resolvedOn: '2026-10-02',
    reason: 'A cousin teaches there.',
  },
});

export const reservationId = uuid(60);
export const visitId = uuid(80);
export const booking = {
  reservationId,
  deploymentId: uuid(70),
  supportedSchoolId,
  academicYear: '2026/27',
} as const;
export const term = { from: '2026-11-30', to: '2027-03-26' } as const;
export const reserved = (halfDays: number, more: object = {}): ChampionEvent => ({
  type: 'ChampionDaysReserved',
  data: { ...of, ...booking, halfDays, ...term, ...more },
});
export const released = (halfDays: number, more: object = {}): ChampionEvent => ({
  type: 'ChampionDaysReleased',
  data: { ...of, ...booking, halfDays, ...more },
});
export const consumed = (halfDays: number, more: object = {}): ChampionEvent => ({
  type: 'ChampionDaysConsumed',
  data: { ...of, ...booking, visitId, halfDays, ...more },
});
export const adjusted = (was: number, now: number): ChampionEvent => ({
  type: 'ChampionDaysAdjusted',
  data: { ...of, ...booking, visitId, was, now },
});
export const capSet = (was: number, halfDays: number): ChampionEvent => ({
  type: 'YearlyCapSet',
  data: { ...of, academicYear: '2026/27', was, halfDays, reason: 'Half a post.' },
});
