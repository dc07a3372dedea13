import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-config-'));
  after(() => rmSync(dataDir, { recursive: true }));
  const draw = () => randomBytes(32).toString('base64url');
  const production = {
    MBAYAR_MODE: 'production',
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://mbayar.example',
    OFFICE_URL: 'https://bureau.mbayar.example',
    DATABASE_URL: 'postgresql://owner:x@db/mbayar',
    APP_DATABASE_URL: 'postgresql://server:x@db/mbayar',
    FORM_KEY: draw(),
    CODE_KEY: draw(),
    DATA_KEY: `${draw()}, ${draw()}`,
    MATCH_KEY: draw(),
  };

  it('has a default for everything in the sandbox', () => {
    const { secrets, ...rest } = readConfig({ DATA_DIR: dataDir });
    assert.deepEqual(rest, {
      mode: 'sandbox',
      isProduction: false,
      host: '127.0.0.1',
      playerPort: 3000,
      officePort: 3001,
      publicUrl: 'http://localhost:3000',
      officeUrl: 'http://localhost:3001',
      dataDir,
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
      logLevel: 'warn',
    });
    assert.deepEqual(readConfig({ DATA_DIR: dataDir }).secrets, secrets);
    assert.notEqual(secrets.formKey, secrets.codeKey);
    assert.equal(statSync(join(dataDir, 'secrets', 'form-key')).mode & 0o777, 0o600);
  });

  it('accepts a complete production', () => {
    const config = readConfig(production);
    assert.equal(config.isProduction, true);
    assert.deepEqual(config.secrets, {
      formKey: production.FORM_KEY,
      codeKey: production.CODE_KEY,
      dataKeys: production.DATA_KEY.split(', '),
      matchKey: production.MATCH_KEY,
    });
  });

  const refusals: [name: string, environment: Record<string, string>, says: RegExp][] = [
    ['an unknown mode', { MBAYAR_MODE: 'prod' }, /- MBAYAR_MODE is one of sandbox, production, not "prod"\./],
    ['a port that is no number', { PORT: '3e3' }, /- PORT is a number/],
    ['no room for the office', { PORT: '65535' }, /- PORT is a number/],
    ['port 0', { PORT: '0' }, /- PORT is a number/],
    ['a host name', { HOST: 'mbayar.example' }, /- HOST is an IP address/],
    ['a log level', { LOG_LEVEL: 'verbose' }, /- LOG_LEVEL is one of/],
    ['a site with a path', { PUBLIC_URL: 'http://mbayar.example/app' }, /- PUBLIC_URL is a site/],
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
    ['the embedded database in production', { ...production, DATABASE_URL: '' }, /- DATABASE_URL is missing/],
    ['a missing secret in production', { ...production, FORM_KEY: '' }, /- FORM_KEY is missing/],
    ['a short secret', { ...production, CODE_KEY: draw().slice(0, 31) }, /- CODE_KEY is too short/],
    ['a sample', { ...production, FORM_KEY: 'please-change-me-please-change-me' }, /- FORM_KEY is a sample/],
    ['a repeated letter', { ...production, FORM_KEY: 'a'.repeat(40) }, /- FORM_KEY is a sample/],
    [
      'one secret twice',
      { ...production, CODE_KEY: production.FORM_KEY },
      /- CODE_KEY repeats another secret/,
    ],
    ['no key for documents', { ...production, DATA_KEY: '' }, /- DATA_KEY is missing/],
    ['a short one among the keys', { ...production, DATA_KEY: `${draw()},short` }, /- DATA_KEY is too short/],
    ['a list with nothing in it', { ...production, DATA_KEY: `${draw()},` }, /- DATA_KEY is too short/],
    ['no key to compare with', { ...production, MATCH_KEY: '' }, /- MATCH_KEY is missing/],
  ];
  for (const [name, environment, says] of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => readConfig({ DATA_DIR: dataDir, ...environment }), says);
    });
  }

  it('tells everything that is wrong at once, and repeats no secret', () => {
    assert.throws(
      () =>
        readConfig({
          DATA_DIR: dataDir,
          PORT: 'x',
          LOG_LEVEL: 'y',
          DATABASE_URL: 'mysql://root:hidden@db/x',
        }),
      (error: Error) => {
        assert.equal(error.message.match(/^- /gm)?.length, 3);
        assert.doesNotMatch(error.message, /hidden/);
        return true;
      },
    );
  });
});
