/** What providers gave us to keep, and what players type, stands in no log and in no table. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { pollDeposits } from '../deposits/poll-deposits.ts';
import { readCallback } from '../deposits/read-callback.ts';
import { openLog } from '../log.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { type House, openHouse } from '../testing/house.ts';
import { listenSimulator } from '../testing/listen-simulator.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import { signUpPlayer, type TestPlayer, testPin } from '../testing/people.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { openOrange } from './orange/module.ts';
import type { OrangeSimulator } from './orange/simulator/control.ts';
import { openOrangeSimulator } from './orange/simulator/open-simulator.ts';
import { openOutgoingHttp } from './outgoing-http.ts';
import { openWave } from './wave/module.ts';
import type { WaveSimulator } from './wave/simulator/control.ts';
import { openWaveSimulator } from './wave/simulator/open-simulator.ts';

describe('W17 secrets of providers and players', () => {
  const lines: string[] = [];
  const log = openLog('trace', { write: (line) => void lines.push(line) });
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  let wave: WaveSimulator;
  let orange: OrangeSimulator;
  let house: House;
  let node: TestNode;
  let player: TestPlayer;
  const closing: (() => Promise<void>)[] = [];

  before(async () => {
    const options = { callbackUrl: 'http://127.0.0.1:9/', file: null, log };
    const waves = await listenSimulator((url) => openWaveSimulator({ ...options, url }));
    const oranges = await listenSimulator((url) => openOrangeSimulator({ ...options, url }));
    closing.push(waves.close, oranges.close);
    [wave, orange] = [waves.simulator, oranges.simulator];
    const open = { log, http, servesTest: true };
    house = await openHouse({
      providers: { wave: openWave(wave.config, open), orange: openOrange(orange.config, open) },
    });
    node = await openNode(house, { log });
    player = await signUpPlayer(house);
  });
  after(async () => {
    await node.close();
    await house.assertSound();
    await house.close();
    for (const close of closing) await close();
    await http.close();
  });

  /** Money in and out by one provider, on a good day and on bad ones. */
  async function playDay(provider: 'wave' | 'orange'): Promise<void> {
    const deps = { ...house.deps, log };
    const ask = { operationId: randomUUID(), provider, amountXof: 5_000 };
    assert.equal((await node.post('/deposits', player.cookie, ask)).status, 201);
    if (provider === 'wave') wave.control.pay(wave.control.sessions().at(-1)?.id ?? '');
    else orange.control.pay(orange.control.qrs().at(-1)?.qrId ?? '', { from: player.phone.slice(4) });
    await pollDeposits(deps, provider, { aheadMs: 3_600_000 });
    for (const headers of [{}, { authorization: `Bearer ${wave.config.webhooks.secrets[0]}` }]) {
      const forged = await node.app.player.inject({
        method: 'POST',
        url: `/callbacks/${provider}`,
        headers,
        payload: '{"id":"EV_1"}',
      });
      assert.equal(forged.statusCode, 401);
    }
    for (const fault of [false, true]) {
      if (fault && provider === 'wave') wave.control.setFaults({ access: 'api-key-revoked' });
      if (fault && provider === 'orange') orange.control.setPin('0007');
      const out = { operationId: randomUUID(), provider, amountXof: 1_000 };
      assert.equal((await node.post('/withdrawals', player.cookie, out)).status, 202);
      await sendWithdrawal(deps, out.operationId);
      const { state } = (await node.get(`/withdrawals/${out.operationId}`, player.cookie)).body;
      assert.equal(state, fault ? 'requested' : 'paid');
    }
    await reconcile(deps, { provider });
    await readCallback(deps, 1);
  }

  it('are in no line at log level trace, in no error, and in no row of the database', async () => {
    await playDay('orange');
    await playDay('wave');
    const output = lines.join('');
    assert.match(output, /a forged callback/);
    assert.match(output, /withdrawals are stopped/);
    const rows = await readAllRows();
    assert(rows.includes('withdrawal_requested'), 'the rows are read');
    const { apiKey, signingSecret, webhooks } = wave.config;
    const { clientId: _public, clientSecret, callbackApiKey, retailer } = orange.config;
    const secrets = [apiKey, signingSecret ?? '', ...webhooks.secrets, clientSecret, callbackApiKey];
    for (const secret of secrets) {
      assert(secret.length > 16);
      assert(!output.includes(secret), 'a key in the log');
      assert(!rows.includes(secret), 'a key in the database');
    }
    for (const pin of [testPin, retailer?.pin ?? '', '0007']) {
      // Four digits count when they stand alone: inside a number or an id they are no PIN.
      const alone = new RegExp(`(?<![\\w.:+-])${pin}(?![\\w.:+-])`);
      assert.doesNotMatch(output, alone);
      assert.doesNotMatch(rows, alone);
    }
    assert(!output.includes(player.phone.slice(4)), 'a whole phone in the log');
  });

  async function readAllRows(): Promise<string> {
    const tables = await house.owner.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await house.owner.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  }
});
