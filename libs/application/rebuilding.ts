import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, Position, ReadStore } from '#kernel';
import { NotThereYet, placeOf, positionIn, START, volumeOf } from '#kernel';
import type { Clock, Config, Log } from '#platform';
import { Catalogue } from './catalogue';
import type { Difference } from './difference';
import { compared } from './comparing';
import type { Expectation } from './expecting';
import { EventCodec } from './event-codec';
import { LEASE, LOOK, pause } from './follower';
import type { Stand } from './generations';
import { Generations, holderIn, projectorOf } from './generations';
import type { Pace } from './pacing';
import { Pacing } from './pacing';
import { CLOCK, CONFIG, EVENT_STORE, LOG, READ_STORE, STOPPING } from './ports';
import { OneAtATime } from './one-at-a-time';
import { Projector } from './projector';
import type {
  Finished,
  NotDone,
  Rebuilt,
  RebuildLine,
  RebuildWishes,
  Switched,
} from './rebuild-answers';
import { Broken, no, notAsDeclared, notCaughtUp, takenOver } from './rebuild-answers';

/** Earlier positions at which both are compared too. */
const PAST = 8;
/** How long the one that is to be switched to may take to come up with the one people see, in milliseconds. */
const COME_UP = 60_000;
/** How long it is still kept up here after a switch: by then every worker has seen that it is to follow it. */
const AFTERWARDS = 8 * LOOK;

/**
 * Builds the read models anew beside those people see, compares both, and changes over by one write that can be taken
 * back. Whichever process is asked builds; workers see by themselves what they are to keep up.
 */
@Injectable()
export class Rebuilding implements BeforeApplicationShutdown {
  private readonly generations: Generations;
  private readonly holder: string;
  private readonly oneAtATime: OneAtATime;
  /** Keeps the one just switched to up for a moment longer. */
  private afterwards: { readonly end: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(CONFIG) config: Pick<Config, 'EVENTSTORE_URL'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STOPPING) stopping: AbortSignal,
    @Inject(LOG) log: Log,
  ) {
    this.generations = new Generations(documents);
    this.holder = `${holderIn(config)}, rebuilding`;
    this.oneAtATime = new OneAtATime(documents, this.holder, stopping, log);
  }

  /** `told` is called first when the work begins: an answer without it is one that no work came before. */
  rebuild(wishes: RebuildWishes, told: (line: RebuildLine) => void): Promise<Rebuilt | NotDone> {
    return this.oneAtATime.alone(async (signal) => {
      await this.generations.begin();
      const stand = await this.generations.look();
      const green = await this.toBuild(stand, wishes);
      if (typeof green !== 'string') return green;
      const projector = this.projector(green);
      const events = await this.built(projector, wishes, signal, told);
      const difference = await this.difference(green, wishes.expected, signal, told);
      told({ difference });
      if (difference.undeclared > 0) return notAsDeclared(difference);
      if (wishes.dryRun === true) return { done: true, events, generation: green, switched: false };
      const { active: blue = green } = await this.generations.look();
      await this.stillMine(green);
      await this.generations.putBeside(green, blue);
      await this.switchTo(projector, signal);
      await this.generations.finished();
      return { done: true, events, generation: green, switched: true, kept: blue };
    });
  }

  /** Goes back to what was active before the last switch, or forwards again. */
  undo(): Promise<Switched | NotDone> {
    return this.oneAtATime.alone(async (signal) => {
      const { active, beside, unfinished } = await this.generations.look();
      if (active === undefined || beside === undefined)
        return no(
          'NothingToUndo',
          'Nothing is kept to go back to: nothing was rebuilt, or the last rebuild was finished. What people see is as it was.',
        );
      if (beside === unfinished)
        return no(
          'NothingToUndo',
          `The rebuild into ${beside} broke off before it was switched to. Go on with it (resume), or finish to drop it.`,
        );
      await this.switchTo(this.projector(beside), signal);
      return { done: true, generation: beside, kept: active };
    });
  }

  /** Drops whatever people do not see: the one kept to go back to, and one whose building broke off. */
  finish(): Promise<Finished | NotDone> {
    return this.oneAtATime.alone(async () => {
      const { active, all } = await this.generations.look();
      const dropped = all.filter((name) => name !== active);
      for (const name of dropped) await this.drop(name);
      return { done: true, dropped };
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.endAfterwards();
  }

  /** The one to build into. What nobody sees makes room for it: one broken off, and the one kept from the last time. */
  private async toBuild(stand: Stand, { resume }: RebuildWishes): Promise<string | NotDone> {
    const { active, all, unfinished } = stand;
    if (resume === true && unfinished === undefined)
      return no(
        'NothingToResume',
        'No rebuild was broken off, refused or a dry run, so there is none to go on with. Leave resume out to begin one.',
      );
    const stays = resume === true ? unfinished : undefined;
    for (const name of all) if (name !== active && name !== stays) await this.drop(name);
    return stays ?? (await this.generations.toBuild());
  }

  /** Folds the log until green has come up to what people see. */
  private async built(
    green: Projector,
    { rate }: RebuildWishes,
    signal: AbortSignal,
    told: (line: Pace) => void,
  ): Promise<number> {
    const from = await this.documents.checkpoint(green.generation);
    const { events, documents, clock } = this;
    const pacing = new Pacing({ events, documents, clock, rate, signal, from });
    let at = from;
    told({ position: at, end: await events.end() });
    do {
      at = await green.catchUp(async (made) => {
        told(pacing.seen(made));
        await pacing.turn();
        signal.throwIfAborted();
      });
      await this.stillMine(green.generation);
    } while (at < (await documents.checkpoint()));
    return pacing.events;
  }

  private async difference(
    green: string,
    expected: Expectation,
    signal: AbortSignal,
    told: (line: { comparing: Position }) => void,
  ): Promise<Difference> {
    const { active: blue = green } = await this.generations.look();
    const reached = await Promise.all([green, blue].map((name) => this.documents.checkpoint(name)));
    const position = Math.min(...reached) as Position;
    told({ comparing: position });
    return compared({
      models: this.catalogue.readModels,
      expected,
      positions: [position, ...(await this.earlierThan(position))],
      at: async (at) => {
        const [before, after] = await Promise.all([
          this.documents.snapshot({ at, generation: blue }),
          this.documents.snapshot({ at, generation: green }),
        ]);
        return { before, after };
      },
      goOn: () => {
        signal.throwIfAborted();
      },
    });
  }

  /** Some positions spread over what came before, the later ones first. */
  private async earlierThan(position: Position): Promise<readonly Position[]> {
    const [first] = (await this.events.readLog(START, { limit: 1 })).events;
    if (first === undefined) return [];
    const [from, to] = [placeOf(first.position), placeOf(position)];
    const places = Array.from({ length: PAST }, (_, i) =>
      Math.floor(from + ((to - from) * (PAST - i)) / (PAST + 1)),
    );
    return [...new Set(places)]
      .filter((place) => place < to)
      .map((place) => positionIn(volumeOf(position), place));
  }

  /**
   * Makes a generation the one people see, at a moment when it is not behind the one they saw: nobody is taken back to
   * before what they have been shown. It is kept up here until it has met that moment, whoever else keeps it up too.
   */
  private async switchTo(projector: Projector, signal: AbortSignal): Promise<void> {
    await this.endAfterwards();
    const name = projector.generation;
    const end = new AbortController();
    let moved = Promise.withResolvers<undefined>();
    let fault: unknown;
    const ended = projector
      .follow(end.signal, () => {
        moved.resolve(undefined);
        moved = Promise.withResolvers();
      })
      .catch((error: unknown) => {
        fault = error;
      });
    this.afterwards = { end, ended };
    try {
      const begun = performance.now();
      while (!(await this.activated(name))) {
        signal.throwIfAborted();
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as the projector threw it
        if (fault !== undefined) throw fault;
        if (performance.now() - begun > COME_UP)
          throw new Broken(notCaughtUp(name, COME_UP / 1000));
        await Promise.race([moved.promise, pause(LOOK / 10, signal)]);
      }
    } catch (error) {
      await this.endAfterwards();
      throw error;
    }
    void pause(AFTERWARDS, end.signal).then(() => {
      end.abort();
    });
  }

  private async activated(name: string): Promise<boolean> {
    try {
      await this.documents.activate(name, { notBehind: true });
      return true;
    } catch (error) {
      if (error instanceof NotThereYet) return false;
      throw error;
    }
  }

  private async endAfterwards(): Promise<void> {
    this.afterwards?.end.abort();
    await this.afterwards?.ended;
    this.afterwards = undefined;
  }

  /** Forgets a generation when nobody writes to it any more: whoever did would make it anew. */
  private async drop(name: string): Promise<void> {
    await this.endAfterwards();
    await this.generations.forget(name);
    const lease = projectorOf(name);
    // A worker lets go when it has looked, and the lease of one that died runs out.
    for (const until = performance.now() + LEASE + 4 * LOOK; performance.now() < until;) {
      if (await this.documents.lease(lease, this.holder, LEASE)) break;
      await pause(LOOK / 5);
    }
    await this.documents.drop(name);
    await this.documents.release(lease, this.holder);
  }

  /** Another process began one of its own while this one slept over its lease: this one is not wanted any more. */
  private async stillMine(green: string): Promise<void> {
    if (!(await this.generations.isToBuild(green))) throw new Broken(takenOver());
  }

  private projector(generation: string): Projector {
    const { events, documents, codec, catalogue } = this;
    return new Projector(events, documents, codec, catalogue.readModels, generation);
  }
}
