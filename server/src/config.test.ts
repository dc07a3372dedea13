import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readConfig } from './config.ts';
import { secretTable } from './secret-table.ts';

describe('the configuration', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-config-'));
  after(() => rmSync(dataDir, { recursive: true }));
  const draw = () => randomBytes(32).toString('base64url');
  const rows = Object.entries(secretTable);
  const drawn: Record<string, string> = Object.fromEntries(
    rows.map(([, { variable, rotates }]) => [variable, rotates ? `${draw()}, ${draw()}` : draw()]),
  );
  const production = {
    MBAYAR_MODE: 'production',
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://mbayar.example',
    OFFICE_URL: 'https://bureau.mbayar.example',
    DATABASE_URL: 'postgresql://owner:Tq7dLw2ZkP9v@db/mbayar',
    APP_DATABASE_URL: 'postgresql://server:hB4xNc8RmV3e@db/mbayar',
    ...drawn,
  };

  it('has a default for everything in the sandbox', () => {
    const { secrets, more: _, ...rest } = readConfig({ DATA_DIR: dataDir });
    assert.deepEqual(rest, {
      mode: 'sandbox',
      isProduction: false,
      host: '127.0.0.1',
      playerPort: 3000,
      officePort: 3001,
      simulatorPort: 3002,
      publicUrl: 'http://localhost:3000',
      officeUrl: 'http://localhost:3001',
      simulatorUrl: 'http://localhost:3002',
      dataDir,
      auditDir: join(dataDir, 'audit'),
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
      logLevel: 'warn',
      redisUrl: undefined,
      orangeSms: null,
      trustedProxies: [],
    });
    assert.deepEqual(readConfig({ DATA_DIR: dataDir }).secrets, secrets);
    assert.notEqual(secrets.formKeys, secrets.codeKeys);
    assert.equal(statSync(join(dataDir, 'secrets', 'form-key')).mode & 0o777, 0o600);
  });

  it('accepts a complete production', () => {
    const config = readConfig(production);
    assert.equal(config.isProduction, true);
    const expected = rows.map(([name, { variable, rotates }]) => {
      const text = drawn[variable] ?? '';
      return [name, rotates ? text.split(', ') : text];
    });
    assert.deepEqual(config.secrets, Object.fromEntries(expected));
  });

  const refusals: [name: string, environment: Record<string, string>, says: RegExp][] = [
    ['an unknown mode', { MBAYAR_MODE: 'prod' }, /- MBAYAR_MODE is one of sandbox, production, not "prod"\./],
    ['a port that is no number', { PORT: '3e3' }, /- PORT is a number/],
    ['no room for the office', { PORT: '65535' }, /- PORT is a number/],
    ['port 0', { PORT: '0' }, /- PORT is a number/],
    ['a host name', { HOST: 'mbayar.example' }, /- HOST is an IP address/],
    ['a log level', { LOG_LEVEL: 'verbose' }, /- LOG_LEVEL is one of/],
    ['a site with a path', { PUBLIC_URL: 'http://mbayar.example/app' }, /- PUBLIC_URL is a site/],
    ['another shared memory', { REDIS_URL: 'memcached://user:hidden@cache' }, /- REDIS_URL looks like/],
    ['a Redis without a host', { REDIS_URL: 'redis:///0' }, /- REDIS_URL looks like/],
    [
      'everybody as a proxy',
      { TRUSTED_PROXIES: '10.0.0.1, 0.0.0.0/0' },
      /- TRUSTED_PROXIES .* not "0\.0\.0\.0\/0"/,
    ],
    ['a proxy by its name', { TRUSTED_PROXIES: 'proxy.internal' }, /- TRUSTED_PROXIES is a list/],
    ['a proxy’s network too wide', { TRUSTED_PROXIES: 'fd00::/129' }, /- TRUSTED_PROXIES is a list/],
    ['another database', { DATABASE_URL: 'mysql://root:hidden@db/x' }, /- DATABASE_URL looks like/],
    [
      'the server’s login alone',
      { APP_DATABASE_URL: 'postgresql://a:b@db/x' },
      /- APP_DATABASE_URL needs DATABASE_URL/,
    ],
    [
      'plain http in production',
      { ...production, PUBLIC_URL: 'http://mbayar.example' },
      /- PUBLIC_URL must be https/,
    ],
    ['half a carrier of messages', { ORANGE_SMS_CLIENT_ID: 'x' }, /- ORANGE_SMS_CLIENT_ID, .* go together/],
    [
      'a sender that is no number',
      { ORANGE_SMS_CLIENT_ID: 'x', ORANGE_SMS_CLIENT_SECRET: 'y', ORANGE_SMS_SENDER: '77 123' },
      /- ORANGE_SMS_SENDER is a number/,
    ],
    ['the embedded database in production', { ...production, DATABASE_URL: '' }, /- DATABASE_URL is missing/],
    [
      'production by halves',
      { NODE_ENV: 'production' },
      /- NODE_ENV is "production" while MBAYAR_MODE is sandbox/,
    ],
    ['a test as production', { ...production, NODE_ENV: 'test' }, /- NODE_ENV is "test" while/],
    [
      'a database’s default password',
      { ...production, DATABASE_URL: 'postgresql://postgres:postgres@db/mbayar' },
      /- DATABASE_URL has a password that is too short/,
    ],
    [
      'a database’s sample password',
      { ...production, APP_DATABASE_URL: 'postgresql://server:my-password-2026@db/mbayar' },
      /- APP_DATABASE_URL has a sample for a password/,
    ],
    [
      'the owner’s password for the server',
      { ...production, APP_DATABASE_URL: 'postgresql://server:Tq7dLw2ZkP9v@db/mbayar' },
      /- APP_DATABASE_URL repeats the password/,
    ],
  ];
  for (const [name, environment, says] of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => readConfig({ DATA_DIR: dataDir, ...environment }), says);
    });
  }

  for (const [, { variable, rotates }] of rows) {
    const judged: [name: string, value: string, says: string][] = [
      ['missing', '', 'is missing'],
      ['short', draw().slice(0, 31), 'is too short'],
      ['a sample', 'please-change-me-please-change-me', 'is a sample'],
      ['one letter', 'a'.repeat(40), 'is a sample'],
    ];
    if (rotates) {
      judged.push(['a short one in the list', `${draw()},short`, 'is too short']);
      judged.push(['nothing in the list', `${draw()},`, 'is too short']);
    }
    for (const [name, value, says] of judged) {
      it(`T05 production refuses ${variable}: ${name}`, () => {
        assert.throws(
          () => readConfig({ ...production, [variable]: value }),
          new RegExp(`- ${variable} ${says}`),
        );
      });
    }
    it(`T05 production refuses ${variable} when it repeats another secret`, () => {
      for (const [other, value] of Object.entries(drawn)) {
        if (other === variable && !rotates) continue;
        const [first = ''] = value.split(', ');
        const repeated = other === variable ? `${first},${first}` : first;
        assert.throws(() => readConfig({ ...production, [variable]: repeated }), / repeats another secret/);
      }
    });
  }

  it('T05 every secret of the configuration is in the table that judges them', () => {
    const names = rows.map(([name]) => name);
    assert.deepEqual(Object.keys(readConfig(production).secrets).sort(), names.sort());
    for (const [, name = ''] of readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8').matchAll(
      /get\('(\w+)'\)/g,
    )) {
      assert.doesNotMatch(name, /KEY|SECRET|TOKEN|PASSWORD|PIN|PEPPER/);
    }
  });

  it('reads the trusted proxies as a list', () => {
    const { trustedProxies } = readConfig({
      DATA_DIR: dataDir,
      TRUSTED_PROXIES: '10.0.0.7, fd00::/8 ,10.1.0.0/16,',
    });
    assert.deepEqual(trustedProxies, ['10.0.0.7', 'fd00::/8', '10.1.0.0/16']);
  });

  it('tells everything that is wrong at once, and repeats no secret', () => {
    assert.throws(
      () =>
        readConfig({
          DATA_DIR: dataDir,
          PORT: 'x',
          LOG_LEVEL: 'y',
          DATABASE_URL: 'mysql://root:hidden@db/x',
          REDIS_URL: 'http://root:hidden@db/x',
        }),
      (error: Error) => {
        assert.equal(error.message.match(/^- /gm)?.length, 4);
        assert.doesNotMatch(error.message, /hidden/);
        return true;
      },
    );
  });
});
