/** One history from its seed to its judgement. */
import { one } from '#server/db.ts';
import { actions, askDeposit, workOnce } from './actions.ts';
import type { History } from './history.ts';
import { judgeHistory } from './judge.ts';
import { openRandom } from './random.ts';
import { leadToRest } from './rest.ts';
import type { World } from './world.ts';

/** What happens goes into `lines` as it happens, so that it is there when something breaks. */
export async function playHistory(world: World, seed: number, lines: string[]): Promise<History> {
  const random = openRandom(seed);
  for (const till of world.tills) till.mark();
  const { id } = one(
    await world.house.owner.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM provider_callback'),
  );
  const history: History = {
    seed,
    random,
    world,
    players: await world.takePlayers(2 + random.below(3)),
    deposits: [],
    withdrawals: [],
    lastCallbackId: id,
    forgedCount: 0,
    hasUnasked: false,
    lines,
  };
  await bringMoney(history);
  const length = 10 + random.below(11);
  for (let step = 0; step < length; step++) {
    const act = random.weigh(actions);
    lines.push(`${act.name} …`);
    lines[lines.length - 1] = await act(history);
  }
  lines.push('led to rest');
  await leadToRest(history);
  await judgeHistory(history);
  return history;
}

/** So that there is something to take out. */
async function bringMoney(history: History): Promise<void> {
  const { random, lines, players, world } = history;
  for (const player of players) {
    lines.push(await askDeposit(history, player));
    const deposit = history.deposits.at(-1);
    const session = deposit?.till.sessionsOf(deposit.id).at(-1);
    if (deposit !== undefined && session !== undefined) deposit.till.pay(session, { phone: player.phone });
  }
  if (random.chance(0.5)) for (const till of world.tills) await till.deliverCallbacks();
  lines.push(`all of them are paid; ${await workOnce(history)}`);
}
