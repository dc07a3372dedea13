/** What people, providers and the machine do to each other in a history. Each says in a line what it did. */
import type { Db } from '#server/db.ts';
import { pollDeposits } from '#server/deposits/poll-deposits.ts';
import { readCallback } from '#server/deposits/read-callback.ts';
import { sendWithdrawal } from '#server/withdrawals/send-withdrawal.ts';
import { Broken, type History, must } from './history.ts';

export type Action = (history: History) => Promise<string>;

/** By how often each is drawn. */
export const actions: readonly (readonly [weight: number, action: Action])[] = [
  [10, askDeposit],
  [9, payDeposit],
  [2, payOddly],
  [3, refuseToPay],
  [3, openAnotherSession],
  [2, giveUpOnDeposits],
  [1, payUnasked],
  [14, askWithdrawal],
  [5, misbehave],
  [3, behave],
  [2, emptyFloat],
  [5, workOnce],
  [4, killWorker],
  [4, deliverCallbacks],
  [3, forgeCallback],
  [2, settlePayouts],
];

/** Refusals that a history may meet. Anything else ends it. */
const expectedRefusals = [
  'provider_unavailable',
  'withdrawal_insufficient_funds',
  'deposit_has_come',
  'deposit_attempts_used_up',
  'too_many_requests',
  'balance_over_ceiling',
];

export async function askDeposit(
  history: History,
  player = history.random.pick(history.players),
): Promise<string> {
  const { random, world } = history;
  const till = random.pick(world.tills);
  const asked = {
    operationId: random.uuid(),
    provider: till.name,
    amountXof: 1_000 + 500 * random.below(60),
  };
  const { status, body } = await world.house.post('/deposits', player.cookie, asked);
  if (status === 201)
    history.deposits.push({ id: asked.operationId, player, till, amountXof: asked.amountXof });
  const again = random.chance(0.2) ? await world.house.post('/deposits', player.cookie, asked) : null;
  return `deposit ${till.name} ${asked.amountXof} ${asked.operationId}: ${judge(status, body)}${again === null ? '' : ', asked twice'}`;
}

/** The code of a refusal, or the state; what nobody expects ends the history. */
function judge(status: number, body: { readonly code?: string; readonly state?: string }): string {
  if (status < 300) return body.state ?? String(status);
  if (status < 500 || status === 503) {
    if (expectedRefusals.includes(body.code ?? '')) return body.code ?? '';
  }
  throw new Broken(`an answer ${status} ${JSON.stringify(body)}`);
}

async function payDeposit(history: History): Promise<string> {
  const { random, deposits } = history;
  if (deposits.length === 0) return askDeposit(history);
  const { id, till, player } = random.pick(deposits);
  const sessions = till.sessionsOf(id);
  if (sessions.length === 0) return `nothing to pay for ${id}`;
  // Now and then all of them: a payer who presses twice.
  const paid = random.chance(0.3) ? sessions : [random.pick(sessions)];
  const done = paid.filter((session) => till.pay(session, { phone: player.phone }));
  return `paid ${done.length} of ${sessions.length} sessions of ${id}`;
}

async function payOddly(history: History): Promise<string> {
  const { random, deposits } = history;
  if (deposits.length === 0) return askDeposit(history);
  const { id, till, player, amountXof } = random.pick(deposits);
  const session = till.sessionsOf(id).at(-1);
  if (session === undefined) return `nothing to pay for ${id}`;
  if (random.chance(0.5)) {
    const isPaid = till.pay(session, { phone: '+221771999999' });
    return `${isPaid ? 'paid' : 'not paid'} from another number: ${id}`;
  }
  const isPaid = till.pay(session, { phone: player.phone, amountXof: amountXof + 500 });
  return `${isPaid ? 'paid' : 'not paid'} with 500 more: ${id}`;
}

async function refuseToPay(history: History): Promise<string> {
  const { random, deposits } = history;
  if (deposits.length === 0) return askDeposit(history);
  const { id, till, player } = random.pick(deposits);
  const session = till.sessionsOf(id).at(-1);
  if (session !== undefined) till.refuse(session, player.phone, random);
  return `a try to pay ${id} fails`;
}

async function openAnotherSession(history: History): Promise<string> {
  const { random, deposits, world } = history;
  if (deposits.length === 0) return askDeposit(history);
  const { id, player } = random.pick(deposits);
  const { status, body } = await world.house.post(`/deposits/${id}/attempts`, player.cookie, {});
  return `another session for ${id}: ${judge(status, body)}`;
}

/** More than a day passes for what was asked for: codes and sessions are over, and we have given up. */
async function giveUpOnDeposits(history: History): Promise<string> {
  await letDaysPass(history, 26 + history.random.below(20));
  await workOn(history, history.world.house.db);
  return 'a day passes, deposits are given up';
}

export async function letDaysPass({ world, deposits }: History, hours: number): Promise<void> {
  await world.house.owner.query(
    `WITH moved AS (
       UPDATE deposit_attempt SET requested_at = requested_at - $2 * interval '1 hour',
         expires_at = expires_at - $2 * interval '1 hour' WHERE deposit_id = ANY ($1::uuid[])
     )
     UPDATE deposit SET requested_at = requested_at - $2 * interval '1 hour',
       expires_at = expires_at - $2 * interval '1 hour', look_at = look_at - $2 * interval '1 hour'
     WHERE id = ANY ($1::uuid[])`,
    [deposits.map(({ id }) => id), hours],
  );
}

async function payUnasked(history: History): Promise<string> {
  const { random, world, players } = history;
  const till = random.pick(world.tills);
  const isPaid = till.payUnasked(random.pick(players).phone, 1_000 + 500 * random.below(20));
  history.hasUnasked ||= isPaid;
  return `${isPaid ? 'money that nobody asked for' : 'nothing'} at ${till.name}`;
}

async function askWithdrawal(history: History): Promise<string> {
  const { random, world, players } = history;
  const [player, till] = [random.pick(players), random.pick(world.tills)];
  const asked = { operationId: random.uuid(), provider: till.name, amountXof: 500 + 5 * random.below(1_600) };
  const { status, body } = await world.house.post('/withdrawals', player.cookie, asked);
  if (status === 202)
    history.withdrawals.push({ id: asked.operationId, player, till, amountXof: asked.amountXof });
  return `withdrawal ${till.name} ${asked.amountXof} ${asked.operationId}: ${judge(status, body)}`;
}

async function misbehave({ random, world, seed, lines }: History): Promise<string> {
  const till = random.pick(world.tills);
  return `${till.name} misbehaves: ${till.misbehave(random, seed + lines.length)}`;
}

async function behave({ random, world }: History): Promise<string> {
  const till = random.pick(world.tills);
  till.behave();
  till.fillFloat();
  world.letCircuitsClose();
  return `${till.name} behaves again`;
}

async function emptyFloat({ random, world }: History): Promise<string> {
  const till = random.pick(world.tills);
  till.emptyFloat();
  return `our float at ${till.name} is empty`;
}

async function settlePayouts({ random, world }: History): Promise<string> {
  for (const till of world.tills) till.settlePayouts(random);
  return 'payouts under way are decided';
}

export async function workOnce(history: History): Promise<string> {
  await workOn(history, history.world.house.db);
  return 'a worker does what there is';
}

class Killed extends Error {}

/** A worker that dies at its n-th transaction; another one does all of it again. */
async function killWorker(history: History): Promise<string> {
  let left = history.random.below(4);
  const { db } = history.world.house;
  const dying: Db = {
    ...db,
    transaction: async (work) => {
      left -= 1;
      if (left < 0) throw new Killed('killed');
      return db.transaction(work);
    },
  };
  const lives = left;
  await workOn(history, dying).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  return `a worker is killed after ${lives} transactions`;
}

/** What the jobs do, now. */
export async function workOn(history: History, db: Db): Promise<void> {
  const { world, withdrawals, deposits, random } = history;
  const deps = { ...world.house.deps, db };
  await world.house.owner.query(
    'UPDATE deposit SET look_at = clock_timestamp() WHERE id = ANY ($1::uuid[]) AND look_at IS NOT NULL',
    [deposits.map(({ id }) => id)],
  );
  // Who was on his way when a worker died is not on his way any more.
  await world.house.owner.query(
    `UPDATE withdrawal SET sent_at = sent_at - interval '1 minute' WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL`,
    [withdrawals.map(({ id }) => id)],
  );
  const look = async () => {
    for (const { name } of world.tills) await pollDeposits(deps, name);
    await readCallbacks(history, db);
  };
  const order = withdrawals.map((withdrawal) => ({ withdrawal, at: random.next() }));
  order.sort((one, other) => one.at - other.at);
  const send = async () => {
    for (const { withdrawal } of order) await sendWithdrawal(deps, withdrawal.id);
  };
  // Whoever comes first meets what goes wrong.
  for (const work of random.chance(0.5) ? [look, send] : [send, look]) await work();
}

async function readCallbacks({ world, lastCallbackId }: History, db: Db): Promise<void> {
  const unread = await world.house.owner.query<{ id: number }>(
    'SELECT id FROM provider_callback WHERE id > $1 AND read_at IS NULL ORDER BY id',
    [lastCallbackId],
  );
  for (const { id } of unread) await readCallback({ ...world.house.deps, db }, id);
}

async function deliverCallbacks({ random, world }: History): Promise<string> {
  const till = random.pick(world.tills);
  const waiting = till.callbacksWaiting();
  await till.deliverCallbacks();
  return `${till.name} delivers ${waiting} callbacks`;
}

async function forgeCallback(history: History): Promise<string> {
  const till = history.random.pick(history.world.tills);
  const { how, status } = await till.forge(history.random);
  history.forgedCount += 1;
  must(status === 401, `a forged callback (${till.name}, ${how}) was answered ${status}`);
  return `a forged callback at ${till.name}: ${how}`;
}
