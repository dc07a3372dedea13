/** Wrestlers, referees and promoters do not bet: by phone, by document, by name and birth date. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { fingerprint } from '../data-cipher.ts';
import { personPrint } from '../identity/person-print.ts';
import { cancelOffersOf } from '../offers/cancel-offers-of.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, availableXof, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { newPhone, signUpPlayer } from '../testing/people.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

describe('people who may not bet', () => {
  let house: House;
  let awa: SeededStaff;
  let marketId: number;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const [staff] = await seedStaff(house.owner, 1, 'compliance');
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(staff && market);
    awa = staff;
    marketId = market.marketId;
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const bar = (person: object) =>
    house.post('/staff/barred-people', awa.cookie, {
      operationId: randomUUID(),
      kind: 'referee',
      name: 'Demba Thiaw',
      reason: 'Arbitre au CNG',
      ...person,
    });
  async function newPlayer(): Promise<SeededPlayer & { phone: string }> {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 20_000 });
    assert(player);
    const [row] = await house.owner.query<{ phone: string }>('SELECT phone FROM player WHERE id = $1', [
      player.playerId,
    ]);
    return { ...player, phone: row?.phone ?? '' };
  }
  const bet = async (player: SeededPlayer) =>
    (await place(house, player, marketId, { side: 'A', stakeXof: 1_000 })).body.code ?? 'placed';
  async function approved(player: SeededPlayer, prints: { number?: Buffer; person?: Buffer }): Promise<void> {
    await house.owner.query(
      `INSERT INTO identity_document (id, player_id, kind, country, number_print, person_print, sealed, state, decided_by, decided_at)
       VALUES ($1, $2, 'cni', 'SN', $3, $4, '\\x00', 'approved', $5, clock_timestamp())`,
      [
        randomUUID(),
        player.playerId,
        prints.number ?? fingerprint('x', 'document', randomUUID()),
        prints.person ?? null,
        awa.staffId,
      ],
    );
  }

  it('are refused by phone, with why and whom to ask; the bet before stands, the open offer goes back, money can leave', async () => {
    const one = await newPlayer();
    const other = await newPlayer();
    const { offerId } = (await place(house, one, marketId, { side: 'A', stakeXof: 5_000 })).body;
    assert.equal((await accept(house, other, marketId, offerId, { stakeXof: 2_000 })).status, 201);
    assert.equal((await bar({ phone: one.phone })).status, 201);
    assert.equal(await bet(one), 'barred_person');
    const theirs = await place(house, other, marketId, { side: 'A', stakeXof: 1_000 });
    const refused = await accept(house, one, marketId, theirs.body.offerId, { stakeXof: 1_000 });
    assert.deepEqual([refused.status, refused.body.code], [403, 'barred_person']);
    assert.match(refused.body.title, /assistance/);
    const put = { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 };
    assert.equal((await house.post('/deposits', one.cookie, put)).body.code, 'barred_person');
    const jobs = await house.owner.query(
      `SELECT FROM pgboss.job WHERE name = 'cancel-offers' AND data->>'playerId' = $1`,
      [one.playerId],
    );
    assert.equal(jobs.length, 1);
    await cancelOffersOf({ db: house.db, onBoutChanged: () => undefined }, one.playerId);
    assert.equal(await availableXof(house, one), 18_000);
    const take = { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 };
    assert.equal((await house.post('/withdrawals', one.cookie, take)).status, 202);
  });

  it('are refused from the first bet when they sign up with a barred phone, and can look around', async () => {
    const phone = newPhone();
    assert.equal((await bar({ kind: 'wrestler', phone })).status, 201);
    const player = await signUpPlayer(house, { phone });
    const answer = await player.post(`/markets/${marketId}/offers`, {
      operationId: randomUUID(),
      side: 'A',
      stakeXof: 1_000,
      askXof: 1_000,
    });
    assert.equal(answer.body.code, 'barred_person');
  });

  it('are recognised by the number of an approved document, however it is typed', async () => {
    const one = await newPlayer();
    const { matchKey } = house.deps.secrets;
    await approved(one, { number: fingerprint(matchKey, 'document', 'SN:cni:19901231AB55') });
    assert.equal(await bet(one), 'placed');
    const document = { kind: 'cni', country: 'SN', number: '1 990-1231 ab 55' };
    assert.equal((await bar({ kind: 'promoter', document })).status, 201);
    assert.equal(await bet(one), 'barred_person');
  });

  it('are recognised by name and birth date together, and not by the name alone', async () => {
    const [one, namesake] = [await newPlayer(), await newPlayer()];
    const { matchKey } = house.deps.secrets;
    await approved(one, { person: personPrint(matchKey, 'NDIAYE Ousmane Élimane', '1988-02-29') });
    await approved(namesake, { person: personPrint(matchKey, 'Ousmane Elimane Ndiaye', '1988-03-01') });
    const person = { name: 'Ousmane Élimane Ndiaye', birthDate: '1988-02-29' };
    assert.equal((await bar({ kind: 'close_to_staff', ...person })).status, 201);
    assert.equal(await bet(one), 'barred_person');
    assert.equal(await bet(namesake), 'placed');
  });

  it('may bet again once it is ended or over; it is ended once', async () => {
    const one = await newPlayer();
    const { personId } = (await bar({ phone: one.phone })).body;
    const end = () =>
      house.post(`/staff/barred-people/${personId}/end`, awa.cookie, {
        operationId: randomUUID(),
        reason: 'N’arbitre plus',
      });
    assert.equal((await end()).body.isInForce, false);
    assert.equal((await end()).body.code, 'barred_ended');
    assert.equal(await bet(one), 'placed');
    const soon = new Date(Date.now() + 60_000).toISOString();
    const again = (await bar({ phone: one.phone, untilAt: soon })).body;
    assert.equal(await bet(one), 'barred_person');
    await house.owner.query(
      `UPDATE barred_person SET added_at = added_at - interval '1 hour', until_at = until_at - interval '2 minutes' WHERE id = $1`,
      [again.personId],
    );
    assert.equal(await bet(one), 'placed');
  });

  it('lose no race: a bet at the same time as the bar is before it, or refused', async () => {
    const one = await newPlayer();
    const [answer] = await Promise.all([
      bar({ phone: one.phone }),
      ...Array.from({ length: 20 }, () => bet(one)),
    ]);
    assert.equal(answer.status, 201);
    assert.equal(await bet(one), 'barred_person');
  });

  const bad: readonly [name: string, person: object, code: string][] = [
    ['nothing to recognise by', {}, 'barred_unrecognisable'],
    ['a phone that is none', { phone: '12 34 56' }, 'phone_invalid'],
    [
      'a number that is none',
      { document: { kind: 'cni', country: 'SN', number: '--' } },
      'document_number_invalid',
    ],
    ['an end that has passed', { phone: '771234500', untilAt: '2020-01-01T00:00:00.000Z' }, 'date_in_past'],
    ['a wrestler nobody knows', { phone: '771234501', wrestlerId: 999_999_999 }, 'not_found'],
    ['a kind nobody knows', { kind: 'patron', phone: '771234502' }, 'request_invalid'],
    ['a name without end', { name: 'a'.repeat(400), phone: '771234503' }, 'request_invalid'],
  ];
  for (const [name, person, code] of bad) {
    it(`${name} is refused with ${code}`, async () => assert.equal((await bar(person)).body.code, code));
  }

  it('are seen by compliance alone; each look and each command is in the audit log, without a whole phone', async () => {
    const phone = newPhone();
    await bar({ phone });
    await house.get('/staff/barred-people', awa.cookie);
    const rows = await house.owner.query<{ command: string; input: string }>(
      'SELECT command, input::text FROM audit_entry WHERE actor_id = $1',
      [awa.staffId],
    );
    assert(rows.some(({ command }) => command === 'view-barred-people'));
    assert(rows.some(({ command }) => command === 'bar-person'));
    assert(!rows.some(({ input }) => input.includes(phone.slice(-7))));
    const [operator] = await seedStaff(house.owner, 1, 'operator');
    assert.equal((await house.get('/staff/barred-people', operator?.cookie)).status, 403);
  });

  it('are kept on a page that works without JavaScript', async () => {
    const reader = new Reader(house.app.office, awa.cookie);
    const path = '/personnes-interdites';
    const form = { kind: 'wrestler', name: 'Tyson Essai', reason: 'Lutteur' };
    const back = await reader.submit(await reader.open(path), path, form);
    assert.equal(back.status, 422);
    assert.match(back.text, /de quoi la reconnaître/);
    const done = await reader.submit(await reader.open(path), path, { ...form, birthDate: '1990-05-06' });
    assert.equal(locationOf(done), `${path}?fait=ajoute`);
    const page = await reader.follow(done);
    const action = /Tyson Essai.*?action="([^"]+\/lever)"/s.exec(page.html)?.[1] ?? '';
    assert.equal(locationOf(await reader.submit(page, action, { reason: 'Essai' })), `${path}?fait=leve`);
  });
});
