/**
 * The load, in a process of its own and as cheap as can be: raw sockets that stay open, requests put together from
 * prepared parts, one request on its way per connection. Asked by messages, answers with what it counted.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface LoadOrder {
  readonly port: number;
  readonly marketId: number;
  readonly cookies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Answers by status, over the whole round. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const BODY_BYTES = JSON.stringify({
  operationId: randomUUID(),
  side: 'A',
  stakeXof: 1_000,
  askXof: 1_000,
}).length;

process.on('message', (order: LoadOrder) => {
  void runLoad(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const heads = order.cookies.map(
    (cookie) =>
      `POST /api/v1/markets/${order.marketId}/offers HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${BODY_BYTES}\r\n\r\n{"operationId":"`,
  );
  const tails = ['A', 'B'].map((side) => `","side":"${side}","stakeXof":1000,"askXof":1000}`);
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + order.seconds * 1_000;

  const drive = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      let held = '';
      const send = () => {
        const head = heads[Math.floor(Math.random() * heads.length)] ?? '';
        const tail = tails[Math.random() < 0.5 ? 0 : 1] ?? '';
        sentAt = performance.now();
        socket.write(head + randomUUID() + tail, 'latin1');
      };
      socket.on('data', (chunk) => {
        held += chunk.toString('latin1');
        const bodyAt = held.indexOf('\r\n\r\n') + 4;
        if (bodyAt < 4) return;
        const length = /\r\ncontent-length: (\d+)/i.exec(held);
        if (length === null) return reject(new Error(`an answer without its length: ${held.slice(0, 200)}`));
        if (held.length < bodyAt + Number(length[1])) return;
        const status = held.slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        latencies.push(performance.now() - sentAt);
        held = '';
        if (performance.now() < endsAt) send();
        else socket.end(resolve);
      });
      socket.on('error', reject);
      send();
    });

  const sockets = await Promise.all(Array.from({ length: order.connections }, () => open(order.port)));
  await Promise.all(sockets.map(drive));
  const elapsedMs = performance.now() - startedAt;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { statuses, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
