import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages that package-lock.json asks for on this machine and that npm did not install in that very version.
 * npm writes node_modules/.package-lock.json last, so an interrupted installation counts as none. Optional packages
 * count when they are made for this machine by name; others hang below one that is not.
 */
export function findMissingPackages(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && isForThisMachine(entry))
    .filter(
      ([path, entry]) =>
        present[path]?.version !== entry.version || present[path]?.integrity !== entry.integrity,
    )
    .map(([path]) => path);
}

function isForThisMachine({ os, cpu, libc, optional }) {
  if (optional && os === undefined && cpu === undefined) return false;
  if (!matches(os, process.platform) || !matches(cpu, process.arch)) return false;
  return libc === undefined || matches(libc, libcName());
}

function matches(allowed, actual) {
  if (allowed === undefined || actual === undefined) return true;
  const list = [allowed].flat();
  const refused = list.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  const named = list.filter((name) => !name.startsWith('!'));
  return !refused.includes(actual) && (named.length === 0 || named.includes(actual));
}

function libcName() {
  if (process.platform !== 'linux') return undefined;
  // Without this the report looks up names on the network.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}
