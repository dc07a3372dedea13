import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fakeCallbackSecret, openFakeProvider, waitingDeposit } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { logInNewStaff, signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { showMaintenance, switchMaintenance } from './switch-maintenance.ts';

describe('maintenance', () => {
  let house: House;
  let player: TestPlayer;
  const fake = openFakeProvider();
  before(async () => {
    house = await openHouse({ providers: { internal: fake } });
    player = await signUpPlayer(house);
  });
  afterEach(() => switchTo(false));
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const wallet = () => player.get('/wallet');
  const statusOf = async (path: string) =>
    (await house.app.player.inject({ url: path, remoteAddress: '10.9.9.9' })).statusCode;
  /** As the command does it: this node is not told, it reads. */
  async function switchTo(isOn: boolean): Promise<void> {
    await switchMaintenance(house.db, isOn);
    const wanted = isOn ? 503 : 200;
    while ((await statusOf('/api/openapi.json')) !== wanted) await pause(20);
  }

  it('turns players away from the JSON interface with a code and a time to come back', async () => {
    await switchTo(true);
    for (const { status, body, headers } of [
      await wallet(),
      await player.post('/deposits', { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 }),
      await house.get('/nowhere'),
    ]) {
      assert.deepEqual([status, body.code, body.retry], [503, 'maintenance', true]);
      assert.equal(headers['retry-after'], '60');
      assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
    }
    await switchTo(false);
    assert.equal((await wallet()).status, 200);
  });

  it('shows people a page in both languages, whatever they ask for', async () => {
    await switchTo(true);
    for (const url of ['/', '/depot', '/nulle-part']) {
      const page = await house.app.player.inject({ url, headers: { cookie: player.cookie } });
      assert.equal(page.statusCode, 503, url);
      assert.equal(page.headers['retry-after'], '60');
      assert.match(page.body, /Mbayar est en maintenance/);
      assert.match(page.body, /lang="wo">Ñu ngi defar Mbayar/);
      assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
      assert.equal(page.headers['x-content-type-options'], 'nosniff');
    }
  });

  it('goes on storing what providers call about, and refuses forgeries', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const reference = randomUUID();
    await player.post('/deposits', { operationId: reference, provider: 'internal', amountXof: 1_000 });
    await switchTo(true);
    const event = randomUUID();
    const call = (secret: string) =>
      house.app.player.inject({
        method: 'POST',
        url: '/callbacks/internal',
        headers: { 'content-type': 'application/json', 'x-fake-secret': secret },
        payload: JSON.stringify({ event, reference }),
      });
    assert.equal((await call(fakeCallbackSecret)).statusCode, 200);
    assert.equal((await call('other')).statusCode, 401);
    const stored = await house.owner.query('SELECT 1 FROM provider_callback WHERE event_id = $1', [event]);
    assert.equal(stored.length, 1);
  });

  it('lets staff in and work', async () => {
    await switchTo(true);
    const colleague = await logInNewStaff(house, 'finance');
    assert.equal((await colleague.get('/staff/me')).status, 200);
  });

  it('is one row, keeps its first instant, and is written down', async () => {
    const since = await switchMaintenance(house.db, true);
    assert.deepEqual(await switchMaintenance(house.db, true), since);
    assert.deepEqual(await showMaintenance(house.db), since);
    assert.equal(await switchMaintenance(house.db, false), null);
    const entries = await house.owner.query<{ input: unknown; actor: string }>(
      `SELECT input, actor_kind AS actor FROM audit_entry WHERE command = 'switch-maintenance' ORDER BY id DESC LIMIT 2`,
    );
    assert.deepEqual(entries, [
      { input: { isOn: false }, actor: 'command_line' },
      { input: { isOn: true }, actor: 'command_line' },
    ]);
    await assert.rejects(house.owner.query('INSERT INTO service_state DEFAULT VALUES'), /service_state_pkey/);
    await assert.rejects(house.db.query('DELETE FROM service_state'), /permission denied/);
  });
});
