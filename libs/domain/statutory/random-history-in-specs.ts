import type { Decision } from '#kernel';
import { evolved, isRefusal } from '#kernel';
import type { NoticeEvent } from './events';
import { decider, known, notice, schoolId, schoolWith, uuid } from './history-in-specs';
import type { InterventionPower } from './law';
import { interventionPowers } from './law';
import { decider as bare } from './notices';
import type { NoticeRefusal } from './refusals';
import type { KnownToNotices, NoticesState } from './state';
import { liveNotice } from './state';

/* Plays commands one after another into the legal history of one school, for specs that draw them at random. */
export interface Step {
  readonly does: keyof typeof bare.decide;
  readonly pick: number;
  readonly days: number;
}
export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The notice a command is about: mostly the live one, else the last there was. */
const noticeIn = (state: NoticesState): string =>
  (liveNotice(state) ?? Object.values(state.notices).at(-1))?.given.noticeId ?? uuid(99);

export function commandOf(step: Step, state: NoticesState, today: string, at: number): object {
  const { pick } = step;
  const about = { schoolId, noticeId: noticeIn(state), reason: 'x', reasons: 'x' };
  const { reason: _reason, reasons, ...bareAbout } = about;
  const { reasons: _reasons, ...reasoned } = about;
  const power: InterventionPower = interventionPowers[pick % 4] ?? 'require-arrangements';
  switch (step.does) {
    case 'IssueWarningNotice':
      return {
        ...notice,
        section: pick === 3 ? '60A' : '60',
        grounds: pick === 3 ? ['pay-and-conditions'] : ['safety'],
        matters: `${at}`,
        issuedOn: today,
        complianceFrom: today,
        complianceTo: dayAfter(today, 10 + pick),
        copies: notice.copies.map(({ to }) => ({ to, sentOn: today })),
      };
    case 'SetCompliancePeriod':
      return { ...reasoned, complianceTo: dayAfter(today, pick * 15 - 5) };
    case 'DecideCompliance':
      return { ...bareAbout, reasons, outcome: pick === 0 ? 'complied' : 'not-complied' };
    case 'NotifyInterventionIntent':
      return {
        ...bareAbout,
        powers: [power, 'interim-executive-board'],
        notBefore: dayAfter(today, 3),
      };
    case 'ExerciseInterventionPower': {
      // Mostly one that was proposed.
      const proposed = liveNotice(state)?.intents.flatMap(({ powers }) => powers) ?? [];
      const used = proposed[pick % Math.max(1, proposed.length)] ?? power;
      return {
        ...bareAbout,
        power: used,
        ...(used === 'interim-executive-board' ? { secretaryOfStateConsentedOn: today } : {}),
      };
    }
    case 'EndIntervention':
      return { ...reasoned, power };
    case 'RecordSecretaryOfStateNotice':
      return { schoolId, givenOn: dayAfter(today, -pick * 5) };
    case 'RecordPermissionToWarn':
      return { schoolId };
    case 'CloseNotice':
      return { ...reasoned, because: 'remedied' };
    case 'WithdrawNotice':
      return reasoned;
  }
}

type AnyDecide = (
  state: NoticesState,
  command: object,
  given: object,
) => Decision<NoticeEvent, NoticeRefusal>;
export const decide = (name: Step['does'], ...args: Parameters<AnyDecide>) =>
  (decider.decide[name] as AnyDecide)(...args);
export const givenOn = (today: string, n = 0, of: KnownToNotices = known) => ({
  now: `${today}T09:00:00.000Z`,
  today,
  actor: { id: 'person-head-of-service', role: 'head-of-service' },
  newId: (id: number) => uuid(100_000 + n * 10 + id),
  known: of,
});

export interface Played {
  readonly history: readonly NoticeEvent[];
  readonly state: NoticesState;
  readonly today: string;
  readonly refusals: readonly NoticeRefusal[];
}

/** Plays the steps; `each` is told of every accepted command, and may give it again once its events are history. */
export function play(
  drawn: readonly Step[],
  each: (events: readonly NoticeEvent[], again: () => unknown) => void = () => undefined,
): Played {
  const history: NoticeEvent[] = [];
  const refusals: NoticeRefusal[] = [];
  let state = bare.initial;
  let today = '2026-01-05';
  drawn.forEach((step, at) => {
    today = dayAfter(today, step.days);
    // Now and then the school has become an academy, and goes back: no order of facts is taken for granted.
    const of = at % 17 === 16 ? schoolWith({ status: 'academy' }) : known;
    const given = givenOn(today, at, of);
    const command = commandOf(step, state, today, at);
    const decision = decide(step.does, state, command, given);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(bare.evolve, state, event);
    each(decision, () => decide(step.does, state, command, given));
  });
  return { history, state, today, refusals };
}
