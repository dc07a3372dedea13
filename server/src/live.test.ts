import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type FastifyInstance, fastify } from 'fastify';
import { type Live, type LiveSource, openLive, type Topic } from './live.ts';
import { openLog } from './log.ts';

const topic: Topic = 'bout:1';

describe('live streams', () => {
  const seen = { version: 1, reads: 0 };
  const source: LiveSource = {
    read: async () => {
      seen.reads += 1;
      return { version: String(seen.version), data: { version: seen.version } };
    },
    versions: async (topics) => new Map(topics.map((watched) => [watched, String(seen.version)])),
  };
  let live: Live;
  let app: FastifyInstance;

  before(async () => {
    live = openLive(source, openLog('silent'), { intervalMs: 40, catchUpMs: 200, heartbeatMs: 100 });
    app = fastify();
    app.get('/live', (request, reply) => live.stream(topic, request, reply));
    app.get('/part', (request, reply) => live.stream(`${topic}/2`, request, reply));
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  after(async () => {
    live.close();
    await app.close();
  });

  it('begin with a snapshot and share one reading', async () => {
    seen.reads = 0;
    const [first, second] = [await open(app), await open(app)];
    assert.deepEqual([await first.next(), await second.next()], [{ version: 1 }, { version: 1 }]);
    assert.equal(seen.reads, 1);
    first.close();
    second.close();
  });

  it('send many changes of one moment as one event', async () => {
    const reader = await open(app);
    await reader.next();
    seen.reads = 0;
    seen.version = 2;
    for (let i = 0; i < 100; i++) live.changed(topic);
    assert.deepEqual(await reader.next(), { version: 2 });
    assert.equal(seen.reads, 1);
    reader.close();
  });

  it('of a part of a topic hear what concerns all of it', async () => {
    const part = await open(app, '/part');
    const first = await part.next();
    seen.version = 10;
    live.changed(topic);
    assert.notDeepEqual(first, { version: 10 });
    assert.deepEqual(await part.next(), { version: 10 });
    part.close();
  });

  it('begin with nothing older than what was announced', async () => {
    const reader = await open(app);
    const before = await reader.next();
    seen.version = 20;
    live.changed(topic);
    const late = await open(app);
    assert.notDeepEqual(before, { version: 20 });
    assert.deepEqual(await late.next(), { version: 20 });
    live.changed(topic);
    const later = await open(app);
    assert.deepEqual(await later.next(), { version: 20 }, 'announced, and nothing has changed');
    for (const one of [reader, late, later]) one.close();
  });

  it('find what nobody announced', async () => {
    const reader = await open(app);
    await reader.next();
    seen.version = 30;
    assert.deepEqual(await reader.next(), { version: 30 });
    reader.close();
  });

  it('keep a quiet connection warm, and end when the server does', async () => {
    const reader = await open(app);
    await reader.next();
    await reader.until(/^: $/m);
    live.close();
    await reader.ended;
  });
});

interface EventReader {
  next(): Promise<unknown>;
  until(pattern: RegExp): Promise<void>;
  close(): void;
  readonly ended: Promise<void>;
}

/** The events of one connection, one after the other. */
async function open(app: FastifyInstance, path = '/live'): Promise<EventReader> {
  // The address of a listening server is an object.
  const { port } = app.server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path }, resolve).on('error', reject);
  });
  assert.equal(answer.headers['content-type'], 'text/event-stream; charset=utf-8');
  let received = '';
  const waiting = new Set<() => void>();
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    received += chunk;
    for (const look of waiting) look();
  });
  const until = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(received)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    next: async () => {
      await until(/^data: .*\n\n/m);
      const [event = '', data = ''] = /data: (.*)\n\n/.exec(received) ?? [];
      received = received.slice(received.indexOf(event) + event.length);
      return JSON.parse(data);
    },
    until,
    close: () => answer.destroy(),
    ended: new Promise((resolve) => answer.on('close', () => resolve())),
  };
}
