/** A server that answers what a test puts into its hands, and keeps what came. */
import { createServer, type IncomingMessage } from 'node:http';

export interface CannedServer {
  readonly url: string;
  /** For each next request, in order. A text is sent as it is. */
  readonly answers: { readonly status?: number; readonly body: unknown }[];
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): Promise<void>;
}

export async function startCannedServer(): Promise<CannedServer> {
  const answers: CannedServer['answers'] = [];
  const requests: CannedServer['requests'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers, body });
    const { status = 200, body: text } = answers.shift() ?? { status: 599, body: '' };
    response.writeHead(status).end(typeof text === 'string' ? text : JSON.stringify(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
