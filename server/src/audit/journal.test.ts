/** The journal: who sees how much of the audit log, and what its filters find. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededStaff, seedStaff } from '../testing/seed.ts';

interface Line {
  readonly id: number;
  readonly command: string;
}

describe('the journal', () => {
  let house: House;
  let compliance: SeededStaff;
  let operator: SeededStaff;
  let support: SeededStaff;
  const playerId = '019abcde-0000-7000-8000-000000000001';
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const [one] = await seedStaff(house.owner, 1, 'compliance');
    const [two] = await seedStaff(house.owner, 1);
    const [three] = await seedStaff(house.owner, 1, 'support');
    assert(one && two && three);
    [compliance, operator, support] = [one, two, three];
    const write = (kind: string, actor: string | null, command: string, target: string, at: string) =>
      house.owner.query(
        `INSERT INTO audit_entry (actor_kind, actor_id, command, target, input, outcome, address, at)
         VALUES ($1, $2, $3, $4, '{}', 'done', '10.9.8.7', $5)`,
        [kind, actor, command, target, at],
      );
    await write('player', playerId, 'log-in-player', `player ${playerId}`, '2026-03-01T23:59:59Z');
    await write('staff', support.staffId, 'view-document', 'document 1', '2026-03-02T00:00:00Z');
    await write('staff', operator.staffId, 'close-market', 'market 12', '2026-03-02T12:00:00Z');
    await write('nobody', null, 'log-in-staff', 'nobody', '2026-03-03T00:00:00Z');
  });
  after(() => house.close());

  const seen = async (by: SeededStaff, query = ''): Promise<string[]> => {
    const answer = await house.get(`/staff/audit${query}`, by.cookie);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.entries.map(({ command }: Line) => command);
  };

  it('shows all to compliance, galas and his own to an operator, their own to others', async () => {
    assert.deepEqual(await seen(compliance), [
      'log-in-staff',
      'close-market',
      'view-document',
      'log-in-player',
    ]);
    assert.deepEqual(await seen(operator), ['close-market']);
    assert.deepEqual(await seen(support), ['view-document']);
    assert.deepEqual(await seen(support, `?person=${operator.staffId}`), [], 'a filter opens nothing');
  });

  it('finds by person, command, target and day', async () => {
    assert.deepEqual(await seen(compliance, `?person=${playerId}`), ['log-in-player']);
    const name = encodeURIComponent(operator.name.toUpperCase());
    assert.deepEqual(await seen(compliance, `?person=${name}`), ['close-market']);
    assert.deepEqual(await seen(compliance, '?person=%25'), []);
    assert.deepEqual(await seen(compliance, '?command=view-document'), ['view-document']);
    assert.deepEqual(await seen(compliance, '?target=market%2012'), ['close-market']);
    assert.deepEqual(await seen(compliance, '?day=2026-03-02'), ['close-market', 'view-document']);
    assert.deepEqual(await seen(compliance, '?day=2026-03-02&command=close-market'), ['close-market']);
  });

  it('says steps, refusals and targets in French on its page', async () => {
    const write = (command: string, target: string, outcome: string) =>
      house.owner.query(
        `INSERT INTO audit_entry (actor_kind, command, target, input, outcome, at)
         VALUES ('system', $1, $2, '{}', $3, '2026-04-01T12:00:00Z')`,
        [command, target, outcome],
      );
    await write('log-in-player', 'phone +221 77 ••• •• 01', 'pin_required');
    await write('log-in-player', `player ${playerId}`, 'pin_wrong');
    await write('propose-setting', 'setting stakeMinXof', 'done');
    await write('close-day', 'account internal', 'done');
    await write('list-play', 'responsible play', 'done');
    const { text } = await new Reader(house.app.office, compliance.cookie).ask('/journal?jour=2026-04-01');
    assert.match(text, /téléphone \+221 77 ••• •• 01 code juste, PIN demandé/);
    assert.match(text, /joueur refusé Ce PIN n’est pas le bon/);
    assert.match(text, /réglage « Mise minimum »/);
    assert.match(text, /compte Argent d’essai/);
    assert.match(text, /pauses et limites/);
  });

  it('refuses a filter that is none', async () => {
    for (const query of [
      '?day=hier',
      '?day=2026-02-30',
      '?command=X%27--',
      '?before=0',
      '?other=1',
      '?person=',
    ]) {
      const answer = await house.get(`/staff/audit${query}`, compliance.cookie);
      assert.deepEqual([answer.status, answer.body.code], [400, 'request_invalid'], query);
    }
  });

  it('goes from page to page without gap or repetition, by address', async () => {
    await house.owner.query(
      `INSERT INTO audit_entry (actor_kind, command, target, input, outcome)
       SELECT 'system', 'many', 'thing ' || n, '{}', 'done' FROM generate_series(1, 120) n`,
    );
    const ids: number[] = [];
    for (let before = ''; ; ) {
      const { entries, next } = (await house.get(`/staff/audit?command=many${before}`, compliance.cookie))
        .body;
      ids.push(...entries.map(({ id }: Line) => id));
      if (next === null) break;
      before = `&before=${next}`;
    }
    assert.equal(ids.length, 120);
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => b - a),
    );
    const reader = new Reader(house.app.office, compliance.cookie);
    const first = await reader.ask('/journal?quoi=many');
    const older = /href="(\/journal\?quoi=many&amp;avant=\d+)"/.exec(first.html)?.[1]?.replace('&amp;', '&');
    assert(older !== undefined, 'the way to the page before');
    assert.equal((await reader.ask(older)).status, 200);
    const filled = await reader.ask('/journal?qui=Awa&sur=market%2012&jour=2026-03-02');
    assert.match(filled.html, /value="Awa".*value="market 12".*value="2026-03-02"/s);
    assert.match((await reader.ask('/journal?jour=hier')).text, /n’existe pas/);
  });
});
