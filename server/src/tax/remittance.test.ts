/** A month's tax goes to the State: by two people, in order, the whole of it, once; then the month is closed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertRefused } from '../testing/money-desk.ts';
import { formOf, Reader } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';
import { openTaxDesk, type TaxDesk } from '../testing/tax-desk.ts';
import { isTaxRemitted } from './is-tax-remitted.ts';

const fall = { ending: 'fall', winnerSide: 'A' } as const;
const even = [{ a: 10_000, b: 10_000 }];

describe('a month of tax', () => {
  let desk: TaxDesk;
  beforeEach(async () => {
    desk = await openTaxDesk();
  });
  afterEach(() => desk.close());

  const isRemitted = (month: string) =>
    desk.house.db.transaction((tx) => isTaxRemitted(tx, `${month}-15T12:00:00Z`));

  it('is paid by two people, and leaves the tax account for the treasury', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    assert.match((await desk.khady.ask('/impots')).text, /(À verser|En retard) .* 3 800 F/);
    const proposed = await desk.khady.follow(await desk.propose(desk.khady, month));
    assert.match(proposed.text, /Proposé\. Une autre personne.*3 800 F · payé le .* · Quittance DGID 212/);
    assert.match(proposed.text, /Vous l’avez proposé/);
    assert.equal(await desk.heldBy('tax_payable'), 3_800, 'nothing moved yet');
    assert.equal(await isRemitted(month), false);

    const confirmed = await desk.moussa.follow(await desk.press(desk.moussa, month, 'confirmer'));
    assert.match(confirmed.text, /Confirmé : ce mois est versé/);
    assert.match(confirmed.text, /Recalculée aujourd’hui, pari par pari : les mêmes chiffres/);
    assert.deepEqual(
      await Promise.all(['tax_payable', 'treasury', 'tax_claim', 'commission'].map(desk.heldBy)),
      [0, 3_800, 0, 1_000],
    );
    assert.equal(await isRemitted(month), true);
    assert.equal(await isRemitted(await desk.month(0)), false);
    // Whoever has the file finds the fingerprint that stands for ever.
    const csv = await desk.khady.ask(`/impots/${month}/declaration.csv`);
    assert(confirmed.text.includes(createHash('sha256').update(csv.html).digest('hex')));
    assert.match((await desk.khady.ask('/impots')).text, /Versé/);
    // The payment is a movement of this month that is no bet: this month's return explains it.
    const now = await desk.khady.ask(`/impots/${await desk.month(0)}`);
    assert.match(now.text, /Versé à l’État −3 800 F/);
    assert.match(now.text, /écart 0 F/);
    const audit = await desk.house.owner.query<{ command: string; outcome: string }>(
      `SELECT command, outcome FROM audit_entry WHERE target = $1 ORDER BY id`,
      [`tax ${month}`],
    );
    assert.deepEqual(
      audit.map(({ command, outcome }) => `${command} ${outcome}`),
      ['propose-remittance done', 'confirm-remittance done'],
    );
  });

  it('is not confirmed by who proposed it, nor twice, nor after it was refused', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    await desk.propose(desk.khady, month);
    const page = await desk.moussa.ask(`/impots/${month}`);
    const stale = await desk.moussa.ask(`/impots/${month}`);
    const path = /action="([^"]+\/confirmer)"/.exec(page.html)?.[1] ?? assert.fail('no form');
    // Her own session's form token, with the button that she is not shown.
    const own = await desk.khady.ask(`/impots/${month}`);
    const { jeton = '' } = formOf(own, path.replace('confirmer', 'refuser'));
    const { slip = '' } = formOf(page, path);
    const forced = await desk.khady.post(path, new URLSearchParams({ jeton, slip }).toString());
    assertRefused(forced, 'same_person');

    const refused = await desk.moussa.follow(await desk.press(desk.moussa, month, 'refuser'));
    assert.match(refused.text, /Refusé : ce mois reste à verser.*Refusé par/);
    assertRefused(await desk.moussa.submit(stale, path), 'tax_remittance_decided');
    await desk.pay(month);
    assertRefused(await desk.moussa.submit(stale, path), 'tax_remittance_decided');
    assert.equal(await desk.heldBy('treasury'), 3_800);
  });

  it('is decided once when two people press at the same time', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    await desk.propose(desk.khady, month);
    const [third] = await seedStaff(desk.house.owner, 1, 'finance');
    assert(third);
    const fatou = new Reader(desk.house.app.office, third.cookie);
    // Both have read it before either presses.
    const pages = await Promise.all([desk.moussa, fatou].map((by) => by.ask(`/impots/${month}`)));
    const path = /action="([^"]+\/confirmer)"/.exec(pages[0]?.html ?? '')?.[1] ?? assert.fail('no form');
    const answers = await Promise.all(
      [desk.moussa, fatou].map((by, index) => by.submit(pages[index] ?? assert.fail('no page'), path)),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    assert.equal(await desk.heldBy('treasury'), 3_800);
    // And two who propose it anew find it paid; two proposals of another month, one waits.
    await desk.evening(even, fall);
    await desk.monthsPass();
    const again = await desk.month(1);
    const action = `/impots/${again}/versement`;
    const forms = await Promise.all([desk.khady, fatou].map((by) => by.ask(`/impots/${again}`)));
    const twice = await Promise.all(
      [desk.khady, fatou].map((by, index) =>
        by.submit(forms[index] ?? assert.fail('no page'), action, { reference: 'Quittance' }),
      ),
    );
    assert.deepEqual(twice.map(({ status }) => status).sort(), [303, 409]);
    const late = twice.find(({ status }) => status === 409);
    assert(late !== undefined);
    assertRefused(late, 'tax_remittance_waiting');
  });

  it('is paid whole, after its end, on a day that has been, with a reference', async () => {
    await desk.evening(even, fall);
    const current = await desk.month(0);
    const page = await desk.khady.ask(`/impots/${current}`);
    assert.match(page.text, /Ce mois se verse à partir du 1er/);
    assert.doesNotMatch(page.html, /action="[^"]+\/versement"/);
    await desk.monthsPass();
    const month = await desk.month(1);
    const tries: [fields: Record<string, string>, status: number, says: RegExp][] = [
      // tax_amount_differs, then tax_paid_on_invalid below.
      [{ amountXof: '3799' }, 422, /Ce mois doit 3 800 F, ni plus ni moins/],
      [{ amountXof: '3801' }, 422, /ni plus ni moins/],
      ...[
        '0',
        '-1',
        '1e20',
        '1e3',
        '3800.0',
        '3800,5',
        'NaN',
        '9223372036854775808',
        '0x10',
        ' ',
        '٣٨٠٠',
      ].map((amountXof): [Record<string, string>, number, RegExp] => [{ amountXof }, 400, /./]),
      [{ paidOn: '2999-01-01' }, 422, /pas dans l’avenir/],
      [{ paidOn: `${month}-01` }, 422, /après sa fin/],
      [{ paidOn: '2026-02-31' }, 400, /date/],
      [{ paidOn: 'demain' }, 400, /date/],
      [{ reference: 'x' }, 400, /./],
      [{ reference: '   ' }, 400, /./],
      [{ reference: 'x'.repeat(121) }, 400, /./],
      [{ extra: '1' }, 400, /./],
    ];
    for (const [fields, status, says] of tries) {
      const refused = await desk.propose(desk.khady, month, fields);
      assert.equal(refused.status, status, JSON.stringify(fields));
      assert.match(refused.text, says, JSON.stringify(fields));
    }
    assert.equal((await desk.khady.post(`/impots/${month}/versement`, '')).status, 403);
    const [row] = await desk.house.owner.query<{ count: number }>('SELECT count(*) FROM tax_remittance');
    assert.equal(row?.count, 0, 'nothing was half done');
    // Groups parted by a space are how the amount is read aloud.
    assert.equal((await desk.propose(desk.khady, month, { amountXof: '3 800' })).status, 303);
  });

  it('comes in its turn: the oldest that owes anything first', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass(2);
    await desk.evening(even, { ending: 'draw' });
    await desk.monthsPass();
    await desk.evening([{ a: 20_000, b: 20_000 }], fall);
    await desk.monthsPass();
    // Four months: 3 800, nothing, 0 of a draw, 7 600.
    const [last, drawn, empty, oldest] = await Promise.all([1, 2, 3, 4].map(desk.month));
    assert(last && drawn && empty && oldest);
    const early = await desk.propose(desk.khady, last);
    assert.equal(early.status, 409);
    const [year, number] = oldest.split('-');
    assert.match(early.text, new RegExp(`Payez d’abord ${number}/${year}`));
    const [said] = await desk.house.owner.query<{ outcome: string }>(
      'SELECT outcome FROM audit_entry ORDER BY id DESC LIMIT 1',
    );
    assert.equal(said?.outcome, 'tax_month_out_of_order');
    for (const month of [drawn, empty]) {
      const page = await desk.khady.ask(`/impots/${month}`);
      assert.match(page.text, /Rien à verser pour ce mois/);
      const path = `/impots/${last}/versement`;
      const fields = {
        ...formOf(await desk.khady.ask(`/impots/${last}`), path),
        reference: 'Essai',
        amountXof: '1',
      };
      const forced = await desk.khady.post(
        `/impots/${month}/versement`,
        new URLSearchParams(fields).toString(),
      );
      assertRefused(forced, 'tax_nothing_due');
    }
    await desk.pay(oldest);
    await desk.pay(last);
    assert.equal(await desk.heldBy('treasury'), 11_400);
    for (const month of [oldest, drawn, empty, last]) assert.equal(await isRemitted(month), true, month);
    const paid = await desk.khady.ask(`/impots/${last}`);
    assert.doesNotMatch(paid.html, /action="[^"]+\/versement/);
    const current = await desk.month(0);
    const fields = { jeton: formOf(paid, '/deconnexion')['jeton'] ?? '' };
    const asked = { ...fields, amountXof: '7600', paidOn: await desk.today(), reference: 'Encore' };
    for (const [month, code] of [
      [last, 'tax_month_remitted'],
      [current, 'tax_month_not_over'],
    ] as const) {
      assertRefused(await proposeByForce(month, asked), code);
    }
  });

  /** With the slip of some other form: the page of this month has none. */
  const proposeByForce = async (month: string, fields: Record<string, string>) => {
    const page = await desk.khady.ask('/rapprochement');
    const { slip = '', jeton = '' } = formOf(page, '/rapprochement');
    return desk.khady.post(
      `/impots/${month}/versement`,
      new URLSearchParams({ ...fields, jeton, slip }).toString(),
    );
  };

  it('is not confirmed when its return is no longer what was proposed', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    await desk.propose(desk.khady, month);
    // A gala of that month gets another name: the table is not the one that was read.
    await desk.house.owner.query(`UPDATE gala SET name = 'Grand gala'`);
    assertRefused(await desk.press(desk.moussa, month, 'confirmer'), 'tax_return_changed');
    assert.equal(await desk.heldBy('treasury'), 0);
    await desk.press(desk.moussa, month, 'refuser');
    await desk.pay(month);
    // Once it is paid, another name changes nothing: the file is the one it was paid by, and the figures are the same.
    const csv = await desk.khady.ask(`/impots/${month}/declaration.csv`);
    await desk.house.owner.query(`UPDATE gala SET name = 'Encore; un "nom"'`);
    assert.equal((await desk.khady.ask(`/impots/${month}/declaration.csv`)).html, csv.html);
    assert.match((await desk.khady.ask(`/impots/${month}`)).text, /les mêmes chiffres/);
    // A bet that is another one is told.
    const change = (sign: string) =>
      desk.house.owner.query(
        `UPDATE duel SET stake_a_xof = stake_a_xof ${sign} 1000, payout_a_xof = payout_a_xof ${sign} 1000`,
      );
    await change('+');
    assert.match(
      (await desk.khady.ask(`/impots/${month}`)).text,
      /d’autres chiffres : prévenez la technique/,
    );
    await change('-');
  });

  it('waits when the return and the ledger part', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    const { owner } = desk.house;
    await owner.query('UPDATE duel SET stake_a_xof = stake_a_xof + 1000, payout_a_xof = payout_a_xof + 1000');
    assertRefused(await desk.propose(desk.khady, month), 'tax_return_gap');
    await owner.query('UPDATE duel SET stake_a_xof = stake_a_xof - 1000, payout_a_xof = payout_a_xof - 1000');
    assert.equal((await desk.propose(desk.khady, month)).status, 303);
  });

  it('is confirmed with a fresh second factor only', async () => {
    await desk.evening(even, fall);
    await desk.monthsPass();
    const month = await desk.month(1);
    await desk.propose(desk.khady, month);
    await desk.house.owner.query(`UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour'`);
    const asked = await desk.press(desk.moussa, month, 'confirmer');
    assert.match(String(asked.headers['location']), /^\/confirmer/);
    assert.equal(await desk.heldBy('treasury'), 0);
  });
});
