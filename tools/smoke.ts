/**
 * The smoke test: `npm run smoke`. One deposit, one bet between two players, one result, one withdrawal, against
 * BASE_URL (http://127.0.0.1:3000; the office on OFFICE_URL, by default the next port), each step timed, balances
 * compared to the franc. Its gala is hidden and of test money: the public sees nothing. Exit code 0 when all is well.
 *
 * `npm run smoke -- --provider wave|orange`, against a sandbox: money in and out through that provider's simulator, paid
 * on its page.
 *
 * Where there is no sandbox (production) its people come from a file: `npm run smoke -- --prepare FILE`, run beside
 * the database, makes them and their sessions; then SMOKE_CREDENTIALS=FILE npm run smoke.
 */
import { parseArgs } from 'node:util';
import { type Figure, printFigures } from '../bench/figures.ts';
import { playEvening } from './smoke/evening.ts';
import { playMobileMoney } from './smoke/mobile-money.ts';
import { findPeople } from './smoke/people.ts';
import { preparePeople } from './smoke/prepare.ts';
import { Steps } from './smoke/steps.ts';

const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    prepare: { type: 'string' },
    provider: { type: 'string' },
  },
});

if (asked.prepare !== undefined) await preparePeople(asked.prepare);
else process.exitCode = (await smoke(asked.json)) ? 0 : 1;

async function smoke(asJson: boolean): Promise<boolean> {
  const playerUrl = process.env['BASE_URL'] ?? 'http://127.0.0.1:3000';
  const officeUrl = process.env['OFFICE_URL'] ?? nextPort(playerUrl);
  const steps = new Steps((line) => asJson || console.log(line));
  const at = { playerUrl, officeUrl };
  try {
    if (asked.provider !== undefined) await playMobileMoney(steps, at, asked.provider);
    else await playEvening(steps, await findPeople(steps, at, process.env['SMOKE_CREDENTIALS']), at);
  } catch (error) {
    steps.fail(error instanceof Error ? error.message : String(error));
  }
  const figures: Figure[] = steps.done.map(({ name, ms, isOk }) => ({
    name,
    value: ms,
    unit: 'ms',
    goal: 'right',
    pass: isOk,
  }));
  if (asJson) printFigures(figures, true);
  const failed = steps.done.filter(({ isOk }) => !isOk).length;
  if (!asJson) console.log(`${steps.done.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

function nextPort(url: string): string {
  const next = new URL(url);
  next.port = String(Number(next.port || (next.protocol === 'https:' ? 443 : 80)) + 1);
  return next.origin;
}
