/** A setting changes by two people on two phones, and the journal tells it: with JavaScript and without. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { StaffRole } from '#core/api/contract.ts';
import { demoStaff } from '#server/demo/people.ts';
import { type Product, startProduct } from '#server/testing/product.ts';
import { openBrowser, openPhone, type Phone } from './phone.ts';

let product: Product;
let browser: Browser;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await product.stop();
});

/** The sessions of who came in: each code of the second factor serves once. */
const cookies = new Map<StaffRole, Awaited<ReturnType<Phone['context']['cookies']>>>();

async function enter(role: StaffRole, hasScript: boolean): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, { hasScript });
  const { page } = phone;
  const known = cookies.get(role);
  if (known !== undefined) {
    await phone.context.addCookies(known);
    return phone;
  }
  await phone.open('/');
  await page.getByLabel('Votre téléphone').fill(demoStaff.find((one) => one.role === role)?.phone ?? '');
  await page.getByRole('button', { name: 'Recevoir le code' }).tap();
  const hint = await page.locator('.note').innerText();
  await page.getByLabel('Code du SMS').fill(/votre code est (\d{6})/.exec(hint)?.[1] ?? '');
  await page.getByLabel('Code de l’application').fill(/(\d{6})\s*$/.exec(hint)?.[1] ?? '');
  await page.getByRole('button', { name: 'Entrer' }).tap();
  await page.getByRole('link', { name: 'Réglages' }).first().waitFor();
  cookies.set(role, await phone.context.cookies());
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

for (const [hasScript, percent] of [
  [true, '4,5'],
  [false, '4'],
] as const) {
  it(`two people change the commission ${hasScript ? 'with' : 'without'} JavaScript`, async () => {
    const administrator = await enter('administrator', hasScript);
    const finance = await enter('finance', hasScript);

    await administrator.open('/reglages');
    await inspect(administrator, 'settings', hasScript);
    await administrator.open('/reglages/hardStopDelayMs');
    await inspect(administrator, 'setting-time', hasScript);
    await administrator.open('/reglages/commissionBps');
    await administrator.page.getByLabel('Nouvelle valeur').fill('90');
    await administrator.page.getByLabel('Pourquoi ?').fill('Fête de la Korité');
    await administrator.page.getByRole('button', { name: 'Proposer' }).tap();
    await administrator.page.getByText('Cette valeur n’est pas permise').waitFor();
    await inspect(administrator, 'setting-refused', hasScript);
    await administrator.page.getByLabel('Nouvelle valeur').fill(percent);
    await administrator.page.getByRole('button', { name: 'Proposer' }).tap();
    await administrator.page.getByText('Changement proposé').waitFor();
    await inspect(administrator, 'settings-proposed', hasScript);

    await finance.open('/reglages');
    await inspect(finance, 'settings-to-approve', hasScript);
    await finance.page.getByRole('button', { name: 'Approuver' }).tap();
    await finance.page.getByText('Changement approuvé').waitFor();
    assert.match(await finance.words(), new RegExp(`Commission ${percent} %`));
    await finance.open('/reglages/commissionBps');
    await inspect(finance, 'setting-history', hasScript);

    await administrator.open('/journal?quoi=approve-setting');
    assert.match(
      await administrator.words(),
      /Réglage approuvé Khady Sow · réglage .{0,40}ommission.{0,20} fait/,
    );
    await inspect(administrator, 'journal', hasScript);
    await administrator.close();
    await finance.close();
  });
}
