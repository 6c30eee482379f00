import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { EventStore, Position } from '#kernel';
import { START } from '#kernel';
import type { Framework, RegisterFileKind } from '#domain';
import {
  exampleBankHolidays,
  exampleBoardTerms,
  exampleFrameworks,
  exampleOffers,
  exampleQualityPolicies,
  exampleRateCards,
} from '#domain';
import type { PlayedClock } from '#platform';
import type { Commands } from '../commands';
import type { Importing } from '../imports/importing';
import type { Reactor } from '../reactor';
import { daysBetween } from './days';
import { inspectionsPublishedBetween } from './make-county';
import type { County, CountySchool } from './model';
import { PlayDays, workday } from './play-days';
import { playGuide } from './play-guide';
import { playLetters } from './play-letters';
import { playModel } from './play-model';
import { adviserOf, FRAMEWORK_AUTHOR, headOfService, importer } from './play-people';
import { playRound } from './play-round';
import type { Escalated } from './play-quality';
import { answerEscalation } from './play-quality';
import type { PlayedSchool } from './play-stage';
import { Stage } from './play-stage';
import type { RaisedTrigger } from './play-within-year';
import { answerTrigger, playYear, putRight } from './play-within-year';
import { writeCountyFiles } from './write-files';

export const PLAY_BEGINS = '2022-07-01';
export const PLAY_ENDS = '2026-11-20';
const SUMMERS = [2022, 2023, 2024, 2025, 2026] as const;

const LAST_REGISTER = '2026-11-02';
/** Days of which the register and its links are taken over: every autumn, and when a school became an academy. */
const REGISTERS = [
  PLAY_BEGINS,
  '2023-04-04',
  '2023-09-05',
  '2024-09-05',
  '2025-02-04',
  '2025-09-04',
  '2026-04-07',
  LAST_REGISTER,
]; /** All inspections there are; in between, those published since. */
const WHOLE_INSPECTIONS = [PLAY_BEGINS, LAST_REGISTER];

/**
 * Thresholds at which about 74, 19 and 7 in a hundred schools of the invented county come out in Enhancement, Prevention
 * and Intervention: the shares to be expected [I domain dossier, 9.3]. As made up as the figures they are held against.
 */
const THRESHOLDS = { prevention: 20, intervention: 36, minimumCoverage: 60 } as const;

export interface PlayRequest {
  readonly county: County;
  /** Nothing happens after this day, nor after the end of the play. */
  readonly last: string;
  /** An empty folder for the national files while they are taken over. */
  readonly folder: string;
  readonly clock: PlayedClock;
  readonly events: EventStore;
  readonly commands: Commands;
  readonly importing: Importing;
  readonly reactor: Reactor;
  /** Days played so far, and days in all. */
  readonly progress: (done: number, of: number) => void;
}

/** First moment of a working day, and how long a thing takes that somebody does. */
const MORNING = 'T08:30:00.000Z';
const TAKES_MS = 25_000;
const LONGEST_DAY_MS = 9 * 3_600_000;

/**
 * Plays the county from July 2022 to November 2026 through the same importers and commands as everybody's: what is
 * recorded is recorded on the day it is played. Every request has a key of its own, so that an interrupted play is
 * simply played again: what had been done is answered as it was then, and the play goes on where it stopped.
 */
export async function playCounty(request: PlayRequest): Promise<void> {
  const { county, clock, events, commands, reactor } = request;
  let done = 0;
  const days = new PlayDays(
    PLAY_BEGINS,
    request.last < PLAY_ENDS ? request.last : PLAY_ENDS,
    (day) => {
      done = 0;
      clock.setTo(Date.parse(`${day}${MORNING}`));
      request.progress(daysBetween(PLAY_BEGINS, day), daysBetween(PLAY_BEGINS, PLAY_ENDS));
    },
  );
  const stage = new Stage(county, days, events, commands, () => {
    done += 1;
    clock.setTo(Date.parse(`${days.today}${MORNING}`) + Math.min(done * TAKES_MS, LONGEST_DAY_MS));
  });
  const news = new News(stage);
  days.begin(() => publishPolicy(stage));
  days.begin(() => playLetters(stage));
  days.begin(() => takeFilesOver(stage, request));
  days.begin(() => playGuide(stage));
  SUMMERS.forEach((summer) => {
    const offer = exampleOffers.filter(
      ({ academicYear, supersedes }) =>
        academicYear.startsWith(String(summer)) && supersedes === undefined,
    )[0];
    days.begin(() =>
      playRound(stage, summer, frameworkOn(`${summer}-07-06`), offer?.version ?? ''),
    );
    days.begin(async () => {
      await days.until(workday(`${summer}-09-10`));
      for (const school of stage.schools.values()) playYear(stage, school, summer);
      await putRight(stage, summer);
    });
  });
  days.begin(() => playModel(stage, SUMMERS));
  await days.play(async () => {
    // Policies answer within the day: what they record has that day's date, and may be the day's last news.
    for (let end = await events.end(); ;) {
      await reactor.caughtUp(end);
      const now = await events.end();
      if (now === end) break;
      end = now;
    }
    await news.read();
    stage.evening();
  });
}

const frameworks: readonly Framework[] = exampleFrameworks.map((framework) => ({
  ...framework,
  thresholds: THRESHOLDS,
}));

function frameworkOn(day: string): Framework {
  const found = frameworks.findLast(({ effectiveFrom }) => effectiveFrom <= day);
  if (found === undefined) throw new Error(`No example framework is in force on ${day}.`);
  return found;
}

/** Frameworks a little before they come into force, offers when the Board has agreed them. */
async function publishPolicy(stage: Stage): Promise<void> {
  const publications = [
    ...frameworks.map((framework) => ({
      on: framework.effectiveFrom,
      command: 'PublishFramework',
      matter: framework.version,
      data: { ...framework, author: FRAMEWORK_AUTHOR },
    })),
    ...exampleOffers.map((offer) => ({
      on: offer.boardAgreedOn,
      command: 'PublishOffer',
      matter: offer.version,
      data: { ...offer },
    })),
    ...exampleBankHolidays.map(({ year, ...holidays }) => ({
      on: year < 2024 ? '2022-07-04' : `${Math.min(year - 1, 2026)}-07-03`,
      command: 'PublishBankHolidays',
      matter: String(year),
      data: { year, ...holidays },
    })),
    ...exampleQualityPolicies.map((policy) => ({
      on: '2022-07-11',
      command: 'PublishQualityPolicy',
      matter: policy.version,
      data: { ...policy },
    })),
    ...exampleRateCards.map((card) => ({
      on: card.boardAgreedOn,
      command: 'PublishRateCard',
      matter: card.version,
      data: { ...card },
    })),
    {
      on: '2022-07-06',
      command: 'SetBoardTerms',
      matter: 'terms of the Board',
      data: { ...exampleBoardTerms },
    },
  ];
  for (const { on, command, matter, data } of publications.toSorted((a, b) =>
    a.on < b.on ? -1 : 1,
  )) {
    await stage.days.until(workday(on));
    await stage.give(headOfService, matter, command, data);
  }
}

/** The national files through the importers: the register on its days, and every month what Ofsted has published since. */
async function takeFilesOver(stage: Stage, request: PlayRequest): Promise<void> {
  const { county, folder } = request;
  let since = '';
  for (const day of fileDays()) {
    await stage.days.until(day);
    if (REGISTERS.includes(day)) {
      const { register, links, inspections } = await writeCountyFiles(county, folder, day);
      await takeOver(request, 'register', register);
      await takeOver(request, 'links', links);
      if (WHOLE_INSPECTIONS.includes(day)) await takeOver(request, 'inspections', inspections);
    }
    if (!WHOLE_INSPECTIONS.includes(day)) {
      const news = new Set(
        inspectionsPublishedBetween(county, since, day).map(({ schoolId }) => schoolId),
      );
      const schools = county.schools.filter(({ id }) => news.has(id));
      if (schools.length > 0)
        await takeOver(
          request,
          'inspections',
          (await writeCountyFiles({ ...county, schools }, folder, day)).inspections,
        );
    }
    since = day;
  }
}

async function takeOver(
  { importing }: PlayRequest,
  kind: RegisterFileKind,
  file: string,
): Promise<void> {
  const fileName = basename(file);
  const report = await importing.bringIn(
    { kind, source: createReadStream(file), fileName },
    importer,
  );
  // A play that goes on after an interruption has taken a later one over before.
  if (!report.imported && report.refusal.refused === 'OlderThanLast') return;
  const fault = report.imported ? report.faults[0]?.reason : report.refusal.detail;
  if (fault !== undefined)
    throw new Error(`${fileName} of the invented county could not be taken over: ${fault}`);
}

function fileDays(): readonly string[] {
  const months = SUMMERS.flatMap((year) =>
    ['01', '02', '03', '05', '06', '07', '10', '11', '12'].map((month) =>
      workday(`${year}-${month}-09`),
    ),
  );
  return [...REGISTERS, ...months].filter((day) => day >= PLAY_BEGINS).sort();
}

const NEWS = {
  types: ['SchoolRegistered', 'OutOfCycleReviewTriggered', 'EscalatedToHeadOfService'],
};

/** Reads what the day brought, from the log: schools that came on our register, triggers, and what went to the top. */
class News {
  private readonly byUrn: ReadonlyMap<string, CountySchool>;
  private readonly byId = new Map<string, PlayedSchool>();
  private after: Position = START;

  constructor(private readonly stage: Stage) {
    this.byUrn = new Map(
      stage.county.schools.flatMap((model) =>
        model.establishments.map(({ urn }) => [urn, model] as const),
      ),
    );
  }

  async read(): Promise<void> {
    for (;;) {
      const page = await this.stage.events.readLog(this.after, { filter: NEWS });
      for (const { type, data, recordedAt, position } of page.events) {
        // A play that goes on after an interruption finds its own future here.
        if (recordedAt.slice(0, 10) > this.stage.days.today) return;
        this.after = position;
        if (type === 'SchoolRegistered') this.meet(data as { schoolId: string; urn: string });
        else if (type === 'OutOfCycleReviewTriggered') this.answer(data as RaisedTrigger);
        else this.stage.days.begin(() => answerEscalation(this.stage, data as Escalated));
      }
      if (page.atEnd) return;
    }
  }

  private answer(trigger: RaisedTrigger): void {
    const school = this.byId.get(trigger.schoolId);
    if (school !== undefined)
      this.stage.days.begin(() => answerTrigger(this.stage, school, trigger, frameworkOn));
  }

  private meet({ schoolId, urn }: { schoolId: string; urn: string }): void {
    const model = this.byUrn.get(urn);
    if (model === undefined) throw new Error(`URN ${urn} is not of the invented county.`);
    const school = { schoolId, model, engagedUntil: '' };
    this.byId.set(schoolId, school);
    this.stage.schools.set(model.id, school);
    this.stage.days.begin(() => playHeads(this.stage, school));
    this.stage.days.begin(() => playChairs(this.stage, school));
  }
}

/** The head there was when the school came on our register, then every new one on the first day. */
async function playHeads(stage: Stage, { model, schoolId }: PlayedSchool): Promise<void> {
  const opened = model.establishments[0]?.openedOn ?? '';
  const first = Math.max(
    0,
    model.heads.findLastIndex(({ from }) => from <= stage.days.today),
  );
  for (const [n, { headRef, kind, from }] of model.heads.slice(first).entries()) {
    await stage.days.until(workday(from));
    const post = { schoolId, personRef: headRef, kind, from: from < opened ? opened : from };
    await stage.give(adviserOf(model), `head ${n} ${model.id}`, 'RecordHeadChange', post);
  }
}

/** A chair from the start; one school in four gets another within the years. */
async function playChairs(stage: Stage, { model, schoolId }: PlayedSchool): Promise<void> {
  const random = stage.chance(`chairs ${model.id}`);
  const chair = (n: number, from: string) =>
    stage.give(adviserOf(model), `chair ${n} ${model.id}`, 'RecordChairChange', {
      ...{
        schoolId,
        kind: 'chair',
        from,
        personRef: `chair-${random.between(0x1000_0000, 0xffff_ffff).toString(16)}`,
      },
    });
  await chair(1, model.establishments[0]?.openedOn ?? '2021-09-01');
  if (model.establishments.at(-1)?.closedOn !== undefined || !random.chance(0.25)) return;
  const changes = workday(`${random.between(2023, 2026)}-01-${random.between(10, 28)}`);
  if (changes <= stage.days.today) return;
  await stage.days.until(changes);
  await chair(2, changes);
}
