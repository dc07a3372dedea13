/**
 * `npm test [paths…] [--name <pattern>] [--except <path>…]`: every *.test.ts of the house, or those at or under the
 * paths, each file in a process of its own. Database tests share one throw-away PostgreSQL, or the one in
 * TEST_DATABASE_URL. `npm run e2e` is the same for e2e/*.e2e.ts, one after the other; `npm run redis` for
 * *.redis.ts, which need Debian's redis-server.
 */
import { globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { inspect, parseArgs } from 'node:util';
import { startTestCluster } from '../server/src/testing/test-cluster.ts';
import { sweepTestDatabases } from '../server/src/testing/test-database.ts';
import { buildPages } from './build-pages.ts';

const root = join(import.meta.dirname, '..');
const rooms = ['core', 'server', 'player', 'office', 'ui', 'tools'];

let hasBuildFailed = false;
await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      except: { type: 'string', multiple: true, default: [] },
      concurrency: { type: 'string', default: '2' },
      e2e: { type: 'boolean', default: false },
      redis: { type: 'boolean', default: false },
    },
  });
  const kind = kindOf(values);
  const files = findFiles(positionals.length === 0 ? kind.rooms : positionals, kind.suffix, values.except);
  if (files.length === 0) {
    console.error(
      `No *${kind.suffix} in ${(positionals.length === 0 ? kind.rooms : positionals).join(', ')}.`,
    );
    process.exit(2);
  }
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
    process.once(signal, () => abort.abort());
  process.channel?.unref();
  const stopCluster = await provideForServer(files);
  try {
    const concurrency = values.e2e ? 1 : Number(values.concurrency);
    const { passed, failed: failedTests } = await runFiles(files, abort.signal, concurrency, values.name);
    const failed = failedTests + (hasBuildFailed ? 1 : 0);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = abort.signal.aborted ? 130 : failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await stopCluster();
  }
  process.exit();
}

function kindOf({ e2e, redis }: { readonly e2e: boolean; readonly redis: boolean }) {
  if (e2e) return { rooms: ['e2e'], suffix: '.e2e.ts' };
  return redis ? { rooms: ['server'], suffix: '.redis.ts' } : { rooms, suffix: '.test.ts' };
}

function findFiles(paths: readonly string[], suffix: string, except: readonly string[]): string[] {
  const places = paths.map((path) => relative(root, join(root, path)));
  const patterns = places.map((place) => (isDirectory(place) ? `${place}/**/*${suffix}` : place));
  return globSync(patterns, { cwd: root, exclude: ['**/node_modules/**'] })
    .filter((file) => !except.some((path) => file.startsWith(path)))
    .sort();
}

function isDirectory(place: string): boolean {
  return statSync(join(root, place), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The built pages, and for the tests of the server a cluster. Returns what stops the cluster. */
async function provideForServer(files: readonly string[]): Promise<() => Promise<void>> {
  if (files.every((file) => /^(core|tools)\//.test(file))) return async () => undefined;
  await buildPages().catch((error: unknown) => {
    // The rest is tested all the same, with the pages of the last build.
    console.error(error);
    hasBuildFailed = true;
  });
  if (!files.some((file) => file.startsWith('server/'))) return async () => undefined;
  if (process.env.TEST_DATABASE_URL !== undefined) {
    await sweepTestDatabases(process.env.TEST_DATABASE_URL);
    return async () => undefined;
  }
  const cluster = await startTestCluster();
  process.env.TEST_DATABASE_URL = cluster.adminUrl;
  return () => cluster.stop();
}

async function runFiles(
  files: readonly string[],
  signal: AbortSignal,
  concurrency: number,
  namePattern: string | undefined,
): Promise<{ passed: number; failed: number }> {
  const events = run({
    files: files.map((file) => join(root, file)),
    cwd: root,
    concurrency,
    timeout: 300_000,
    signal,
    ...(namePattern === undefined ? {} : { testNamePatterns: namePattern }),
  });
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') process.stderr.write(data.message);
    if (type === 'test:fail') console.log(describeFailure(data));
    if (type !== 'test:summary') continue;
    if (data.file === undefined) {
      passed = data.counts.passed;
      failed = data.counts.failed + data.counts.cancelled;
    } else {
      const { passed: good, failed: bad, cancelled } = data.counts;
      const mark = data.success ? '✔' : '✖';
      console.log(
        `${mark} ${relative(root, data.file)} (${good} passed, ${bad + cancelled} failed, ${Math.ceil(data.duration_ms)} ms)`,
      );
    }
  }
  return { passed, failed };
}

interface Failure {
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly details: { readonly error: Error };
}

function describeFailure({ name, file, line, details: { error } }: Failure): string {
  const place = file === undefined ? '' : ` (${relative(root, file)}:${line ?? 0})`;
  // The runner wraps what the test threw; a suite fails only because of what is inside it, which is told already.
  const cause = error.cause ?? error;
  return `✖ ${name}${place}\n${inspect(cause, { depth: 6 }).replaceAll(/^/gm, '    ')}`;
}
