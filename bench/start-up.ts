/**
 * Start-up: `npm run start-up [-- --json]`. `npm start` in a fresh clone of the last commit with npm's cache as it is, then
 * three times more, installed, built and seeded. From the command to "ready".
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startProduct } from '#server/testing/product.ts';
import { medianOf, printFigures } from './figures.ts';

const { values: asked } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const scratch = mkdtempSync(join(tmpdir(), 'mbayar-start-up-'));
try {
  const checkout = join(scratch, 'clone');
  const dataDir = join(scratch, 'data');
  execFileSync('git', ['clone', '--quiet', fileURLToPath(new URL('..', import.meta.url)), checkout]);
  const start = async () => {
    const product = await startProduct({ checkout, dataDir });
    await product.stop();
    return product.readyAfterMs / 1000;
  };
  const fresh = await start();
  const again = medianOf([await start(), await start(), await start()]);
  const figures = [
    {
      name: 'npm start, fresh clone, warm npm cache',
      value: fresh,
      unit: 's',
      goal: '< 60 s',
      pass: fresh < 60,
    },
    {
      name: 'npm start, installed, built and seeded',
      value: again,
      unit: 's',
      goal: '< 4 s',
      pass: again < 4,
    },
  ];
  printFigures(figures, asked.json);
  process.exitCode = figures.every(({ pass }) => pass) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
