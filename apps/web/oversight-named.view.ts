import type { ReasonCode } from '#domain';
import { pots } from '#domain';
import type {
  AllowanceMoney,
  CheckedDecision,
  CountyAllowances,
  DecisionsChecked,
  OverrideCounts,
  OverrideLine,
  Overrides,
  PotMoney,
  UrnChain,
} from '#read-models';
import { poundsInWords, reasonInWords } from '#read-models';
import type { FiguresTable } from './figures';
import { DASH, figure, share } from './figures';
import { capital, dayInWords } from './words';

/* What names schools and people, for those who may see them. */

export function allowanceView({ academicYear, county }: CountyAllowances, money: AllowanceMoney) {
  const potNames = { sspc: 'Pupil champions and ABLE', sslc: 'Leadership champions' } as const;
  const days: FiguresTable = {
    caption: `Days in ${academicYear}`,
    first: 'Of',
    columns: [
      ...['Granted', 'Approved above it', 'Used', 'Set aside', 'Left'],
      ...['Held by schools beyond what they may have now', 'Forecast of use'],
    ],
    rows: pots.map((pot) => {
      const { granted, extra, consumed, reserved, left, forecast } = county[pot];
      const halves = [
        ...[granted, extra, consumed, reserved - consumed, left],
        ...[money.pots?.[pot].halfDaysBeyond, forecast?.consumed],
      ];
      return {
        name: potNames[pot],
        cells: halves.map((half) => (half === undefined ? DASH : figure(half / 2))),
      };
    }),
  };
  const pence = (of: number | undefined): string => (of === undefined ? DASH : poundsInWords(of));
  const potCells = (of: PotMoney): readonly string[] =>
    [
      of.grantedPence,
      of.extraPence,
      of.usedPence,
      of.setAsidePence,
      of.forecastPence,
      of.overspendPence,
    ].map(pence);
  const pounds: FiguresTable | undefined = money.pots && {
    caption: `Pounds in ${academicYear}, by rate card ${money.rateVersion ?? ''}${money.example === true ? ' (example rates)' : ''}`,
    first: 'Of',
    columns: [
      'Granted',
      'Approved above it',
      'Used',
      'Set aside',
      'Forecast of use',
      'Overspend to expect',
    ],
    rows: pots.flatMap((pot) => {
      const of = money.pots?.[pot];
      return of === undefined ? [] : [{ name: potNames[pot], cells: potCells(of) }];
    }),
  };
  const roles: FiguresTable | undefined = money.byRole && {
    caption: 'By role of the champion',
    first: 'Role',
    columns: ['Days used', 'Days set aside', 'Used', 'Set aside'],
    rows: money.byRole.map((one) => ({
      name: one.role,
      cells: [
        figure(one.halfDaysUsed / 2),
        figure(one.halfDaysSetAside / 2),
        poundsInWords(one.usedPence),
        poundsInWords(one.setAsidePence),
      ],
    })),
  };
  return {
    says: money.says,
    tables: [days, pounds, roles].filter((table) => table !== undefined),
  };
}

const overrideCells = (of: OverrideCounts): readonly string[] => [
  figure(of.judgements),
  figure(of.overrides),
  share(of.percent),
  figure(of.moreSupport),
  figure(of.lessSupport),
];
const OVERRIDE_COLUMNS = ['Judgements', 'Overrides', 'Rate', 'To more support', 'To less support'];

export function overridesView({
  academicYear,
  all,
  byAdviser,
  byReason,
  says,
  items,
  total,
}: Overrides) {
  const advisers: FiguresTable = {
    caption: 'By adviser, the highest rate first',
    first: 'Adviser, by reference',
    columns: OVERRIDE_COLUMNS,
    rows: [
      ...byAdviser.map(({ assessorId, ...of }) => ({ name: assessorId, cells: overrideCells(of) })),
      { name: 'All', cells: overrideCells(all) },
    ],
  };
  const reasons: FiguresTable = {
    caption: 'By reason',
    first: 'Reason',
    columns: ['To more support', 'To less support'],
    rows: byReason.map(({ reasonCode, moreSupport, lessSupport }) => ({
      name: reasonName(reasonCode),
      cells: [figure(moreSupport), figure(lessSupport)],
    })),
  };
  return {
    says,
    academicYear,
    total,
    any: all.judgements > 0,
    tables: all.overrides > 0 ? [advisers, reasons] : [advisers],
    lines: items.map(overrideLine),
  };
}

const reasonName = (code: ReasonCode): string => capital(reasonInWords(code));

const overrideLine = ({ moderated, reasonCode, ...line }: OverrideLine) => ({
  ...line,
  reason: reasonCode === undefined ? 'No reason' : reasonName(reasonCode),
  moderated:
    moderated === undefined
      ? 'Not moderated yet'
      : moderated === 'return'
        ? 'Returned by moderation'
        : moderated === line.judged
          ? 'Agreed in moderation'
          : `Moderation found ${moderated}`,
});

export const decisionsView = ({ says, breaches, items, total }: DecisionsChecked) => ({
  says,
  breaches,
  total,
  lines: items.map((line: CheckedDecision) => ({
    ...line,
    because: [...line.broke.map((one) => one.says), ...(line.instead ? [line.instead.says] : [])],
    bad: line.broke.length > 0,
  })),
});

export const chainView = ({ urns, ...chain }: UrnChain) => ({
  ...chain,
  urns: urns.map(({ urn, from, until }) => ({
    urn,
    when: [
      ...(from === undefined ? [] : [`from ${dayInWords(from)}`]),
      ...(until === undefined ? [] : [`until ${dayInWords(until)}`]),
    ].join(' '),
  })),
});
