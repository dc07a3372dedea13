/** Finance looks at the one figure, finds money that is nobody's yet, and two people give it to its player. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { demoStaff } from '#server/demo/people.ts';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Bettors } from './bettors.ts';
import { openBrowser, openPhone, type Phone } from './phone.ts';

let product: Product;
let browser: Browser;
let bettors: Bettors;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
  bettors = await Bettors.logIn(product);
});
after(async () => {
  await browser.close();
  await product.stop();
});

const people = demoStaff.filter(({ role }) => role === 'finance');
/** The sessions of who came in: each code of the second factor serves once. */
const cookies = new Map<number, Awaited<ReturnType<Phone['context']['cookies']>>>();

async function enter(which: 0 | 1, hasScript: boolean): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, { hasScript });
  const { page } = phone;
  const known = cookies.get(which);
  if (known !== undefined) {
    await phone.context.addCookies(known);
    return phone;
  }
  await phone.open('/');
  await page.getByLabel('Votre téléphone').fill(people[which]?.phone ?? '');
  await page.getByRole('button', { name: 'Recevoir le code' }).tap();
  const hint = await page.locator('.note').innerText();
  await page.getByLabel('Code du SMS').fill(/votre code est (\d{6})/.exec(hint)?.[1] ?? '');
  await page.getByLabel('Code de l’application').fill(/(\d{6})\s*$/.exec(hint)?.[1] ?? '');
  await page.getByRole('button', { name: 'Entrer' }).tap();
  await page.getByRole('link', { name: 'Rapprochement' }).first().waitFor();
  cookies.set(which, await phone.context.cookies());
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
  it(`money that came from another number finds its player ${hasScript ? 'with' : 'without'} JavaScript`, async () => {
    const khady = await enter(0, hasScript);
    const bineta = await enter(1, hasScript);
    const run = async () => {
      await khady.open('/rapprochement');
      await khady.page.getByRole('button', { name: 'Lire les relevés maintenant' }).tap();
      await khady.page.getByText('Les relevés sont lus').waitFor();
      return khady.words();
    };
    assert.match(await run(), /Wave .*100,00 %.*Orange Money · retraits .*100,00 %/);
    await inspect(khady, 'reconciliation', hasScript);

    await bettors.depositFromAnotherNumber(3_000);
    assert.match(await run(), /Orange Money · dépôts Argent expliqué \d?\d,\d\d %/);
    await inspect(khady, 'reconciliation-open', hasScript);
    await khady.open('/rapprochement/orange/orange');
    await inspect(khady, 'reconciled-account', hasScript);
    await khady.page.locator('.found a').first().tap();
    await khady.page.waitForURL(/orange\/20/);
    await khady.page.getByRole('link', { name: /^Pareil/ }).tap();
    await khady.page.waitForURL(/etat=matched/);
    await inspect(khady, 'reconciled-day', hasScript);

    await khady.open('/en-attente');
    assert.match(await khady.words(), /L’argent vient d’un autre numéro que celui du joueur/);
    await inspect(khady, 'suspense', hasScript);
    await khady.page.locator('.found a').first().tap();
    await khady.page.waitForURL(/en-attente\/[0-9a-f-]{36}/);
    await inspect(khady, 'suspense-item', hasScript);
    const page = khady.page;
    await page.getByLabel('Créditer un joueur').check();
    await page.getByLabel('Pourquoi ?').fill('Sa sœur a payé, vérifié au téléphone');
    await page.getByRole('button', { name: 'Proposer' }).tap();
    await page.getByText('Une autre personne de la finance confirme').waitFor();

    await bineta.open('/en-attente');
    await bineta.page.locator('.found a').first().tap();
    await bineta.page.getByText('À confirmer').waitFor();
    await inspect(bineta, 'suspense-confirm', hasScript);
    await bineta.page.getByRole('button', { name: 'Confirmer' }).tap();
    await bineta.page.getByText('l’argent est à sa place').waitFor();
    await inspect(bineta, 'suspense-settled', hasScript);
    assert.match(await run(), /Orange Money · dépôts Argent expliqué 100,00 %/);
    await khady.close();
    await bineta.close();
  });
}

it('a report on paper says whose it is, of which days and when it was made, and has no menu', async () => {
  const khady = await enter(0, true);
  await khady.open('/rapprochement/wave/wave');
  await khady.page.emulateMedia({ media: 'print' });
  const paper = await khady.page.locator('body').innerText();
  assert.match(paper, /Mbayar/);
  assert.match(paper, /Du \d.* au \d/);
  assert.match(paper, /Établi le \d.* par Khady Sow/);
  assert.doesNotMatch(paper, /Sortir|Opérateurs/);
  await khady.look('reconciled-account-paper');
  await khady.close();
});
