/** More nodes on a house's database, each with a clock that only moves when a test moves it. */
import { type App, type AppDeps, buildApp } from '../app.ts';
import type { Answer, House } from './house.ts';

export interface TestNode {
  readonly app: App;
  get(path: string, cookie: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, cookie: string, body?: object): Promise<Answer>;
  /** The second for which a node believes a session passes. */
  letSecondPass(): void;
  close(): Promise<void>;
}

export async function openNode(house: House, changed: Partial<AppDeps> = {}): Promise<TestNode> {
  let nowMs = 0;
  const app = await buildApp({ ...house.deps, now: () => nowMs, ...changed });
  const send = async (
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<Answer> => {
    const site = path.startsWith('/staff') ? app.office : app.player;
    const answer = await site.inject({
      method,
      url: `/api/v1${path}`,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    return {
      status: answer.statusCode,
      body: answer.body === '' ? null : answer.json(),
      headers: answer.headers,
    };
  };
  return {
    app,
    get: (path, cookie, headers = {}) => send('GET', path, { cookie, ...headers }),
    post: (path, cookie, body) => send('POST', path, { cookie, 'sec-fetch-site': 'same-origin' }, body),
    letSecondPass: () => {
      nowMs += 1_000;
    },
    close: () => app.close(),
  };
}
