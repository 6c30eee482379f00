import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Commands, Importing, makeCounty, playCounty, Reactor } from '#application';
import { academicYearOf, aggregates } from '#domain';
import type { Category } from '#domain';
import type { RecordedEvent } from '#kernel';
import { START } from '#kernel';
import { configFrom, logTo, PlayedClock, tokensIn } from '#platform';
import type { SchoolCard } from '#read-models';
import { schools, tasks, whyOf } from '#read-models';
import { countyApp } from '../../apps/standalone/county-app';
import { seeded } from '../../apps/standalone/seeding';
import { folder as playedFolder } from '../support/played-county';
import type { Ground } from './ground';
import { terrain } from './ground';

/** A service over stores of its own. */
class Service {
  readonly folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  readonly clock = new PlayedClock();
  readonly config = configFrom({ DATA_DIR: this.folder, LOG_LEVEL: 'silent' });
  private ground: Ground;
  app: NestExpressApplication;

  /** Over stores that hold nothing, or over these. */
  static async start(over?: Ground): Promise<Service> {
    const service = new Service();
    const { folder, clock } = service;
    service.ground = over ?? (await terrain().ground({ folder, clock: () => clock.now() }));
    service.app = await countyApp(service.outside());
    await service.app.init();
    return service;
  }

  private outside() {
    const { events: eventStore, documents: readStore } = this.ground;
    const { clock, config, folder } = this;
    return {
      ...{ eventStore, readStore, clock, config },
      log: logTo('silent'),
      tokens: tokensIn(folder),
    };
  }

  get events() {
    return this.ground.events;
  }

  seed(): Promise<void> {
    return seeded(this.app, this.outside());
  }

  /** Plays the county of the same seed as the service's own, up to a day. */
  async play(last: string): Promise<void> {
    const files = mkdtempSync(join(this.folder, 'files-'));
    await playCounty({
      ...{ last, folder: files, clock: this.clock, events: this.events },
      county: makeCounty({ seed: 2026, asAt: '2026-11-01', authority: 825 }),
      commands: this.app.get(Commands),
      importing: this.app.get(Importing),
      reactor: this.app.get(Reactor),
      progress: () => undefined,
    });
  }

  async log(): Promise<readonly RecordedEvent[]> {
    return (await this.events.readLog(START, { limit: 100_000 })).events;
  }

  async snapshot() {
    await this.ground.documents.waitFor(await this.events.end(), 60_000);
    return this.ground.documents.snapshot();
  }

  async end(): Promise<void> {
    await this.app.close();
    await this.ground.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Types that no year of the county brings, and why. */
const NOT_PLAYED = [
  // The register of the county has no such mistakes, renamings or moves, and its trusts stay what they are.
  'AgeRangeChanged',
  'FederationLeft',
  'LaestabChanged',
  'SchoolAddressChanged',
  'SchoolPhaseChanged',
  'SchoolRecordCorrected',
  'SchoolRenamed',
  'SchoolReopened',
  'SchoolTypeChanged',
  'TrustJoined',
  'TrustLeft',
  'TrustRenamed',
  'UrnChanged',
  'InspectionOutcomeRestated',
  'InspectionOutcomeWithdrawn',
  // The register comes before the links here, and finds the school that became an academy by itself.
  'SuccessorUrnNamed',
  // Schools come on our register when they open, and no closure of the county is called off.
  'SchoolOpened',
  'ClosureProposalWithdrawn',
  // Every assessment of the county is finished, and none is made twice for the same occasion.
  'RiskAssessmentAbandoned',
  'RiskAssessmentSuperseded',
  // Whoever confirms or extends a deployment in the county has looked before at what is left.
  'DeploymentConfirmationFailed',
  'DeploymentExtensionFailed',
  // Reviews of deployments are asked for by rule and wait for somebody; no champion retires while a deployment is to begin.
  'DeploymentReviewed',
  'DeploymentPayerDecided',
  'SupportNeedReopened',
  // The county leaves support by the transition meeting or the agreement that no need is left, without a pathway in between.
  'TransitionPathwayAgreed',
  'TransitionCompleted',
  // In four years the county gave three notices, and neither took one back nor lost one to the Secretary of State.
  'NoticeCeased',
  'NoticeWithdrawn',
  'PermissionToWarnRecorded',
  'SecretaryOfStateNoticeRecorded',
];

const support: readonly Category[] = ['Enhancement', 'Prevention', 'Intervention'];
const sum = (events: readonly RecordedEvent[], field: string) =>
  events.reduce((all, { data }) => all + Number(data[field]), 0);
const share = (part: number, of: number) => (100 * part) / of;

describe('the county of an empty data folder', () => {
  let service: Service;
  let log: readonly RecordedEvent[];
  const ofType = (type: string) => log.filter((event) => event.type === type);

  beforeAll(async () => {
    service = await Service.start(await terrain().played());
    // What the service that played it says of it.
    cpSync(join(playedFolder(), 'county.json'), join(service.folder, 'county.json'));
    log = await service.log();
  }, 120_000);
  afterAll(() => service.end());

  it('has 236 open schools in the mix of the county', async () => {
    const open = await (
      await service.snapshot()
    ).list<SchoolCard>(schools, { filter: { open: true } });
    const kinds = Object.groupBy(open, ({ body }) => body.kind);
    const count = Object.fromEntries(Object.entries(kinds).map(([kind, of]) => [kind, of.length]));
    expect(count).toEqual({
      primary: 119,
      infant: 41,
      junior: 23,
      grammar: 13,
      upper: 22,
      'all-through': 2,
      special: 11,
      'pru-ap': 3,
      nursery: 2,
    });
    expect(open.filter(({ body }) => body.status === 'academy')).toHaveLength(79);
  });

  it('has categories in about the shares to be expected', async () => {
    const open = await (
      await service.snapshot()
    ).list<SchoolCard>(schools, { filter: { open: true } });
    const inCategory = (is: Category) =>
      share(open.filter(({ body }) => body.category?.is === is).length, open.length);
    const [enhancement = 0, prevention = 0, intervention = 0] = support.map(inCategory);
    expect(enhancement + prevention + intervention).toBeCloseTo(100);
    expect(enhancement).toBeGreaterThan(70);
    expect(enhancement).toBeLessThan(79);
    expect(prevention).toBeGreaterThan(15);
    expect(prevention).toBeLessThan(23);
    expect(intervention).toBeGreaterThan(5);
    expect(intervention).toBeLessThan(9.5);
  });

  it('moves about as many schools up and down a year as counties do, in rounds and between them', () => {
    const moves = ofType('CategoryChanged').map(({ data }) => ({
      year: academicYearOf(data['effectiveFrom'] as string),
      up: support.indexOf(data['to'] as Category) > support.indexOf(data['from'] as Category),
      inRound: 'cycle' in data,
      move: `${data['from'] as string} to ${data['to'] as string}`,
    }));
    for (const year of ['2023/24', '2024/25', '2025/26']) {
      const ofYear = moves.filter((move) => move.year === year);
      const up = share(ofYear.filter((move) => move.up).length, 236);
      const down = share(ofYear.filter((move) => !move.up).length, 236);
      expect([year, up > 8 && up < 16, down > 7 && down < 16]).toEqual([year, true, true]);
      expect(share(ofYear.filter(({ inRound }) => !inRound).length, ofYear.length)).toBeGreaterThan(
        20,
      );
    }
    expect(new Set(moves.map(({ move }) => move)).size).toBe(6);
  });

  it('has people depart from the score now and then, towards more support mostly', () => {
    const judged = ofType('ProfessionalJudgementRecorded');
    const departed = judged.filter(({ data }) => data['direction'] !== undefined);
    expect(share(departed.length, judged.length)).toBeGreaterThan(5);
    expect(share(departed.length, judged.length)).toBeLessThan(11);
    const more = departed.filter(({ data }) => data['direction'] === 'more-support');
    expect(share(more.length, departed.length)).toBeGreaterThan(55);
  });

  it('brings every event there is, but for those listed', () => {
    const happened = new Set(log.map(({ type }) => type));
    const declared = aggregates.flatMap(({ events }) => Object.keys(events));
    expect(declared.filter((type) => !happened.has(type)).toSorted()).toEqual(
      NOT_PLAYED.toSorted(),
    );
  });

  it('has readings, all of them labelled as examples, and all four kinds of absence', () => {
    expect(ofType('IndicatorRecorded').filter(({ data }) => data['example'] !== true)).toEqual([]);
    const absences = new Set(
      ofType('IndicatorMarkedUnavailable').map(({ data }) => data['reason']),
    );
    expect(absences.size).toBe(4);
    for (const { data } of ofType('AssessmentFrameworkPublished'))
      expect(data['title']).toMatch(/^Example/);
  });

  it('tells the whole story of a school that was moved', async () => {
    const discussed = new Set(ofType('ProposalDiscussed').map(({ data }) => data['proposalId']));
    const moderated = new Set(
      ofType('AssessmentModerated').map(({ data }) => data['assessmentId']),
    );
    const answered = new Set(
      ofType('SchoolRepresentationReceived').map(({ data }) => data['proposalId']),
    );
    const change = ofType('CategoryChanged').findLast(
      ({ data }) =>
        'triggerId' in data &&
        discussed.has(data['proposalId']) &&
        moderated.has(data['assessmentId']) &&
        answered.has(data['proposalId']),
    );
    const school = change?.data['schoolId'] as string;
    const why = await whyOf(await service.snapshot(), { school, change: String(change?.id) });
    const told = why?.stages.filter(({ lines }) => lines.length > 0).map(({ stage }) => stage);
    expect(told).toEqual(
      expect.arrayContaining([
        ...['trigger', 'readings', 'score', 'judgement', 'moderation'],
        ...['letter', 'discussion', 'representation', 'decision'],
      ]),
    );
  });

  it('leaves work to do in November 2026, and nothing ahead of its time', async () => {
    const open = await tasks(await service.snapshot(), { today: '2026-11-23' });
    expect(open.length).toBeGreaterThan(10);
    expect(
      ofType('SupportNeedIdentified').filter(({ recordedAt }) => recordedAt > '2026-11-01').length,
    ).toBeGreaterThan(5);
    expect(new Set(open.map(({ task }) => task)).size).toBeGreaterThan(2);
    const last = log.at(-1)?.recordedAt ?? '';
    expect(last > '2026-11-10').toBe(true);
    expect(last < new Date().toISOString()).toBe(true);
  });

  it('has about 70 champions from about 50 schools, who are about as busy as the offer lets them be', () => {
    const registered = ofType('ChampionRegistered');
    expect(registered).toHaveLength(70);
    expect(new Set(registered.map(({ data }) => data['homeSchoolId'])).size).toBe(50);
    const granted = ofType('EntitlementGranted').filter(
      ({ data }) => data['status'] === 'maintained' && data['academicYear'] === '2025/26',
    );
    const offered = sum(granted, 'sspcHalfDays') + sum(granted, 'sslcHalfDays');
    const used = sum(
      ofType('DaysConsumed').filter(({ data }) => data['academicYear'] === '2025/26'),
      'halfDays',
    );
    expect(share(used, offered)).toBeGreaterThan(40);
    expect(share(used, offered)).toBeLessThan(70);
  });

  it('brokers support that is agreed to mostly, visited, evaluated and paid for', () => {
    const needs = ofType('SupportNeedIdentified').length;
    const confirmed = ofType('DeploymentConfirmed');
    expect(needs).toBeGreaterThan(240);
    expect(share(confirmed.length, needs)).toBeGreaterThan(80);
    expect(share(confirmed.length, needs)).toBeLessThan(95);
    const visits = ofType('ChampionVisitRecorded').length;
    expect(visits / confirmed.length).toBeGreaterThan(4);
    expect(visits / confirmed.length).toBeLessThan(9);
    const payers = new Set(confirmed.map(({ data }) => (data['payer'] as { kind: string }).kind));
    expect([...payers].toSorted()).toEqual(['authority', 'school', 'split']);
    const [ended, closed] = [
      ofType('DeploymentCompleted').length,
      ofType('DeploymentClosed').length,
    ];
    expect(share(closed, ended + ofType('DeploymentEndedEarly').length)).toBeGreaterThan(85);
    const claimed = ofType('ReimbursementClaimed').length;
    expect(share(ofType('ReimbursementPaid').length, claimed)).toBeGreaterThan(85);
  });

  it('makes most headline visits on time, and finds most work effective', () => {
    const made = ofType('HeadlineVisitCompleted');
    expect(
      share(made.filter(({ data }) => data['late'] === true).length, made.length),
    ).toBeLessThan(15);
    expect(share(ofType('HeadlineVisitRescheduled').length, made.length)).toBeGreaterThan(5);
    const judged = ofType('QualityReviewCompleted').filter(
      ({ data }) => data['object'] === 'deployment',
    );
    const effective = judged.filter(({ data }) =>
      ['effective', 'highly-effective'].includes(data['verdict'] as string),
    );
    expect(share(effective.length, judged.length)).toBeGreaterThan(70);
    expect(ofType('EscalatedToHeadOfService').length).toBeGreaterThan(0);
    expect(ofType('WarningNoticeIssued')).toHaveLength(3);
    expect(ofType('LiaisonGroupFormed')).toHaveLength(18);
    expect(ofType('BoardMeetingHeld')).toHaveLength(26);
  });

  it('is not played a second time', async () => {
    const end = await service.events.end();
    expect(JSON.parse(readFileSync(join(service.folder, 'county.json'), 'utf8'))).toEqual({
      seed: 2026,
      finished: true,
    });
    await service.seed();
    expect(await service.events.end()).toBe(end);
  });

  it('comes out the same from the same seed, also when it was interrupted', async () => {
    const other = await Service.start();
    try {
      await other.play('2022-10-20');
      await other.play('2023-03-10');
      const upTo = log.filter(({ recordedAt }) => recordedAt.slice(0, 10) <= '2023-03-10');
      expect(byStream(await other.log())).toEqual(byStream(upTo));
    } finally {
      await other.end();
    }
  }, 240_000);
});

/** Where in the log a dashboard was read depends on which of two things of one day was recorded first. */
const ID_OR_POSITION = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<="dashboardPosition":)\d+/g;

/** What is set aside and used is recorded by policies, whose answers of one day come in the order in which they get there. */
const LEDGERS = /^(champion|entitlement)-/;

/**
 * Each stream's digest over types and data. Identities that are not derived from the play's own requests are told by
 * where they first occur in their stream; those in ledgers are derived, and a day's lines there are told in one order.
 */
function byStream(events: readonly RecordedEvent[]): Readonly<Record<string, string>> {
  const streams = Object.entries(Object.groupBy(events, ({ stream }) => stream));
  return Object.fromEntries(
    streams.map(([stream, own = []]) => {
      const lines = own.map(({ type, data, recordedAt }) =>
        JSON.stringify([recordedAt.slice(0, 10), type, data]),
      );
      const told = LEDGERS.test(stream) ? lines.toSorted().join() : numbered(lines.join());
      return [stream, `${own.length} ${createHash('sha256').update(told).digest('hex')}`];
    }),
  );
}

function numbered(told: string): string {
  const seen: string[] = [];
  return told.replaceAll(ID_OR_POSITION, (id) => {
    if (!seen.includes(id)) seen.push(id);
    return `id ${seen.indexOf(id)}`;
  });
}
