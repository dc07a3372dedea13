import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openLog } from '../../log.ts';
import { openBooks } from './books.ts';
import { openCallbackDelivery } from './deliver-callbacks.ts';

const log = openLog('silent');
const directory = mkdtempSync(join(tmpdir(), 'mbayar-books-'));
after(() => rmSync(directory, { recursive: true }));

describe('a simulator’s books', () => {
  it('are read again, without a line that was never finished', () => {
    const file = join(directory, 'deep', 'provider.jsonl');
    const first = openBooks<{ id: string }>(file);
    assert.deepEqual(first.kept, []);
    first.write({ id: 'é-1' });
    first.write({ id: 'é-2' });
    // Not closed: the process was killed.
    appendFileSync(file, '{"id":"thr');
    const second = openBooks<{ id: string }>(file);
    assert.deepEqual(second.kept, [{ id: 'é-1' }, { id: 'é-2' }]);
    second.write({ id: '3' });
    second.close();
    first.close();
    assert.equal(readFileSync(file, 'utf8'), '{"id":"é-1"}\n{"id":"é-2"}\n{"id":"3"}\n');
  });
});

describe('the delivery of callbacks', () => {
  const ways = { log, url: 'http://localhost/', timeoutMs: 50, retriesMs: [0, 0], isFinal: () => false };
  const callback = { compose: () => ({ headers: {}, body: 'hello' }) };

  it('tries again until it is taken, composed anew, and gives up after the last try', async () => {
    const delivery = openCallbackDelivery(ways);
    const answers = [500, 404, 200, 500, 500, 500];
    let composed = 0;
    delivery.hold(true);
    delivery.postThrough(async () => answers.shift() ?? 200);
    const counted = {
      compose: () => {
        composed += 1;
        return { headers: {}, body: '' };
      },
    };
    for (let expected = 1; expected >= 0; expected--) {
      delivery.send(counted);
      await delivery.deliverNow();
      await delivery.deliverNow();
      assert.equal(delivery.waiting(), 1);
      await delivery.deliverNow();
      assert.equal(delivery.waiting(), 0);
    }
    assert.equal(composed, 6);
    await delivery.close();
  });

  it('stops where the provider does', async () => {
    const delivery = openCallbackDelivery({ ...ways, isFinal: (status) => status < 500 });
    delivery.hold(true);
    delivery.postThrough(async () => 404);
    delivery.send(callback);
    await delivery.deliverNow();
    assert.equal(delivery.waiting(), 0);
    await delivery.close();
  });

  it('posts over HTTP by itself, and does not wait for a server that hangs', async () => {
    const bodies: string[] = [];
    let taken = () => {};
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      bodies.push(body);
      // The first is never answered.
      if (bodies.length === 2) response.end(() => taken());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert(typeof address === 'object' && address !== null);
    const delivery = openCallbackDelivery({ ...ways, url: `http://127.0.0.1:${address.port}/` });
    delivery.send(callback);
    await isTaken;
    await delivery.close();
    assert(bodies.length >= 2 && bodies.every((body) => body === 'hello'));
    server.closeAllConnections();
    server.close();
  });
});
