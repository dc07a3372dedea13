/**
 * Bytes of a bout's page on a first visit, as they come over the wire: `npm run bytes [-- --json]`. Measures the
 * server at BASE_URL, or starts the product for it. Exit code 1 when a goal is missed.
 */
import { get } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { startProduct } from '#server/testing/product.ts';
import { type Figure, printFigures } from '../bench/figures.ts';

type Encoding = 'gzip' | 'br';

const goals = { totalBytes: 40 * 1024, scriptBytes: 15 * 1024, requests: 8 } as const;

const product = process.env.BASE_URL === undefined ? await startProduct() : null;
try {
  const figures = await measure(process.env.BASE_URL ?? product?.playerUrl ?? '');
  printFigures(figures, process.argv.includes('--json'));
  process.exitCode = figures.every(({ pass }) => pass) ? 0 : 1;
} finally {
  await product?.stop();
}

/** The first bout of the home page, and what its page loads. */
async function measure(baseUrl: string): Promise<Figure[]> {
  const home = gunzipSync(await load(`${baseUrl}/`, 'gzip')).toString();
  const page = /href="(\/combats\/\d+)"/.exec(home)?.[1];
  if (page === undefined) throw new Error(`no bout on ${baseUrl}`);
  const document = await load(baseUrl + page, 'gzip');
  const html = gunzipSync(document).toString();
  const files = [...new Set(html.match(/\/assets\/[\w.-]+/g))];
  const sizes = async (paths: readonly string[], encoding: Encoding) => {
    const bodies = await Promise.all(paths.map((path) => load(baseUrl + path, encoding)));
    return bodies.reduce((sum, body) => sum + body.length, 0);
  };
  const scripts = files.filter((path) => path.endsWith('.js'));
  const script = await sizes(scripts, 'gzip');
  const total = document.length + (await sizes(files, 'gzip'));
  const inside = (pattern: RegExp) => gzipSync(pattern.exec(html)?.[1] ?? '').length;
  return [
    count('offers on the page', html.split('class="offer"').length - 1, ''),
    count('HTML, style and data included, gzip', document.length, 'B'),
    count('of it style, gzip', inside(/<style>(.*?)<\/style>/s), 'B'),
    count('of it data, gzip', inside(/id="data">(.*?)<\/script>/s), 'B'),
    count('JavaScript, gzip', script, 'B', goals.scriptBytes),
    count('JavaScript, brotli', await sizes(scripts, 'br'), 'B'),
    count('all, gzip', total, 'B', goals.totalBytes),
    count('all, brotli', await sizes([page, ...files], 'br'), 'B', goals.totalBytes),
    count('requests', 1 + files.length, '', goals.requests),
  ];
}

function count(name: string, value: number, unit: string, goal?: number): Figure {
  return {
    name,
    value,
    unit,
    goal: goal === undefined ? null : `≤ ${goal}`,
    pass: goal === undefined || value <= goal,
  };
}

/** The body as it comes over the wire, compressed. */
function load(url: string, encoding: Encoding): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${url} answers ${answer.statusCode}`));
      });
    }).on('error', reject);
  });
}
