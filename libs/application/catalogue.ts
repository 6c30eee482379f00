import type { Aggregate, AnyPolicy, AnyReadModel, CommandDeclaration } from '#kernel';

/** `RegisterSchool` ↔ `register-school`. */
export const kebab = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** What the application runs, by name. Made once from the catalogues of the pure libs. */
export class Catalogue {
  private readonly byName: ReadonlyMap<string, Aggregate>;
  private readonly byCommand: ReadonlyMap<
    string,
    { aggregate: Aggregate; command: CommandDeclaration }
  >;
  private readonly byPath: ReadonlyMap<string, string>;

  constructor(
    readonly aggregates: readonly Aggregate[],
    readonly policies: readonly AnyPolicy[],
    readonly readModels: readonly AnyReadModel[],
  ) {
    this.byName = new Map(aggregates.map((aggregate) => [aggregate.name, aggregate]));
    this.byCommand = new Map(
      aggregates.flatMap((aggregate) =>
        Object.entries(aggregate.commands).map(
          ([name, command]) => [name, { aggregate, command }] as const,
        ),
      ),
    );
    this.byPath = new Map(
      this.commands().flatMap(({ name, aggregate: { context }, command: { alsoCalled = [] } }) =>
        [name, ...alsoCalled].map((called) => [`${context}/${kebab(called)}`, name] as const),
      ),
    );
  }

  aggregate(name: string): Aggregate {
    const found = this.byName.get(name);
    if (found === undefined) throw new Error(`There is no aggregate called ${name}.`);
    return found;
  }

  command(name: string): { aggregate: Aggregate; command: CommandDeclaration } | undefined {
    return this.byCommand.get(name);
  }

  /** The name of the command at an address: `schools/register-school`. */
  commandAt(path: string): string | undefined {
    return this.byPath.get(path);
  }

  /** The policies that answer an event of this type while whoever caused it waits. */
  atOnce(type: string): readonly AnyPolicy[] {
    return this.policies.filter(({ atOnce, whenever }) => atOnce === true && type in whenever);
  }

  commands(): readonly { name: string; aggregate: Aggregate; command: CommandDeclaration }[] {
    return [...this.byCommand].map(([name, entry]) => ({ name, ...entry }));
  }
}
