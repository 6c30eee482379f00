import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Aggregate, AnyPolicy, AnyReadModel, EventStore, Publisher, ReadStore } from '#kernel';
import type { Clock, Config, Log, Tokens } from '#platform';
import { AskHandler, Asking } from './asking';
import { Catalogue } from './catalogue';
import { Commands, HOSTED, hosted } from './commands';
import { Deciding } from './deciding';
import { EventCodec } from './event-codec';
import type { Backup } from './ports';
import {
  BACKUP,
  CLOCK,
  CONFIG,
  EVENT_STORE,
  EXAMPLE,
  LOG,
  PUBLISHING,
  READ_STORE,
  SEALING,
  STOPPING,
  TOKENS,
} from './ports';
import { Example } from './example';
import { Folding } from './folding';
import { Importing } from './imports/importing';
import { Lags } from './lags';
import { Publishing } from './publishing';
import type { QuestionTable } from './questions';
import { QUESTIONS, Questions } from './questions';
import { Reactor } from './reactor';
import { Rebuilding } from './rebuilding';
import type { Sealing } from './sealing';
import { openDoor } from './sealing';
import { Turning } from './turning';
import { Worker } from './worker';

/** Everything the application needs from outside; the apps choose the adapters. */
export interface Outside {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** Where messages go to; without one, nobody outside is told. */
  readonly publisher?: Publisher;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Config;
  readonly tokens: Tokens;
  readonly backup?: Backup;
  /** Runs work whose appends are flushed to the disk together at its end, where the store can. */
  readonly inOneGo?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Is what is in the stores invented? Default: what the log says of itself. */
  readonly example?: () => boolean;
  /** Aborted when the process has been asked to end. */
  readonly stopping?: AbortSignal;
}
/** Everything pure it runs. */
export interface Inside {
  readonly aggregates: readonly Aggregate[];
  readonly policies: readonly AnyPolicy[];
  readonly readModels: readonly AnyReadModel[];
  readonly questions: QuestionTable;
}

@Module({})
export class ApplicationModule {
  static over(outside: Outside, inside: Inside): DynamicModule {
    const hosts = inside.aggregates.map(hosted);
    return {
      module: ApplicationModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: EVENT_STORE, useValue: outside.eventStore },
        { provide: READ_STORE, useValue: outside.readStore },
        { provide: CLOCK, useValue: outside.clock },
        { provide: LOG, useValue: outside.log },
        { provide: CONFIG, useValue: outside.config },
        { provide: TOKENS, useValue: outside.tokens },
        { provide: BACKUP, useValue: outside.backup },
        {
          provide: EXAMPLE,
          useFactory: (example: Example) => outside.example ?? (() => example.holds()),
          inject: [Example],
        },
        { provide: STOPPING, useValue: outside.stopping ?? new AbortController().signal },
        { provide: SEALING, useValue: openDoor },
        { provide: QUESTIONS, useValue: inside.questions },
        { provide: HOSTED, useValue: hosts },
        {
          provide: Catalogue,
          useValue: new Catalogue(inside.aggregates, inside.policies, inside.readModels),
        },
        {
          provide: EventCodec,
          useFactory: (sealing: Sealing) => new EventCodec(inside.aggregates, sealing),
          inject: [SEALING],
        },
        {
          provide: PUBLISHING,
          useFactory: (codec: EventCodec) =>
            outside.publisher && new Publishing(outside.eventStore, outside.publisher, codec),
          inject: [EventCodec],
        },
        ...hosts.map(({ handler }) => handler),
        AskHandler,
        Asking,
        Commands,
        Deciding,
        Example,
        Folding,
        Importing,
        Lags,
        Questions,
        Reactor,
        Rebuilding,
        Turning,
        Worker,
      ],
      exports: [
        BACKUP,
        EVENT_STORE,
        EXAMPLE,
        READ_STORE,
        CLOCK,
        CONFIG,
        LOG,
        TOKENS,
        Catalogue,
        EventCodec,
        Asking,
        Commands,
        Example,
        Importing,
        Lags,
        PUBLISHING,
        Reactor,
        Rebuilding,
        SEALING,
        STOPPING,
        Turning,
        Worker,
      ],
    };
  }
}
