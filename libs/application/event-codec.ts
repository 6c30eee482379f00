import type {
  Aggregate,
  EventDeclaration,
  EventMetadata,
  JsonObject,
  NewEvent,
  Recorded,
  RecordedEvent,
} from '#kernel';
import { faultOfShape, replaceLeaves, upcast, versionOf } from '#kernel';
import { dayInEngland } from '#platform';
import type { Sealing } from './sealing';

export interface PlainEvent {
  readonly type: string;
  readonly data: JsonObject;
}
export type ReadEvent = Recorded<PlainEvent>;

/**
 * Between the events of the catalogue and the events of a store: checks that nothing undeclared gets in, seals what is
 * personal, and brings old versions to the newest shape on the way out. Everything that appends or reads goes through it.
 */
export class EventCodec {
  private readonly declarations: ReadonlyMap<string, EventDeclaration>;

  constructor(
    aggregates: readonly Aggregate[],
    private readonly sealing: Sealing,
  ) {
    this.declarations = new Map(aggregates.flatMap(({ events }) => Object.entries(events)));
  }

  /** Throws for data that is not as declared: a bug in a decider, not a fault of the request. */
  toStore(
    stream: string,
    event: PlainEvent,
    id: string,
    metadata: Omit<EventMetadata, 'version'>,
  ): NewEvent {
    const declaration = this.declaration(event.type);
    const fault = faultOfShape(declaration.data, event.data);
    if (fault !== undefined) throw new Error(`${event.type} is not as declared: ${fault}`);
    const data = declaration.personal
      ? replaceLeaves(declaration.data, event.data, 'personal', (value) =>
          this.sealing.seal(value, stream),
        )
      : event.data;
    return {
      id,
      type: event.type,
      data,
      metadata: { version: versionOf(declaration), ...metadata },
    };
  }

  /** Its data in the newest shape, whatever version it was stored in: all that a fold needs. */
  dataOf({ type, metadata, data }: NewEvent): JsonObject {
    return upcast(this.declaration(type), metadata['version'] as number, data);
  }

  /** The event as it would be read back, in the newest shape; personal values stay sealed. */
  fromStore(recorded: RecordedEvent): ReadEvent {
    const declaration = this.declaration(recorded.type);
    const metadata = recorded.metadata as JsonObject & EventMetadata;
    const data = upcast(declaration, metadata.version, recorded.data);
    const effective = declaration.effective === undefined ? undefined : data[declaration.effective];
    return {
      id: recorded.id,
      type: recorded.type,
      data,
      position: recorded.position,
      stream: recorded.stream,
      revision: recorded.revision,
      recordedAt: recorded.recordedAt,
      effectiveOn:
        typeof effective === 'string' ? effective : dayInEngland(Date.parse(recorded.recordedAt)),
      metadata,
    };
  }

  /** The event without its personal values: what a feed may carry to those who may read the rest. */
  withoutPersonal(event: ReadEvent): ReadEvent {
    const declaration = this.declaration(event.type);
    if (!declaration.personal) return event;
    return {
      ...event,
      data: replaceLeaves(
        declaration.data,
        event.data,
        'personal',
        () => '[personal, not in feeds]',
      ),
    };
  }

  private declaration(type: string): EventDeclaration {
    const declaration = this.declarations.get(type);
    if (declaration === undefined) {
      throw new Error(
        `The log holds ${type}, which this version of the product does not know. Run the version that wrote it, or a newer one.`,
      );
    }
    return declaration;
  }
}
