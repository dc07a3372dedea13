/** Money that is nobody's yet: one person of finance proposes where it goes, another one confirms, and it goes once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertRefused, type MoneyDesk, openMoneyDesk } from '../testing/money-desk.ts';
import { signUpPlayer } from '../testing/people.ts';
import { formOf } from '../testing/reader.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';

describe('suspense', () => {
  let desk: MoneyDesk;
  const note = 'Vérifié dans le portail';

  beforeEach(async () => {
    desk = await openMoneyDesk();
  });
  afterEach(() => desk.close());

  const available = async (of = desk.player) => (await of.get('/wallet')).body.availableXof;
  const depositState = async (id: string) => (await desk.player.get(`/deposits/${id}`)).body.state;
  const onlyItem = async () => {
    const [item, more] = await desk.queue();
    assert.equal(more, undefined);
    return item ?? assert.fail('nothing is in suspense');
  };

  it('credits the player of the deposit, by two people, and he reads it in his statement', async () => {
    const { depositId, paymentId } = await desk.suspendDeposit(4_000, 5_500);
    assert.equal(await onlyItem(), paymentId);
    assert.equal(await desk.heldBy('suspense'), 5_500);
    const page = await desk.khady.ask(`/en-attente/${paymentId}`);
    assert.match(page.text, /Le montant reçu n’est pas celui demandé/);
    await desk.allocate(paymentId, { choice: 'player' });
    assert.deepEqual([await available(), await desk.heldBy('suspense')], [5_500, 0]);
    assert.equal(await depositState(depositId), 'credited');
    const [movement] = (await desk.player.get('/wallet/statement')).body.movements;
    assert.deepEqual([movement.kind, movement.amountXof], ['suspense_credited', 5_500]);
    assert.deepEqual(await desk.house.owner.query('SELECT state FROM incoming_payment'), [
      { state: 'allocated' },
    ]);
    assert.match(
      (await desk.moussa.ask('/en-attente')).text,
      /Rien en attente.*Créditer un joueur.*Confirmé par/,
    );
  });

  it('needs another person to confirm, and goes once however often he presses', async () => {
    const { paymentId } = await desk.suspendDeposit(4_000, 5_500);
    await desk.propose(desk.khady, paymentId, { choice: 'player', note });
    const own = await desk.khady.ask(`/en-attente/${paymentId}`);
    assert.match(own.text, /une autre personne confirme/);
    assert.doesNotMatch(own.html, /confirmer"/);
    const shown = await desk.moussa.ask(`/en-attente/${paymentId}`);
    const confirm =
      /action="(\/en-attente\/[^"]+\/confirmer)"/.exec(shown.html)?.[1] ?? assert.fail('no button');
    const slip = /name="slip" value="([^"]+)"/.exec(shown.html)?.[1] ?? '';
    const jeton = /name="jeton" value="([^"]+)"/.exec(own.html)?.[1] ?? '';
    assertRefused(
      await desk.khady.post(confirm, new URLSearchParams({ slip, jeton }).toString()),
      'same_person',
    );
    // Twelve tabs at once, each with its own operation.
    const pages = [];
    for (let i = 0; i < 12; i++) pages.push(await desk.moussa.ask(`/en-attente/${paymentId}`));
    const answers = await Promise.all(pages.map((page) => desk.moussa.submit(page, confirm)));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 303)) {
      assertRefused(answer, 'allocation_decided');
    }
    assert.equal(await available(), 5_500);
  });

  it('credits another player who is found by his number, and nobody who may not play', async () => {
    const { depositId, paymentId } = await desk.suspendDeposit(4_000, 5_500);
    const other = await signUpPlayer(desk.house);
    const propose = (phone: string) => desk.propose(desk.khady, paymentId, { choice: 'player', phone, note });
    assertRefused(await propose('770000999'), 'allocation_player_unknown');
    assertRefused(await propose('12'.repeat(4)), 'phone_invalid');
    const tooYoung = `UPDATE player SET birth_date = CURRENT_DATE - 4000 WHERE id = $1`;
    const grown = `UPDATE player SET birth_date = '1990-01-01' WHERE id = $1`;
    await desk.house.owner.query(tooYoung, [other.playerId]);
    assertRefused(await propose(other.phone), 'allocation_player_barred');
    await desk.house.owner.query(grown, [other.playerId]);
    assert.equal((await propose(other.phone)).status, 303);
    // Something happened to him between the two people.
    await desk.house.owner.query(tooYoung, [other.playerId]);
    assertRefused(await desk.decide(desk.moussa, paymentId, 'confirmer'), 'allocation_player_barred');
    assert.equal(await desk.heldBy('suspense'), 5_500);
    await desk.house.owner.query(grown, [other.playerId]);
    assert.equal((await desk.decide(desk.moussa, paymentId, 'confirmer')).status, 303);
    assert.deepEqual([await available(), await available(other)], [0, 5_500]);
    const shown = (await desk.player.get(`/deposits/${depositId}`)).body;
    assert.deepEqual([shown.state, shown.reason], ['refused', 'allocated_elsewhere']);
  });

  it('sends it back to the number that paid, as a withdrawal of its own', async () => {
    const { depositId, paymentId } = await desk.suspendDeposit(4_000, 5_500);
    await desk.house.owner.query(`UPDATE incoming_payment SET payer_phone = '+221770004321'`);
    await desk.allocate(paymentId, { choice: 'payer' });
    assert.equal(await depositState(depositId), 'returned');
    const [back] = await desk.house.owner.query<{ id: string; phone: string; amount: number }>(
      'SELECT id, phone, amount_xof AS amount FROM withdrawal WHERE returns_payment = $1',
      [paymentId],
    );
    assert.deepEqual([back?.phone, back?.amount], ['+221770004321', 5_500]);
    await sendWithdrawal(desk.house.deps, back?.id ?? '');
    assert.deepEqual([await desk.heldBy('withdrawal_pending'), await desk.heldBy('suspense')], [0, 0]);
    assert.equal(desk.fake.paidOut.get(back?.id ?? ''), 1);
    assert.equal(await available(), 0);
  });

  it('stays where it is when the other person refuses, or the proposer takes it back', async () => {
    const { paymentId } = await desk.suspendDeposit(4_000, 5_500);
    for (const by of [desk.moussa, desk.khady]) {
      assert.equal((await desk.propose(desk.khady, paymentId, { choice: 'house', note })).status, 303);
      assert.equal((await desk.decide(by, paymentId, 'refuser')).status, 303);
    }
    assert.equal(await desk.heldBy('suspense'), 5_500);
    assert.equal(await onlyItem(), paymentId);
  });

  it('takes one proposal at a time, and none for what is settled', async () => {
    const { paymentId } = await desk.suspendDeposit(4_000, 5_500);
    const before = await desk.moussa.ask(`/en-attente/${paymentId}`);
    const path = `/en-attente/${paymentId}/proposer`;
    const late = () => desk.moussa.submit(before, path, { choice: 'treasury', note });
    const pages = [];
    for (let i = 0; i < 6; i++) pages.push(await desk.khady.ask(`/en-attente/${paymentId}`));
    const answers = await Promise.all(
      pages.map((page) => desk.khady.submit(page, path, { choice: 'player', note })),
    );
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assertRefused(await late(), 'allocation_waiting');
    const again = await desk.khady.ask(`/en-attente/${paymentId}`);
    assert.equal((await desk.decide(desk.moussa, paymentId, 'confirmer')).status, 303);
    const refuse = /action="([^"]+\/refuser)"/.exec(again.html)?.[1] ?? '';
    assertRefused(await desk.khady.submit(again, refuse), 'allocation_decided');
    // A slip of any form serves: it names an operation that nobody has used.
    const unused = formOf(await desk.moussa.ask('/rapprochement'), '/rapprochement');
    const body = new URLSearchParams({ ...unused, choice: 'house', note });
    assertRefused(await desk.moussa.post(path, body.toString()), 'suspense_settled');
  });

  it('never lets somebody decide about money from his own number', async () => {
    const { paymentId } = await desk.suspendDeposit(4_000, 5_500);
    const own = async (index: 0 | 1) =>
      desk.house.owner.query(
        'UPDATE incoming_payment SET payer_phone = (SELECT phone FROM staff WHERE id = $1)',
        [desk.staff[index].staffId],
      );
    await own(0);
    const choice = 'house';
    assertRefused(await desk.propose(desk.khady, paymentId, { choice, note }), 'allocation_own_account');
    await own(1);
    assert.equal((await desk.propose(desk.khady, paymentId, { choice, note })).status, 303);
    assertRefused(await desk.decide(desk.moussa, paymentId, 'confirmer'), 'allocation_own_account');
  });

  it('settles movements of every sort, and everything is explained afterwards', async () => {
    const { statement } = desk;
    statement.deposit(await desk.deposit(20_000), 20_000);
    await desk.run();
    statement.add({ transaction: 'float', kind: 'other', netXof: 300_000 });
    statement.add({ transaction: 'price', kind: 'other', netXof: -700 });
    statement.add({ transaction: 'gone', kind: 'withdrawal', netXof: -9_000 });
    statement.deposit(await desk.deposit(7_000), 7_000, { netXof: 6_500 });
    await desk.deposit(3_000);
    await desk.daysPass();
    statement.hiddenXof = 40_000;
    const found = await desk.run();
    assert.equal(found.unexplainedXof, 0);
    assert.equal((await desk.queue()).length, 6);
    const idOf = async (where: string) => {
      const [row] = await desk.house.owner.query<{ id: string }>(
        `SELECT b.id FROM statement_break b LEFT JOIN statement_line l ON l.id = b.line_id WHERE ${where}`,
      );
      return row?.id ?? assert.fail(where);
    };
    const gone = await idOf(`l.transaction = 'gone'`);
    for (const choice of ['player', 'payer', 'omitted']) {
      assertRefused(await desk.propose(desk.khady, gone, { choice, note }), 'allocation_does_not_fit');
    }
    await desk.allocate(await idOf(`l.transaction = 'float'`), { choice: 'treasury' });
    await desk.allocate(await idOf(`l.transaction = 'price'`), { choice: 'fee' });
    await desk.allocate(gone, { choice: 'house' });
    await desk.allocate(await idOf(`b.kind = 'different'`), { choice: 'house' });
    await desk.allocate(await idOf(`b.kind = 'missing'`), { choice: 'house' });
    await desk.allocate(await idOf(`b.kind = 'outside'`), { choice: 'treasury' });
    assert.deepEqual(await desk.queue(), []);
    const after = await desk.run();
    assert.deepEqual([after.explanations, after.unexplainedXof, after.suspenseXof], [[], 0, 0]);
    assert.equal(after.clearingXof, after.providerXof);
    assert.equal(after.explainedXof, after.providerXof);
    assert.equal(await desk.heldBy('treasury'), 340_000);
    assert.equal(await desk.heldBy('provider_fee'), -700);
    assert.equal(await desk.heldBy('commission'), -9_000 - 500 - 3_000);
  });

  it('believes our books where people say that the statement leaves something out', async () => {
    const { statement } = desk;
    statement.deposit(await desk.deposit(20_000), 20_000);
    await desk.run();
    const left = await desk.deposit(3_000);
    await desk.daysPass();
    statement.hiddenXof = 3_000;
    await desk.run();
    await desk.allocate(await onlyItem(), { choice: 'omitted' });
    const found = await desk.run();
    assert.deepEqual([found.explanations, found.unexplainedXof, await desk.queue()], [[], 0, []]);
    // It comes after all: nothing is counted twice.
    statement.hiddenXof = 0;
    statement.deposit(left, 3_000);
    const later = await desk.run();
    assert.deepEqual([later.explanations, later.unexplainedXof, await desk.queue()], [[], 0, []]);
  });

  it('opens a break again when what was written off turns up', async () => {
    const { statement } = desk;
    statement.deposit(await desk.deposit(20_000), 20_000);
    await desk.run();
    const lost = await desk.deposit(3_000);
    await desk.daysPass();
    await desk.run();
    await desk.allocate(await onlyItem(), { choice: 'house' });
    assert.deepEqual((await desk.run()).explanations, []);
    statement.deposit(lost, 3_000);
    const found = await desk.run();
    assert.deepEqual(
      [found.unexplainedXof, found.explanations],
      [0, [{ kind: 'different', amountXof: 3_000, count: 1 }]],
    );
    await desk.allocate(await onlyItem(), { choice: 'house' });
    assert.deepEqual([(await desk.run()).explanations, await desk.heldBy('commission')], [[], 0]);
  });

  it('asks for a new proposal when the amount moved in between', async () => {
    desk.statement.hiddenXof = 40_000;
    await desk.run();
    const item = await onlyItem();
    await desk.propose(desk.khady, item, { choice: 'treasury', note });
    desk.statement.hiddenXof = 45_000;
    await desk.run();
    assertRefused(await desk.decide(desk.moussa, item, 'confirmer'), 'suspense_changed');
    assert.equal((await desk.decide(desk.moussa, item, 'refuser')).status, 303);
    await desk.allocate(item, { choice: 'treasury' });
    assert.equal((await desk.run()).explainedXof, 45_000);
  });

  it('finds money that nobody announced, and who has the number that paid', async () => {
    const payer = await signUpPlayer(desk.house);
    desk.statement.add({
      transaction: 'gift',
      kind: 'deposit',
      netXof: 2_475,
      feeXof: 25,
      counterpartyPhone: payer.phone,
    });
    await desk.run();
    const item = await onlyItem();
    const page = await desk.khady.ask(`/en-attente/${item}`);
    assert.match(page.text, /aucune référence connue/);
    assert(page.text.includes(payer.name), page.text);
    assert(!page.text.includes(payer.phone.slice(4)), 'a number is told by its last digits');
    await desk.allocate(item, { choice: 'player', phone: payer.phone });
    assert.equal(await available(payer), 2_500);
    assert.equal((await desk.run()).explainedXof, 2_475);
    const looks = await desk.house.owner.query(
      `SELECT 1 FROM audit_entry WHERE command = 'view-suspense' AND target = $1`,
      [`suspense ${item}`],
    );
    assert(looks.length > 0);
  });

  it('is for finance alone, and unknown ids are not there', async () => {
    assert.equal((await desk.khady.ask(`/en-attente/${randomUUID()}`)).status, 404);
    assert.equal((await desk.khady.ask('/en-attente/nonsense')).status, 404);
  });
});
