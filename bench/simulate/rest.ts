/** Leads a history to rest: the storm is over, every callback has come, everybody has been asked. */
import { reconcile } from '#server/reconciliation/reconcile.ts';
import { letDaysPass, workOn } from './actions.ts';
import type { History } from './history.ts';

const ROUNDS_MAX = 6;

export async function leadToRest(history: History): Promise<void> {
  const { world, random } = history;
  for (const till of world.tills) {
    till.behave();
    till.fillFloat();
    till.settlePayouts(random);
  }
  await resumeProviders(history);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    world.letCircuitsClose();
    for (const till of world.tills) await till.deliverCallbacks();
    await workOn(history, world.house.db);
    for (const till of world.tills) till.settlePayouts(random);
    const waiting = world.tills.reduce((sum, till) => sum + till.callbacksWaiting(), 0);
    if (waiting === 0 && round >= 1 && (await countOpen(history)) === 0) break;
  }
  await endTheWatch(history);
  if (history.hasUnasked) await reconcile(world.house.deps, { provider: 'wave' });
}

/** People have looked, and let go what the house had stopped by itself. */
async function resumeProviders({ world }: History): Promise<void> {
  await world.house.owner.query(
    `UPDATE provider_state SET payouts_stopped_at = NULL, deposits_stopped_at = NULL, stopped_reason = NULL,
       stopped_detail = NULL, balance_xof = NULL, balance_at = NULL`,
  );
}

/** Two days and more later nobody waits for a payment any more. */
async function endTheWatch(history: History): Promise<void> {
  const { world, lastCallbackId } = history;
  await letDaysPass(history, 100);
  await world.house.owner.query(
    `UPDATE provider_callback SET received_at = received_at - interval '100 hours' WHERE id > $1 AND read_at IS NULL`,
    [lastCallbackId],
  );
  await workOn(history, world.house.db);
}

async function countOpen({ world, withdrawals }: History): Promise<number> {
  const rows = await world.house.owner.query(
    'SELECT 1 FROM withdrawal WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL',
    [withdrawals.map(({ id }) => id)],
  );
  return rows.length;
}
