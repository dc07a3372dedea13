/** The simulated Wave by itself, asked without the adapter. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openLog } from '../../../log.ts';
import { listenSimulator } from '../../../testing/listen-simulator.ts';
import type { ComposedCallback } from '../../simulator/deliver-callbacks.ts';
import { magicNumber } from './control.ts';
import { openWaveSimulator } from './open-simulator.ts';

const log = openLog('silent');
const directory = mkdtempSync(join(tmpdir(), 'mbayar-wave-'));
const callbackUrl = 'http://127.0.0.1:9/callbacks/wave';
const open = (file: string | null = null) =>
  listenSimulator((url) => openWaveSimulator({ url, callbackUrl, file, log }));

let wave: Awaited<ReturnType<typeof open>>;
const posted: ComposedCallback[] = [];
before(async () => {
  wave = await open();
  wave.simulator.control.holdCallbacks(true);
  wave.simulator.control.postCallbacksThrough(async (callback) => posted.push(callback) && 200);
});
beforeEach(async () => {
  wave.simulator.control.clearFaults();
  await wave.simulator.control.deliverCallbacks();
  posted.length = 0;
});
after(async () => {
  await wave.close();
  rmSync(directory, { recursive: true });
});

const session = {
  amount: '1000',
  currency: 'XOF',
  client_reference: 'ref-1',
  success_url: 'https://example.com/ok',
  error_url: 'https://example.com/no',
  restrict_payer_mobile: '+221771234567',
};
const payout = {
  currency: 'XOF',
  receive_amount: '1200',
  mobile: '+221771234567',
  client_reference: 'out-1',
};

function signed(body: string, t = Math.floor(Date.now() / 1000)): Record<string, string> {
  const { apiKey, signingSecret } = wave.simulator.config;
  const digest = createHmac('sha256', signingSecret ?? '')
    .update(`${t}${body}`)
    .digest('hex');
  return { authorization: `Bearer ${apiKey}`, 'wave-signature': `t=${t},v1=${digest}` };
}

async function call(
  method: 'GET' | 'POST',
  path: string,
  { body = '', headers = signed(body) }: { body?: string; headers?: Record<string, string> } = {},
) {
  const sent =
    method === 'POST' ? { body, headers: { ...headers, 'content-type': 'application/json' } } : { headers };
  const response = await fetch(`${wave.url}${path}`, { method, redirect: 'manual', ...sent });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
}
const get = (path: string) => call('GET', path);
const post = (path: string, value: unknown, headers: Record<string, string> = {}) => {
  const body = JSON.stringify(value);
  return call('POST', path, { body, headers: { ...signed(body), ...headers } });
};
const payOut = (key: string, of: object = {}) =>
  post('/v1/payout', { ...payout, client_reference: key, ...of }, { 'idempotency-key': key });

describe('access to the simulated Wave', () => {
  const now = () => Math.floor(Date.now() / 1000);
  for (const [code, headers] of [
    ['missing-auth-header', () => ({})],
    ['invalid-auth', () => ({ authorization: 'Basic abc' })],
    ['api-key-not-provided', () => ({ authorization: 'Bearer ' })],
    ['no-matching-api-key', () => ({ authorization: 'Bearer other' })],
    ['missing-signature', () => ({ authorization: signed('')['authorization'] ?? '' })],
    ['invalid-signature-format', () => ({ ...signed(''), 'wave-signature': 'v1=abc' })],
    ['invalid-signature', () => signed('other')],
    ['invalid-signature-timestamp', () => signed('', now() + 60)],
    ['expired-signature-timestamp', () => signed('', now() - 301)],
  ] as const) {
    it(`401 ${code}`, async () => {
      const answer = await call('GET', '/v1/balance', { headers: headers() });
      assert.deepEqual([answer.status, answer.body.code], [401, code]);
    });
  }

  it('403 when the wallet or the address is not allowed; a disabled wallet shows its balance', async () => {
    const { control } = wave.simulator;
    control.setFaults({ access: 'ip-not-allowed', errorShape: 'nested' });
    assert.equal((await get('/v1/balance')).body.error.code, 'ip-not-allowed');
    control.setFaults({ access: 'disabled-wallet' });
    assert.equal((await get('/v1/balance')).status, 200);
    assert.equal((await get('/v1/transactions')).status, 403);
  });
});

describe('the simulated checkout', () => {
  for (const [what, change] of [
    ['an amount that is a number', { amount: 1000 }],
    ['an amount with decimals', { amount: '1000.00' }],
    ['an amount with a leading zero', { amount: '0100' }],
    ['another currency', { currency: 'EUR' }],
    ['an address without https', { success_url: 'http://example.com/ok' }],
    ['no address', { error_url: undefined }],
    ['a reference that is too long', { client_reference: 'x'.repeat(256) }],
    ['a phone that is not E.164', { restrict_payer_mobile: '771234567' }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.equal((await post('/v1/checkout/sessions', { ...session, ...change })).status, 400);
    });
  }

  it('is paid once, by its payer only, and tells of both', async () => {
    const { control } = wave.simulator;
    const balanceXof = control.balanceXof();
    const { body: created } = await post('/v1/checkout/sessions', session);
    assert.equal(created.checkout_status, 'open');
    const page = (action: string) =>
      fetch(created.wave_launch_url, { method: 'POST', body: new URLSearchParams({ action }) });
    assert.match(await (await page('autre')).text(), /réservé à un autre numéro/);
    assert.match(await (await page('payer')).text(), /url=https:\/\/example.com\/ok/);
    await page('payer');
    const { body: paid } = await get(`/v1/checkout/sessions/${created.id}`);
    assert.deepEqual([paid.checkout_status, paid.payment_status], ['complete', 'succeeded']);
    assert.equal(control.balanceXof(), balanceXof + 990);
    const { body: found } = await get(`/v1/checkout/sessions?transaction_id=${paid.transaction_id}`);
    assert.equal(found.id, created.id);
    await control.deliverCallbacks();
    const types = posted.map(({ body }) => JSON.parse(body).type);
    assert.deepEqual(types, ['checkout.session.payment_failed', 'checkout.session.completed']);
    assert.equal((await post(`/v1/checkout/sessions/${created.id}/refund`, {})).text, '');
    await post(`/v1/checkout/sessions/${created.id}/refund`, {});
    assert.equal(control.balanceXof(), balanceXof);
  });

  it('has a page that leads back by a link and by itself, and shows the number of what was paid', async () => {
    const { id } = (await post('/v1/checkout/sessions', session)).body;
    const act = async (action: string) => {
      const body = new URLSearchParams({ action });
      const answer = await fetch(`${wave.url}/sim/wave/c/${id}`, { method: 'POST', body });
      return { url: answer.url, text: await answer.text() };
    };
    // A redirect to another site would be stopped by the browser, after a form.
    const given = await act('abandonner');
    assert.ok(given.url.startsWith(wave.url), given.url);
    assert.match(given.text, /href="https:\/\/example\.com\/no"/);
    assert.match(given.text, /<meta http-equiv="refresh" content="\d;url=https:\/\/example\.com\/no">/);
    const now = () => wave.simulator.control.sessions().find((one) => one.id === id);
    assert.equal(now()?.status, 'open', 'it can still be paid');
    const paid = await act('payer');
    assert.ok(paid.text.includes(now()?.transaction ?? 'no number'));
    assert.match(paid.text, /<meta http-equiv="refresh" content="\d;url=https:\/\/example\.com\/ok">/);
  });

  it('expires by its time or when asked', async () => {
    const { body: early } = await post('/v1/checkout/sessions', session);
    assert.equal((await post(`/v1/checkout/sessions/${early.id}/expire`, {})).status, 200);
    assert.equal((await post(`/v1/checkout/sessions/${early.id}/expire`, {})).status, 409);
    const { body: late } = await post('/v1/checkout/sessions', session);
    wave.simulator.control.advance(30 * 60_000);
    const { body: seen } = await get(`/v1/checkout/sessions/${late.id}`);
    assert.deepEqual([seen.checkout_status, seen.payment_status], ['expired', 'cancelled']);
    wave.simulator.control.advance(-30 * 60_000);
  });
});

describe('the simulated payout', () => {
  it('is paid once for each key', async () => {
    const { control } = wave.simulator;
    const balanceXof = control.balanceXof();
    const { body: first } = await payOut('key-1');
    assert.deepEqual([first.status, first.fee], ['succeeded', '10']);
    assert.equal((await payOut('key-1')).body.id, first.id);
    assert.equal((await payOut('key-1', { receive_amount: '1300' })).status, 409);
    assert.equal((await post('/v1/payout', payout)).status, 400);
    assert.equal(control.balanceXof(), balanceXof - 1210);
    assert.equal((await post(`/v1/payout/${first.id}/reverse`, {})).status, 200);
    assert.equal(control.balanceXof(), balanceXof);
  });

  for (const [which, statuses, created] of [
    [1, [422], null],
    [2, [422], null],
    [3, [422], null],
    [4, [422], null],
    [5, [200], 'succeeded'],
    [6, [200], 'failed'],
    [7, [500, 200], 'succeeded'],
    [8, [0, 200], 'succeeded'],
    [9, [429, 429, 200], 'succeeded'],
    [10, [503, 503, 200], 'succeeded'],
  ] as const) {
    it(`number ${which} answers ${statuses.join(', ')}`, async () => {
      const { control } = wave.simulator;
      const answers: number[] = [];
      for (const _ of statuses) {
        const answer = await payOut(`magic-${which}`, { mobile: magicNumber(which) }).catch(() => null);
        answers.push(answer?.status ?? 0);
      }
      assert.deepEqual(answers, statuses);
      control.advance(5_000);
      const found = control.payouts().filter(({ mobile }) => mobile === magicNumber(which));
      assert.deepEqual(
        found.map(({ status }) => status),
        created === null ? [] : [created],
      );
    });
  }

  it('is refused when the wallet is empty, fee included', async () => {
    const { control } = wave.simulator;
    const emptied = control.balanceXof() - 1_209;
    control.moveFloat(-emptied);
    assert.equal((await payOut('poor')).body.code, 'insufficient-funds');
    control.moveFloat(1);
    assert.equal((await payOut('poor')).body.status, 'succeeded');
    control.moveFloat(emptied);
  });
});

describe('the simulated statement and its books', () => {
  it('adds up, page by page, to the balance', async () => {
    wave.simulator.control.setFaults({ statementPageSize: 2 });
    const items: { amount: string; balance: string }[] = [];
    for (let after = ''; ; ) {
      const { body: page } = await get(`/v1/transactions${after}`);
      items.push(...page.items);
      if (!page.page_info.has_next_page) break;
      after = `?after=${page.page_info.end_cursor}`;
    }
    const sum = items.reduce((total, { amount }) => total + Number(amount), 0);
    assert.equal(String(sum), items.at(-1)?.balance);
    assert.equal(String(sum), (await get('/v1/balance')).body.amount);
  });

  it('finds everything again after it was killed', async () => {
    const file = join(directory, 'wave.jsonl');
    const killed = await open(file);
    killed.simulator.control.moveFloat(-7);
    const again = await open(file);
    assert.deepEqual(again.simulator.control.transactions(), killed.simulator.control.transactions());
    assert.equal(again.simulator.control.balanceXof(), 49_999_993);
    await killed.close();
    await again.close();
  });
});

describe('the simulated webhooks', () => {
  it('double, get twins, swap and lie as the faults say', async () => {
    const { control } = wave.simulator;
    const pay = async () => {
      const { body } = await post('/v1/checkout/sessions', session);
      control.pay(body.id);
    };
    const eventIds = async () => {
      posted.length = 0;
      await control.deliverCallbacks();
      return posted.map(({ body }) => JSON.parse(body).id);
    };
    control.setFaults({ webhookDuplicates: 2 });
    await pay();
    assert.equal(new Set(await eventIds()).size, 1);
    assert.equal(posted.length, 3);
    control.setFaults({ webhookDuplicates: 0, hasWebhookTwin: true });
    await pay();
    assert.equal(new Set(await eventIds()).size, 2);
    control.setFaults({ hasWebhookTwin: false, isWebhookDropped: () => true });
    await pay();
    assert.equal((await eventIds()).length, 0);
    control.setFaults({ isWebhookDropped: () => false, swapsWebhooks: true });
    const { body } = await post('/v1/checkout/sessions', session);
    control.refuse(body.id, 'payment-failure');
    control.pay(body.id);
    await eventIds();
    const types = posted.map((callback) => JSON.parse(callback.body).type);
    assert.deepEqual(types, ['checkout.session.completed', 'checkout.session.payment_failed']);
  });
});
