/** A small HTTP server that behaves as Orange's SMS API does: tokens that end, and every way an answer can fail. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type OrangeMood =
  | 'ok'
  | 'token_ended'
  | 'too_many'
  | 'broken'
  | 'hang'
  | 'garbage'
  | 'no_credit'
  | 'bad_address'
  | 'cut'
  | 'redirect';

export interface FakeOrange {
  readonly url: string;
  /** How each next POST of a message is answered; 'ok' after the last. */
  readonly moods: OrangeMood[];
  readonly messages: {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  /** What came to the token's address. */
  readonly tokens: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  /** The token's answer in place of the usual one. */
  tokenAnswer: { readonly status: number; readonly body: string } | null;
  close(): Promise<void>;
}

export async function startFakeOrange(): Promise<FakeOrange> {
  const fake = { moods: [], messages: [], tokens: [], tokenAnswer: null } as Pick<
    FakeOrange,
    'moods' | 'messages' | 'tokens' | 'tokenAnswer'
  >;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { url: path = '', headers } = request;
    if (path === '/oauth/v3/token') {
      fake.tokens.push({ headers, body });
      const usual = { token_type: 'Bearer', access_token: `token-${fake.tokens.length}`, expires_in: '3600' };
      const { status, body: text } = fake.tokenAnswer ?? { status: 200, body: JSON.stringify(usual) };
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      return;
    }
    fake.messages.push({ path, headers, body });
    answer(fake.moods.shift() ?? 'ok', request, response, body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(fake, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}

function answer(mood: OrangeMood, request: IncomingMessage, response: ServerResponse, body: string): void {
  const json = (status: number, value: object, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  switch (mood) {
    case 'ok': {
      const resourceURL = `https://api.orange.com${request.url}/3a1b5c0d-0f0e`;
      const { outboundSMSMessageRequest } = JSON.parse(body);
      return void json(201, { outboundSMSMessageRequest: { ...outboundSMSMessageRequest, resourceURL } });
    }
    case 'token_ended':
      return void json(401, { code: 42, message: 'Expired credentials' });
    case 'too_many':
      return void json(429, { code: 53, message: 'Too many requests' }, { 'retry-after': '7' });
    case 'broken':
      return void response
        .writeHead(500, { 'content-type': 'text/html' })
        .end('<h1>Internal Server Error</h1>');
    case 'hang':
      return;
    case 'garbage':
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html>welcome to the wifi</html>');
    case 'no_credit': {
      const policyException = {
        messageId: 'POL0001',
        text: 'A policy error occurred. Error code is %1',
        variables: ['expired'],
      };
      return void json(403, { requestError: { policyException } });
    }
    case 'bad_address': {
      const serviceException = {
        messageId: 'SVC0004',
        text: 'No valid addresses provided',
        variables: ['address'],
      };
      return void json(400, { requestError: { serviceException } });
    }
    case 'cut':
      return void request.socket.destroy();
    case 'redirect':
      return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  }
}
