/** A large withdrawal: the player asks, one person of finance agrees, and Wave, as it is simulated, pays it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Db, openDb } from '#server/db.ts';
import { demoStaff } from '#server/demo/people.ts';
import { locateCluster } from '#server/postgres/cluster.ts';
import { ownerRole } from '#server/postgres/first-database.ts';
import { keepSecret } from '#server/secrets.ts';
import { type Product, startProduct } from '#server/testing/product.ts';
import { openBrowser, openPhone, type Phone, signUpWithNumber } from './phone.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-withdrawal-'));
let product: Product;
let browser: Browser;
let owner: Db;
before(async () => {
  product = await startProduct({ dataDir });
  browser = await openBrowser();
  const port = readFileSync(join(locateCluster(dataDir).home, 'port'), 'utf8').trim();
  const password = keepSecret(join(dataDir, 'secrets'), 'postgres-owner');
  owner = openDb({ connectionString: `postgresql://${ownerRole}:${password}@127.0.0.1:${port}/mbayar` });
});
after(async () => {
  await owner.close();
  await browser.close();
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function enterOffice(hasScript: boolean, which: number): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, { hasScript });
  const { page } = phone;
  await phone.open('/');
  const people = demoStaff.filter(({ role }) => role === 'finance');
  await page.getByLabel('Votre téléphone').fill(people[which]?.phone ?? '');
  await page.getByRole('button', { name: 'Recevoir le code' }).tap();
  const hint = await page.locator('.note').innerText();
  await page.getByLabel('Code du SMS').fill(/votre code est (\d{6})/.exec(hint)?.[1] ?? '');
  await page.getByLabel('Code de l’application').fill(/(\d{6})\s*$/.exec(hint)?.[1] ?? '');
  await page.getByRole('button', { name: 'Entrer' }).tap();
  await page.getByRole('link', { name: 'Retraits' }).first().waitFor();
  return phone;
}

for (const [which, hasScript] of [true, false].entries()) {
  describe(`a withdrawal of 120 000 F ${hasScript ? 'with' : 'without'} JavaScript`, () => {
    let phone: Phone;
    let pseudonym: string;
    before(async () => {
      phone = await openPhone(browser, product.playerUrl, { hasScript });
      ({ pseudonym } = await signUpWithNumber(phone, 100_000));
      // Compliance has seen his document, as its own journey shows: he has no small ceilings.
      await owner.query(`UPDATE player SET tier = 'identified' WHERE pseudonym = $1`, [pseudonym]);
      await phone.open('/portefeuille/depot');
      await phone.page.getByLabel('Montant').fill('30 000');
      await phone.page.getByRole('button', { name: /Argent d’essai/ }).tap();
      await phone.page.getByText('Dépôt reçu').waitFor();
    });
    after(() => phone.close());

    async function look(on: Phone, name: string): Promise<void> {
      await on.look(`withdrawal-${name}`);
      const overflow = await on.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0, `${name} is wider than the screen`);
      if (hasScript) assert.deepEqual(await on.findBarriers(), [], name);
    }

    it('waits for finance, who agrees, and is paid by Wave', async () => {
      const { page } = phone;
      await phone.open('/portefeuille/retrait');
      await look(phone, 'form');
      await page.getByLabel('Wave').check({ force: true });
      await page.getByLabel('Montant').fill('120 000');
      await page.getByRole('button', { name: 'Retirer vers mon numéro' }).tap();
      await page.waitForURL(/\/portefeuille\/retraits\//);
      assert.match(await phone.words(), /En vérification .*Une personne de la maison vérifie ce retrait/);
      await look(phone, 'approval');
      await phone.open('/portefeuille');
      assert.match(await phone.words(), /Retraits en cours/);
      await look(phone, 'wallet');

      const finance = await enterOffice(hasScript, which);
      await finance.open('/retraits');
      await look(finance, 'office-queue');
      await finance.page.getByRole('link', { name: new RegExp(pseudonym) }).tap();
      await finance.page.getByLabel('Ce que vous avez vérifié').first().fill('Gains vérifiés');
      await look(finance, 'office-one');
      await finance.page.getByRole('button', { name: 'Accepter' }).tap();
      await finance.page.getByRole('status').waitFor();
      assert.match(await finance.words(), /accepte .*Gains vérifiés/);
      await look(finance, 'office-decided');
      await finance.open('/operateurs');
      await look(finance, 'office-providers');
      await finance.close();

      await page.locator('.list a[href^="/portefeuille/retraits/"]').first().tap();
      while (!(await phone.words()).includes('L’argent est sur votre compte Wave')) {
        await page.reload();
      }
      assert.match(
        await phone.words(),
        /Demandé .*En vérification .*Accord donné .*À envoyer .*Envoyé à l’opérateur .*Payé/,
      );
      await look(phone, 'paid');
    });

    it('says first, without a form, until when a new device makes it wait', async () => {
      await owner.query(
        `UPDATE player SET payout_held_until = '2099-03-04T05:06:00Z', payout_held_for = 'device' WHERE pseudonym = $1`,
        [pseudonym],
      );
      await phone.open('/portefeuille/retrait');
      assert.match(await phone.words(), /Aucun retrait possible en ce moment .*04\/03, 05:06/);
      assert.equal(await phone.page.getByLabel('Montant').count(), 0);
      await look(phone, 'held');
      await phone.open('/portefeuille/gains');
      await look(phone, 'automatic');
    });
  });
}
