import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSessionCache } from './open-sessions.ts';
import type { SessionRow } from './queries.ts';
import { hashSessionToken, newSessionToken } from './session-token.ts';

/** Answers from a table of living tokens and counts what each look-up asked for. */
function openTable(living: readonly string[]) {
  const asked: number[] = [];
  const gate = { open: Promise.resolve() };
  const find = async (tokenHashes: readonly Buffer[]): Promise<SessionRow[]> => {
    asked.push(tokenHashes.length);
    const rows = living
      .map((token) => hashSessionToken(token) ?? Buffer.alloc(0))
      .filter((hash) => tokenHashes.some((wanted) => wanted.equals(hash)))
      .map((tokenHash) => ({ tokenHash, ...awa }));
    await gate.open;
    return rows;
  };
  return { find, asked, gate };
}

const awa = {
  playerId: 'p',
  pseudonym: 'Awa',
  accountId: 1,
  isTest: true,
  staffId: null,
  staffName: null,
  role: null,
  sessionId: 's',
  deviceId: null,
  isSteppedUp: true,
  isReplayed: false,
  isRotationDue: false,
  isUseDue: false,
  isProgram: false,
  place: null,
};

describe('session cache', () => {
  it('asks the database once for what comes in one turn, and believes it for a second', async () => {
    const tokens = Array.from({ length: 50 }, newSessionToken);
    let nowMs = 0;
    const { find, asked } = openTable(tokens);
    const sessions = openSessionCache({ find, now: () => nowMs });
    const all = await Promise.all([...tokens, ...tokens].map((token) => sessions.findPlayer(token)));
    assert.equal(all.filter((player) => player?.playerId === 'p').length, 100);
    assert.deepEqual(asked, [50]);
    nowMs = 999;
    await sessions.findPlayer(tokens[0] ?? '');
    assert.equal(asked.length, 1);
    nowMs = 1_000;
    await sessions.findPlayer(tokens[0] ?? '');
    assert.equal(asked.length, 2);
  });

  it('does not ask for what cannot be a token, and remembers no unknown one', async () => {
    const { find, asked } = openTable([]);
    const sessions = openSessionCache({ find });
    for (const text of ['', 'x', 'a'.repeat(44), `${'a'.repeat(42)}!`, '../..']) {
      assert.equal(await sessions.findPlayer(text), null);
    }
    assert.deepEqual(asked, []);
    const unknown = newSessionToken();
    assert.equal(await sessions.findPlayer(unknown), null);
    assert.equal(await sessions.findPlayer(unknown), null);
    assert.deepEqual(asked, [1, 1]);
  });

  it('does not believe an answer that was on its way when the session ended here', async () => {
    const token = newSessionToken();
    const { find, gate } = openTable([token]);
    const sessions = openSessionCache({ find });
    const answer = Promise.withResolvers<void>();
    gate.open = answer.promise;
    const late = sessions.findPlayer(token);
    await new Promise((done) => setTimeout(done, 10));
    sessions.forget(token);
    answer.resolve();
    assert.equal(await late, null);
    assert.equal(await sessions.findPlayer(token), null);
  });

  it('holds no more than its size', async () => {
    const tokens = Array.from({ length: 10 }, newSessionToken);
    const { find, asked } = openTable(tokens);
    const sessions = openSessionCache({ find, now: () => 0, sizeMax: 5 });
    for (const token of tokens) await sessions.findPlayer(token);
    assert.equal(asked.length, 10);
    for (const token of tokens.slice(5)) await sessions.findPlayer(token);
    assert.equal(asked.length, 10);
    await sessions.findPlayer(tokens[0] ?? '');
    assert.equal(asked.length, 11);
  });

  it('rejects those who wait when the database does not answer, and asks again for the next', async () => {
    const token = newSessionToken();
    const { find } = openTable([token]);
    const outage = { isOn: true };
    const sessions = openSessionCache({
      find: (hashes) => (outage.isOn ? Promise.reject(new Error('down')) : find(hashes)),
    });
    await assert.rejects(sessions.findPlayer(token), { message: 'down' });
    outage.isOn = false;
    assert.equal((await sessions.findPlayer(token))?.playerId, 'p');
  });
});
