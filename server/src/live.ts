/**
 * Live pages: server-sent events. One encoded snapshot serves everybody who watches a topic, at most one a second.
 *
 * `changed` is called after a commit. What nobody announced (another node, a job) is found by asking the database for
 * the versions of the watched topics every few seconds. A snapshot replaces the one before it: a lost one costs nothing.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from './log.ts';

/** A bout with the market of its winner, or with another of its markets. */
export type Topic = `bout:${number}` | `bout:${number}/${number}`;

export interface Snapshot {
  readonly version: string;
  readonly data: object;
}

/** Where snapshots come from. `versions` answers for many topics at once; a missing one has ended. */
export interface LiveSource {
  read(topic: Topic): Promise<Snapshot | null>;
  versions(topics: readonly Topic[]): Promise<ReadonlyMap<Topic, string>>;
}

export interface LivePace {
  readonly intervalMs: number;
  readonly catchUpMs: number;
  readonly heartbeatMs: number;
}

interface Channel {
  readonly listeners: Set<ServerResponse>;
  /** Those of them who wait for their first snapshot. */
  readonly newcomers: Set<ServerResponse>;
  version: string | null;
  /** The last event as it goes over the wire. */
  encoded: string | null;
  timer: NodeJS.Timeout | null;
  isReading: boolean;
  isDirty: boolean;
}

const usualPace: LivePace = { intervalMs: 1_000, catchUpMs: 3_000, heartbeatMs: 15_000 };
const LISTENERS_MAX = 20_000;

export function openLive(source: LiveSource, log: Log, pace: LivePace = usualPace): Live {
  return new Live(source, log, pace);
}

export class Live {
  readonly #source: LiveSource;
  readonly #log: Log;
  readonly #pace: LivePace;
  readonly #channels = new Map<Topic, Channel>();
  readonly #timers: readonly NodeJS.Timeout[];
  #listenerCount = 0;
  #isClosed = false;

  constructor(source: LiveSource, log: Log, pace: LivePace) {
    this.#source = source;
    this.#log = log;
    this.#pace = pace;
    this.#timers = [
      setInterval(() => void this.#findMissed(), pace.catchUpMs).unref(),
      setInterval(() => this.#beat(), pace.heartbeatMs).unref(),
    ];
  }

  /** Something under this topic was committed. Cheap when nobody watches it. */
  changed(topic: Topic): void {
    this.#mark(topic);
    // Those who watch another market of the bout: a bout changes as a whole.
    for (const watched of this.#channels.keys()) if (watched.startsWith(`${topic}/`)) this.#mark(watched);
  }

  #mark(topic: Topic): void {
    const channel = this.#channels.get(topic);
    if (channel === undefined || this.#isClosed) return;
    channel.isDirty = true;
    if (channel.timer !== null || channel.isReading) return;
    channel.timer = setTimeout(() => {
      channel.timer = null;
      void this.#refresh(topic, channel);
    }, this.#pace.intervalMs);
  }

  /** Streams a topic to this request until one of the two ends it. */
  stream(topic: Topic, request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const { raw } = reply;
    // What every answer carries was set on the reply, which does not send this one.
    for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? '');
    if (request.method !== 'GET') {
      raw.writeHead(200).end();
      return;
    }
    if (this.#listenerCount >= LISTENERS_MAX || this.#isClosed) {
      raw.writeHead(503, { 'retry-after': '10' }).end();
      return;
    }
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    // Browsers come back at different moments after a restart.
    raw.write(`retry: ${2_000 + Math.floor(Math.random() * 3_000)}\n\n`);
    // A broken connection is told by 'close' too.
    raw.on('error', () => undefined);
    this.#join(topic, raw);
  }

  /** Ends every stream. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const channel of this.#channels.values()) {
      if (channel.timer !== null) clearTimeout(channel.timer);
      for (const raw of channel.listeners) raw.end();
    }
  }

  #join(topic: Topic, raw: ServerResponse): void {
    const channel = this.#channels.get(topic) ?? openChannel();
    this.#channels.set(topic, channel);
    channel.listeners.add(raw);
    this.#listenerCount += 1;
    raw.on('close', () => this.#leave(topic, channel, raw));
    // A change that is announced and not read yet is on his page already: what was sent before it would take it back.
    const isBehind = channel.isDirty || channel.isReading;
    if (channel.encoded !== null && !isBehind) raw.write(channel.encoded);
    else channel.newcomers.add(raw);
    if (channel.encoded === null && !channel.isReading) void this.#refresh(topic, channel);
  }

  #leave(topic: Topic, channel: Channel, raw: ServerResponse): void {
    channel.newcomers.delete(raw);
    if (!channel.listeners.delete(raw)) return;
    this.#listenerCount -= 1;
    if (channel.listeners.size > 0) return;
    if (channel.timer !== null) clearTimeout(channel.timer);
    this.#channels.delete(topic);
  }

  async #refresh(topic: Topic, channel: Channel): Promise<void> {
    channel.isReading = true;
    channel.isDirty = false;
    try {
      const snapshot = await this.#source.read(topic);
      if (snapshot !== null && snapshot.version !== channel.version) {
        channel.version = snapshot.version;
        channel.encoded = `id: ${snapshot.version}\ndata: ${JSON.stringify(snapshot.data)}\n\n`;
        for (const raw of channel.listeners) send(raw, channel.encoded);
      } else if (channel.encoded !== null) {
        for (const raw of channel.newcomers) send(raw, channel.encoded);
      }
      channel.newcomers.clear();
    } catch (error) {
      this.#log.warn({ err: error, topic }, 'live: snapshot not read');
    } finally {
      channel.isReading = false;
      if (channel.isDirty) this.changed(topic);
    }
  }

  async #findMissed(): Promise<void> {
    if (this.#channels.size === 0) return;
    try {
      const versions = await this.#source.versions([...this.#channels.keys()]);
      for (const [topic, channel] of this.#channels) {
        const version = versions.get(topic);
        const isBehind = version !== channel.version || channel.newcomers.size > 0;
        if (version !== undefined && isBehind) this.changed(topic);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'live: versions not read');
    }
  }

  /** Keeps proxies from taking a quiet stream for a dead one. */
  #beat(): void {
    for (const channel of this.#channels.values()) {
      for (const raw of channel.listeners) send(raw, ': \n\n');
    }
  }
}

function openChannel(): Channel {
  return {
    listeners: new Set(),
    newcomers: new Set(),
    version: null,
    encoded: null,
    timer: null,
    isReading: false,
    isDirty: false,
  };
}

/** A reader too slow for one event a second is let go: he comes back to a fresh snapshot. */
function send(raw: ServerResponse, chunk: string): void {
  if (raw.writableNeedDrain) raw.destroy();
  else raw.write(chunk);
}
