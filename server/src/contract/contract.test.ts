import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AjvCompiler } from '@fastify/ajv-compiler';
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { Route } from '#core/api/contract.ts';
import { contract } from '#core/api/index.ts';
import { API_PREFIX, type Site, siteOf } from '../http.ts';
import { type House, openHouse } from '../testing/house.ts';

let house: House;

before(async () => {
  house = await openHouse();
});

after(() => house.close());

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { readonly description: string; readonly responses: object }>
  >;
}

for (const site of ['player', 'office'] as const satisfies Site[]) {
  test(`the document of the ${site} site has every route of its contract, with caller and refusals`, async () => {
    const answer = await house.app[site].inject('/api/openapi.json');
    const document = answer.json<Document>();
    assert.equal(document.openapi, '3.1.0');
    const keys = Object.keys(contract).filter((key) => siteOf(key) === site);
    for (const key of keys) {
      const [method = '', path = ''] = key.split(' ');
      const operation =
        document.paths[`${API_PREFIX}${path.replace(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()];
      assert.ok(operation, key);
      assert.match(operation.description, /^Caller: /);
      assert.ok('400' in operation.responses && '503' in operation.responses, key);
    }
    const count = Object.values(document.paths).reduce(
      (sum, methods) => sum + Object.keys(methods).length,
      0,
    );
    assert.equal(count, keys.length);
  });

  test(`the page of the ${site} site names every route, and runs nothing`, async () => {
    const answer = await house.app[site].inject('/api');
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    for (const key of Object.keys(contract).filter((name) => siteOf(name) === site)) {
      assert.ok(answer.body.includes(key), key);
    }
  });
}

test('every schema of the contract compiles, though the server leaves it to the first request', () => {
  const compileValidator = AjvCompiler()({}, { customOptions: {} });
  const compileSerializer = SerializerSelector()({}, {});
  for (const [key, { params, query, body, reply }] of Object.entries<Route>(contract)) {
    for (const schema of [params, query, body]) {
      if (schema !== undefined) assert.doesNotThrow(() => compileValidator({ schema }), key);
    }
    const place = { method: key, url: key, httpStatus: '200' };
    assert.doesNotThrow(() => compileSerializer({ ...place, schema: reply }), key);
  }
});

test('in production the sandbox is not there', async () => {
  const production = await openHouse({ isProduction: true });
  try {
    for (const path of ['/sandbox/sms?phone=%2B221770000001', '/sandbox/staff']) {
      assert.equal((await production.get(path)).status, 404);
    }
    assert.equal((await production.app.player.inject('/bac-a-sable')).statusCode, 404);
    const document = (await production.app.player.inject('/api/openapi.json')).json<Document>();
    assert.deepEqual(
      Object.keys(document.paths).filter((path) => path.includes('sandbox')),
      [],
    );
  } finally {
    await production.close();
  }
});
