import { given } from '#kernel';
import { entitlement } from './entitlement';
import {
  academicYear,
  adjusted,
  amended,
  consumed,
  decider,
  deploymentId,
  extra,
  grant,
  granted,
  known,
  lapsed,
  released,
  reservationId,
  reserved,
  schoolId,
  uuid,
  versions,
  visitId,
} from './entitlement-in-specs';
import type { OfferRow } from '../shared/framework';
import type { EntitlementEvent } from './events';

describe('granting an entitlement', () => {
  it('follows the category and the status by the offer the school was told of', () => {
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', grant)
      .then([granted()])
      .again()
      .silent();
    const academy = {
      ...known(['2026-09-15', 'Prevention']),
      school: { registered: true, status: 'academy' } as const,
    };
    given(decider, [], academy)
      .when('GrantEntitlement', grant)
      .then([granted({ status: 'academy', fundedPercent: 0 })]);
  });

  it('without an offer told of takes the one in force on the day', () => {
    const { offerVersion: _, ...untold } = grant;
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', untold)
      .then([granted()]);
    given(decider, [], known(['2027-02-01', 'Prevention']))
      .when('GrantEntitlement', { ...untold, effectiveFrom: '2027-02-01' })
      .then([
        granted({ offerVersion: 'offer-26b', effectiveFrom: '2027-02-01', headlineVisits: 4 }),
      ]);
  });

  it('brings the whole of the new row when the category changes in the year', () => {
    given(decider, [granted()], known(['2026-09-15', 'Prevention'], ['2026-11-01', 'Intervention']))
      .when('GrantEntitlement', { ...grant, effectiveFrom: '2026-11-01' })
      .then([adjusted()])
      .again()
      .silent();
  });

  it('leaves to leadership champions what headline visits do not take, where those count', () => {
    const offers = (more: Partial<OfferRow>) => ({
      ...known(['2026-09-15', 'Intervention']),
      offers: {
        versions: {
          'offer-26': {
            ...versions['offer-26'],
            rows: versions['offer-26'].rows.map((row) => ({ ...row, ...more })),
          },
        },
      },
    });
    const counting = { headlineVisitsCountAgainstDays: true, halfDaysPerHeadlineVisit: 2 };
    const { now } = adjusted().data as { now: object };
    given(decider, [], offers(counting))
      .when('GrantEntitlement', grant)
      .then([granted({ ...now, sslcHalfDays: 26, headlineVisitHalfDays: 10 })])
      .again()
      .silent()
      .when('ReserveDays', { ...of, reservationId, deploymentId, role: 'SSLC', halfDays: 27 })
      .refused('AllowanceSpent', '26 half-days left of 26 of leadership champions');
    // Offers of before said that they count, and not with how much.
    given(decider, [], offers({ headlineVisitsCountAgainstDays: true }))
      .when('GrantEntitlement', grant)
      .then([granted(now)]);
  });

  it('goes by the category last in force in the year, whatever is corrected before it', () => {
    const { offerVersion: _, ...untold } = grant;
    const corrected = known(['2026-09-15', 'Intervention'], ['2026-11-01', 'Prevention']);
    given(decider, [granted()], corrected).when('GrantEntitlement', untold).silent();
  });

  it('of a category from an earlier year counts from the first day of the year', () => {
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', { ...grant, effectiveFrom: '2027-10-01' })
      .then([
        granted({ academicYear: '2027/28', offerVersion: 'offer-27', effectiveFrom: '2027-09-01' }),
      ]);
  });

  it('is refused without school, category, offer or row', () => {
    const school = known(['2026-09-15', 'Prevention']);
    given(decider, [], { ...school, school: { registered: false } })
      .when('GrantEntitlement', grant)
      .refused('SchoolNotRegistered');
    given(decider, [], known())
      .when('GrantEntitlement', grant)
      .refused('NoCategoryInYear', '2026/27');
    given(decider, [], known(['2027-09-01', 'Prevention']))
      .when('GrantEntitlement', grant)
      .refused('NoCategoryInYear');
    given(decider, [], { ...school, offers: { versions: {} } })
      .when('GrantEntitlement', grant)
      .refused('YearHasNoOffer', '2026/27');
    given(decider, [], known(['2026-09-15', 'Enhancement']))
      .when('GrantEntitlement', grant)
      .refused('OfferHasNoRow', 'Enhancement');
  });

  it('stands on a stream of the school and the year', () => {
    expect(entitlement.stream(grant)).toBe(`entitlement-${schoolId}-2026-27`);
  });
});

const of = { schoolId, academicYear };
const on = (history: readonly EntitlementEvent[]) => given(decider, history, known());
const intervention = adjusted();

describe('approving extra half-days', () => {
  const approve = {
    ...of,
    approvalId: uuid(60),
    pot: 'sspc',
    halfDays: 4,
    reason: 'Two classes lost their teacher.',
  } as const;
  const by = { by: 'head-of-service' };

  it('adds them to what the offer grants, for the pot that is named', () => {
    on([granted()]).when('ApproveExtraDays', approve, by).then([extra()]).again().silent();
    const set = { ...of, reservationId, deploymentId } as const;
    const more = on([granted(), extra()]);
    more
      .when('ReserveDays', { ...set, role: 'SSPC', halfDays: 22 })
      .then([reserved({ halfDays: 22 })]);
    more
      .when('ReserveDays', { ...set, role: 'SSPC', halfDays: 23 })
      .refused('AllowanceSpent', '22 half-days left of 22 of pupil champions and ABLE');
    more.when('ReserveDays', { ...set, role: 'SSLC', halfDays: 1 }).refused('AllowanceSpent');
  });

  it('makes an identity when none is given', () => {
    const { approvalId: _, ...unnamed } = approve;
    on([granted()])
      .when('ApproveExtraDays', unnamed, by)
      .then([extra({ approvalId: uuid(0) })])
      .again()
      .silent();
  });

  it('is refused under an identity that approved others', () => {
    const again = on([granted(), extra()]);
    again.when('ApproveExtraDays', { ...approve, halfDays: 5 }, by).refused('ApprovalIdTaken');
    again.when('ApproveExtraDays', { ...approve, pot: 'sslc' }, by).refused('ApprovalIdTaken');
  });

  it('is refused where nothing is granted, or has lapsed', () => {
    on([]).when('ApproveExtraDays', approve, by).refused('NothingGranted', '2026/27');
    on([granted(), lapsed({ sspc: 18, sslc: 0 })])
      .when('ApproveExtraDays', approve, by)
      .refused('EntitlementIsOver', '2026/27');
  });
});

describe('setting half-days aside', () => {
  const reserve = { ...of, reservationId, deploymentId, role: 'SSPC', halfDays: 10 } as const;
  const other = { ...reserve, reservationId: uuid(31), deploymentId: uuid(41) };

  it('takes them from the allowance, up to the last', () => {
    on([granted()])
      .when('ReserveDays', reserve)
      .then([reserved()])
      .again()
      .silent()
      .when('ReserveDays', { ...other, halfDays: 8 })
      .then([reserved({ reservationId: uuid(31), deploymentId: uuid(41), halfDays: 8 })])
      .when('ReserveDays', { ...reserve, reservationId: uuid(32), halfDays: 1 })
      .refused('AllowanceSpent', /^0 half-days left of 18 of .* for 2026\/27; 1 needed\./);
  });

  it('pupil champions and ABLE share one pot, leadership champions have the other', () => {
    const spent = [granted(), intervention, reserved({ halfDays: 36 })];
    on(spent)
      .when('ReserveDays', { ...other, role: 'ABLE', halfDays: 1 })
      .refused('AllowanceSpent', '0 half-days left of 36 of pupil champions and ABLE');
    on(spent)
      .when('ReserveDays', { ...other, role: 'SSLC', halfDays: 37 })
      .refused('AllowanceSpent', '36 half-days left of 36 of leadership champions');
    const names = { reservationId: uuid(31), deploymentId: uuid(41), halfDays: 6 };
    on(spent)
      .when('ReserveDays', { ...other, role: 'SSLC', halfDays: 6 })
      .then([reserved({ ...names, role: 'SSLC', pot: 'sslc' })]);
    on([granted()])
      .when('ReserveDays', { ...other, role: 'ABLE', halfDays: 6 })
      .then([reserved({ ...names, role: 'ABLE' })]);
  });

  it('is refused for one half-day too many, and says how many are left', () => {
    on([granted(), reserved({ halfDays: 17 })])
      .when('ReserveDays', { ...other, halfDays: 2 })
      .refused(
        'AllowanceSpent',
        /^1 half-day left of 18 of pupil champions and ABLE for 2026\/27; 2 needed\./,
      );
  });

  it('what was agreed stands when the grant becomes smaller; nothing more is set aside', () => {
    const smaller = adjusted({ was: granted().data, now: { ...granted().data, sspcHalfDays: 4 } });
    on([granted(), reserved(), smaller])
      .when('ReserveDays', { ...other, halfDays: 1 })
      .refused('AllowanceSpent', '0 half-days left of 4');
  });

  it('is refused again under a reservation that was given back', () => {
    on([granted(), reserved(), released()])
      .when('ReserveDays', reserve)
      .refused('ReservationEnded');
  });

  it('is refused where nothing is granted, or has lapsed', () => {
    on([]).when('ReserveDays', reserve).refused('NothingGranted', '2026/27');
    on([granted(), lapsed({ sspc: 18, sslc: 0 })])
      .when('ReserveDays', reserve)
      .refused('EntitlementIsOver', '2026/27');
  });
});

describe('giving half-days back', () => {
  const release = { ...of, reservationId };

  it('gives back what no visit used, which can be set aside anew', () => {
    on([granted(), reserved({ halfDays: 18 }), consumed()])
      .when('ReleaseDays', release)
      .then([released({ halfDays: 15 })])
      .again()
      .silent()
      .when('ReserveDays', {
        ...of,
        reservationId: uuid(31),
        deploymentId,
        role: 'ABLE',
        halfDays: 16,
      })
      .refused('AllowanceSpent', '15 half-days left of 18');
  });

  it('says so when all of it was used', () => {
    on([granted(), reserved({ halfDays: 3 }), consumed()])
      .when('ReleaseDays', release)
      .then([released({ halfDays: 0 })]);
  });

  it('of what was never set aside is silent', () => {
    on([granted()]).when('ReleaseDays', release).silent();
    on([]).when('ReleaseDays', release).silent();
  });
});

describe('counting a visit', () => {
  const consume = { ...of, reservationId, visitId, halfDays: 3 };
  const again = (halfDays: number) => ({ ...consume, halfDays });
  const held = [granted(), reserved()];

  it('uses half-days that were set aside, up to the last', () => {
    on(held).when('ConsumeDays', consume).then([consumed()]).again().silent();
    on([...held, consumed()])
      .when('ConsumeDays', { ...again(7), visitId: uuid(51) })
      .then([consumed({ visitId: uuid(51), halfDays: 7 })]);
    on([...held, consumed()])
      .when('ConsumeDays', { ...again(8), visitId: uuid(51) })
      .refused('MoreThanReserved', /^7 half-days left of what was set aside; 8 needed\./);
  });

  it('with another figure for the same visit counts that figure', () => {
    on([...held, consumed()])
      .when('ConsumeDays', again(1))
      .then([amended(3, 1)])
      .again()
      .silent()
      .when('ConsumeDays', again(10))
      .then([amended(1, 10)])
      .again()
      .silent()
      .when('ConsumeDays', again(0))
      .then([amended(10, 0)])
      .again()
      .silent();
    on([...held, consumed()])
      .when('ConsumeDays', again(11))
      .refused('MoreThanReserved', '10 half-days left of what was set aside; 11 needed');
  });

  it('of none is nothing to count', () => {
    on(held).when('ConsumeDays', again(0)).silent();
  });

  it('after the rest went back may become less, and not more', () => {
    const over = on([...held, consumed(), released({ halfDays: 7 })]);
    over.when('ConsumeDays', consume).silent();
    over
      .when('ConsumeDays', again(4))
      .refused('MoreThanReserved', '3 half-days left of what was set aside; 4 needed');
    over
      .when('ConsumeDays', { ...again(1), visitId: uuid(51) })
      .refused('MoreThanReserved', '0 half-days left');
    over
      .when('ConsumeDays', again(1))
      .then([amended(3, 1)])
      .again()
      .silent()
      .when('ConsumeDays', again(2))
      .refused('MoreThanReserved', '1 half-day left of what was set aside; 2 needed');
  });

  it('is refused where nothing is set aside', () => {
    on([granted()]).when('ConsumeDays', consume).refused('ReservationUnknown');
    on([]).when('ConsumeDays', consume).refused('ReservationUnknown');
  });
});

describe('the end of the year', () => {
  const after = { by: 'head-of-service', at: '2027-09-01' };

  it('lets lapse what is neither used nor set aside', () => {
    on([granted(), intervention, extra(), reserved(), consumed()])
      .when('LapseEntitlement', of, after)
      .then([lapsed({ sspc: 30, sslc: 36 })])
      .again()
      .silent();
  });

  it('is refused before it has come', () => {
    on([granted()])
      .when('LapseEntitlement', of, { by: 'head-of-service', at: '2027-08-31' })
      .refused('YearIsNotOver', '2026/27 lasts until 2027-08-31');
  });

  it('lets nothing lapse where nothing was granted', () => {
    on([]).when('LapseEntitlement', of, after).silent();
  });

  it('leaves what was set aside to its visits, and takes back what they did not use', () => {
    const over = [granted(), reserved(), lapsed({ sspc: 8, sslc: 0 })];
    on(over)
      .when('ConsumeDays', { ...of, reservationId, visitId, halfDays: 3 })
      .then([consumed()])
      .when('ReleaseDays', { ...of, reservationId })
      .then([released({ halfDays: 7 })]);
  });
});
