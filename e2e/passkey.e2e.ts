/** A passkey on a phone: added, used to log in with one tap, and shown again before money leaves. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openDb } from '#server/db.ts';
import { locateCluster } from '#server/postgres/cluster.ts';
import { ownerRole } from '#server/postgres/first-database.ts';
import { keepSecret } from '#server/secrets.ts';
import { type Product, startProduct } from '#server/testing/product.ts';
import { openBrowser, openPhone, type Phone, signUp } from './phone.ts';

let product: Product;
let browser: Browser;
const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-passkey-'));
before(async () => {
  product = await startProduct({ dataDir });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** As if the minutes since everybody's second factor had passed, and the second for which nodes believe it. */
async function letStepUpPass(phone: Phone): Promise<void> {
  const port = readFileSync(join(locateCluster(dataDir).home, 'port'), 'utf8').trim();
  const password = keepSecret(join(dataDir, 'secrets'), 'postgres-owner');
  const owner = openDb({
    connectionString: `postgresql://${ownerRole}:${password}@127.0.0.1:${port}/mbayar`,
  });
  await owner.query(
    `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'`,
  );
  await owner.close();
  while (!(await phone.words()).includes('C’est bien vous ?'))
    await phone.open('/portefeuille/retrait?amountXof=2000');
}

/** As a phone with a fingerprint reader. */
async function addAuthenticator({ context, page }: Phone): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('a passkey', () => {
  let phone: Phone;
  before(async () => {
    phone = await openPhone(browser, product.playerUrl);
    await addAuthenticator(phone);
  });
  after(() => phone.close());

  it('is added from “Mes clés”', async () => {
    await signUp(phone, 10_000);
    await phone.open('/moi/cles');
    await phone.page.getByRole('button', { name: 'Ajouter une clé sur cet appareil' }).tap();
    await phone.page.waitForURL(/fait=ajout/);
    assert.match(await phone.words(), /Votre clé est prête/);
    await phone.look('passkeys');
    assert.deepEqual(await phone.findBarriers(), []);
  });

  it('opens the account with one tap', async () => {
    await phone.open('/moi');
    await phone.page.getByRole('button', { name: 'Sortir' }).tap();
    await phone.page.waitForURL((url) => url.pathname === '/');
    await phone.open('/connexion?suite=%2Fportefeuille');
    await phone.look('log-in-passkey');
    await phone.page.getByRole('button', { name: 'Entrer avec ma clé' }).tap();
    await phone.page.waitForURL((url) => url.pathname === '/portefeuille');
    assert.match(await phone.words(), /10 000 F/);
  });

  it('is shown again before a withdrawal, and leads back to it', async () => {
    await letStepUpPass(phone);
    assert.deepEqual(await phone.findBarriers(), []);
    await phone.look('confirm');
    await phone.page.getByRole('button', { name: 'Confirmer avec ma clé' }).tap();
    await phone.page.waitForURL(/\/portefeuille\/retrait\?amountXof=2000/);
    assert.equal(await phone.page.getByLabel('Montant').inputValue(), '2000');
    await phone.look('withdrawal-after-confirming');
  });
});

describe('without JavaScript', () => {
  it('there is no button for a passkey', async () => {
    const phone = await openPhone(browser, product.playerUrl, { hasScript: false });
    await phone.open('/connexion');
    assert.equal(await phone.page.getByRole('button', { name: 'Entrer avec ma clé' }).isVisible(), false);
    assert.equal(
      await phone.page
        .getByRole('button', { name: /code|Continuer|Entrer/ })
        .first()
        .isVisible(),
      true,
    );
    await phone.close();
  });
});
