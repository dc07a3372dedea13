import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type House, openHouse } from '../testing/house.ts';
import {
  askCode,
  cookieOf,
  logInNewStaff,
  logInStaff,
  newPhone,
  readCode,
  readTotp,
  signUpPlayer,
} from '../testing/people.ts';
import { addStaffMember } from './add-staff-member.ts';
import { newTotpSecret, totpCodeAfter, totpStep, totpUri } from './totp.ts';

describe('TOTP', () => {
  const secret = newTotpSecret();
  const nowMs = 1_800_000_000_000;
  const now = nowMs / 30_000;
  const codeAt = (step: number) => totpCodeAfter(secret, 0, step * 30_000);

  it('accepts the step of now, one before and one after, and says which it was', () => {
    for (const step of [now - 1, now, now + 1]) assert.equal(totpStep(secret, codeAt(step), nowMs), step);
    for (const step of [now - 2, now + 2]) assert.equal(totpStep(secret, codeAt(step), nowMs), null);
    assert.equal(totpStep(newTotpSecret(), codeAt(now), nowMs), null);
  });

  it('knows RFC 6238’s own vector', () => {
    const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    assert.equal(totpCodeAfter(rfc, 0, 59_000), '287082');
    assert.equal(totpCodeAfter(rfc, 0, 1_111_111_109_000), '081804');
  });

  it('gives authenticator apps an address they read', () => {
    assert.match(totpUri(secret, 'Awa Diop'), /^otpauth:\/\/totp\/Mbayar:Awa%20Diop\?.*secret=[A-Z2-7]{32}/);
  });
});

describe('staff', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  const add = (role: 'operator' | 'robot' = 'operator') =>
    addStaffMember(house.db, { phone: newPhone(), name: 'Awa Diop', role });
  const letResend = (phone: string) =>
    house.owner.query(`UPDATE one_time_code SET sent_at = sent_at - interval '31 seconds' WHERE phone = $1`, [
      phone,
    ]);

  it('log in with phone, code and TOTP, and get the office’s own cookie', async () => {
    const { phone, staffId } = await add();
    const code = await askCode(house, phone, '/staff');
    const totp = await readTotp(house, phone);
    const answer = await house.post('/staff/sessions', undefined, { phone, code, totp });
    assert.deepEqual(answer.body, { staffId, name: 'Awa Diop', role: 'operator' });
    assert.match(
      String(answer.headers['set-cookie']),
      /^mb_office=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    assert.deepEqual((await house.get('/staff/me', cookieOf(answer))).body, answer.body);
  });

  it('do not get in with two of the three, and are not told which was wrong', async () => {
    const { phone } = await add();
    const code = await askCode(house, phone, '/staff');
    const totp = await readTotp(house, phone);
    const wrong = (digits: string) => (digits === '000000' ? '000001' : '000000');
    const tries = [
      { phone, code, totp: wrong(totp) },
      { phone, code: wrong(code), totp },
      { phone: newPhone(), code, totp },
    ];
    const answers = await Promise.all(tries.map((body) => house.post('/staff/sessions', undefined, body)));
    for (const { status, body } of answers) {
      assert.equal(status, 401);
      assert.deepEqual({ ...body, requestId: '' }, { ...answers[0]?.body, requestId: '' });
    }
    assert.equal((await house.post('/staff/sessions', undefined, { phone, code, totp })).status, 200);
  });

  it('use each TOTP code once', async () => {
    const { phone } = await add();
    const totp = await readTotp(house, phone);
    const first = await house.post('/staff/sessions', undefined, {
      phone,
      code: await askCode(house, phone, '/staff'),
      totp,
    });
    assert.equal(first.status, 200);
    const code = await askCode(house, phone, '/staff');
    const again = await house.post('/staff/sessions', undefined, { phone, code, totp });
    assert.equal(again.body.code, 'code_wrong');
    const next = await readTotp(house, phone);
    assert.notEqual(next, totp);
    assert.equal((await house.post('/staff/sessions', undefined, { phone, code, totp: next })).status, 200);
  });

  it('wait after five failures of either factor', async () => {
    const { phone } = await add();
    const code = await askCode(house, phone, '/staff');
    for (let i = 0; i < 5; i++)
      await house.post('/staff/sessions', undefined, { phone, code, totp: '000000' });
    const totp = await readTotp(house, phone);
    const answer = await house.post('/staff/sessions', undefined, { phone, code, totp });
    assert.equal(answer.body.code, 'code_too_many_failures');
  });

  it('are the only ones who get an office code; a stranger gets the same answer', async () => {
    const { phone } = await add();
    const { phone: player } = await signUpPlayer(house);
    const known = await house.post('/staff/sessions/code', undefined, { phone });
    const stranger = newPhone();
    for (const other of [stranger, player]) {
      const answer = await house.post('/staff/sessions/code', undefined, { phone: other });
      assert.equal(answer.status, 202);
      assert.deepEqual(Object.keys(answer.body), Object.keys(known.body));
      await letResend(other);
    }
    assert.match(await readCode(house, phone), /^\d{6}$/);
    await assert.rejects(readCode(house, stranger));
  });

  it('who have left do not get in, and their sessions end', async () => {
    const staff = await logInNewStaff(house);
    await house.owner.query(`UPDATE staff SET state = 'left' WHERE id = $1`, [staff.staffId]);
    await new Promise((done) => setTimeout(done, 1_000));
    assert.equal((await staff.get('/staff/me')).status, 401);
    await house.post('/staff/sessions/code', undefined, { phone: staff.phone });
    const code = await readCode(house, staff.phone);
    const answer = await house.post('/staff/sessions', undefined, {
      phone: staff.phone,
      code,
      totp: '000000',
    });
    assert.equal(answer.body.code, 'code_wrong');
  });

  it('log out', async () => {
    const staff = await logInNewStaff(house);
    assert.equal((await staff.post('/staff/sessions/end')).status, 204);
    assert.equal((await staff.get('/staff/me')).status, 401);
  });

  it('never share a phone with a player', async () => {
    const player = await signUpPlayer(house);
    const asked = { phone: player.phone, name: 'Deux casquettes', role: 'operator' } as const;
    await assert.rejects(addStaffMember(house.db, asked), { message: 'phone_taken' });
    const { phone } = await add();
    await assert.rejects(addStaffMember(house.db, { ...asked, phone }), { message: 'phone_taken' });
  });

  it('see the audit log: an administrator all of it, a robot its own rows', async () => {
    const administrator = await logInNewStaff(house, 'administrator');
    const robot = await logInNewStaff(house, 'robot');
    const seen = (await administrator.get('/staff/audit')).body.entries;
    assert(seen.some((entry: { staff: string }) => entry.staff === 'ligne de commande'));
    assert(seen.some((entry: { staff: string }) => entry.staff === robot.name));
    const own = (await robot.get('/staff/audit')).body.entries;
    assert.deepEqual(
      own.map(({ staff, command, outcome }: Record<string, string>) => [staff, command, outcome]),
      [[robot.name, 'log-in-staff', 'done']],
    );
  });

  it('leave failed log-ins in the audit log', async () => {
    const { phone, staffId } = await add();
    await house.post('/staff/sessions', undefined, { phone, code: '000000', totp: '000000' });
    const rows = await house.owner.query<{ outcome: string; input: object }>(
      `SELECT outcome, input FROM audit_entry WHERE actor_id = $1`,
      [staffId],
    );
    assert.deepEqual(rows, [{ outcome: 'code_wrong', input: {} }]);
  });

  it('cannot be erased from the audit log, not even by the owner of the table', async () => {
    for (const db of [house.db, house.owner]) {
      for (const sql of [
        'DELETE FROM audit_entry',
        `UPDATE audit_entry SET outcome = 'done'`,
        'TRUNCATE audit_entry',
      ]) {
        await assert.rejects(db.query(sql), { code: '42501' }, sql);
      }
    }
  });

  it('are added on the command line, which shows the second factor once', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-staff-'));
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, 'add-staff.ts'), ...args], {
        env: {
          ...process.env,
          DATA_DIR: dataDir,
          DATABASE_URL: house.database.ownerUrl,
          APP_DATABASE_URL: house.database.appUrl,
        },
      });
    const { stdout } = await run('--phone', '78 555 66 77', '--name', 'Ibou Fall');
    const secret = /secret=([A-Z2-7]+)/.exec(stdout)?.[1] ?? '';
    const phone = '+221785556677';
    const code = await askCode(house, phone, '/staff');
    const totp = totpCodeAfter(secret, 0, Date.now());
    assert.equal((await house.post('/staff/sessions', undefined, { phone, code, totp })).status, 200);

    await assert.rejects(run('--phone', phone, '--name', 'Un autre'), { code: 1 });
    await assert.rejects(run('--phone', '12', '--name', 'Personne'), { code: 1 });
    await assert.rejects(run('--name', 'Sans numéro'), { code: 2 });
    await assert.rejects(run('--phone', phone, '--name', 'X', '--role', 'patron'), { code: 2 });
    rmSync(dataDir, { recursive: true });
  });

  it('who exist log in again', async () => {
    const { phone } = await add();
    await logInStaff(house, phone);
    await logInStaff(house, phone);
  });
});
