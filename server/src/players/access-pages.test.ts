/** Log-in, sign-up, PIN and devices as a browser without JavaScript sees them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { logInPlayer, newPhone, readCode, signUpPlayer, testPin } from '../testing/people.ts';
import { formOf, locationOf, Reader, type ReadPage } from '../testing/reader.ts';

let house: House;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const reader = (cookie?: string) => new Reader(house.app.player, cookie);

/** From the phone to the page that follows a right code. */
async function showCode(browser: Reader, phone: string): Promise<ReadPage> {
  const asked = await browser.submit(await browser.open('/connexion?suite=%2Fmoi'), '/connexion', { phone });
  assert.equal(locationOf(asked), '/connexion/code');
  const page = await browser.follow(asked);
  return browser.submit(page, '/connexion/code', { code: await readCode(house, phone) });
}

describe('the pages of the door', () => {
  it('ask a new number for everything, give the PIN back to nobody, and lead where he wanted to go', async () => {
    const browser = reader();
    const shown = await showCode(browser, newPhone());
    assert.equal(locationOf(shown), '/inscription');
    const form = await browser.follow(shown);
    const person = {
      pseudonym: 'Porte-Une',
      birthDay: '4',
      birthMonth: '4',
      birthYear: '1995',
      terms: 'oui',
    };
    const fields = { ...person, pin: '740218', pinAgain: '740219' };
    const mismatch = await browser.submit(form, '/inscription', fields);
    assert.equal(mismatch.status, 422);
    assert(mismatch.text.includes(errorCatalogue.pin_mismatch.fr));
    assert(!mismatch.html.includes('740218') && !mismatch.html.includes('740219'));
    assert.equal(formOf(mismatch, '/inscription')['pseudonym'], 'Porte-Une', 'the rest stays');
    const weak = await browser.submit(mismatch, '/inscription', { ...fields, pin: '1995', pinAgain: '1995' });
    assert.match(weak.text, /il contient votre année de naissance/);
    const joined = await browser.submit(weak, '/inscription', { ...fields, pinAgain: '740218' });
    assert.equal(locationOf(joined), '/moi');
    assert.match((await browser.follow(joined)).text, /Porte-Une/);
  });

  it('ask the PIN alone on a bound device, and a code wherever else', async () => {
    const player = await signUpPlayer(house);
    const browser = reader(player.device);
    const asked = await browser.submit(await browser.open('/connexion'), '/connexion', {
      phone: player.phone,
    });
    assert.equal(locationOf(asked), '/connexion/pin');
    const page = await browser.follow(asked);
    assert.match(page.html, /inputmode="numeric"/i);
    assert.match(page.html, /autocomplete="current-password"/);
    const wrong = await browser.submit(page, '/connexion/pin', { pin: '8305' });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /Ce PIN n’est pas le bon/);
    assert(!wrong.html.includes('8305'));
    assert.equal(locationOf(await browser.submit(wrong, '/connexion/pin', { pin: testPin })), '/');
    assert.match((await browser.open('/moi')).text, new RegExp(player.name));

    const elsewhere = reader();
    const shown = await showCode(elsewhere, player.phone);
    assert.equal(locationOf(shown), '/connexion/pin');
    const inside = await elsewhere.submit(await elsewhere.follow(shown), '/connexion/pin', { pin: testPin });
    assert.equal(locationOf(inside), '/moi');
  });

  it('send a code in place of the PIN when he asks', async () => {
    const player = await signUpPlayer(house);
    const browser = reader(player.device);
    const page = await browser.follow(
      await browser.submit(await browser.open('/connexion'), '/connexion', { phone: player.phone }),
    );
    const sent = await browser.submit(page, '/connexion/code/envoyer');
    assert.equal(locationOf(sent), '/connexion/code');
    const code = await readCode(house, player.phone);
    const shown = await browser.submit(await browser.follow(sent), '/connexion/code', { code });
    assert.equal(locationOf(shown), '/connexion/pin');
  });

  it('let who has no PIN choose one', async () => {
    const player = await signUpPlayer(house);
    await house.owner.query('UPDATE player SET pin_hash = NULL, pin_set_at = NULL WHERE id = $1', [
      player.playerId,
    ]);
    const browser = reader();
    const shown = await showCode(browser, player.phone);
    assert.equal(locationOf(shown), '/connexion/nouveau-pin');
    const page = await browser.follow(shown);
    const done = await browser.submit(page, '/connexion/nouveau-pin', { pin: '740218', pinAgain: '740218' });
    assert.equal(locationOf(done), '/moi');
  });

  it('carry the pattern of phone numbers', async () => {
    const page = await reader().open('/connexion');
    const pattern = / pattern="([^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const field = new RegExp(`^(?:${pattern})$`, 'v');
    for (const phone of ['77 123 45 67', '+221771234567', '0033 6 12 34 56 78'])
      assert(field.test(phone), phone);
    for (const phone of ['77 123', 'abc', '33 821 00 00']) assert(!field.test(phone), phone);
  });
});

describe('the pages of a player’s access', () => {
  it('change the PIN with the old one, and tell the other devices', async () => {
    const player = await signUpPlayer(house);
    const browser = reader(player.cookie);
    const page = await browser.open('/moi/pin');
    const fields = { pin: '8305', newPin: '740218', pinAgain: '740218' };
    assert.match((await browser.submit(page, '/moi/pin', fields)).text, /Ce PIN n’est pas le bon/);
    const changed = await browser.submit(page, '/moi/pin', { ...fields, pin: testPin });
    assert.equal(locationOf(changed), '/moi/pin?fait=change');
    assert.match((await browser.follow(changed)).text, /le nouveau PIN sert dès maintenant/);
    const onDevice = (pin: string) =>
      house.post('/sessions/device', player.device, { phone: player.phone, pin });
    assert.equal((await onDevice(testPin)).body.code, 'pin_wrong');
    assert.equal((await onDevice('740218')).status, 200);
  });

  it('tell the old device of a new one until it is read, and take it away', async () => {
    const player = await signUpPlayer(house);
    await logInPlayer(house, player.phone);
    const browser = reader(player.cookie);
    const home = await browser.open('/');
    assert.match(home.text, /Nouvel appareil sur votre compte : Appareil inconnu/);
    const [, action = ''] = /action="(\/moi\/avis\/[^"]+)"/.exec(home.html) ?? [];
    const typed = '/portefeuille/retrait?amountXof=2000&provider=internal';
    const fields = new URLSearchParams({ jeton: formOf(home, action)['jeton'] ?? '', slip: 'x' });
    const refused = await browser.post('/portefeuille/retrait', `${fields}&amountXof=2000&provider=internal`);
    assert.equal(formOf(refused, action)['suite'], typed, 'where the refused form stands');
    for (const foreign of ['//ailleurs.example', 'https://ailleurs.example', '/\\ailleurs.example']) {
      assert.equal(locationOf(await browser.submit(home, action, { suite: foreign })), '/moi', foreign);
    }
    assert.match((await browser.open('/')).text, /Nouvel appareil/, 'not read by a foreign form');
    assert.equal(locationOf(await browser.submit(await browser.open(typed), action)), typed);
    assert.doesNotMatch((await browser.open('/')).text, /Nouvel appareil/);

    const devices = await browser.open('/moi/appareils');
    const removals = [...devices.html.matchAll(/action="(\/moi\/appareils\/[^"]+)"/g)].map(
      ([, path]) => path,
    );
    assert.equal(removals.length, 2);
    const stolen = await house.owner.query<{ id: string }>(
      'SELECT id FROM device WHERE player_id = $1 ORDER BY bound_at DESC LIMIT 1',
      [player.playerId],
    );
    const removed = await browser.submit(devices, `/moi/appareils/${stolen[0]?.id}/retirer`);
    assert.equal(locationOf(removed), '/moi/appareils?fait=retire');
    assert.match((await browser.follow(removed)).text, /Appareil retiré/);
  });
});
