/** Two people of finance at their screens, a player, and a provider whose statement a test writes. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ErrorCode, errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type RunFound, reconcile } from '../reconciliation/reconcile.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { type FakeProvider, openFakeProvider, paidBy } from './fake-provider.ts';
import { type FakeStatement, openFakeStatement } from './fake-statement.ts';
import { type House, openHouse } from './house.ts';
import { signUpPlayer, type TestPlayer } from './people.ts';
import { formOf, Reader, type ReadPage } from './reader.ts';
import { type SeededStaff, seedStaff } from './seed.ts';
import { unlimitedRates } from './seed-settings.ts';

export interface MoneyDesk {
  readonly house: House;
  readonly fake: FakeProvider;
  readonly statement: FakeStatement;
  readonly player: TestPlayer;
  /** Khady and her colleague. */
  readonly staff: readonly [SeededStaff, SeededStaff];
  readonly khady: Reader;
  readonly moussa: Reader;
  /** A deposit of the player's that is credited. */
  deposit(amountXof: number): Promise<string>;
  /** A withdrawal of the player's, sent. */
  withdraw(amountXof: number): Promise<string>;
  /** A deposit for which another amount came: its payment waits in suspense. Returns the payment's id. */
  suspendDeposit(askedXof: number, cameXof: number): Promise<{ depositId: string; paymentId: string }>;
  /** One reconciliation of the only account. */
  run(): Promise<RunFound>;
  /** All that happened, and was told, happened this many days ago. */
  daysPass(days?: number): Promise<void>;
  /** Sends the form of a proposal. Does not follow. */
  propose(by: Reader, itemId: string, fields: Record<string, string>): Promise<ReadPage>;
  /** Presses a button of the proposal that waits; 'confirmer' or 'refuser'. Does not follow. */
  decide(by: Reader, itemId: string, action: 'confirmer' | 'refuser'): Promise<ReadPage>;
  /** Khady proposes, her colleague confirms. */
  allocate(itemId: string, fields: Record<string, string>): Promise<void>;
  /** Ids of what is in the queue, oldest first. */
  queue(): Promise<string[]>;
  /** What an account holds, in francs; credits count up. */
  heldBy(kind: string): Promise<number>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export async function openMoneyDesk(): Promise<MoneyDesk> {
  const fake = openFakeProvider();
  const statement = openFakeStatement(fake);
  const providers = { internal: fake };
  const house = await openHouse({ providers, pages: await loadPageBundles(), settings: unlimitedRates });
  const player = await signUpPlayer(house);
  const [one, two] = await seedStaff(house.owner, 2, 'finance');
  assert(one !== undefined && two !== undefined);
  const khady = new Reader(house.app.office, one.cookie);
  const moussa = new Reader(house.app.office, two.cookie);

  const decide: MoneyDesk['decide'] = async (by, itemId, action) => {
    const page = await by.ask(`/en-attente/${itemId}`);
    const path = new RegExp(`action="(/en-attente/${itemId}/[^/"]+/${action})"`).exec(page.html)?.[1];
    assert(path !== undefined, `no button ${action}: ${page.text}`);
    return by.submit(page, path);
  };
  const propose: MoneyDesk['propose'] = async (by, itemId, fields) => {
    const path = `/en-attente/${itemId}/proposer`;
    const page = await by.ask(`/en-attente/${itemId}`);
    return by.post(path, new URLSearchParams({ ...formOf(page, path), ...fields }).toString());
  };
  return {
    ...{ house, fake, statement, player, khady, moussa, decide, propose },
    staff: [one, two],
    deposit: async (amountXof) => {
      const operationId = randomUUID();
      const answer = await player.post('/deposits', { operationId, provider: 'internal', amountXof });
      assert.equal(answer.body.state, 'credited', JSON.stringify(answer.body));
      return operationId;
    },
    withdraw: async (amountXof) => {
      const operationId = randomUUID();
      const answer = await player.post('/withdrawals', { operationId, provider: 'internal', amountXof });
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      await sendWithdrawal(house.deps, operationId);
      return operationId;
    },
    suspendDeposit: async (askedXof, cameXof) => {
      const depositId = randomUUID();
      fake.behaviour.depositAnswer = (reference) =>
        paidBy({ transaction: `T-${reference}`, amountXof: cameXof });
      const asked = { operationId: depositId, provider: 'internal', amountXof: askedXof };
      const answer = await player.post('/deposits', asked);
      assert.equal(answer.body.state, 'review', JSON.stringify(answer.body));
      const [payment] = await house.owner.query<{ id: string }>(
        'SELECT id FROM incoming_payment WHERE deposit_id = $1',
        [depositId],
      );
      return { depositId, paymentId: payment?.id ?? assert.fail('no payment') };
    },
    run: async () => {
      const [found] = await reconcile(house.deps);
      return found ?? assert.fail('nothing was reconciled');
    },
    daysPass: async (days = 2) => {
      const back = `- $1 * interval '1 day'`;
      const { owner } = house;
      await owner.query(`UPDATE incoming_payment SET recorded_at = recorded_at ${back}`, [days]);
      await owner.query(`UPDATE withdrawal SET ended_at = ended_at ${back} WHERE ended_at IS NOT NULL`, [
        days,
      ]);
      await owner.query(`UPDATE statement_line SET at = at ${back}, read_at = read_at ${back}`, [days]);
      await owner.query(`UPDATE statement_reading SET day = day - $1::int, read_at = read_at ${back}`, [
        days,
      ]);
      await owner.query(`UPDATE statement_break SET day = day - $1::int`, [days]);
      for (const [index, line] of statement.lines.entries()) {
        statement.lines[index] = { ...line, at: new Date(line.at.getTime() - days * DAY_MS) };
      }
    },
    allocate: async (itemId, fields) => {
      const proposed = await propose(khady, itemId, { note: 'Vérifié dans le portail', ...fields });
      assert.equal(proposed.status, 303, proposed.text);
      const confirmed = await decide(moussa, itemId, 'confirmer');
      assert.equal(confirmed.status, 303, confirmed.text);
    },
    queue: async () => {
      const { html } = await khady.ask('/en-attente');
      return [...html.matchAll(/href="\/en-attente\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id);
    },
    heldBy: async (kind) => {
      const [row] = await house.owner.query<{ held: number }>(
        `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint
           AS held
         FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
         WHERE a.kind = $1`,
        [kind],
      );
      return row?.held ?? 0;
    },
    close: async () => {
      await house.assertSound();
      await house.close();
    },
  };
}

/** The page of a refused form: its status, and the sentence of its code. */
export function assertRefused(page: ReadPage, code: ErrorCode): void {
  const { status, fr } = errorCatalogue[code];
  assert.equal(page.status, status, page.text);
  assert(page.text.includes(fr), `${code}: ${page.text}`);
}
