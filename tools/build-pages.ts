/**
 * Builds the pages of both apps into dist/, when their inputs changed since the last time.
 *
 * dist/<app>/server/render.js renders on the server; dist/<app>/assets/ is what browsers load, named by content and
 * compressed beforehand; dist/<app>/manifest.json says which page loads what.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { InlineConfig, Manifest } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const apps = ['player', 'office'] as const;
type AppName = (typeof apps)[number];

/** The oldest browsers served: 2021's Chrome on Android Go, Safari of iOS 15.4. */
const targets = ['chrome91', 'safari15.4', 'firefox95'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const built = await buildPages({ isForced: process.argv.includes('--force') });
  const what = built.length === 0 ? 'Pages are up to date' : `Built ${built.join(' and ')}`;
  process.stdout.write(`${what} (${Date.now() - started} ms).\n`);
}

/** Names the apps that had to be built. */
export async function buildPages(options: { readonly isForced?: boolean } = {}): Promise<AppName[]> {
  const built: AppName[] = [];
  // Vite sets NODE_ENV for the whole process: what is started from here afterwards must not inherit it.
  const { NODE_ENV } = process.env;
  try {
    for (const app of apps) {
      if (!existsSync(join(root, app, 'src/render.tsx'))) continue;
      const stamp = hashInputs(app);
      if (options.isForced !== true && readStamp(app) === stamp) continue;
      await buildApp(app, stamp);
      built.push(app);
    }
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
  return built;
}

function readStamp(app: AppName): string | null {
  const file = join(dist, app, 'stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function hashInputs(app: AppName): string {
  const hash = createHash('sha256');
  const files = ['core/src', 'ui/src', `${app}/src`].flatMap((folder) => listFiles(join(root, folder)));
  files.push(join(root, 'package-lock.json'), fileURLToPath(import.meta.url));
  for (const file of files) {
    if (file.endsWith('.test.ts')) continue;
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function buildApp(app: AppName, stamp: string): Promise<void> {
  const { build } = await import('vite');
  // Beside its place and then moved there, so that nobody reads a half-built folder.
  const work = join(dist, `.${app}-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'assets'), { recursive: true });
  const pages: Record<string, { script: string; preloads: string[] }> = {};
  const clients = listClients(app);
  if (Object.keys(clients).length > 0) {
    await build(clientConfig(work, clients));
    Object.assign(pages, readPages(work));
  }
  await build(serverConfig(app, work));
  const manifest = { icon: addIcon(work), pages };
  writeFileSync(join(work, 'manifest.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(join(work, 'stamp'), stamp);
  compressAssets(join(work, 'assets'));
  rmSync(join(dist, app), { recursive: true, force: true });
  renameSync(work, join(dist, app));
}

/** The page of a client entry: `page-name.tsx` is `pageName`'s. */
function pageOf(file: string): string {
  return basename(file, '.tsx').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Page name → its client entry: one file a page that comes alive in the browser. */
function listClients(app: AppName): Record<string, string> {
  const folder = join(root, app, 'src/client');
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.tsx'));
  return Object.fromEntries(names.map((name) => [pageOf(name), join(folder, name)]));
}

function commonConfig(): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  };
}

function clientConfig(work: string, input: Record<string, string>): InlineConfig {
  return {
    ...commonConfig(),
    base: '/assets/',
    build: {
      outDir: join(work, 'assets'),
      assetsDir: '',
      emptyOutDir: false,
      manifest: 'vite.json',
      target: targets,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

function serverConfig(app: AppName, work: string): InlineConfig {
  return {
    ...commonConfig(),
    // One copy of Preact, bundled: what renders does not depend on what is installed beside it.
    ssr: { noExternal: true },
    build: {
      ssr: join(root, app, 'src/render.tsx'),
      outDir: join(work, 'server'),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      cssMinify: 'lightningcss',
      cssTarget: targets,
    },
  };
}

function readPages(work: string): Record<string, { script: string; preloads: string[] }> {
  const file = join(work, 'assets', 'vite.json');
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  const entries = Object.entries(manifest).filter(([, chunk]) => chunk.isEntry === true);
  return Object.fromEntries(
    entries.map(([source, chunk]) => [
      pageOf(source),
      {
        script: `/assets/${chunk.file}`,
        preloads: (chunk.imports ?? []).map((name) => `/assets/${manifest[name]?.file ?? ''}`),
      },
    ]),
  );
}

function addIcon(work: string): string {
  const svg = readFileSync(join(root, 'ui/src/icon.svg'));
  const name = `icon-${createHash('sha256').update(svg).digest('base64url').slice(0, 8)}.svg`;
  writeFileSync(join(work, 'assets', name), svg);
  return `/assets/${name}`;
}

function compressAssets(folder: string): void {
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
  }
}
