/**
 * `npm run fuzz`: inputs made from the OpenAPI documents of both sites, valid and with faults, sent to the real server
 * over loopback as nobody, as players and as every role of staff. Every answer has to keep the contract: no 5xx, none
 * after two seconds, a documented status whose body fits its schema, a documented code, all headers. The ledger is
 * sound afterwards. What is found is made small and printed as a command line.
 *
 * Options: `--requests 10000 --seed 1 --only "POST /api/v1/deposits" --json`.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { type Figure, printFigures } from './figures.ts';
import { type Case, casesOf } from './fuzz/inputs.ts';
import { judge, TIME_MAX_MS } from './fuzz/judge.ts';
import { type Operation, readOperations } from './fuzz/operations.ts';
import { asCurl, type Got, makeRequest, type Sent, send } from './fuzz/send.ts';
import { openWorld, raisedLimits, type World } from './fuzz/world.ts';

const CONCURRENT_OPERATIONS = 6;
const MARKETS_EVERY = 200;

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const requestsMin = Number(options.requests);
const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string) => console.error(line);

interface Find {
  readonly operation: string;
  readonly says: string;
  readonly curl: string;
}

interface Tally {
  requests: number;
  slowestMs: number;
  slowest: string;
  readonly statuses: Map<number, number>;
  readonly succeeded: Set<string>;
  /** How often each operation was refused with which code. */
  readonly refusals: Map<string, Map<string, number>>;
  readonly finds: Find[];
}

process.exitCode = await main();

async function main(): Promise<number> {
  const world = await openWorld();
  try {
    const all = [
      ...(await readOperations('player', world.bases.player)),
      ...(await readOperations('office', world.bases.office)),
    ];
    const operations = all.filter(({ name }) => name.includes(options.only));
    say(
      `seed ${seed}; ${operations.length} operations; rate limits raised to ${JSON.stringify(raisedLimits)}`,
    );
    const tally: Tally = {
      requests: 0,
      slowestMs: 0,
      slowest: '',
      statuses: new Map(),
      succeeded: new Set(),
      refusals: new Map(),
      finds: [],
    };
    await fuzzAll(operations, world, tally);
    const faults = await findLedgerFaults(world.house.owner);
    report(operations, tally);
    printFigures(figuresOf(operations, tally, faults.length), options.json);
    return tally.finds.length === 0 && faults.length === 0 ? 0 : 1;
  } finally {
    await world.close();
  }
}

/** Some operations at a time, each with its share: what one leaves behind is what the next one meets. */
async function fuzzAll(operations: readonly Operation[], world: World, tally: Tally): Promise<void> {
  const share = Math.ceil(requestsMin / operations.length);
  const rounds = Math.max(1, Math.ceil(share / 25));
  const waiting = Array.from({ length: rounds }, (_, round) =>
    operations.map((operation) => ({ operation, round })),
  ).flat();
  const failed = new Set<string>();
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { operation, round } = next;
      if (failed.has(operation.name)) continue;
      const find = await fuzz(operation, Math.ceil(share / rounds), seedOf(operation, round), world, tally);
      if (find === null) continue;
      failed.add(operation.name);
      tally.finds.push(find);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_OPERATIONS }, work));
}

/** Other inputs for each operation and round, the same for the same seed. */
function seedOf({ name }: Operation, round: number): number {
  return createHash('sha256').update(`${seed} ${round} ${name}`).digest().readInt32BE();
}

/** Tries one operation; what is wrong is made as small as it can be and stay wrong. */
async function fuzz(
  operation: Operation,
  count: number,
  from: number,
  world: World,
  tally: Tally,
): Promise<Find | null> {
  let last: { sent: Sent; says: string } | null = null;
  const property = fc.asyncProperty(casesOf(operation), async (input: Case) => {
    const sent = await makeRequest(operation, input, world);
    const got = await send(sent);
    await countAnswer(operation, got, tally, world);
    // A session that ended, a player who left or excluded himself: somebody else takes the part.
    if (got.status === 401 || /"code":"(player|account)_/.test(got.text)) world.replace(input.person);
    if (got.status < 300 && got.text !== '') world.learn(JSON.parse(got.text));
    const says = judge(operation, got);
    if (says === null) return;
    last = { sent, says };
    throw new Error(says);
  });
  const result = await fc.check(property, { seed: from, numRuns: count, maxSkipsPerRun: 0 });
  if (!result.failed) return null;
  // The last one that failed is the smallest.
  const smallest = last as { sent: Sent; says: string } | null;
  return {
    operation: operation.name,
    says: smallest?.says ?? String(result.errorInstance),
    curl: smallest === null ? '' : asCurl(smallest.sent),
  };
}

async function countAnswer(operation: Operation, got: Got, tally: Tally, world: World): Promise<void> {
  const { status, text, tookMs } = got;
  const refusals = tally.refusals.get(operation.name) ?? new Map<string, number>();
  const code = status < 400 ? undefined : /"code":"(\w+)"/.exec(text)?.[1];
  if (code !== undefined) refusals.set(code, (refusals.get(code) ?? 0) + 1);
  tally.refusals.set(operation.name, refusals);
  tally.requests += 1;
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  if (status < 300) tally.succeeded.add(operation.name);
  if (tookMs > tally.slowestMs) Object.assign(tally, { slowestMs: tookMs, slowest: operation.name });
  if (tally.requests % MARKETS_EVERY === 0) await world.renewMarkets();
}

function report(operations: readonly Operation[], tally: Tally): void {
  const statuses = [...tally.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`);
  say(`answers by status: ${statuses.join(', ')}`);
  say(`slowest: ${tally.slowest}`);
  const never = operations.filter(({ name }) => !tally.succeeded.has(name));
  say(`never succeeded: ${never.length}`);
  for (const { name } of never) {
    const codes = [...(tally.refusals.get(name) ?? [])].sort(([, a], [, b]) => b - a);
    say(`  ${name}: ${codes.map(([code, count]) => `${code} ${count}`).join(', ')}`);
  }
  for (const { operation, says, curl } of tally.finds) say(`\n✖ ${operation} ${says}\n  ${curl}`);
}

function figuresOf(operations: readonly Operation[], tally: Tally, faults: number): Figure[] {
  const bad = [...tally.statuses]
    .filter(([status]) => status >= 500)
    .reduce((sum, [, count]) => sum + count, 0);
  const slowest = Math.ceil(tally.slowestMs);
  const share = tally.succeeded.size / operations.length;
  return [
    { name: 'seed', value: seed, unit: '', goal: null, pass: true },
    {
      name: 'requests',
      value: tally.requests,
      unit: '',
      goal: `≥ ${requestsMin}`,
      pass: tally.requests >= requestsMin,
    },
    { name: 'operations', value: operations.length, unit: '', goal: null, pass: true },
    {
      name: 'operations that succeeded at least once',
      value: share * 100,
      unit: '%',
      goal: null,
      pass: true,
    },
    { name: 'answers 5xx', value: bad, unit: '', goal: '0', pass: bad === 0 },
    {
      name: 'slowest answer',
      value: slowest,
      unit: 'ms',
      goal: `≤ ${TIME_MAX_MS}`,
      pass: slowest <= TIME_MAX_MS,
    },
    {
      name: 'operations that break the contract',
      value: tally.finds.length,
      unit: '',
      goal: '0',
      pass: tally.finds.length === 0,
    },
    { name: 'faults of the ledger afterwards', value: faults, unit: '', goal: '0', pass: faults === 0 },
  ];
}
