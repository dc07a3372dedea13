/** The server under measurement and the loads on it, each in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './bet-load.ts';

export async function startServer(appUrl: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, 'bet-server.ts'), [appUrl]);
  const port = await new Promise<number>((resolve, reject) => {
    // bet-server.ts sends this and nothing else.
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, port };
}

export function startLoad(): ChildProcess {
  return fork(join(import.meta.dirname, 'bet-load.ts'));
}

export function runLoad(load: ChildProcess, order: LoadOrder): Promise<LoadResult> {
  const answer = new Promise<LoadResult>((resolve, reject) => {
    const ended = () => reject(new Error('the load ended'));
    load.once('exit', ended);
    load.once('message', (result) => {
      load.off('exit', ended);
      // bet-load.ts sends this and nothing else.
      resolve(result as LoadResult);
    });
  });
  load.send(order);
  return answer;
}
