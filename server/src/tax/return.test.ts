/** The State's return of a month, over HTTP: every bet of real money in it, once, as the ledger has it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { TaxReturn } from '#core/api/tax-pages.ts';
import { xof } from '#core/money.ts';
import { winnerQuestion } from '#core/question.ts';
import { makeRuleCard } from '#core/rule-card.ts';
import { defaultBetLimits, defaultRates } from '#core/settings.ts';
import { winnerSlip } from '#core/settlement.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader } from '../testing/reader.ts';
import { close } from '../testing/results.ts';
import { seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { approveSettings } from '../testing/seed-settings.ts';
import { openTaxDesk, type TaxDesk, type Verdict } from '../testing/tax-desk.ts';
import { readReturn } from './read-return.ts';

const fall = { ending: 'fall', winnerSide: 'A' } as const;
const otherFall = { ending: 'fall', winnerSide: 'B' } as const;
const draw = { ending: 'draw' } as const;

function assertAgrees(report: TaxReturn): void {
  assert.deepEqual(report.mismatched, []);
  for (const { account, gapXof } of report.checks) assert.equal(gapXof, 0, account);
}

describe('the return of a month', () => {
  let desk: TaxDesk;
  beforeEach(async () => {
    desk = await openTaxDesk();
  });
  afterEach(() => desk.close());

  const read = async (ago = 0) => readReturn(desk.house.db, await desk.month(ago));

  it('has every bet of the month, both bases, and agrees with the ledger', async () => {
    const duels = [
      { a: 10_000, b: 10_000 },
      { a: 10_000, b: 10_000 },
      { a: 30_000, b: 20_000 },
    ];
    await desk.evening(duels, fall);
    await desk.evening([{ a: 7_000, b: 5_000 }], { ending: 'ko', winnerSide: 'B' });
    await desk.evening([{ a: 4_000, b: 4_000 }], draw);
    const report = await read();
    const won: [number, number][] = [
      [10_000, 10_000],
      [10_000, 10_000],
      [30_000, 20_000],
      [5_000, 7_000],
    ];
    const slips = won.map(([stake, against]) => winnerSlip(xof(stake), xof(against), defaultRates));
    const onWinnings = won.map(([stake, against]) =>
      winnerSlip(xof(stake), xof(against), { ...defaultRates, taxBase: 'winnings' }),
    );
    const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
    assert.deepEqual(report.total, {
      betCount: 10,
      stakesXof: 110_000,
      refundsXof: 8_000,
      payoutsXof: sum(slips.map(({ potXof, commissionXof }) => potXof - commissionXof)),
      commissionXof: sum(slips.map(({ commissionXof }) => commissionXof)),
      remainderXof: 0,
      taxXof: sum(slips.map(({ taxXof }) => taxXof)),
      taxOnPayoutXof: sum(slips.map(({ taxXof }) => taxXof)),
      taxOnWinningsXof: sum(onWinnings.map(({ taxXof }) => taxXof)),
    });
    assertAgrees(report);
    assert.deepEqual(
      report.checks.map(({ account, ledgerXof }) => [account, ledgerXof]),
      [
        ['tax_payable', report.total.taxXof],
        ['commission', report.total.commissionXof],
        ['tax_claim', 0],
      ],
    );
    assert.equal(await desk.heldBy('tax_payable'), report.total.taxXof);
    assert.equal(report.days.length, 1);
    assert.equal(report.days[0]?.lines.length, 3);
    assert.deepEqual(report.days[0]?.total, report.total);
    assert.deepEqual(report.gaming, { rateBps: 2_000, taxXof: Math.floor(report.total.commissionXof / 5) });
  });

  it('has play money apart, to look at and learn from: nothing of it is due', async () => {
    const { marketId } = await desk.evening([{ a: 10_000, b: 10_000 }], fall, { isTest: true });
    const report = await read();
    assert.deepEqual([report.days, report.total.betCount], [[], 0]);
    assertAgrees(report);
    const month = await desk.month(0);
    const page = await desk.khady.ask(`/impots/${month}`);
    assert.match(page.text, /Argent réel seulement.*Aucune activité/);
    assert.match(page.text, /écart 0 F/);

    const played = await readReturn(desk.house.db, month, true);
    assertAgrees(played);
    assert.deepEqual(
      [played.total.betCount, played.total.taxXof, played.days[0]?.lines[0]?.subject.id],
      [2, 3_800, marketId],
    );
    await desk.monthsPass();
    const past = await desk.month(1);
    assert.match((await desk.khady.ask('/impots?argent=essai')).text, /3 800 F/);
    const shown = await desk.khady.ask(`/impots/${past}?argent=essai`);
    assert.match(shown.text, /Argent d’essai seulement.*Impôt retenu .* 3 800 F.*rien n’est dû à l’État/);
    assert.doesNotMatch(shown.html, /action="\/impots/);
    const csv = await desk.khady.ask(`/impots/${past}/declaration.csv?argent=essai`);
    assert.match(csv.html, /Argent d’essai seulement/);
    assert.match(String(csv.headers['content-disposition']), /mbayar-impots-2\d{3}-\d\d-essai-etabli/);
    assert.equal((await desk.khady.ask(`/impots/${past}`)).status, 404, 'no month of real money');
  });

  it('taxes each market by its own rates, and shows what the other base would have been', async () => {
    const ruleCard = (taxBase: 'winnings' | 'none') =>
      makeRuleCard({
        question: winnerQuestion,
        rates: { ...defaultRates, taxBase },
        limits: defaultBetLimits,
        authority: 'FSL',
        boutRules: null,
        payoutPolicy: 'verdict',
        postponementMs: 0,
      });
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.evening([{ a: 10_000, b: 10_000 }], fall, { ruleCard: ruleCard('winnings') });
    await desk.evening([{ a: 10_000, b: 10_000 }], fall, { ruleCard: ruleCard('none') });
    const report = await read();
    assertAgrees(report);
    assert.deepEqual(
      report.days[0]?.lines.map(({ taxBase, figures }) => [
        taxBase,
        figures.taxXof,
        figures.taxOnPayoutXof,
        figures.taxOnWinningsXof,
      ]),
      [
        ['payout', 3_800, 3_800, 1_800],
        ['winnings', 1_800, 3_800, 1_800],
        ['none', 0, 3_800, 1_800],
      ],
    );
  });

  it('has bets that are being paid as far as they are paid, each on the day the ledger has it', async () => {
    const market = await desk.whistled([
      { a: 10_000, b: 10_000 },
      { a: 20_000, b: 20_000 },
    ]);
    await desk.decide(market, fall);
    assert.equal((await read()).total.betCount, 0, 'nothing is paid yet');
    await desk.settle(market);
    // The first duel was paid at the end of last month, the second one today.
    await desk.bookLastMonth(
      `SELECT t.id FROM ledger.transfer t JOIN ledger.posting p ON p.transfer_id = t.id
       WHERE t.kind = 'duel_settled' AND p.amount_xof = 15200`,
      'settlement',
    );
    const [before, now] = [await read(1), await read()];
    assert.deepEqual(
      [before, now].map(({ total }) => [total.betCount, total.stakesXof, total.taxXof]),
      [
        [2, 20_000, 3_800],
        [2, 40_000, 7_600],
      ],
    );
    assert.deepEqual(
      [before.days[0]?.day.slice(0, 7), now.days[0]?.day],
      [await desk.month(1), await desk.today()],
    );
    assertAgrees(before);
    assertAgrees(now);
  });

  it('has a pool’s tickets, what the house takes of them and what the floors leave', async () => {
    const { poolId } = await playPool(desk, fall);
    const report = await read();
    assertAgrees(report);
    // Of 10 000 at 10 %: 9 000 among 7 000, floored, to three tickets: 1 285, 1 285 and 6 428; tax 257, 257 and 1 285.
    assert.deepEqual(report.total, {
      betCount: 4,
      stakesXof: 10_000,
      refundsXof: 0,
      payoutsXof: 8_998,
      commissionXof: 1_000,
      remainderXof: 2,
      taxXof: 1_799,
      taxOnPayoutXof: 1_799,
      taxOnWinningsXof: 57 + 57 + 285,
    });
    const [line] = report.days[0]?.lines ?? [];
    assert.deepEqual([line?.subject.kind, line?.subject.id, line?.isCorrection], ['pool', poolId, false]);
    const page = await desk.khady.ask(`/impots/${await desk.month(0)}`);
    assert.match(page.text, /Mutuel du soir Pari mutuel/);
    assert.match(page.text, /Restes des mutuels 2 F/);
    assert.match(page.text, /écart 0 F/);
  });

  it('has a pool that is paid over midnight on both days, and one that goes back as refunds', async () => {
    await playPool(desk, fall);
    // Its last ticket and the house's parts are of today, the others of the end of last month.
    await desk.bookLastMonth(
      `SELECT t.id FROM ledger.transfer t WHERE t.kind = 'ticket_settled'
       AND NOT EXISTS (SELECT FROM ledger.posting p WHERE p.transfer_id = t.id AND p.amount_xof > 5000)`,
      'pool_settlement',
    );
    await playPool(desk, draw);
    const [before, now] = [await read(1), await read()];
    assertAgrees(before);
    assertAgrees(now);
    assert.deepEqual(
      [before, now].map(({ total }) => [total.betCount, total.stakesXof, total.refundsXof, total.payoutsXof]),
      [
        [2, 2_000, 0, 2_570],
        [6, 18_000, 10_000, 6_428],
      ],
    );
    assert.deepEqual([before.total.commissionXof, now.total.commissionXof], [0, 1_000]);
    assert.deepEqual([before.total.remainderXof, now.total.remainderXof], [0, 2]);
  });

  it('has corrections as differences, of a market and of a pool, beside what they correct', async () => {
    const market = await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.correct(market, draw);
    const pool = await playPool(desk, fall);
    await desk.correct(pool, otherFall);
    const report = await read();
    assertAgrees(report);
    const lines = (report.days[0]?.lines ?? []).filter(({ isCorrection }) => isCorrection);
    assert.deepEqual(
      lines.map(
        ({ subject, version, figures: { betCount, refundsXof, payoutsXof, commissionXof, taxXof } }) => [
          subject.kind,
          version,
          ...[betCount, refundsXof, payoutsXof, commissionXof, taxXof],
        ],
      ),
      [
        ['market', 2, 0, 20_000, -19_000, -1_000, -3_800],
        // 9 000 to the one ticket of 3 000, in the place of 8 998.
        ['pool', 2, 0, 0, 2, 0, 1],
      ],
    );
    assert.deepEqual(
      [report.settled.taxXof, report.corrected.taxXof, report.total.taxXof],
      [3_800 + 1_799, -3_800 + 1, 1_800],
    );
    assert.equal(report.total.remainderXof, 0);
    assert.equal(await desk.heldBy('tax_payable'), 1_800);
    const month = await desk.month(0);
    const page = await desk.khady.ask(`/impots/${month}`);
    assert.match(page.text, /Correction, résultat n° 2/);
    const csv = (await desk.khady.ask(`/impots/${month}/declaration.csv`)).html;
    assert.match(csv, /^correction;.*;Mutuel du soir;Pari mutuel;/m);
    assert.match((await desk.khady.ask(`/impots/${month}/feuille`)).text, /écart 0 F/);
  });

  it('has the claim and the loss of a correction whose month was paid over, and stays payable', async () => {
    const market = await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.monthsPass(2);
    await desk.pay(await desk.month(2));
    await desk.correct(market, draw);
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    const report = await read();
    assertAgrees(report);
    assert.deepEqual([report.claimXof, report.corrected.taxXof, report.total.taxXof], [3_800, 0, 3_800]);
    const [paid, now] = [await desk.khady.ask(`/impots/${await desk.month(2)}`), await desk.month(0)];
    assert.match(paid.text, /Recalculée aujourd’hui, pari par pari : les mêmes chiffres/);
    assert.match((await desk.khady.ask(`/impots/${now}`)).text, /Créance sur l’État \+?3 800 F/);
    await desk.monthsPass();
    assert.match((await desk.pay(await desk.month(1))).text, /Confirmé : ce mois est versé/);
  });

  it('tells a gap, and which market it is', async () => {
    const market = await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    const month = await desk.month(0);
    // A stake that is not what was paid for: somebody changed a bet behind the ledger's back.
    await desk.house.owner.query(
      'UPDATE duel SET stake_a_xof = stake_a_xof + 1000, payout_a_xof = payout_a_xof + 1000',
    );
    const report = await read();
    assert.deepEqual(
      report.mismatched.map(({ id }) => id),
      [market.marketId],
    );
    const page = await desk.khady.ask(`/impots/${month}`);
    assert.match(page.text, /Écart −190 F/);
    assert.match(page.text, new RegExp(`market ${market.marketId}`));
    await desk.monthsPass();
    const refused = await desk.propose(desk.khady, await desk.month(1));
    assert.equal(refused.status, 409);
    assert.match(refused.text, /ne disent pas la même chose/);
    await desk.house.owner.query(
      'UPDATE duel SET stake_a_xof = stake_a_xof - 1000, payout_a_xof = payout_a_xof - 1000',
    );
  });

  it('shows what else moved the commission, and agrees all the same', async () => {
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.house.owner.query(
      `WITH made AS (SELECT gen_random_uuid() AS id, ledger.open_account('suspense', 'wave', false) AS suspense,
         ledger.open_account('commission', 'house', false) AS commission)
       SELECT ledger.post(ARRAY[m.id, m.back], ARRAY['suspense_settled', 'movement_suspended'], ARRAY[sha256('x'), sha256('y')],
         ARRAY[m.id, m.back], ARRAY[0, 0]::smallint[], ARRAY[m.suspense, m.clearing], ARRAY[m.commission, m.suspense], ARRAY[700, 700])
       FROM (SELECT *, gen_random_uuid() AS back, ledger.open_account('provider_clearing', 'wave', false) AS clearing FROM made) m`,
    );
    const report = await read();
    assertAgrees(report);
    const commission = report.checks.find(({ account }) => account === 'commission');
    assert.deepEqual(
      [commission?.ledgerXof, commission?.returnXof, commission?.others],
      [1_700, 1_000, [{ transferKind: 'suspense_settled', amountXof: 700 }]],
    );
    const page = await desk.khady.ask(`/impots/${await desk.month(0)}`);
    assert.match(page.text, /gardé ou supporté par la maison 700 F/);
  });

  it('is a table of the same figures, and a sheet to print, for who may read it', async () => {
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.evening([{ a: 4_000, b: 4_000 }], draw);
    const month = await desk.month(0);
    const csv = await desk.khady.ask(`/impots/${month}/declaration.csv`);
    assert.match(String(csv.headers['content-type']), /^text\/csv/);
    assert.match(
      String(csv.headers['content-disposition']),
      new RegExp(`mbayar-impots-${month}-etabli-2\\d{3}-`),
    );
    const rows = csv.html
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
    assert.match(rows[0]?.join(' ') ?? '', new RegExp(`212 quater.*Mbayar ${month} Argent réel`));
    const column = (name: string) => rows[1]?.indexOf(name) ?? -1;
    const total = rows.find(([line]) => line === 'total du mois');
    for (const [name, amount] of [
      ['paris', 4],
      ['mises_xof', 28_000],
      ['mises_rendues_xof', 8_000],
      ['gains_bruts_xof', 19_000],
      ['commission_xof', 1_000],
      ['impot_retenu_xof', 3_800],
      ['impot_base_payee_xof', 3_800],
      ['impot_base_gain_xof', 1_800],
    ] as const) {
      assert.equal(total?.[column(name)], String(amount), name);
      const lines = rows.filter(([line]) => line === 'règlement');
      assert.equal(
        lines.reduce((sum, row) => sum + Number(row[column(name)]), 0),
        amount,
        name,
      );
    }
    assert.equal(rows.filter(([line]) => line === 'total du jour').length, 1);

    const sheet = await desk.moussa.ask(`/impots/${month}/feuille`);
    assert.match(
      sheet.text,
      /Déclaration mensuelle .* Mbayar · Loi 17\/2025.* Du 1er .* Argent réel seulement/,
    );
    assert.match(sheet.text, /Total du jour 4 28 000 F 8 000 F 19 000 F 1 000 F 0 F 3 800 F 3 800 F 1 800 F/);
    assert.match(sheet.text, /Total du mois 4 28 000 F/);
    assert.match(sheet.text, /Établi le .* par /);
    const hash = createHash('sha256').update(csv.html).digest('hex');
    assert(sheet.text.includes(hash), 'whoever has the file finds its fingerprint');

    const [administrator] = await seedStaff(desk.house.owner, 1, 'administrator');
    const [compliance] = await seedStaff(desk.house.owner, 1, 'compliance');
    assert(administrator && compliance);
    const reader = new Reader(desk.house.app.office, administrator.cookie);
    assert.equal((await reader.ask(`/impots/${month}`)).status, 200);
    assert.doesNotMatch((await reader.ask(`/impots/${month}`)).html, /action="\/impots/);
    const stranger = new Reader(desk.house.app.office, compliance.cookie);
    assert.equal((await stranger.ask(`/impots/${month}/declaration.csv`)).status, 403);
  });

  it('of no month that is none, or before there was a house', async () => {
    for (const month of ['2026-13', '2026-1', '1999-01', 'novembre', '2001-01', '2099-12']) {
      assert.equal((await desk.khady.ask(`/impots/${month}`)).status, 404, month);
      assert.equal((await desk.khady.ask(`/impots/${month}/declaration.csv`)).status, 404, month);
    }
  });

  it('takes the operator’s rate of the month’s last instant', async () => {
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await desk.monthsPass();
    await desk.evening([{ a: 10_000, b: 10_000 }], fall);
    await approveSettings(desk.house.owner, { gamingTaxBps: 2_500 });
    await desk.house.owner.query(
      `UPDATE setting_change SET effective_at = date_trunc('month', clock_timestamp()), decided_at = '2026-01-01', proposed_at = '2026-01-01'
       WHERE name = 'gamingTaxBps'`,
    );
    assert.deepEqual((await read(1)).gaming, { rateBps: 2_000, taxXof: 200 });
    assert.deepEqual((await read(0)).gaming, { rateBps: 2_500, taxXof: 250 });
  });
});

/** 10 000 F in a pool on who wins a bout, 7 000 of them on A, and its result; no other bets on the bout. */
async function playPool({ house, operators, decide, settle }: TaxDesk, verdict: Verdict) {
  const [bout] = await seedMarkets(house.owner, { count: 1, isTest: false });
  const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 100_000, isTest: false });
  assert(bout && player);
  const poolId = await openTestPool(house, operators[0].cookie, bout.galaId, [{ boutId: bout.boutId }]);
  for (const [pick, stakeXof] of [
    ['A', 1_000],
    ['A', 1_000],
    ['A', 5_000],
    ['B', 3_000],
  ] as const)
    assert.equal((await buy(house, player, poolId, pick, stakeXof)).status, 201);
  await close(house, operators[0], [bout.marketId]);
  await decide(bout, verdict);
  await settle(bout);
  await settlePool({ db: house.db, jobs: house.jobs }, poolId);
  return { ...bout, poolId };
}
