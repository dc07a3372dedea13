import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import cookie from '@fastify/cookie';
import { type FastifyInstance, fastify } from 'fastify';
import { Value } from 'typebox/value';
import { wrestlersContract } from '#core/api/wrestlers.ts';
import { type Db, one, openDb } from '#server/db.ts';
import { implementer, sendProblem } from '#server/http.ts';
import { openLog } from '#server/log.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { emptyCatalogue } from '../memory/catalogue.ts';
import { applyImport, readBundledFiles } from './import-official.ts';
import { registerWrestlers } from './routes.ts';

describe('GET /wrestlers', () => {
  let database: TestDatabase;
  let db: Db;
  let app: FastifyInstance;

  before(async () => {
    database = await createTestDatabase();
    db = openDb({ connectionString: database.appUrl });
    await applyImport(db, await readBundledFiles(), { actor: 'test' });
    app = fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
    const log = openLog('silent');
    const unlimited = { take: () => Promise.resolve() };
    const nobody = {
      findPlayer: () => Promise.resolve(null),
      findStaff: () => Promise.resolve(null),
      rotate: () => Promise.resolve(null),
      findBearer: () => Promise.resolve(null),
    };
    await app.register(cookie);
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
    const http = {
      site: 'player',
      sessions: nobody,
      limiter: unlimited,
      isProduction: false,
      log,
      onDenied: async () => undefined,
    } as const;
    registerWrestlers(implementer(app, http), { db, catalogue: emptyCatalogue });
  });
  after(async () => {
    await app.close();
    await db.close();
    await database.drop();
  });

  it('finds "Lô", and answers by the contract', async () => {
    const reply = await app.inject({ url: '/wrestlers', query: { search: 'Lô' } });
    assert.equal(reply.statusCode, 200);
    const body: unknown = reply.json();
    Value.Assert(wrestlersContract['GET /wrestlers'].reply, body);
    assert.deepEqual(body.wrestlers[0], {
      id: body.wrestlers[0]?.id,
      slug: 'modou-lo',
      name: 'Modou Lô',
      stable: 'Rock Énergie',
      status: 'active',
    });
  });

  it('answers for everybody in the list by the contract, and 404 for everybody else', async () => {
    const list: unknown = (await app.inject('/wrestlers')).json();
    Value.Assert(wrestlersContract['GET /wrestlers'].reply, list);
    assert.equal(list.wrestlers.length, 30);
    for (const { id } of list.wrestlers) {
      const view: unknown = (await app.inject(`/wrestlers/${id}`)).json();
      Value.Assert(wrestlersContract['GET /wrestlers/:wrestlerId'].reply, view);
    }
    const stub = one(await db.query<{ id: number }>(`SELECT id FROM wrestler WHERE ring_name = 'Baye Fall'`));
    for (const id of [stub.id, 999_999_999]) {
      const reply = await app.inject(`/wrestlers/${id}`);
      assert.equal(reply.statusCode, 404);
      assert.equal(reply.json<{ code: string }>().code, 'not_found');
    }
  });

  for (const url of [
    '/wrestlers/0',
    '/wrestlers/1e3',
    '/wrestlers/-1',
    '/wrestlers/9999999999',
    `/wrestlers?search=${'a'.repeat(81)}`,
    '/wrestlers?search=a&search=b',
    '/wrestlers?limit=5',
  ]) {
    it(`refuses ${url.slice(0, 40)}`, async () => assert.equal((await app.inject(url)).statusCode, 400));
  }

  for (const search of ['\u0000', '%', '\\', "'", '🤼', '\ud800']) {
    it(`answers for ${JSON.stringify(search)}`, async () => {
      const reply = await app.inject({ url: '/wrestlers', query: { search } });
      assert.equal(reply.statusCode, 200);
      assert.deepEqual(reply.json(), { wrestlers: [] });
    });
  }
});
