/**
 * A player shows who he is, compliance looks and decides, he takes a copy of his data and closes his account: with
 * JavaScript and without.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { demoStaff } from '#server/demo/people.ts';
import { drawPhoto } from '#server/testing/pictures.ts';
import { type Product, startProduct } from '#server/testing/product.ts';
import { unzip } from '#server/testing/unzip.ts';
import { openBrowser, openPhone, type Phone, signUp } from './phone.ts';

const compliancePhone = demoStaff.find(({ role }) => role === 'compliance')?.phone ?? '';

let product: Product;
let browser: Browser;
let photo: Buffer;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
  photo = await drawPhoto('jpeg', { width: 1_200, height: 760 });
});
after(async () => {
  await browser.close();
  await product.stop();
});

/** The session of who came in: each code of the second factor serves once. */
let officeCookies: Awaited<ReturnType<Phone['context']['cookies']>> = [];

async function enterOffice(hasScript: boolean): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, { hasScript });
  if (officeCookies.length > 0) {
    await phone.context.addCookies(officeCookies);
    return phone;
  }
  const { page } = phone;
  await phone.open('/');
  await page.getByLabel('Votre téléphone').fill(compliancePhone);
  await page.getByRole('button', { name: 'Recevoir le code' }).tap();
  const hint = await page.locator('.note').innerText();
  await page.getByLabel('Code du SMS').fill(/votre code est (\d{6})/.exec(hint)?.[1] ?? '');
  await page.getByLabel('Code de l’application').fill(/(\d{6})\s*$/.exec(hint)?.[1] ?? '');
  await page.getByRole('button', { name: 'Entrer' }).tap();
  await page.getByRole('link', { name: 'Identités' }).first().waitFor();
  officeCookies = await phone.context.cookies();
  return phone;
}

async function inspect(phone: Phone, name: string, hasScript: boolean): Promise<void> {
  await phone.page.waitForLoadState('load');
  await phone.look(name);
  if (!hasScript) return;
  assert.deepEqual(await phone.findBarriers(), [], `${name} ${phone.page.url()}`);
  const overflow = await phone.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, `${name} is wider than the screen`);
}

for (const hasScript of [true, false]) {
  describe(`identity and data ${hasScript ? 'with' : 'without'} JavaScript`, () => {
    let player: Phone;
    let office: Phone;
    let pseudonym: string;
    before(async () => {
      player = await openPhone(browser, product.playerUrl, { hasScript });
      pseudonym = await signUp(player, 20_003);
      office = await enterOffice(hasScript);
    });
    after(async () => {
      await player.close();
      await office.close();
    });

    it('a document is sent with its pictures; a PDF comes back with the reason', async () => {
      const { page } = player;
      await player.open('/moi/identite');
      await inspect(player, 'identity', hasScript);
      await page.getByLabel('Numéro de la pièce').fill(`1 987 1990 ${hasScript ? '77001' : '77002'}`);
      await page.getByLabel('Prénoms et nom').fill('Awa Ndiaye');
      await page.getByLabel('Date de naissance').fill('1995-04-04');
      await page.getByLabel('Valable jusqu’au').fill('2035-12-31');
      const choose = async (front: Buffer) => {
        const file = (buffer: Buffer) => ({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
        await page.getByLabel('Photo du recto').setInputFiles(file(front));
        await page.getByLabel('Photo du verso').setInputFiles(file(photo));
        await page.getByRole('button', { name: 'Envoyer ma pièce' }).tap();
      };
      await choose(Buffer.from('%PDF-1.7'));
      await page.getByText('Format PDF refusé').waitFor();
      await inspect(player, 'identity-refused', hasScript);
      assert.equal(await page.getByLabel('Prénoms et nom').inputValue(), 'Awa Ndiaye');
      await choose(photo);
      await page.getByText('Pièce reçue').waitFor();
      await inspect(player, 'identity-waiting', hasScript);
    });

    it('compliance sees it, pictures and all, and approves', async () => {
      const { page } = office;
      await office.open('/identites');
      await inspect(office, 'office-identities', hasScript);
      await page.getByRole('link', { name: new RegExp(pseudonym) }).tap();
      await page.getByRole('heading', { name: pseudonym }).waitFor();
      await page.waitForLoadState('load');
      const widths = await page
        .locator('img.document')
        .evaluateAll((images) =>
          images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
        );
      assert.deepEqual(widths, [1_200, 1_200], 'the content security policy lets them through');
      await inspect(office, 'office-identity', hasScript);
      await page.getByRole('button', { name: 'Accepter' }).tap();
      await page.getByText('le joueur est identifié').waitFor();
      await player.open('/moi/identite');
      assert.match(await player.words(), /Votre identité est vérifiée/);
      await inspect(player, 'identity-approved', hasScript);
    });

    it('a copy of his data is made and fetched', async () => {
      const { page } = player;
      await player.open('/moi/donnees');
      await inspect(player, 'data', hasScript);
      await page.getByRole('button', { name: 'Préparer ma copie' }).tap();
      await page.getByText('Votre copie est prête').waitFor();
      await inspect(player, 'data-ready', hasScript);
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Télécharger' }).first().tap();
      const files = unzip(readFileSync(await (await downloading).path()));
      const { data } = JSON.parse(files.get('mes-donnees.json')?.toString() ?? '{}');
      assert.equal(data.profil[0].pseudonym, pseudonym);
      assert.equal(data['pieces-d-identite'][0].name, 'Awa Ndiaye');
    });

    it('the account is closed in two taps; its money leaves, and its session ends', async () => {
      const { page } = player;
      await page.getByRole('link', { name: 'Fermer mon compte' }).tap();
      await page.getByText('3 F ne peuvent pas partir').waitFor();
      await inspect(player, 'closing', hasScript);
      await page.getByRole('button', { name: 'Fermer mon compte pour de bon' }).tap();
      await page.waitForURL(/\/moi\/donnees\?fait=fermeture|\/connexion|\/compte-ferme/);
      const end = Date.now() + 30_000;
      while (!page.url().includes('/connexion')) {
        assert(Date.now() < end, `still there: ${await player.words()}`);
        await page.waitForTimeout(500);
        await player.open('/moi/donnees');
      }
      await office.open('/donnees');
      await office.page.getByText('Reste dû : 3').first().waitFor();
      await inspect(office, 'office-data', hasScript);
    });
  });
}
