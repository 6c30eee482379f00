import { join } from 'node:path';
import * as ts from 'typescript';

/*
 * What leads to what, read from the sources: which events a command's decision can name, and which commands a policy can ask
 * for, each with all that it calls. It is a reading, not a run: it tells what can come of a command, and the specs when it
 * does.
 */

export interface Leading {
  /** Events a command can lead to, by the command's name. */
  readonly events: (context: string, command: string, among: ReadonlySet<string>) => string[];
  /** Commands a policy can ask for. */
  readonly asks: (policy: string, among: ReadonlySet<string>) => string[];
}

/** Reads the sources of the domain below a folder, which is the checkout's. */
export function leadingIn(root = process.cwd()): Leading {
  const domain = join(root, 'libs/domain');
  const program = ts.createProgram([join(domain, 'catalog.ts')], {
    ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, experimentalDecorators: true },
    ...{ noEmit: true, skipLibCheck: true, types: [], customConditions: ['@side-by-side/source'] },
  });
  const checker = program.getTypeChecker();
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${domain}/`));

  const declarationsOf = (name: ts.Identifier): readonly ts.Node[] => {
    const here = checker.getSymbolAtLocation(name);
    const shorthand =
      ts.isShorthandPropertyAssignment(name.parent) && name.parent.name === name
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : undefined;
    const symbol = shorthand ?? here;
    if (symbol === undefined) return [];
    const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (real.declarations ?? []).filter(
      (one) =>
        (ts.isFunctionDeclaration(one) || ts.isVariableDeclaration(one)) &&
        one.getSourceFile().fileName.startsWith(`${domain}/`),
    );
  };

  /** Every text of the given ones that stands in a node or in what it names. */
  const textsIn = (from: readonly ts.Node[], among: ReadonlySet<string>): string[] => {
    const found = new Set<string>();
    const seen = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node)) return;
      if (ts.isStringLiteral(node) && among.has(node.text) && !isCompared(node))
        found.add(node.text);
      // Of a table that is asked for one of its members, that one.
      if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
        const members = declarationsOf(node.expression).flatMap((table) =>
          membersOf(table, node.name.text),
        );
        if (members.length > 0) {
          members
            .filter((one) => !seen.has(one))
            .forEach((one) => {
              seen.add(one);
              visit(one);
            });
          return;
        }
      }
      if (ts.isIdentifier(node)) {
        for (const declared of declarationsOf(node)) {
          if (seen.has(declared)) continue;
          seen.add(declared);
          declared.forEachChild(visit);
        }
      }
      node.forEachChild(visit);
    };
    from.forEach(visit);
    return [...found].toSorted();
  };

  /** Where something of this name is decided: a member of a table, and not its entry in the table of commands. */
  const membersNamed = (context: string, name: string): readonly ts.Node[] => {
    const members: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      if (
        (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
        ts.isIdentifier(node.name) &&
        node.name.text === name &&
        !isDeclaration(node)
      )
        members.push(ts.isPropertyAssignment(node) ? node.initializer : node);
      node.forEachChild(visit);
    };
    for (const file of files) if (file.fileName.startsWith(join(domain, context, '/'))) visit(file);
    return members;
  };

  const policies = new Map<string, ts.Node>();
  for (const file of files) {
    if (!file.fileName.startsWith(join(domain, 'policies/'))) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'policy') {
        const name = /name: '([^']+)'/.exec(node.getText())?.[1];
        if (name !== undefined) policies.set(name, node);
      }
      node.forEachChild(visit);
    };
    visit(file);
  }

  return {
    events: (context, command, among) => textsIn(membersNamed(context, command), among),
    asks: (name, among) => {
      const node = policies.get(name);
      return node === undefined ? [] : textsIn([node], among);
    },
  };
}

/** It is held against something, and leads to nothing. */
const isCompared = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) &&
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(
    parent.operatorToken.kind,
  );

/** The member of this name of a table that is written down; none where it is no table or has none. */
const membersOf = (declared: ts.Node, name: string): readonly ts.Node[] => {
  const table = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return table === undefined || !ts.isObjectLiteralExpression(table)
    ? []
    : table.properties.filter(
        (one) =>
          (ts.isPropertyAssignment(one) || ts.isMethodDeclaration(one)) &&
          ts.isIdentifier(one.name) &&
          one.name.text === name,
      );
};

/** The entry of a command in the catalogue's table: it has a class, and decides nothing. */
const isDeclaration = (node: ts.Node): boolean =>
  ts.isPropertyAssignment(node) &&
  ts.isObjectLiteralExpression(node.initializer) &&
  node.initializer.properties.some((one) => one.name?.getText() === 'takes');
