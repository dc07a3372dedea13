/** Errors that nobody expected: in a handler, and in the process itself. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type House, openHouse } from './testing/house.ts';
import { type Product, startProduct } from './testing/product.ts';
import { seedMarkets, seedPlayers } from './testing/seed.ts';

describe('an error in a handler', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  it('T10 is a 500 with its id; nothing is half written, and the same command goes on later', async () => {
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
    assert(market && player);
    const body = { operationId: randomUUID(), side: 'A', stakeXof: 1_000, askXof: 1_000 };
    const path = `/markets/${market.marketId}/offers`;
    const count = async () => {
      const [row] = await house.owner.query<object>(
        `SELECT (SELECT count(*) FROM operation) AS operations, (SELECT count(*) FROM offer) AS offers,
           (SELECT count(*) FROM ledger.transfer) AS transfers`,
      );
      return row;
    };
    const untouched = await count();
    await house.owner.query('REVOKE INSERT ON offer FROM mbayar_app');
    const broken = await house.post(path, player.cookie, body);
    assert.deepEqual([broken.status, broken.body.code], [500, 'internal']);
    assert.match(broken.body.requestId, /^[0-9a-f-]{36}$/);
    assert.doesNotMatch(JSON.stringify(broken.body), /permission|offer|denied|SELECT/);
    assert.deepEqual(await count(), untouched);
    await house.owner.query('GRANT INSERT ON offer TO mbayar_app');
    assert.equal((await house.post(path, player.cookie, body)).status, 201);
  });
});

/** Nobody catches these: the first is thrown by a timer, the second is a promise that nobody waits for. */
const accidents = {
  SIGUSR2: ['an exception', "setTimeout(() => { throw new Error('planted accident'); })"],
  SIGIO: ['a promise', "void Promise.reject(new Error('planted accident'))"],
} as const;
const preload = Object.entries(accidents)
  .map(([signal, [, script]]) => `process.on('${signal}', () => { ${script}; });`)
  .join('\n');

describe('an error in the process', () => {
  for (const [signal, [name]] of Object.entries(accidents)) {
    it(`T10 ${name} that nobody catches ends it with 1, after the answers that are on their way`, async () => {
      const product: Product = await startProduct({ preload });
      try {
        const { answer, finish } = await beginRequest(product.playerUrl);
        // The two names above.
        process.kill(product.pid, signal as NodeJS.Signals);
        await untilClosed(product.playerUrl);
        finish();
        assert.equal(await answer, 202);
        assert.equal(await product.exitCode, 1, product.said());
        assert.match(product.said(), /planted accident/);
      } finally {
        await product.stop();
      }
    });
  }
});

/** A request whose head has arrived and whose body has not. */
async function beginRequest(base: string): Promise<{ answer: Promise<number>; finish: () => void }> {
  const body = JSON.stringify({ phone: '+221771234567' });
  const outgoing = request(`${base}/api/v1/sessions/code`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' },
  });
  const answer = once(outgoing, 'response').then(([incoming]) => {
    incoming.resume();
    return Number(incoming.statusCode);
  });
  outgoing.flushHeaders();
  // The server has read the head and waits for the rest.
  await once(outgoing, 'continue');
  return { answer, finish: () => outgoing.end(body) };
}

/** Until it takes no more connections. */
async function untilClosed(base: string): Promise<void> {
  for (;;) {
    const isOpen = await fetch(`${base}/api/openapi.json`, { headers: { connection: 'close' } }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status === 200;
      },
      () => false,
    );
    if (!isOpen) return;
  }
}
