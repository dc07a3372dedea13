/** What finance sees of reconciliation, closes, and takes away as a table; what scripts read. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertRefused, type MoneyDesk, openMoneyDesk } from '../testing/money-desk.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the pages of reconciliation', () => {
  let desk: MoneyDesk;

  beforeEach(async () => {
    desk = await openMoneyDesk();
  });
  afterEach(() => desk.close());

  const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
  const pathOf = (day: string) => `/rapprochement/internal/internal/${day}`;
  const close = async (day: string) =>
    desk.khady.submit(await desk.khady.ask(pathOf(day)), `${pathOf(day)}/cloture`);

  it('show the one figure, the difference line by line, and read the statements on a press', async () => {
    const { statement, khady } = desk;
    const { text: empty } = await khady.ask('/rapprochement');
    assert.match(empty, /rien à comparer/);
    assert.doesNotMatch(empty, /internal/);
    statement.deposit(await desk.deposit(9_000), 9_000);
    await desk.deposit(1_000);
    statement.add({ transaction: 'unknown', kind: 'other', netXof: 3_000 });
    const pressed = await khady.submit(await khady.ask('/rapprochement'), '/rapprochement');
    const { text } = await khady.follow(pressed);
    assert.match(text, /Argent expliqué 75,00 %/);
    assert.match(text, /9 000 F .*sur .*12 000 F/);
    assert.match(text, /attendus sur le relevé .*−1 000 F/);
    assert.match(text, /En attente : 1/);
    const account = await khady.ask('/rapprochement/internal/internal');
    assert.match(account.text, /Pareil 1 · En trop 1/);
    assert.match(account.text, /à la demande de/);
    assert.equal((await khady.ask('/rapprochement/internal/nothing')).status, 404);
    assert.equal((await khady.ask(pathOf('2026-02-31'))).status, 404);
    assert.equal((await khady.ask(pathOf('2020-01-01'))).status, 404);
  });

  it('show the lines of a day, those of one sort, and lead to what is to be settled', async () => {
    const { statement, khady } = desk;
    statement.deposit(await desk.deposit(9_000), 9_000, { feeXof: 90 });
    statement.add({ transaction: 'unknown', kind: 'other', rawKind: 'b2b_payment', netXof: 3_000 });
    await desk.run();
    const missing = await desk.deposit(2_000);
    await desk.daysPass();
    await desk.run();
    const day = dayAgo(2);
    const all = await khady.ask(pathOf(day));
    assert.match(all.text, /Tout 3 Pareil 1 En cours 0 Différent 0 En trop 1 Absent 1/);
    assert.match(all.text, /Frais 90 F/);
    assert.match(all.text, /Argent d’essai : le \d.* de 0 h à 24 h.*Établi le \d.* par /);
    const extra = await khady.ask(`${pathOf(day)}?etat=extra`);
    assert.match(extra.text, /Versement à une entreprise/);
    assert.doesNotMatch(extra.text, /b2b_payment/);
    assert.doesNotMatch(extra.text, /T-/);
    const absent = await khady.ask(`${pathOf(day)}?etat=missing`);
    assert.match(absent.text, new RegExp(`Chez nous .*2 000 F.* Chez l’opérateur rien.*${missing}`));
    for (const item of await desk.queue()) assert(all.html.includes(`/en-attente/${item}`));
  });

  it('give the lines of a day as a table that no spreadsheet takes for formulas', async () => {
    desk.statement.deposit(await desk.deposit(9_000), 9_000, { feeXof: 90, taxXof: 45, netXof: 8_865 });
    desk.statement.add({ transaction: '=1+1;"', kind: 'other', netXof: 3_000 });
    await desk.run();
    const { status, headers, html } = await desk.khady.ask(`${pathOf(dayAgo(0))}/lignes.csv`);
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/csv/);
    assert.match(String(headers['content-disposition']), /internal-\d{4}-\d\d-\d\d\.csv/);
    assert.match(html, /;matched;8865;90;45;non;9000;9000;;/);
    assert(html.includes(`"'=1+1;"""`), html);
  });

  it('close a day that is over and explained, once, and no other', async () => {
    const { statement } = desk;
    statement.deposit(await desk.deposit(9_000), 9_000);
    await desk.run();
    assertRefused(await close(dayAgo(0)), 'day_not_over');
    statement.add({ transaction: 'unknown', kind: 'other', netXof: 3_000 });
    await desk.run();
    await desk.daysPass();
    await desk.run();
    const day = dayAgo(2);
    assertRefused(await close(day), 'day_has_breaks');
    await desk.allocate((await desk.queue())[0] ?? '', { choice: 'treasury' });
    await desk.run();
    const before = await desk.moussa.ask(pathOf(day));
    const closed = await desk.khady.follow(await close(day));
    assert.match(closed.text, /Journée clôturée.*Clôturée/);
    assertRefused(await desk.moussa.submit(before, `${pathOf(day)}/cloture`), 'day_closed');
    const [row] = await desk.house.owner.query(
      'SELECT line_count AS "lineCount", net_xof AS "netXof" FROM reconciliation_day',
    );
    assert.deepEqual(row, { lineCount: 2, netXof: 12_000 });
    assert.match((await desk.khady.ask(pathOf(day))).text, /Clôturée par/);
  });

  it('have figures that nobody changes afterwards', async () => {
    await desk.run();
    for (const table of ['reconciliation_run', 'reconciliation_day', 'statement_reading']) {
      await assert.rejects(desk.house.db.query(`DELETE FROM ${table}`), { code: '42501' });
    }
    await assert.rejects(desk.house.db.query('UPDATE reconciliation_run SET explained_xof = 0'), {
      code: '42501',
    });
    await assert.rejects(desk.house.db.query('UPDATE statement_line SET net_xof = 0'), { code: '42501' });
  });

  it('have their figures as JSON, for who may see them', async () => {
    const { house, statement, staff } = desk;
    statement.deposit(await desk.deposit(9_000), 9_000);
    statement.add({ transaction: 'unknown', kind: 'other', netXof: 1_000 });
    const operationId = randomUUID();
    const [khady] = staff;
    const ran = await house.post('/staff/reconciliation/runs', khady.cookie, { operationId });
    assert.equal(ran.status, 200, JSON.stringify(ran.body));
    const [run] = ran.body.runs;
    assert.deepEqual([run.explainedXof, run.explainedBps, run.unexplainedXof], [9_000, 9_000, 0]);
    const read = (await house.get('/staff/reconciliation', khady.cookie)).body;
    assert.deepEqual(read.runs, [run]);
    assert.deepEqual(
      read.breaks.map(({ kind, amountXof }: { kind: string; amountXof: number }) => [kind, amountXof]),
      [['extra', 1_000]],
    );
    const nobody = { operationId: randomUUID(), provider: 'nobody' };
    assert.deepEqual((await house.post('/staff/reconciliation/runs', khady.cookie, nobody)).body, {
      runs: [],
    });
    const bad = { operationId: randomUUID(), provider: 'Not a name' };
    const refused = await house.post('/staff/reconciliation/runs', khady.cookie, bad);
    assert.equal(refused.body.code, 'request_invalid');
  });
});
