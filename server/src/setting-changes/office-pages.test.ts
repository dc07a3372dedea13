/** The pages of settings, as people without JavaScript use them: one proposes, another decides. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { settingDefinitions } from '#core/settings.ts';
import { openLog } from '../log.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { openSettings } from '../settings/open-settings.ts';
import { type House, openHouse } from '../testing/house.ts';
import { locationOf, Reader, type ReadPage } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';

describe('the pages of settings', () => {
  let house: House;
  let awa: Reader;
  let fatou: Reader;
  let looker: Reader;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const readerOf = async (role: 'administrator' | 'finance' | 'compliance') => {
      const [staff] = await seedStaff(house.owner, 1, role);
      assert(staff);
      return new Reader(house.app.office, staff.cookie);
    };
    [awa, fatou, looker] = [
      await readerOf('administrator'),
      await readerOf('finance'),
      await readerOf('compliance'),
    ];
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const propose = async (name: string, fields: Record<string, string>) =>
    awa.submit(await awa.ask(`/reglages/${name}`), `/reglages/${name}`, { reason: 'Décision 12', ...fields });
  /** The first button of this kind on the table. */
  const press = async (reader: Reader, what: string): Promise<ReadPage> => {
    const page = await reader.ask('/reglages');
    const action = new RegExp(`/reglages/changements/[0-9a-f-]+/${what}`).exec(page.html)?.[0];
    assert(action !== undefined, `no button ${what}`);
    return reader.submit(page, action);
  };

  it('show every setting with its value, what is permitted and where it began', async () => {
    const { text } = await awa.ask('/reglages');
    assert.match(
      text,
      /Commission 5 % .*Mise minimum 1 000 F .*Heure limite 4 h .*Durée d’un bulletin 1 min/,
    );
    const one = await awa.ask('/reglages/commissionBps');
    assert.match(one.text, /En vigueur 5 % Valeur de départ 5 % Permis de 0 % à 20 %/);
    assert.equal((await awa.ask('/reglages/inconnu')).status, 404);
  });

  describe('of a house whose approved value is below what this version permits', () => {
    let other: House;
    before(async () => {
      other = await openHouse({ pages: await loadPageBundles(), settings: { depositMaxXof: xof(2_000) } });
      // As if the least value had been raised afterwards.
      await other.owner.query(`UPDATE setting_change SET value = '400' WHERE name = 'depositMaxXof'`);
      await other.settings.refresh();
    });
    after(async () => {
      await other.assertSound();
      await other.close();
    });

    it('count the nearest value that is permitted, and say so', async () => {
      const [staff] = await seedStaff(other.owner, 1, 'finance');
      const reader = new Reader(other.app.office, staff?.cookie ?? '');
      assert.equal(other.settings.current().depositMaxXof, settingDefinitions.depositMaxXof.min);
      let logged = '';
      const log = openLog('warn', { write: (line) => (logged += line) });
      const started = await openSettings({ db: other.db, log });
      started.close();
      assert.match(logged, /out of this version's bounds.*depositMaxXof/);
      assert.match(
        (await reader.ask('/reglages')).text,
        /\(approuvé : 400 F, hors de ce qui est permis maintenant\) 1 000 F/,
      );
    });
  });

  it('take a proposal, show it to both, and the other approves it', async () => {
    const sent = await propose('commissionBps', { value: '2,5' });
    assert.equal(sent.status, 303, sent.text);
    const mine = await awa.follow(sent);
    assert.match(mine.text, /Changement proposé.*Commission devient 2,5 % , dès qu’il est approuvé/);
    assert.match(mine.text, /Vous l’avez proposé/);
    assert.doesNotMatch(mine.html, /approuver"/);
    const theirs = await fatou.ask('/reglages');
    assert.match(theirs.text, /À approuver Décision 12 Proposé par/);
    assert.doesNotMatch((await looker.ask('/reglages')).html, /changements/);
    const approved = await press(fatou, 'approuver');
    assert.equal(locationOf(approved), '/reglages?fait=approuve');
    assert.match((await fatou.follow(approved)).text, /Changement approuvé.*Commission 2,5 %/);
    assert.match((await looker.ask('/reglages/commissionBps')).text, /Histoire .*devient 2,5 % .*En vigueur/);
  });

  it('bring the form back with what was typed and the sentence beside its field', async () => {
    const tries: [name: string, fields: Record<string, string>, status: number, sentence: RegExp][] = [
      ['taxBps', { value: '60' }, 422, /pas permise : de 0 % à 50 %/],
      ['taxBps', { value: 'beaucoup' }, 400, /pas valable/],
      ['taxBps', { value: '20' }, 409, /a déjà cette valeur/],
      ['taxBps', { value: '10', reason: '' }, 400, /Il manque une réponse/],
      ['taxBps', { value: '10', effectiveAt: '2025-02-01T10:00' }, 422, /déjà passée/],
      ['taxBps', { value: '10', effectiveAt: '2030-02-30T10:00' }, 400, /n’existe pas/],
      ['stakeMinXof', { value: '1 050' }, 409, /multiple de « Pas des mises »/],
      ['hardStopDelayMs', { value: '20', per: 'h' }, 422, /de 10 min à 12 h/],
    ];
    for (const [name, fields, status, sentence] of tries) {
      const page = await propose(name, fields);
      assert.equal(page.status, status, `${name} ${JSON.stringify(fields)}`);
      assert.match(page.text, sentence);
      assert.match(page.html, new RegExp(`value="${fields['value']}"`));
    }
  });

  it('refuse, and withdraw what is to come', async () => {
    assert.equal((await propose('hardStopDelayMs', { value: '3', per: 'h' })).status, 303);
    assert.equal(locationOf(await press(fatou, 'refuser')), '/reglages?fait=refuse');
    await propose('hardStopDelayMs', { value: '90', per: 'min', effectiveAt: '2040-01-01T00:00' });
    await press(fatou, 'approuver');
    assert.match((await awa.ask('/reglages')).text, /devient 90 min , à partir de dimanche 1er janvier 2040/);
    assert.equal(locationOf(await press(awa, 'retirer')), '/reglages?fait=retire');
    const { text } = await awa.ask('/reglages/hardStopDelayMs');
    assert.match(text, /En vigueur 4 h .*Retiré par .*Refusé par/);
  });

  it('send who approves to show a second factor first', async () => {
    await propose('slipValidityMs', { value: '2', per: 'min' });
    const [stale] = await seedStaff(house.owner, 1, 'finance');
    assert(stale);
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE staff_id = $1`,
      [stale.staffId],
    );
    const approving = await press(new Reader(house.app.office, stale.cookie), 'approuver');
    assert.equal(locationOf(approving), '/confirmer?suite=%2Freglages');
  });
});
