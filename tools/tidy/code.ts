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

/** `x as Y` says that the compiler is wrong: it belongs where a brand is given, and nowhere else. */
const brandGivers = /^(core\/src\/(money|api\/contract)\.ts|server\/src\/(http|pages|forms)\.ts)$/;

export function checkAssertions(house: House): Problem[] {
  return findNodes(
    house,
    ({ path, isTest }) => !isTest && !brandGivers.test(path),
    (node) => {
      if (node.type === 'TSTypeAssertion') return 'an assertion of a type';
      if (node.type === 'TSNonNullExpression') return '`!`: show why it is there, or handle that it is not';
      if (node.type !== 'TSAsExpression') return undefined;
      const type = node.typeAnnotation;
      const isConst = isNode(type) && type.type === 'TSTypeReference' && nameOf(type.typeName) === 'const';
      return isConst ? undefined : '`as`: narrow it, or parse it';
    },
  );
}

export function checkExports(house: House): Problem[] {
  return findNodes(
    house,
    () => true,
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
      if (node.type === 'CallExpression') {
        const callee = node.callee;
        const isOfTest = isNode(callee) && ['it', 'test', 'describe', 't'].includes(nameOf(callee.object));
        return isOfTest && words.includes(nameOf(callee))
          ? `${nameOf(callee)}: a test that is left out`
          : undefined;
      }
      const isOption = node.type === 'Property' && words.includes(nameOf(node.key)) && node.kind === 'init';
      return isOption ? `${nameOf(node.key)}: a test that is left out` : undefined;
    },
  );
}
