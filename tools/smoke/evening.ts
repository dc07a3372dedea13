/** A whole evening in small: money in, an offer, an acceptance, the whistle, a result by two, the winner paid, money out. */
import { randomUUID } from 'node:crypto';
import { xof } from '#core/money.ts';
import { winnerSlip } from '#core/settlement.ts';
import { type People, Person, type Sites, statementAddsUp } from './people.ts';
import { expect, type Steps, until } from './steps.ts';

const stakeXof = xof(1_000);

export async function playEvening(steps: Steps, people: People, at: Sites): Promise<void> {
  const [winner, loser] = people.players;
  const [operator, colleague] = people.staff;
  const before = await steps.run('balances before', () => balances(people));

  await steps.run('deposit by two players', async () => {
    for (const player of [winner, loser]) await deposit(player);
    expect(await balances(people), plus(before, [1_000, 1_000]), 'balances after the deposits');
  });
  const bout = await steps.run('a hidden gala with one bout, open', () => openBout(operator, winner));
  await steps.run('the public sees nothing of it', () => seeNothing(at, bout));

  const netXof = await steps.run('one offer, one acceptance', () => bet(winner, loser, bout));
  expect(await balances(people), before, 'balances with the bet');
  await steps.run('the whistle, and nothing is taken after it', () => whistle(operator, winner, bout));
  await steps.run('the result by two people', () => decide(operator, colleague, bout));
  await steps.run('the winner is paid', async () => {
    await until('the settlement', 15_000, async () => {
      const settlement = await operator.mustGet(`/staff/markets/${bout.marketId}/settlement`);
      return settlement.state === 'done' ? settlement : null;
    });
    expect(await balances(people), plus(before, [netXof, 0]), 'balances after the result');
    const { bets } = await winner.mustGet('/bets');
    expect([bets[0].state, bets[0].payoutXof], ['won', netXof], 'the bet of the winner');
    expect((await loser.mustGet('/bets')).bets[0].state, 'lost', 'the bet of the loser');
  });
  await steps.run('withdrawal by the winner', () => withdraw(winner, netXof - (netXof % 5)));
  await steps.run('statements add up to the balances', async () => {
    expect(await balances(people), plus(before, [netXof % 5, 0]), 'balances at the end');
    for (const player of people.players) await statementAddsUp(player);
  });
  await steps.run('the public still sees nothing of it', () => seeNothing(at, bout));
}

interface Bout {
  readonly galaId: number;
  readonly boutId: number;
  readonly marketId: number;
}

async function balances({ players }: People): Promise<number[]> {
  const wallets = await Promise.all(players.map((player) => player.mustGet('/wallet')));
  return wallets.map((wallet) => wallet.availableXof);
}

function plus(amounts: readonly number[], more: readonly number[]): number[] {
  return amounts.map((amount, index) => amount + (more[index] ?? 0));
}

async function deposit(player: Person): Promise<void> {
  const asked = { operationId: randomUUID(), provider: 'internal', amountXof: stakeXof };
  expect((await player.mustPost('/deposits', asked)).state, 'credited', 'the deposit');
}

async function openBout(operator: Person, player: Person): Promise<Bout> {
  const soon = new Date(Date.now() + 60 * 60 * 1000).toISOString();
  const { galaId } = await operator.mustPost('/staff/galas', {
    operationId: randomUUID(),
    name: 'Essai',
    venue: 'Essai',
    authority: 'FSL',
    startsAt: soon,
    visibility: 'hidden',
    isTest: true,
  });
  const { wrestlers } = await player.mustGet('/wrestlers?search=a');
  const { boutId, marketId } = await operator.mustPost(`/staff/galas/${galaId}/bouts`, {
    operationId: randomUUID(),
    wrestlerAId: wrestlers[0].id,
    wrestlerBId: wrestlers[1].id,
    scheduledAt: soon,
  });
  await operator.mustPost(`/staff/markets/${marketId}/open`, { operationId: randomUUID() });
  return { galaId, boutId, marketId };
}

async function seeNothing(at: Sites, { galaId, boutId }: Bout): Promise<void> {
  const nobody = new Person(at.playerUrl);
  const { galas } = await nobody.mustGet('/galas');
  expect(
    galas.some((gala: { id: number }) => gala.id === galaId),
    false,
    'the gala in the public list',
  );
  expect((await nobody.get(`/galas/${galaId}`)).status, 404, 'the gala for the public');
  expect((await nobody.get(`/bouts/${boutId}`)).status, 404, 'the bout for the public');
}

/** Returns what the winner was promised. */
async function bet(winner: Person, loser: Person, { marketId, boutId }: Bout): Promise<number> {
  const { market } = await winner.mustGet(`/bouts/${boutId}`);
  const promisedXof = winnerSlip(stakeXof, stakeXof, market.ruleCard.rates).netXof;
  const offer = await winner.mustPost(`/markets/${marketId}/offers`, {
    operationId: randomUUID(),
    side: 'A',
    stakeXof,
    askXof: stakeXof,
  });
  expect(offer.openXof, stakeXof, 'the offer waits');
  const accepted = await loser.mustPost(`/markets/${marketId}/offers/${offer.offerId}/accept`, {
    operationId: randomUUID(),
    stakeXof,
  });
  expect(accepted.bet.netXof, promisedXof, 'the net shown');
  return promisedXof;
}

async function whistle(operator: Person, player: Person, { marketId }: Bout): Promise<void> {
  await operator.mustPost(`/staff/markets/${marketId}/whistle`, { operationId: randomUUID() });
  const late = { operationId: randomUUID(), side: 'A', stakeXof, askXof: stakeXof };
  const { body } = await player.post(`/markets/${marketId}/offers`, late);
  expect(body.code, 'market_closed', 'a bet after the whistle');
}

async function decide(operator: Person, colleague: Person, { boutId }: Bout): Promise<void> {
  const proposal = { operationId: randomUUID(), ending: 'fall', winnerSide: 'A', source: 'essai' };
  const { resultId } = await until('the root of the bets', 15_000, async () => {
    const answer = await operator.post(`/staff/bouts/${boutId}/result`, {
      ...proposal,
      // A refusal stands for its id: each try is a new one.
      operationId: randomUUID(),
    });
    if (answer.body.code === 'root_not_published') return null;
    if (answer.status !== 201) throw new Error(`the proposal: ${answer.status} ${answer.body.code}`);
    return answer.body;
  });
  const path = `/staff/bouts/${boutId}/result/confirm`;
  const own = await operator.post(path, { operationId: randomUUID(), resultId });
  expect(own.body.code, 'same_person', 'a confirmation by who proposed');
  await colleague.mustPost(path, { operationId: randomUUID(), resultId });
}

async function withdraw(player: Person, amountXof: number): Promise<void> {
  const operationId = randomUUID();
  await player.mustPost('/withdrawals', { operationId, provider: 'internal', amountXof });
  await until('the withdrawal', 15_000, async () => {
    const { state } = await player.mustGet(`/withdrawals/${operationId}`);
    return state === 'paid' ? state : null;
  });
}
