/** docs/payments.md, "A third provider": one folder and one line, and money comes in and goes out. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openLog } from '../log.ts';
import { findPorts } from '../postgres/free-port.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { teranga } from '../testing/third-provider.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { openSimulatedProviders, readProviders, type SimulatedProviders } from './providers.ts';

const log = openLog('silent');

describe('a third provider', () => {
  let house: House;
  let simulated: SimulatedProviders;
  let player: TestPlayer;
  before(async () => {
    const port = await findPorts();
    simulated = await openSimulatedProviders({
      log,
      url: `http://127.0.0.1:${port + 1}`,
      playerUrl: `http://127.0.0.1:${port}`,
      directory: null,
      modules: [teranga],
    });
    await simulated.site.listen({ port: port + 1, host: '127.0.0.1' });
    house = await openHouse({ providers: simulated.providers });
    await house.app.player.listen({ port, host: '127.0.0.1' });
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
    await simulated.close();
  });
  const available = async () => (await player.get('/wallet')).body.availableXof;
  const until = async <T>(ask: () => Promise<T | null>): Promise<T> => {
    for (let tries = 0; tries < 500; tries++) {
      const answer = await ask();
      if (answer !== null) return answer;
      await pause(20);
    }
    assert.fail('it did not come');
  };

  it('is paid on its page, calls, and the player is credited', async () => {
    const operationId = randomUUID();
    const asked = await player.post('/deposits', { operationId, provider: 'teranga', amountXof: 5_000 });
    assert.deepEqual([asked.status, asked.body.state], [201, 'requested'], JSON.stringify(asked.body));
    const { launch } = (await player.get(`/deposits/${operationId}`)).body;
    assert.equal(launch.links[0].label, 'Teranga');
    assert.equal(await available(), 0);
    assert.equal((await fetch(launch.links[0].url, { method: 'POST' })).status, 200);
    await until(async () => ((await available()) === 5_000 ? true : null));
    assert.equal((await player.get(`/deposits/${operationId}`)).body.state, 'credited');
  });

  it('pays a withdrawal out', async () => {
    const operationId = randomUUID();
    const asked = await player.post('/withdrawals', { operationId, provider: 'teranga', amountXof: 2_000 });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await sendWithdrawal(house.deps, operationId);
    assert.equal((await player.get(`/withdrawals/${operationId}`)).body.state, 'paid');
    assert.equal(await available(), 3_000);
    const balance = await house.deps.providers['teranga']?.readBalance('teranga');
    assert.deepEqual(balance, { kind: 'balance', amountXof: 3_000 });
  });

  it('is told from a forger by its key', async () => {
    const forged = await house.app.player.inject({
      method: 'POST',
      url: '/callbacks/teranga',
      headers: { 'x-teranga-key': 'guessed' },
      payload: '{"event":"x"}',
    });
    assert.equal(forged.statusCode, 401);
  });

  it('goes live by its environment alone, and complains of half of it', () => {
    const read = (env: Record<string, string>) => {
      const problems: string[] = [];
      const open = readProviders(
        (name) => env[name],
        (problem) => problems.push(problem),
        [teranga],
      );
      const opened = open({ log });
      return { names: Object.keys(opened.providers), problems, teranga: opened.providers['teranga'] };
    };
    assert.deepEqual(read({}).names, ['internal']);
    const live = read({ TERANGA_URL: 'https://teranga.example', TERANGA_KEY: 'k' });
    assert.equal(live.teranga?.servesTest, false);
    assert.deepEqual(read({ TERANGA_KEY: 'k' }).problems, ['TERANGA_URL and TERANGA_KEY go together']);
  });
});
