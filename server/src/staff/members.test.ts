/** The office's people: how they come in, what changes for them, how they leave. Through HTTP on a real database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { StaffRole } from '#core/api/contract.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { openNode } from '../testing/nodes.ts';
import { askCode, cookieOf, newPhone, readCode, readTotp, signUpPlayer } from '../testing/people.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';
import { type SeededStaff, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { totpCodeAfter } from './totp.ts';

let house: House;
let boss: SeededStaff;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
});
after(() => house.close());
/** Each test has its own administrators: those before it have left. */
beforeEach(async () => {
  const [administrator] = await seedStaff(house.owner, 1, 'administrator');
  assert(administrator !== undefined);
  boss = administrator;
});

const command = (more: object = {}) => ({ operationId: randomUUID(), ...more });

async function invite(
  phone = newPhone(),
  role: StaffRole = 'support',
): Promise<{ phone: string; token: string }> {
  const body = command({ phone, name: 'Awa Diop', role });
  const answer = await house.post('/staff/invitations', boss.cookie, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { phone, token: await readLink(phone) };
}

/** The token of the link in the last message to this phone. */
async function readLink(phone: string): Promise<string> {
  const { body } = await house.get(`/sandbox/sms?phone=${encodeURIComponent(phone)}`);
  const token = /\/invitation\/([\w.-]+)/.exec(body.messages[0]?.body ?? '')?.[1];
  assert(token !== undefined, `no link for ${phone}`);
  return token;
}

describe('an invitation whose writer has to confirm that it is him', () => {
  it('waits filled in, for him alone and once, without its codes', async () => {
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE staff_id = $1`,
      [boss.staffId],
    );
    const reader = new Reader(house.app.office, boss.cookie);
    const typed = { name: 'Awa Diop', phone: newPhone(), role: 'finance' };
    const sent = await reader.submit(await reader.ask('/personnel'), '/personnel/invitations', typed);
    assert.equal(locationOf(sent), '/confirmer?suite=%2Fpersonnel');
    const kept =
      /mb_kept=[^;]+/.exec(String(sent.headers['set-cookie']))?.[0] ?? assert.fail('nothing is kept');
    const back = await reader.ask('/personnel');
    assert.match(back.text, /C’est bien vous. Relisez/);
    assert.deepEqual(
      [formOf(back, '/personnel/invitations')].map(({ name, phone, role }) => ({ name, phone, role })),
      [typed],
    );
    assert.doesNotMatch((await reader.ask('/personnel')).html, /Awa Diop/, 'once');
    const [other] = await seedStaff(house.owner, 1, 'administrator');
    const stranger = await new Reader(house.app.office, other?.cookie).ask('/personnel', {
      cookie: `${other?.cookie}; ${kept}`,
    });
    assert.equal(stranger.status, 200);
    assert.doesNotMatch(stranger.text, /Relisez/, 'for him alone');
  });
});

const anonymous = (path: string, body: object) => house.post(`/staff/invitations/${path}`, undefined, body);

async function showPhone(invited: {
  phone: string;
  token: string;
}): Promise<{ enrolToken: string; secret: string }> {
  const { phone, token } = invited;
  assert.equal((await anonymous('code', { token })).status, 202);
  const answer = await anonymous('phone', { token, code: await readCode(house, phone) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function take(invited: { phone: string; token: string }): Promise<Answer> {
  const { enrolToken, secret } = await showPhone(invited);
  const totp = totpCodeAfter(secret, 0, Date.now());
  return anonymous('take', { token: invited.token, enrolToken, totp });
}

const staffAt = (phone: string) =>
  house.owner.query<{ id: string; role: string; secret: string | null }>(
    'SELECT id, role, totp_secret AS secret FROM staff WHERE phone = $1',
    [phone],
  );

async function logIn(phone: string, totp: string): Promise<Answer> {
  const code = await askCode(house, phone, '/staff');
  return house.post('/staff/sessions', undefined, { phone, code, totp });
}

const onMember = (staffId: string, what: string, more: object = {}, cookie = boss.cookie) =>
  house.post(`/staff/members/${staffId}/${what}`, cookie, command(more));

describe('an invitation', () => {
  it('makes an account once the phone and a second factor are shown, and not before', async () => {
    const invited = await invite();
    const { body: shown } = await anonymous('show', { token: invited.token });
    assert.deepEqual([shown.name, shown.role, shown.invitedBy], ['Awa Diop', 'support', boss.name]);
    assert(!JSON.stringify(shown).includes(invited.phone.slice(4)), 'the whole phone is not told');
    const { enrolToken, secret } = await showPhone(invited);
    assert.deepEqual(await staffAt(invited.phone), [], 'no account before the second factor');
    const totp = totpCodeAfter(secret, 0, Date.now());
    const wrong = await anonymous('take', {
      token: invited.token,
      enrolToken,
      totp: totp === '000000' ? '000001' : '000000',
    });
    assert.equal(wrong.body.code, 'code_wrong');
    assert.deepEqual(await staffAt(invited.phone), []);
    const answer = await anonymous('take', { token: invited.token, enrolToken, totp });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.equal((await house.get('/staff/me', cookieOf(answer))).body.role, 'support');
    assert.equal((await logIn(invited.phone, await readTotp(house, invited.phone))).status, 200);
  });

  it('serves once', async () => {
    const invited = await invite();
    const { enrolToken, secret } = await showPhone(invited);
    const totp = totpCodeAfter(secret, 0, Date.now());
    const body = { token: invited.token, enrolToken, totp };
    assert.equal((await anonymous('take', body)).status, 201);
    assert.equal((await anonymous('take', body)).status, 404);
    assert.equal((await anonymous('show', { token: invited.token })).status, 404);
    assert.equal((await staffAt(invited.phone)).length, 1);
  });

  it('taken up many times at the same time makes one account', async () => {
    const invited = await invite();
    const { enrolToken, secret } = await showPhone(invited);
    const totp = totpCodeAfter(secret, 0, Date.now());
    const tries = Array.from({ length: 8 }, () =>
      anonymous('take', { token: invited.token, enrolToken, totp }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [201, 404, 404, 404, 404, 404, 404, 404]);
    assert.equal((await staffAt(invited.phone)).length, 1);
  });

  it('that a second one replaces serves no more', async () => {
    const first = await invite();
    const second = await invite(first.phone, 'finance');
    assert.equal((await anonymous('show', { token: first.token })).status, 404);
    assert.equal((await anonymous('code', { token: first.token })).status, 404);
    assert.equal((await take(second)).body.role, 'finance');
  });

  it('that expired, or was withdrawn, is one that is not there', async () => {
    const late = await invite();
    await house.owner.query(
      `UPDATE staff_invitation SET expires_at = clock_timestamp() - interval '1 second' WHERE phone = $1`,
      [late.phone],
    );
    const { body } = await house.post('/staff/invitations', boss.cookie, {
      ...command({ phone: newPhone(), name: 'Modou', role: 'support' }),
    });
    const path = `/staff/invitations/${body.invitationId}/withdraw`;
    assert.equal((await house.post(path, boss.cookie, command())).status, 200);
    assert.equal((await house.post(path, boss.cookie, command())).body.code, 'invitation_over');
    for (const token of [late.token, 'x'.repeat(66), `${'A'.repeat(22)}.${'A'.repeat(43)}`]) {
      for (const [step, more] of [
        ['show', {}],
        ['code', {}],
        ['phone', { code: '123456' }],
        ['take', { enrolToken: 'x'.repeat(30), totp: '123456' }],
      ] as const) {
        const answer = await anonymous(step, { token, ...more });
        assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], step);
      }
    }
  });

  it('is not taken up with the code of another phone, nor the enrolment of another invitation', async () => {
    const [invited, other] = [await invite(), await invite()];
    await anonymous('code', { token: other.token });
    const code = await readCode(house, other.phone);
    const answer = await anonymous('phone', { token: invited.token, code });
    assert.equal(answer.body.code, 'code_wrong');
    const { enrolToken, secret } = (await anonymous('phone', { token: other.token, code })).body;
    const totp = totpCodeAfter(secret, 0, Date.now());
    const stolen = await anonymous('take', { token: invited.token, enrolToken, totp });
    assert.equal(stolen.body.code, 'sign_up_expired');
    assert.deepEqual(await staffAt(invited.phone), []);
  });

  it('is for nobody who plays, or is in already', async () => {
    const player = await signUpPlayer(house);
    for (const phone of [player.phone, (await taken()).phone]) {
      const answer = await house.post('/staff/invitations', boss.cookie, {
        ...command({ phone, name: 'Awa', role: 'support' }),
      });
      assert.equal(answer.body.code, 'phone_taken');
    }
  });

  it('keeps its phone from signing up as a player meanwhile, or loses to him', async () => {
    const invited = await invite();
    const { enrolToken, secret } = await showPhone(invited);
    await signUpPlayer(house, { phone: invited.phone });
    const totp = totpCodeAfter(secret, 0, Date.now());
    const answer = await anonymous('take', { token: invited.token, enrolToken, totp });
    assert.equal(answer.body.code, 'phone_taken');
    assert.deepEqual(await staffAt(invited.phone), []);
  });

  it('works in the browser, from the link to the office, without JavaScript', async () => {
    const { phone, token } = await invite();
    const browser = new Reader(house.app.office);
    const path = `/invitation/${token}`;
    const first = await browser.ask(path);
    assert.match(first.text, new RegExp(`Awa Diop, ${boss.name} vous invite`));
    const sent = await browser.follow(await browser.submit(first, `${path}/code`));
    const code = await readCode(house, phone);
    assert.match(sent.text, new RegExp(code), 'the sandbox shows the message');
    const app = await browser.follow(await browser.submit(sent, `${path}/telephone`, { code }));
    assert.match(app.html, /<div class="qr"[^>]*><svg/);
    assert.doesNotMatch(app.html, /style="|data:image/);
    const totp = /L’application montrerait : (\d{6})/.exec(app.text)?.[1] ?? '';
    const done = await browser.submit(app, `${path}/application`, { totp });
    assert.equal(locationOf(done), '/');
    assert.match((await browser.follow(done)).text, /Vous aidez les joueurs/);
    assert.equal((await new Reader(house.app.office).ask(path)).status, 404);
  });
});

/** A member who came in by an invitation. */
async function taken(role: StaffRole = 'support') {
  const invited = await invite(newPhone(), role);
  const { enrolToken, secret } = await showPhone(invited);
  const totp = totpCodeAfter(secret, 0, Date.now());
  const answer = await anonymous('take', { token: invited.token, enrolToken, totp });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { phone: invited.phone, secret, staffId: String(answer.body.staffId), cookie: cookieOf(answer) };
}

describe('a member', () => {
  it('with a cookie from before a role change can do nothing with it, on any node', async () => {
    const member = await taken('compliance');
    const node = await openNode(house);
    assert.equal((await node.get('/staff/me', member.cookie)).body.role, 'compliance');
    assert.equal((await onMember(member.staffId, 'role', { role: 'support' })).status, 200);
    assert.equal((await house.get('/staff/me', member.cookie)).status, 401);
    node.letSecondPass();
    assert.equal((await node.get('/staff/me', member.cookie)).status, 401);
    await node.close();
    const again = await logIn(member.phone, await readTotp(house, member.phone));
    assert.equal(again.body.role, 'support');
  });

  it('who leaves is out at once, everywhere', async () => {
    const member = await taken();
    assert.equal((await onMember(member.staffId, 'dismiss')).body.isActive, false);
    assert.equal((await house.get('/staff/me', member.cookie)).status, 401);
    assert.equal((await staffAt(member.phone))[0]?.secret, null);
    assert.equal((await onMember(member.staffId, 'role', { role: 'finance' })).status, 404);
    const back = await invite(member.phone, 'finance');
    const returned = await take(back);
    assert.deepEqual([returned.body.staffId, returned.body.role], [member.staffId, 'finance']);
  });

  it('whose second factor is reset gets in with nothing until he enrols anew, in the role he has by then', async () => {
    const member = await taken('compliance');
    assert.equal((await onMember(member.staffId, 'second-factor/reset')).status, 200);
    assert.equal((await house.get('/staff/me', member.cookie)).status, 401);
    const invited = { phone: member.phone, token: await readLink(member.phone) };
    const old = totpCodeAfter(member.secret, Math.floor(Date.now() / 30_000), Date.now());
    assert.equal((await logIn(member.phone, old)).body.code, 'code_wrong');
    assert.equal((await onMember(member.staffId, 'role', { role: 'support' })).status, 200);
    const answer = await take(invited);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.equal((await staffAt(member.phone))[0]?.role, 'support');
    assert.equal((await house.get('/staff/me', cookieOf(answer))).body.role, 'support');
    assert.equal(answer.body.role, 'support');
  });

  it('never changes himself', async () => {
    await seedStaff(house.owner, 1, 'administrator');
    for (const [what, more] of [
      ['role', { role: 'finance' }],
      ['dismiss', {}],
      ['second-factor/reset', {}],
    ] as const) {
      assert.equal((await onMember(boss.staffId, what, more)).body.code, 'staff_own_account', what);
    }
  });

  it('has his second factor encrypted, and what was kept plain is encrypted at its next use', async () => {
    const { phone } = await taken();
    assert.doesNotMatch((await staffAt(phone))[0]?.secret ?? '', /^[A-Z2-7]{16,64}$/);
    const plain = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    await house.owner.query('UPDATE staff SET totp_secret = $2, totp_last_step = 0 WHERE phone = $1', [
      phone,
      plain,
    ]);
    assert.equal((await logIn(phone, totpCodeAfter(plain, 0, Date.now()))).status, 200);
    const kept = (await staffAt(phone))[0]?.secret ?? '';
    assert(kept !== '' && !kept.includes(plain));
    assert.match(await readTotp(house, phone), /^\d{6}$/);
  });
});

describe('administrators', () => {
  /** Nobody but these two. */
  async function justTwo(): Promise<[SeededStaff, SeededStaff]> {
    const [other] = await seedStaff(house.owner, 1, 'administrator');
    assert(other !== undefined);
    await house.owner.query(
      `UPDATE staff SET state = 'left' WHERE role = 'administrator' AND id <> ALL ($1::uuid[])`,
      [[boss.staffId, other.staffId]],
    );
    return [boss, other];
  }

  it('are never all gone: two who send each other away at once leave one', async () => {
    const [one, other] = await justTwo();
    const answers = await Promise.all([
      onMember(other.staffId, 'dismiss', {}, one.cookie),
      onMember(one.staffId, 'role', { role: 'support' }, other.cookie),
    ]);
    const codes = answers.map(({ status, body }) => (status === 200 ? 'done' : body.code));
    assert.equal(codes.filter((code) => code === 'done').length, 1, codes.join());
    assert(
      codes.some((code) => code === 'staff_last_administrator' || code === 'not_found'),
      codes.join(),
    );
    const left = await house.owner.query(
      `SELECT id FROM staff WHERE role = 'administrator' AND state = 'active'`,
    );
    assert.equal(left.length, 1);
  });

  it('cannot be changed away when they are the last, not even by the owner of the table', async () => {
    const [one, other] = await justTwo();
    assert.equal((await onMember(other.staffId, 'dismiss', {}, one.cookie)).status, 200);
    for (const change of [`state = 'left'`, `role = 'support'`]) {
      await assert.rejects(house.owner.query(`UPDATE staff SET ${change} WHERE id = $1`, [one.staffId]), {
        code: '23514',
      });
    }
  });

  it('leave every command in the audit log, without a phone, a link or a secret', async () => {
    const member = await taken();
    await onMember(member.staffId, 'role', { role: 'finance' });
    const rows = await house.owner.query<{ command: string; row: string }>(
      `SELECT command, row_to_json(e)::text AS row FROM audit_entry e WHERE actor_id IN ($1, $2)`,
      [boss.staffId, member.staffId],
    );
    const commands = rows.map((row) => row.command);
    for (const expected of ['invite-member', 'change-role', 'take-invitation']) {
      assert(commands.includes(expected), `${expected} of ${commands.join()}`);
    }
    for (const { row } of rows) {
      assert(!row.includes(member.phone) && !row.includes(member.secret), row);
    }
  });
});

describe('S14: default and enumerated staff accounts', () => {
  it('a database after its migrations has nobody who could log in', async () => {
    const fresh = await openHouse({ isProduction: true });
    const people = await fresh.owner.query<{ staff: number; players: number; sessions: number }>(
      `SELECT (SELECT count(*) FROM staff)::int AS staff, (SELECT count(*) FROM player)::int AS players,
         (SELECT count(*) FROM session)::int AS sessions`,
    );
    assert.deepEqual(people, [{ staff: 0, players: 0, sessions: 0 }]);
    await fresh.close();
  });

  it('nobody logs in without a second factor, whoever he says he is', async () => {
    const { phone } = await taken('administrator');
    const code = await askCode(house, phone, '/staff');
    for (const totp of [undefined, '', 'admin', '0'] as const) {
      const answer = await house.post('/staff/sessions', undefined, { phone, code, totp });
      assert.equal(answer.body.code, 'request_invalid', String(totp));
    }
    for (const known of ['+221780000001', '+221780000002']) {
      const answer = await house.post('/staff/sessions', undefined, {
        phone: known,
        code: '000000',
        totp: '000000',
      });
      assert.equal(answer.body.code, 'code_wrong');
    }
  });
});
