import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { aggregates } from '#domain';
import { problemKinds } from '../../apps/api/problems';

/*
 * Every no there is has a spec that asks for it and is told so: those of decisions beside the decisions, in their own context;
 * those of the API wherever it is tested. Told from the sources: a code counts where it is expected.
 */
const root = join(__dirname, '../..');

/** Codes a file expects: what `refused` is given, or what a table of cases hands to it. */
function refusedIn(file: string): readonly string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  );
  const found: string[] = [];
  const texts = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node.text);
    node.forEachChild(texts);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      if (called.endsWith('.refused') || called === 'refused')
        node.arguments.slice(0, 1).forEach(texts);
      // it.each(table)('…', (…, code) => … .refused(code))
      if (/^(it|describe)\.each\(/.test(called) && /\brefused\(\w+/.test(node.getText()))
        texts(node.expression);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'refused') texts(node.initializer);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

const specsOf = (context: string) => globSync(join(root, 'libs/domain', context, '*.spec.ts'));
const expected = new Map(
  [...new Set(aggregates.map(({ context }) => context))].map((context) => [
    context,
    new Set(specsOf(context).flatMap(refusedIn)),
  ]),
);
const declared = aggregates.flatMap(({ context, name, refusals }) =>
  Object.keys(refusals).map((code) => [`${name}: ${code}`, context, code] as const),
);

it.each(declared)('%s is what a spec of its context is refused with', (_, context, code) => {
  expect(expected.get(context)).toContain(code);
});

describe('what any request can meet', () => {
  const general = [...problemKinds(aggregates)].filter(([, { from }]) => from.length === 0);
  const specs = ['test/journeys/**/*.ts', 'apps/**/*.spec.ts', 'libs/application/**/*.spec.ts']
    .flatMap((pattern) => globSync(join(root, pattern)))
    .map((file) => readFileSync(file, 'utf8'));

  it.each(general.map(([code]) => code))('%s is expected by a spec', (code) => {
    const asked = new RegExp(`'${code}'|problems/${code}\\b`);
    expect(specs.filter((source) => asked.test(source))).not.toEqual([]);
  });
});
