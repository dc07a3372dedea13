/**
 * `npm run simulate:payments -- --seeds 500`: seeded histories of money in and out on the real application, with both
 * providers' simulators behind it. After each one everything is led to rest and held against the providers' books. The
 * first that is not right prints its seed, what happened, and the command that plays it again.
 *
 * Options: `--seeds N --from S` (N histories from seed S on), `--seed X` (that one, told line by line), `--json`.
 */
import { parseArgs } from 'node:util';
import { type Figure, printFigures } from './figures.ts';
import { Broken, type History } from './simulate/history.ts';
import { judgeBooks } from './simulate/judge.ts';
import { playHistory } from './simulate/play.ts';
import { openWorld, type World } from './simulate/world.ts';

const SAY_EVERY = 50;

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const isOne = options.seed !== undefined;
const from = Number(options.seed ?? options.from);
const count = isOne ? 1 : Number(options.seeds);
const say = (line: string) => console.error(line);

process.exitCode = await main();

async function main(): Promise<number> {
  const startedAt = performance.now();
  const world = await openWorld();
  const totals = { histories: 0, deposits: 0, withdrawals: 0, forgeries: 0 };
  let isBroken = false;
  try {
    for (let seed = from; seed < from + count && !isBroken; seed++) {
      isBroken = !(await play(world, seed, totals));
      if (totals.histories % SAY_EVERY === 0) say(stateLine(seed + 1));
    }
    if (!isBroken) isBroken = !(await judgeAll(world));
  } finally {
    await world.close();
  }
  report(totals, isBroken, (performance.now() - startedAt) / 1000);
  return isBroken ? 1 : 0;
}

/** What only all of them together can show. */
async function judgeAll(world: World): Promise<boolean> {
  try {
    await judgeBooks(world);
    return true;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    say(`\n✖ after all of them: ${error.message}`);
    return false;
  }
}

type Totals = { histories: number; deposits: number; withdrawals: number; forgeries: number };

async function play(world: World, seed: number, totals: Totals): Promise<boolean> {
  const lines: string[] = [];
  try {
    const history: History = await playHistory(world, seed, lines);
    if (isOne) for (const line of lines) say(`  ${line}`);
    totals.histories += 1;
    totals.deposits += history.deposits.length;
    totals.withdrawals += history.withdrawals.length;
    totals.forgeries += history.forgedCount;
    return true;
  } catch (error) {
    say(`\n✖ seed ${seed}: ${error instanceof Broken ? error.message : ''}`);
    if (!(error instanceof Broken)) say(error instanceof Error ? (error.stack ?? '') : String(error));
    for (const line of lines) say(`  ${line}`);
    say(`  again: npm run simulate:payments -- --seed ${seed}`);
    return false;
  }
}

function stateLine(next: number): string {
  return `${next - from} of ${count}; to go on from here: npm run simulate:payments -- --from ${next} --seeds ${from + count - next}`;
}

function report(totals: Totals, isBroken: boolean, tookS: number): void {
  const figure = (name: string, value: number, unit = ''): Figure => ({
    name,
    value,
    unit,
    goal: null,
    pass: true,
  });
  const figures = [
    figure('first seed', from),
    { ...figure('histories', totals.histories), goal: `${count}`, pass: !isBroken },
    figure('deposits', totals.deposits),
    figure('withdrawals', totals.withdrawals),
    figure('forged callbacks, all refused', totals.forgeries),
    figure('time', tookS, 's'),
  ];
  printFigures(figures, options.json);
  if (!options.json) console.log(`${totals.histories} passed, ${isBroken ? 1 : 0} failed`);
}
