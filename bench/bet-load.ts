/**
 * The load, in a process of its own and as cheap as can be: raw sockets that stay open, requests put together from
 * prepared parts, one request on its way per connection. Asked by messages, answers with what it counted.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface LoadOrder {
  readonly port: number;
  /** Where bets are sent to, and what they say after their operation id: one is drawn for each. */
  readonly path: string;
  readonly bets: readonly object[];
  readonly cookies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** At this pace, and each answer's time counts from when its request was due; as fast as can be unless said. */
  readonly perSecond?: number;
}

export interface LoadResult {
  /** Answers by status, over the whole round. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

process.on('message', (order: LoadOrder) => {
  void runLoad(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const heads = order.cookies.map(
    (cookie) =>
      `POST /api/v1${order.path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n` +
      'Content-Type: application/json\r\nContent-Length: ',
  );
  const idBytes = randomUUID().length;
  const bodies = order.bets.map((bet) => {
    const start = '{"operationId":"';
    const end = `",${JSON.stringify(bet).slice(1)}`;
    return { before: `${start.length + idBytes + end.length}\r\n\r\n${start}`, after: end };
  });
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + order.seconds * 1_000;

  const pauseMs = order.perSecond === undefined ? 0 : (order.connections * 1_000) / order.perSecond;

  const drive = (socket: Socket, place: number) =>
    new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      let dueAt = startedAt + (pauseMs * place) / order.connections;
      let held = '';
      const send = () => {
        const head = drawn(heads) ?? '';
        const { before, after } = drawn(bodies) ?? { before: '', after: '' };
        sentAt = pauseMs === 0 ? performance.now() : dueAt;
        dueAt += pauseMs;
        socket.write(head + before + randomUUID() + after, 'latin1');
      };
      const sendWhenDue = () => {
        const waitMs = pauseMs === 0 ? 0 : dueAt - performance.now();
        if (waitMs <= 0) send();
        else setTimeout(send, waitMs);
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
        if (performance.now() < endsAt) sendWhenDue();
        else socket.end(resolve);
      });
      socket.on('error', reject);
      sendWhenDue();
    });

  const sockets = await Promise.all(Array.from({ length: order.connections }, () => open(order.port)));
  await Promise.all(sockets.map(drive));
  const elapsedMs = performance.now() - startedAt;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { statuses, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function drawn<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)];
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
