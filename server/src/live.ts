/**
 * Live pages: server-sent events. One encoded snapshot serves everybody who watches a topic, at most one a second.
 *
 * `changed` is called after a commit. What nobody announced (another node, a job) is found by asking the database for
 * the versions of the watched topics every few seconds. A snapshot replaces the one before it: a lost one costs nothing.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from './log.ts';

export type Topic = `bout:${number}`;

export interface Snapshot {
  readonly version: string;
  readonly data: object;
}

/** Where snapshots come from. `versions` answers for many topics at once; a missing one has ended. */
export interface LiveSource {
  read(topic: Topic): Promise<Snapshot | null>;
  versions(topics: readonly Topic[]): Promise<ReadonlyMap<Topic, string>>;
}

export interface Live {
  /** Something under this topic was committed. Cheap when nobody watches it. */
  changed(topic: Topic): void;
  /** Streams a topic to this request until it ends. */
  stream(topic: Topic, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  close(): void;
}

interface Channel {
  readonly listeners: Set<(chunk: string) => void>;
  version: string | null;
  /** The last event as it goes over the wire. */
  encoded: string | null;
  timer: NodeJS.Timeout | null;
  isReading: boolean;
  isDirty: boolean;
}

const INTERVAL_MS = 1_000;
const CATCH_UP_MS = 3_000;
const HEARTBEAT_MS = 15_000;
const LISTENERS_MAX = 20_000;

export function openLive(source: LiveSource, log: Log): Live {
  const channels = new Map<Topic, Channel>();
  const streams = new Set<ServerResponse>();
  let isClosed = false;

  const catchUp = setInterval(() => void findMissed(), CATCH_UP_MS);
  const heartbeat = setInterval(() => {
    for (const channel of channels.values()) for (const write of channel.listeners) write(': \n\n');
  }, HEARTBEAT_MS);
  catchUp.unref();
  heartbeat.unref();

  async function findMissed(): Promise<void> {
    if (channels.size === 0) return;
    try {
      const versions = await source.versions([...channels.keys()]);
      for (const [topic, channel] of channels) {
        if (versions.get(topic) !== undefined && versions.get(topic) !== channel.version) changed(topic);
      }
    } catch (error) {
      log.warn({ err: error }, 'live: versions not read');
    }
  }

  function changed(topic: Topic): void {
    const channel = channels.get(topic);
    if (channel === undefined) return;
    channel.isDirty = true;
    if (channel.timer !== null || channel.isReading) return;
    channel.timer = setTimeout(() => {
      channel.timer = null;
      void refresh(topic, channel);
    }, INTERVAL_MS);
  }

  async function refresh(topic: Topic, channel: Channel): Promise<void> {
    channel.isReading = true;
    channel.isDirty = false;
    try {
      const snapshot = await source.read(topic);
      if (snapshot !== null && snapshot.version !== channel.version) {
        channel.version = snapshot.version;
        channel.encoded = `id: ${snapshot.version}\ndata: ${JSON.stringify(snapshot.data)}\n\n`;
        for (const write of channel.listeners) write(channel.encoded);
      }
    } catch (error) {
      log.warn({ err: error, topic }, 'live: snapshot not read');
    } finally {
      channel.isReading = false;
      if (channel.isDirty && !isClosed) changed(topic);
    }
  }

  function join(topic: Topic, write: (chunk: string) => void): () => void {
    const known = channels.get(topic);
    const channel = known ?? {
      listeners: new Set(),
      version: null,
      encoded: null,
      timer: null,
      isReading: false,
      isDirty: false,
    };
    channels.set(topic, channel);
    channel.listeners.add(write);
    if (channel.encoded !== null) write(channel.encoded);
    else if (!channel.isReading) void refresh(topic, channel);
    return () => {
      if (!channel.listeners.delete(write)) return;
      if (channel.listeners.size > 0) return;
      if (channel.timer !== null) clearTimeout(channel.timer);
      channels.delete(topic);
    };
  }

  return {
    changed,
    stream: async (topic, request, reply) => {
      reply.hijack();
      const { raw } = reply;
      if (streams.size >= LISTENERS_MAX || isClosed || request.method !== 'GET') {
        raw.writeHead(request.method === 'GET' ? 503 : 200, { 'retry-after': '10' }).end();
        return;
      }
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      // Browsers come back at different moments after a restart.
      raw.write(`retry: ${2_000 + Math.floor(Math.random() * 3_000)}\n\n`);
      // A reader too slow for one event a second is let go: he comes back to a fresh snapshot.
      const leave = join(topic, (chunk) => {
        if (raw.writableNeedDrain) raw.destroy();
        else raw.write(chunk);
      });
      streams.add(raw);
      raw.on('close', () => {
        streams.delete(raw);
        leave();
      });
      // A broken connection is told by 'close' too.
      raw.on('error', () => undefined);
    },
    close: () => {
      isClosed = true;
      clearInterval(catchUp);
      clearInterval(heartbeat);
      for (const channel of channels.values()) if (channel.timer !== null) clearTimeout(channel.timer);
      channels.clear();
      for (const raw of streams) raw.end();
    },
  };
}
