// Recomputes what a pool paid from its published file, without Mbayar's code, on any Node from 18 up:
//   node recompute-pool.mjs pool.json
// The rule: stakes less take-out are shared among who is right, each share floored; whoever is right gets his stake
// before tax at least; nobody right, everybody right or every leg void: all stakes go back. Late tickets go back.
import { readFileSync } from 'node:fs';

const { ruleCard, right, paid, tickets } = JSON.parse(readFileSync(process.argv[2]));
const { takeOutBps, taxBps, taxBase } = ruleCard.rates;
const part = (amount, bps) => (amount * BigInt(bps)) / 10000n;
const isRight = (picks) => picks.split('-').every((pick, leg) => ['void', pick].includes(right[leg]));

const sumOf = (some) => some.reduce((sum, [, , stake]) => sum + BigInt(stake), 0n);
const inTime = tickets.filter(([, , , isLate]) => !isLate);
const [stakes, rightStakes] = [sumOf(inTime), sumOf(inTime.filter(([, picks]) => isRight(picks)))];
const isRefund = right.every((leg) => leg === 'void') || rightStakes === 0n || rightStakes === stakes;
const room = stakes - rightStakes;
const wanted = part(stakes, takeOutBps);
const takeOut = isRefund ? 0n : wanted < room ? wanted : room;
const netPool = stakes - takeOut;

let [gross, tax, refunded, wrong] = [0n, 0n, 0n, 0];
for (const [number, picks, stakeXof, isLate, paidXof] of tickets) {
  const stake = BigInt(stakeXof);
  const isBack = isRefund || isLate;
  const share = isBack ? stake : isRight(picks) ? (stake * netPool) / rightStakes : 0n;
  const base = { payout: share, winnings: share > stake ? share - stake : 0n, none: 0n }[taxBase];
  const ownTax = isBack ? 0n : part(base, taxBps);
  if (isBack) refunded += stake;
  else [gross, tax] = [gross + share, tax + ownTax];
  if (share - ownTax !== BigInt(paidXof))
    console.log(`ticket ${number}: ${paidXof}, not ${share - ownTax}`, ++wrong);
}
const late = sumOf(tickets) - stakes;
const remainder = isRefund ? 0n : netPool - gross;
const sums = { stakes, late, takeOut, netPool, gross, tax, refunded, remainder };
for (const [name, sum] of Object.entries(sums))
  if (sum !== BigInt(paid[name])) console.log(`${name}: ${paid[name]}, not ${sum}`, ++wrong);
console.log(wrong ? `${wrong} things are wrong` : `right to the franc: ${tickets.length} tickets`, sums);
process.exitCode = wrong === 0 ? 0 : 1;
