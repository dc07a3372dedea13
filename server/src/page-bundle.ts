/**
 * What the build left in dist/ for one app: the function that renders its pages, and the files its pages load.
 * Files are named by their content and kept in memory, compressed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FormProblem, Frame } from '#core/api/pages.ts';
import type { Site } from './http.ts';
import { StartError } from './start-error.ts';

export interface RenderInput {
  readonly page: string;
  readonly view: unknown;
  readonly frame: Frame<unknown>;
  readonly problem: FormProblem | null;
  readonly assets: PageAssets;
}

export interface PageAssets {
  readonly icon: string;
  /** The page's script, and the parts it imports; null for a page that needs none. */
  readonly script: string | null;
  readonly preloads: readonly string[];
}

export interface AssetFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzip: Buffer | null;
  readonly brotli: Buffer | null;
}

export interface PageBundle {
  render(input: RenderInput): string;
  assetsOf(page: string): PageAssets;
  /** What the content security policy allows to be inlined. */
  readonly styleHash: string;
  readonly files: ReadonlyMap<string, AssetFile>;
}

/** An app whose pages do not exist yet has none. */
export interface PageBundles {
  readonly player: PageBundle | null;
  readonly office: PageBundle | null;
}

export async function loadPageBundles(): Promise<PageBundles> {
  return { player: await loadPageBundle('player'), office: await loadPageBundle('office') };
}

interface Manifest {
  readonly icon: string;
  readonly pages: Readonly<Record<string, { readonly script: string; readonly preloads: readonly string[] }>>;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webmanifest: 'application/manifest+json',
};

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Loads the pages of one app; a clear error when they are not built. */
async function loadPageBundle(site: Site): Promise<PageBundle | null> {
  const folder = join(dist, site);
  if (site === 'office' && !existsSync(folder)) return null;
  const manifest = readManifest(join(folder, 'manifest.json'));
  const server: { render: (input: RenderInput) => string; style: string } = await import(
    pathToFileURL(join(folder, 'server', 'render.js')).href
  );
  return {
    render: server.render,
    assetsOf: (page) => {
      const { script = null, preloads = [] } = manifest.pages[page] ?? {};
      return { icon: manifest.icon, script, preloads };
    },
    styleHash: createHash('sha256').update(server.style).digest('base64'),
    files: readAssets(join(folder, 'assets')),
  };
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`The pages are not built (${file}): run node tools/run.mjs pages.`, {
      cause: error,
    });
  }
}

function readAssets(folder: string): Map<string, AssetFile> {
  const files = new Map<string, AssetFile>();
  const names = new Set(readdirSync(folder));
  for (const name of names) {
    const type = types[name.split('.').at(-1) ?? ''];
    if (type === undefined) continue;
    const packed = (suffix: string) =>
      names.has(`${name}.${suffix}`) ? readFileSync(join(folder, `${name}.${suffix}`)) : null;
    files.set(name, {
      type,
      bytes: readFileSync(join(folder, name)),
      gzip: packed('gz'),
      brotli: packed('br'),
    });
  }
  return files;
}
