import { type House, isNode, type Node, nameOf, type Problem, type Source } from './house.ts';

/** About 70: a few more when the alternative is worse. */
const functionLinesMax = 80;

/** Runs one check on every node of the sources it concerns. */
function findNodes(
  { sources }: House,
  concerns: (source: Source) => boolean,
  judge: (node: Node, source: Source) => string | undefined,
): Problem[] {
  return sources.filter(concerns).flatMap((source) =>
    source.nodes.flatMap((node) => {
      const says = judge(node, source);
      return says === undefined ? [] : [{ path: source.path, line: source.lineOf(node.start), says }];
    }),
  );
}

const functionTypes = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Tests are lists of examples, and may be long. */
export function checkFunctionLength(house: House): Problem[] {
  return findNodes(
    house,
    ({ isTest }) => !isTest,
    (node, { lineOf }) => {
      if (!functionTypes.includes(node.type)) return undefined;
      const lines = lineOf(node.end) - lineOf(node.start) + 1;
      return lines > functionLinesMax ? `a function of ${lines} lines` : undefined;
    },
  );
}

/** Amounts are whole francs, cut down and never rounded: nothing may go through these doors. */
export function checkFloats(house: House): Problem[] {
  return findNodes(
    house,
    ({ path }) => /^(core|server|player|office|ui)\//.test(path),
    (node) => {
      if (node.type !== 'CallExpression') return undefined;
      const callee = node.callee;
      const name = nameOf(callee);
      const isMath = isNode(callee) && nameOf(callee.object) === 'Math';
      if (name === 'parseFloat' || name === 'toFixed' || (isMath && name === 'round'))
        return `${name} on a number`;
      return undefined;
    },
  );
}

/**
 * `x as Y` says that the compiler is wrong: it belongs where a brand is given. Elsewhere, and for `x!`, the line above
 * tells why it holds.
 */
const brandGivers = /^(core\/src\/(money|api\/contract)\.ts|server\/src\/(http|pages|forms)\.ts)$/;

export function checkAssertions(house: House): Problem[] {
  return findNodes(
    house,
    ({ path, isTest }) => !isTest && !brandGivers.test(path),
    (node, { text, lineOf }) => {
      const above = text.split('\n')[lineOf(node.start) - 2] ?? '';
      if (/^\s*(\/\/|\*)/.test(above)) return undefined;
      if (node.type === 'TSTypeAssertion') return 'an assertion of a type';
      if (node.type === 'TSNonNullExpression')
        return '`!`: handle that it is missing, or say above why it is not';
      if (node.type !== 'TSAsExpression') return undefined;
      const type = node.typeAnnotation;
      const isConst = isNode(type) && type.type === 'TSTypeReference' && nameOf(type.typeName) === 'const';
      return isConst ? undefined : '`as`: narrow it, parse it, or say above why it holds';
    },
  );
}

export function checkExports(house: House): Problem[] {
  return findNodes(
    house,
    ({ path }) => !path.endsWith('.d.ts'),
    ({ type }) => {
      if (type === 'ExportDefaultDeclaration') return 'a default export has no name to search for';
      if (type === 'TSEnumDeclaration') return 'an enum: a union of literals says the same';
      return undefined;
    },
  );
}

/** A test that does not run is a promise nobody keeps. */
export function checkSkippedTests(house: House): Problem[] {
  const words = ['only', 'skip', 'todo'];
  return findNodes(
    house,
    ({ isTest }) => isTest,
    (node) => {
      if (node.type !== 'CallExpression') return undefined;
      const { callee } = node;
      const [functionName, word] =
        isNode(callee) && callee.type === 'MemberExpression'
          ? [nameOf(callee['object']), nameOf(callee)]
          : [nameOf(callee), ''];
      if (!['it', 'test', 'describe', 'suite', 't'].includes(functionName)) return undefined;
      const found = [word, ...optionNames(node)].find((name) => words.includes(name));
      return found === undefined ? undefined : `${found}: a test that is left out`;
    },
  );
}

/** The keys of the objects a function is called with. */
function optionNames({ arguments: given }: Node): string[] {
  return [given]
    .flat()
    .filter(isNode)
    .flatMap(({ properties }) => [properties].flat().filter(isNode))
    .map(({ key }) => nameOf(key));
}
