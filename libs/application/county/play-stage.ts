import type { Actor, EventStore, Position } from '#kernel';
import { START } from '#kernel';
import type { Category } from '#domain';
import type { Commands } from '../commands';
import type { Accepted } from '../deciding';
import { derivedId } from '../derived-id';
import type { County, CountySchool } from './model';
import type { PlayDays } from './play-days';
import { headRefOn } from './play-people';
import { Random } from './random';

/** A school of the county once our register has it. */
export interface PlayedSchool {
  readonly schoolId: string;
  readonly model: CountySchool;
  /** The category it was last put in, and the day from which. */
  category?: Category;
  since?: string;
  /** How far its last score lay above the threshold below it, and below the one above it. */
  margin?: { readonly above: number; readonly below: number };
  /** Looked at within the year until this day: nothing else is begun before. */
  engagedUntil: string;
  /** The champion who works or worked there last. */
  champion?: string;
}

/** Namespace of the identities of what the play brings into being. */
const THINGS = '0d2c1f60-5a57-5d7e-9a51-3b1f0f7e4c11';

/** Where the county is played: everybody's hands, the calendar, and the schools that have come on. */
export class Stage {
  readonly schools = new Map<string, PlayedSchool>();
  private seen = START;
  private before = START;

  constructor(
    readonly county: County,
    readonly days: PlayDays,
    readonly events: EventStore,
    private readonly commands: Commands,
    private readonly timePasses: () => void,
  ) {}

  /** A source of chance for one matter alone, so that no other can change what it brings. */
  chance(matter: string): Random {
    return new Random(this.county.seed, matter);
  }

  /** The identity of a thing of the play: the same whenever it is played. */
  id(matter: string): string {
    return derivedId(`county ${this.county.seed} ${matter}`, THINGS);
  }

  /** Where the log stood, as far as people had written in it, when the last evening came: what a dashboard went by. */
  get lastEvening(): Position {
    return this.before;
  }

  evening(): void {
    this.before = this.seen;
  }

  /** In the order of the county: they come on our register in any. */
  inOrder(): readonly PlayedSchool[] {
    return [...this.schools.values()].sort((a, b) => (a.model.id < b.model.id ? -1 : 1));
  }

  /**
   * Gives a command that must be accepted and bring something. `matter` and the command's name are its idempotency key:
   * played again, it is the same request and has the same answer.
   */
  async give(
    actor: Actor,
    matter: string,
    command: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<Accepted> {
    this.timePasses();
    const answer = await this.commands.give(command, data, {
      actor,
      idempotencyKey: `county ${this.county.seed} ${matter} ${command}`,
    });
    if (answer.accepted && answer.events.length > 0) {
      if (answer.position > this.seen) this.seen = answer.position;
      return answer;
    }
    throw new Error(
      `The played county came to a halt on ${this.days.today}: ${command} for ${matter} brought nothing. ${JSON.stringify(answer)}`,
    );
  }

  headOf({ model, schoolId }: PlayedSchool): Actor {
    return { id: headRefOn(model, this.days.today), role: 'headteacher', schoolId };
  }
}

/** The data of the event of that type among those a command brought. */
export function dataOf({ events }: Accepted, type: string): Accepted['events'][number]['data'] {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`A command brought no ${type}.`);
  return found.data;
}
