import type { House, Import, Problem, Source } from './house.ts';

/** Where the parts of the server are put together: they may import every feature. */
const composition = [
  'app',
  'main',
  'background',
  'import',
  'command-database',
  'player-pages',
  'office-pages',
].map((name) => `server/src/${name}.ts`);

/** What every feature, and the shared files, may build on. */
const foundations = ['ledger', 'operations', 'sessions', 'audit', 'memory', 'limiter', 'settings'];

/** The database side of a feature, and its doors: nobody else's business. */
const privateFiles = ['queries.ts', 'routes.ts', 'pages.ts', 'office-pages.ts'];

/** The one place where the server meets the build of the pages. */
const pageBuilder = 'tools/build-pages.ts';

type Judge = (from: Source, to: Import) => string | undefined;

/** Architecture, section 1. Each answers what is wrong with one import, or nothing. */
const judges: readonly Judge[] = [judgeCore, judgeServer, judgeApps, judgeUi, judgeTesting];

export function checkDirections({ sources }: House): Problem[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((to) =>
      judges.flatMap((judge) => {
        const says = judge(source, to);
        return says === undefined
          ? []
          : [{ path: source.path, line: to.line, says: `${to.specifier}: ${says}` }];
      }),
    ),
  );
}

function judgeCore({ path, isTest }: Source, { target, specifier }: Import): string | undefined {
  if (!path.startsWith('core/') || isTest) return undefined;
  if (target !== undefined)
    return target.startsWith('core/') ? undefined : 'core imports nothing outside itself';
  if (specifier === 'typebox' || specifier.startsWith('typebox/')) {
    return path.startsWith('core/src/api/') ? undefined : 'the schema library belongs to core/src/api';
  }
  return 'core imports nothing outside itself';
}

function judgeServer(source: Source, { target }: Import): string | undefined {
  if (!source.path.startsWith('server/') || source.isTest || target === undefined) return undefined;
  if (target === pageBuilder && source.path === 'server/src/main.ts') return undefined;
  if (!/^(core|server)\//.test(target)) return 'the server imports core and itself';
  if (composition.includes(source.path)) return undefined;
  const from = featureOf(source.path);
  const to = featureOf(target);
  if (to === undefined || to === from) return undefined;
  if (from === undefined && !foundations.includes(to)) return 'a shared file knows no feature';
  const file = target.split('/').at(-1) ?? '';
  if (from !== undefined && privateFiles.includes(file)) return `${file} of another feature is its own`;
  if (from === 'payments' && !foundations.includes(to))
    return 'a provider’s adapter knows neither database nor state';
  return undefined;
}

function judgeApps({ path }: Source, { target }: Import): string | undefined {
  const app = /^(player|office)\//.exec(path)?.[1];
  if (app === undefined || target === undefined) return undefined;
  return new RegExp(`^(core|ui|${app})/`).test(target) ? undefined : 'an app imports core, ui and itself';
}

function judgeUi({ path }: Source, { target }: Import): string | undefined {
  if (!path.startsWith('ui/') || target === undefined) return undefined;
  return /^(core|ui)\//.test(target) ? undefined : 'ui imports core and itself';
}

function judgeTesting({ path, isTest }: Source, { target }: Import): string | undefined {
  if (isTest || path.startsWith('tools/') || path.startsWith('bench/')) return undefined;
  return target?.includes('/testing/') ? 'what serves tests is imported by tests' : undefined;
}

/** The folder under server/src, which is the feature; none for the shared files. */
function featureOf(path: string): string | undefined {
  return /^server\/src\/([^/]+)\//.exec(path)?.[1];
}

/** Features form no circle: each can be read knowing only those below it. */
export function checkCycles({ sources }: House): Problem[] {
  const edges = new Map<string, Map<string, { path: string; line: number }>>();
  for (const { path, imports, isTest } of sources) {
    const from = featureOf(path);
    if (from === undefined || isTest) continue;
    for (const { target, line } of imports) {
      const to = target === undefined ? undefined : featureOf(target);
      if (to === undefined || to === from) continue;
      const known = edges.get(from) ?? new Map();
      edges.set(from, known.set(to, { path, line }));
    }
  }
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    [...(edges.get(from)?.keys() ?? [])].some(
      (next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))),
    );
  return [...edges].flatMap(([from, targets]) =>
    [...targets]
      .filter(([to]) => reaches(to, from, new Set([to])))
      .map(([to, place]) => ({ ...place, says: `${from} imports ${to}, which imports ${from} in turn` })),
  );
}

/**
 * A file that nothing reaches is dead. A file that is run by its name is reached by whoever writes that name;
 * declarations of types are reached by the compiler.
 */
export function checkReachable({ sources }: House, entries: readonly string[]): Problem[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const imports = (from: string, to: string) => byPath.get(from)?.imports.some(({ target }) => target === to);
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { target } of byPath.get(path)?.imports ?? []) if (target !== undefined) visit(target);
  };
  for (const { path } of sources) {
    const name = path.split('/').at(-1) ?? path;
    const isNamed = () =>
      sources.some(
        ({ path: other, text }) => other !== path && text.includes(`${name}'`) && !imports(other, path),
      );
    if (/\.(test|redis|e2e|config|d)\.tsx?$/.test(path) || entries.includes(path) || isNamed()) visit(path);
  }
  return sources
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => ({ path, line: 1, says: 'nothing uses this file' }));
}

export function checkMissing({ sources, files }: House): Problem[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target !== undefined && !files.has(target))
      .map(({ specifier, line }) => ({ path, line, says: `${specifier} does not exist` })),
  );
}
