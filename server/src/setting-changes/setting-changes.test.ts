/** Settings change by two people, at their time, for everybody at once; what is frozen stays as it was. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { defaultSettings } from '#core/settings.ts';
import { buildApp } from '../app.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { openSettings } from '../settings/open-settings.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

describe('changes of settings', () => {
  let house: House;
  let awa: SeededStaff;
  let cheikh: SeededStaff;
  let fatou: SeededStaff;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const [one, two] = await seedStaff(house.owner, 2, 'administrator');
    const [three] = await seedStaff(house.owner, 1, 'finance');
    assert(one && two && three);
    [awa, cheikh, fatou] = [one, two, three];
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const propose = (by: SeededStaff, body: object) =>
    house.post('/staff/settings/changes', by.cookie, {
      operationId: randomUUID(),
      reason: 'Demande de la direction',
      ...body,
    });
  const decide = (
    by: SeededStaff,
    what: 'approve' | 'refuse' | 'withdraw',
    changeId: string,
    operationId: string = randomUUID(),
  ) => house.post(`/staff/settings/changes/${changeId}/${what}`, by.cookie, { operationId });
  const proposed = async (body: object, by = awa): Promise<string> => {
    const answer = await propose(by, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.changeId;
  };
  const changed = async (body: object): Promise<string> => {
    const changeId = await proposed(body);
    const answer = await decide(cheikh, 'approve', changeId);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return changeId;
  };
  const inForce = async (name: string) => {
    const { settings } = (await house.get('/staff/settings', awa.cookie)).body;
    return settings.find((setting: { name: string }) => setting.name === name).value;
  };
  const history = async (name: string) =>
    (await house.get(`/staff/settings/history?name=${name}`, awa.cookie)).body;
  const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
  /** The day of a change comes: its row moves back in time. */
  const itsDayComes = (changeId: string) =>
    house.owner.query(
      `UPDATE setting_change SET effective_at = effective_at - interval '2 days',
         decided_at = decided_at - interval '2 days', proposed_at = proposed_at - interval '2 days' WHERE id = $1`,
      [changeId],
    );

  it('need two people, and are in force at once on this node', async () => {
    const changeId = await proposed({ name: 'withdrawalMinXof', value: 1_000 });
    assert.equal(await inForce('withdrawalMinXof'), defaultSettings.withdrawalMinXof);
    const own = await decide(awa, 'approve', changeId);
    assert.deepEqual([own.status, own.body.code], [403, 'same_person']);
    assert.equal((await decide(awa, 'refuse', changeId)).body.code, 'same_person');
    assert.equal(house.settings.current().withdrawalMinXof, defaultSettings.withdrawalMinXof);
    const operationId = randomUUID();
    const approved = await decide(fatou, 'approve', changeId, operationId);
    const { state, proposedBy, decidedBy } = approved.body;
    assert.deepEqual([state, proposedBy, decidedBy], ['in_force', awa.name, fatou.name]);
    assert.deepEqual((await decide(fatou, 'approve', changeId, operationId)).body, approved.body);
    assert.equal(house.settings.current().withdrawalMinXof, 1_000);
    assert.equal(await inForce('withdrawalMinXof'), 1_000);
    const entries = await house.owner.query(
      `SELECT command, actor_id AS who, outcome, input->>'value' AS value, address IS NOT NULL AS "hasAddress" FROM audit_entry
       WHERE target = 'setting withdrawalMinXof' ORDER BY id`,
    );
    const entry = (command: string, who: SeededStaff, outcome: string) => ({
      command,
      who: who.staffId,
      outcome,
      value: '1000',
      hasAddress: true,
    });
    assert.deepEqual(entries, [
      entry('propose-setting', awa, 'done'),
      entry('approve-setting', awa, 'same_person'),
      entry('refuse-setting', awa, 'same_person'),
      entry('approve-setting', fatou, 'done'),
    ]);
  });

  it('are held to two people by the table itself', async () => {
    const changeId = await proposed({ name: 'codesAddressHour', value: 61 });
    await assert.rejects(
      house.db.query(
        `UPDATE setting_change SET decision = 'approved', decided_by = proposed_by, decided_at = clock_timestamp()
         WHERE id = $1`,
        [changeId],
      ),
      { constraint: 'setting_change_two_people' },
    );
    await assert.rejects(house.db.query('DELETE FROM setting_change'), { code: '42501' });
    await assert.rejects(house.db.query(`UPDATE setting_change SET value = '1'`), { code: '42501' });
  });

  it('refuse what is no value, no setting, no reason or no date', async () => {
    const tries: [body: object, status: number, code: string][] = [
      [{ name: 'commissionBps', value: 2_001 }, 422, 'setting_out_of_bounds'],
      [{ name: 'commissionBps', value: -1 }, 422, 'setting_out_of_bounds'],
      [{ name: 'commissionBps', value: 999_999_999 }, 422, 'setting_out_of_bounds'],
      [{ name: 'commissionBps', value: 9_007_199_254_740_991 }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: 'pot' }, 422, 'setting_value_invalid'],
      [{ name: 'commissionBase', value: 500 }, 422, 'setting_value_invalid'],
      [{ name: 'commissionBase', value: 'payout' }, 422, 'setting_value_invalid'],
      [{ name: 'commissionBps', value: 4.5 }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: null }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: [400] }, 400, 'request_invalid'],
      [{ name: 'unknown', value: 1 }, 400, 'request_invalid'],
      [{ name: 'constructor', value: 1 }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: 400, reason: '   ' }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: 400, reason: 'x'.repeat(301) }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: 400, effectiveAt: 'demain' }, 400, 'request_invalid'],
      [{ name: 'commissionBps', value: 400, effectiveAt: '2020-01-01T00:00:00Z' }, 422, 'date_in_past'],
      [{ name: 'commissionBps', value: defaultSettings.commissionBps }, 409, 'setting_unchanged'],
      [{ name: 'depositMinXof', value: 100_000 }, 201, ''],
    ];
    for (const [body, status, code] of tries) {
      const answer = await propose(awa, body);
      assert.deepEqual([answer.status, answer.body.code ?? ''], [status, code], JSON.stringify(body));
    }
    const told = await propose(awa, { name: 'slipValidityMs', value: 1 });
    assert.match(told.body.title, /de 15.s à 10.min/);
  });

  it('refuse what does not agree with other settings, now and at the time of what is to come', async () => {
    const tries: [name: string, value: number, code: string][] = [
      ['stakeMinXof', 1_050, 'settings_not_multiple'],
      ['stakeMaxXof', 1_000_100, 'settings_out_of_order'],
      ['phoneDepositsDayMaxXof', 1_000_001, 'settings_out_of_order'],
      ['identifiedBalanceMaxXof', 1_000, 'settings_out_of_order'],
      ['coolOffMaxMs', 3_600_000 * 24, ''],
    ];
    for (const [name, value, code] of tries) {
      assert.equal((await propose(awa, { name, value })).body.code ?? '', code, name);
    }
    const coming = await changed({ name: 'approvalFinanceXof', value: 400_000, effectiveAt: tomorrow() });
    const low = await propose(awa, { name: 'approvalTwoPeopleXof', value: 300_000 });
    assert.equal(low.body.code, 'settings_out_of_order', 'tomorrow they would not agree');
    assert.equal((await decide(awa, 'withdraw', coming)).body.state, 'withdrawn');
    await changed({ name: 'approvalTwoPeopleXof', value: 300_000 });
  });

  it('judge a withdrawal too: what comes later may count on it', async () => {
    const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const wide = await changed({ name: 'playerMarketMaxXof', value: 2_000_000, effectiveAt: tomorrow() });
    const high = await changed({ name: 'stakeMaxXof', value: 1_500_000, effectiveAt: inTwoDays });
    assert.equal((await decide(awa, 'withdraw', wide)).body.code, 'settings_out_of_order');
    assert.equal((await decide(awa, 'withdraw', high)).body.state, 'withdrawn');
    assert.equal((await decide(awa, 'withdraw', wide)).body.state, 'withdrawn');
  });

  it('wait one at a time for each setting; a proposal sent twice is one', async () => {
    const body = { operationId: randomUUID(), name: 'codesPhoneHour', value: 7 };
    const [once, again] = await Promise.all([propose(awa, body), propose(awa, body)]);
    assert.deepEqual([once.status, once.body], [again.status, again.body]);
    assert.equal((await propose(awa, { ...body, value: 8 })).body.code, 'operation_id_reused');
    const second = await propose(cheikh, { name: 'codesPhoneHour', value: 8 });
    assert.deepEqual([second.status, second.body.code], [409, 'setting_change_waiting']);
    const race = await Promise.all(
      [cheikh, fatou].map((by) => propose(by, { name: 'documentsAccountDay', value: 12 })),
    );
    assert.deepEqual(race.map(({ status }) => status).sort(), [201, 409]);
    assert.equal((await decide(cheikh, 'refuse', body.operationId)).body.state, 'refused');
    for (const what of ['approve', 'refuse', 'withdraw'] as const) {
      assert.equal((await decide(fatou, what, body.operationId)).body.code, 'setting_change_decided', what);
    }
    assert.equal(await inForce('codesPhoneHour'), defaultSettings.codesPhoneHour);
  });

  it('are decided once when two people press at the same time', async () => {
    for (const what of ['approve', 'refuse'] as const) {
      const changeId = await proposed({ name: 'sessionsPersonMax', value: what === 'approve' ? 11 : 12 });
      const answers = await Promise.all([decide(cheikh, 'approve', changeId), decide(fatou, what, changeId)]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
      assert.equal(answers.find(({ status }) => status === 409)?.body.code, 'setting_change_decided');
    }
  });

  it('never disagree when two that do are approved at the same time', async () => {
    const low = await proposed({ name: 'staffSessionMaxMs', value: 3_600_000 });
    const high = await proposed({ name: 'staffSessionIdleMs', value: 2 * 3_600_000 });
    const answers = await Promise.all([decide(cheikh, 'approve', low), decide(fatou, 'approve', high)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    assert.equal(refused?.body.code, 'settings_out_of_order');
  });

  it('come into force at their time, can be withdrawn before it, and not after', async () => {
    const first = await changed({ name: 'referralBonusXof', value: 700, effectiveAt: tomorrow() });
    assert.equal(await inForce('referralBonusXof'), 500);
    const { changes } = (await house.get('/staff/settings', awa.cookie)).body;
    const coming = changes.find(({ changeId }: { changeId: string }) => changeId === first);
    assert.deepEqual([coming.state, coming.decidedBy], ['coming', cheikh.name]);
    assert.equal((await decide(fatou, 'withdraw', first)).body.withdrawnBy, fatou.name);
    assert.equal((await decide(fatou, 'withdraw', first)).body.code, 'setting_change_decided');

    const second = await changed({ name: 'referralBonusXof', value: 800, effectiveAt: tomorrow() });
    await itsDayComes(second);
    assert.equal(await inForce('referralBonusXof'), 800);
    assert.equal((await decide(fatou, 'withdraw', second)).body.code, 'setting_change_in_force');
    await changed({ name: 'referralBonusXof', value: 900 });
    const told = (await history('referralBonusXof')).changes.map(
      (change: { value: number; state: string; decidedBy: string }) => [
        change.value,
        change.state,
        change.decidedBy,
      ],
    );
    assert.deepEqual(told, [
      [900, 'in_force', cheikh.name],
      [700, 'withdrawn', cheikh.name],
      [800, 'replaced', cheikh.name],
    ]);
  });

  it('take effect when they are approved if their date has passed: the last word is the last approval', async () => {
    const slow = await proposed({ name: 'firstLostBetBackMaxXof', value: 3_000, effectiveAt: tomorrow() });
    await itsDayComes(slow);
    assert.equal((await decide(cheikh, 'refuse', slow)).status, 200);
    const late = await proposed({ name: 'firstLostBetBackMaxXof', value: 4_000, effectiveAt: tomorrow() });
    await itsDayComes(late);
    assert.equal((await decide(cheikh, 'approve', late)).body.state, 'in_force');
    const [row] = await house.owner.query<{ late: boolean }>(
      'SELECT effective_at >= decided_at AS late FROM setting_change WHERE id = $1',
      [late],
    );
    assert.equal(row?.late, true);
  });

  it('reach another node at once', async () => {
    const settings = await openSettings({ db: house.db, log: house.deps.log });
    const heard = Promise.withResolvers<void>();
    const node = await buildApp({
      ...house.deps,
      settings: {
        current: settings.current,
        refresh: async () => {
          await settings.refresh();
          heard.resolve();
        },
      },
    });
    await changed({ name: 'rateAccountMinute', value: 5_000 });
    await heard.promise;
    assert.equal(settings.current().rateAccountMinute, 5_000);
    await node.close();
    settings.close();
  });

  it('need a fresh second factor to approve, and a role that may', async () => {
    const changeId = await proposed({ name: 'codeSendsMax', value: 6 });
    const [stale] = await seedStaff(house.owner, 1, 'finance');
    const [operator] = await seedStaff(house.owner, 1);
    const [compliance] = await seedStaff(house.owner, 1, 'compliance');
    assert(stale && operator && compliance);
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE staff_id = $1`,
      [stale.staffId],
    );
    assert.equal((await decide(stale, 'approve', changeId)).body.code, 'step_up_required');
    assert.equal((await decide(compliance, 'approve', changeId)).body.code, 'not_allowed');
    assert.equal((await house.get('/staff/settings', compliance.cookie)).status, 200);
    assert.equal((await house.get('/staff/settings', operator.cookie)).status, 403);
    assert.equal((await decide(cheikh, 'approve', randomUUID())).status, 404);
  });

  it('pages their history, newest first, without gap or repetition', async () => {
    await house.owner.query(
      `INSERT INTO setting_change (id, name, value, reason, effective_at, proposed_by, proposed_at, decision, decided_by, decided_at)
       SELECT gen_random_uuid(), 'wrongLogInsMinute', to_jsonb(300 + n), 'test', clock_timestamp() - interval '1 day',
         $1, '2026-01-01', 'refused', $2, clock_timestamp() FROM generate_series(1, 120) n`,
      [awa.staffId, cheikh.staffId],
    );
    const seen: number[] = [];
    for (let before = ''; ; ) {
      const path = `/staff/settings/history?name=wrongLogInsMinute${before}`;
      const { changes, next } = (await house.get(path, awa.cookie)).body;
      seen.push(...changes.map(({ value }: { value: number }) => value));
      if (next === null) break;
      before = `&before=${next}`;
    }
    assert.equal(new Set(seen).size, 120);
    assert.equal(seen.length, 120);
  });

  it('a market opened after has the new rates and limits; one opened before keeps its own', async () => {
    const [operator] = await seedStaff(house.owner, 1);
    const [early, late] = await seedMarkets(house.owner, { count: 2, state: 'draft' });
    assert(operator && early && late);
    const open = async (marketId: number) => {
      const answer = await house.post(`/staff/markets/${marketId}/open`, operator.cookie, {
        operationId: randomUUID(),
      });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    };
    const cardOf = async (marketId: number) => {
      const [row] = await house.owner.query<{ card: { rates: object; limits: object } }>(
        'SELECT rule_card AS card FROM market WHERE id = $1',
        [marketId],
      );
      return row?.card;
    };
    await open(early.marketId);
    const before = await cardOf(early.marketId);
    await changed({ name: 'commissionBps', value: 300 });
    await changed({ name: 'taxBase', value: 'winnings' });
    await changed({ name: 'stakeMinXof', value: 2_000 });
    await open(late.marketId);
    assert.deepEqual(await cardOf(early.marketId), before);
    const { rates, limits } = (await cardOf(late.marketId)) ?? {};
    assert.deepEqual(rates, {
      commissionBps: 300,
      commissionBase: 'pot',
      taxBps: 2_000,
      taxBase: 'winnings',
    });
    assert.deepEqual(limits, { stakeMinXof: 2_000, stakeMaxXof: 500_000, stakeUnitXof: 100 });
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
    assert(player);
    const offer = (marketId: number) =>
      house.post(`/markets/${marketId}/offers`, player.cookie, {
        operationId: randomUUID(),
        side: 'A',
        stakeXof: 1_000,
        askXof: 1_000,
      });
    assert.equal((await offer(late.marketId)).body.code, 'stake_below_min');
    assert.equal((await offer(early.marketId)).status, 201);
  });

  it('a deposit limit is enforced at the door and shown on the page as soon as it is approved', async () => {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    assert(player);
    const put = (amountXof: number) =>
      house.post('/deposits', player.cookie, { operationId: randomUUID(), provider: 'internal', amountXof });
    assert.equal((await put(2_000)).status, 201);
    const { changeId } = (await history('depositMinXof')).changes[0];
    await decide(cheikh, 'refuse', changeId);
    await changed({ name: 'depositMinXof', value: 3_000 });
    const refused = await put(2_999);
    assert.deepEqual([refused.status, refused.body.params], [422, { minXof: 3_000 }]);
    assert.equal((await put(3_000)).status, 201);
    const page = await new Reader(house.app.player, player.cookie).open('/portefeuille/depot');
    assert.match(page.text, /3 000 F/);
  });
});
