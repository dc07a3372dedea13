/** LISTEN on a connection of its own, made again for as long as it takes whenever it breaks. */
import { Client } from 'pg';
import type { Log } from '../log.ts';

export interface ListenConnection {
  close(): Promise<void>;
}

const RETRY_MS = 500;

export async function openListenConnection(options: {
  readonly connectionString: string;
  readonly channel: string;
  readonly log: Log;
  readonly onText: (text: string) => void;
}): Promise<ListenConnection> {
  const { connectionString, channel, log, onText } = options;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isAway = false;

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'mbayar-listen',
    });
    next.on('notification', ({ payload }) => onText(payload ?? ''));
    next.on('error', () => undefined);
    next.on('end', again);
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      client = next;
      if (isAway) log.warn('messages between nodes come again');
      isAway = false;
      if (isClosed) await next.end();
    } catch (error) {
      if (!isAway)
        log.warn({ err: error }, 'no messages between nodes: pages and settings follow by themselves');
      isAway = true;
      // A client that never connected does not say that it ended.
      again();
    }
  }

  function again(): void {
    client = null;
    if (isClosed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RETRY_MS).unref();
  }

  await connect();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
