/** What the logs promise: nobody who reads them learns a code, a PIN, a token or a whole phone. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { termsVersion } from '#core/settings.ts';
import { describeError, maskSecrets } from './log.ts';
import { serverUrl } from './migrate.ts';
import { locateCluster } from './postgres/cluster.ts';
import { readPostmaster } from './postgres/postmaster.ts';
import { type Product, startProduct } from './testing/product.ts';

describe('a line of the log', () => {
  it('tells of a database’s error what went wrong, and none of the values in it', () => {
    const error = Object.assign(new pg.DatabaseError('duplicate key', 1, 'error'), {
      code: '23505',
      constraint: 'player_phone_once',
      detail: 'Key (phone)=(+221771234567) already exists.',
      where: 'parameters: +221771234567',
      parameters: ['+221771234567'],
    });
    const text = JSON.stringify(describeError(new Error('not stored', { cause: error })));
    assert.match(text, /"sqlState":"23505","constraint":"player_phone_once"/);
    assert(!text.includes('771234567'));
  });

  it('masks a phone and a token that stand in a sentence, and keeps the rest', () => {
    const token = 'a'.repeat(43);
    assert.equal(maskSecrets(`no SMS to +221771234567 with ${token}!`), 'no SMS to …67 with …!');
    assert.equal(
      maskSecrets('market 12, 0190a0b0-0000-7000-8000-000000000000'),
      'market 12, 0190a0b0-0000-7000-8000-000000000000',
    );
  });
});

describe('T09: the whole output of a run at the most talkative level', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-log-'));
  /** Everything that must not be seen again, with what it is. */
  const secrets = new Map<string, string>();
  let product: Product;

  before(async () => {
    product = await startProduct({ dataDir, logLevel: 'trace' });
  });
  after(async () => {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const keep = (what: string, secret: string | undefined): string => {
    assert(secret !== undefined && secret.length >= 4, what);
    secrets.set(secret, what);
    return secret;
  };

  async function call(site: 'player' | 'office', path: string, body?: object, cookie = '') {
    const base = site === 'player' ? product.playerUrl : product.officeUrl;
    const response = await fetch(`${base}/api/v1${path}`, {
      headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const pairs = response.headers
      .getSetCookie()
      .map((header) => header.split(';')[0] ?? '')
      .filter((pair) => !pair.endsWith('='));
    for (const pair of pairs) keep('cookie', pair.split('=')[1]);
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), cookie: pairs.join('; ') };
  }

  async function askCode(phone: string): Promise<string> {
    assert.equal((await call('player', '/sessions/code', { phone })).status, 202);
    const { body } = await call('player', `/sandbox/sms?phone=${encodeURIComponent(phone)}`);
    return keep('code', /#(\d{6})$/.exec(body.messages[0].body)?.[1]);
  }

  it('and what is kept of it: files and rows of the audit log, tell no code, PIN, token, cookie or whole phone', async () => {
    const phone = '+221776543210';
    keep('phone', phone);
    keep('phone as it is typed', phone.slice(4));
    const pin = '7294';
    const code = await askCode(phone);
    await call('player', '/sessions', { phone, code: code === '000000' ? '000001' : '000000' });
    const checked = await call('player', '/sessions', { phone, code });
    const signUpToken = keep('sign-up token', checked.body.signUpToken);
    const form = { signUpToken, pseudonym: 'Sans-Trace', birthDate: '1990-01-31', pin, termsVersion };
    const signedUp = await call('player', '/players', form);
    assert.equal(signedUp.status, 201, JSON.stringify(signedUp.body));
    await call('player', '/players', form);
    const { cookie } = signedUp;
    const money = { provider: 'internal', amountXof: 5_000 };
    await call('player', '/deposits', { operationId: randomUUID(), ...money }, cookie);
    await call('player', '/withdrawals', { operationId: randomUUID(), ...money }, cookie);
    for (const wrong of ['1111', '8350'])
      await call('player', '/sessions/device', { phone, pin: wrong }, cookie);
    const bearer = await call('player', '/sessions/bearer', {}, cookie);
    if (bearer.status === 201) keep('bearer token', bearer.body.token);
    await call('player', '/sessions/end', {}, cookie);
    const page = await (await fetch(`${product.playerUrl}/connexion`)).text();
    keep('form token', / name="jeton" value="([^"]+)"/.exec(page)?.[1]);
    await fetch(`${product.playerUrl}/connexion`, {
      method: 'POST',
      body: new URLSearchParams({ phone, jeton: 'x' }),
    });
    const { body } = await call('player', '/sandbox/staff');
    const staffPhone: string = body.staff[0].phone;
    assert.equal((await call('office', '/staff/sessions/code', { phone: staffPhone })).status, 202);
    const sms = await call('player', `/sandbox/sms?phone=${encodeURIComponent(staffPhone)}`);
    const staffCode = keep('staff code', /#(\d{6})$/.exec(sms.body.messages[0].body)?.[1]);
    const totp = keep('TOTP', body.staff[0].totp);
    const staff = await call('office', '/staff/sessions', { phone: staffPhone, code: staffCode, totp });
    assert.equal(staff.status, 200, JSON.stringify(staff.body));
    await call('office', '/staff/settings/changes', { x: 1 }, staff.cookie);
    await call('player', '/nowhere', { phone, pin, code });
    const audit = await readAudit();
    await product.stop();

    const output = product.said();
    // The numbers of the demonstration are printed on purpose: they are how one logs in.
    const [announced = '', ...rest] = output.split('Ctrl-C stops everything.');
    const lines = `${announced.split('Mbayar is ready')[0]}${rest.join('')}`;
    const files = readdirSync(join(dataDir, 'audit')).map((file) =>
      readFileSync(join(dataDir, 'audit', file), 'utf8'),
    );
    assert(audit.includes('log-in') && files.join('').includes('log-in'), 'something was written down');
    for (const [place, text] of [
      ['output', lines],
      ['audit rows', audit],
      ['audit files', files.join('')],
    ] as const) {
      for (const [secret, what] of secrets) {
        assert(!findsSecret(text, secret), `${what} stands in the ${place}`);
      }
    }
  });

  /** Digits count when they stand alone: six digits inside a longer number are no code. */
  function findsSecret(text: string, secret: string): boolean {
    if (!/^\d{6}$/.test(secret)) return text.includes(secret);
    return new RegExp(`(?<![\\d.a-f-])${secret}(?![\\d.a-f-])`).test(text);
  }

  async function readAudit(): Promise<string> {
    const { dataDirectory } = locateCluster(dataDir);
    const port = readPostmaster(dataDirectory)?.port;
    const password = readFileSync(join(dataDir, 'secrets', 'postgres-server'), 'utf8').trim();
    const url = serverUrl(`postgresql://127.0.0.1:${port}/mbayar`, { password });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    // Until the worker has sealed, and so copied, all that is there.
    for (let waiting = 1; waiting > 0; ) {
      const { rows } = await client.query<{ count: string }>(
        `SELECT count(*) FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)`,
      );
      waiting = Number(rows[0]?.count);
    }
    const { rows } = await client.query('SELECT * FROM audit_entry ORDER BY id');
    await client.end();
    return JSON.stringify(rows);
  }
});
