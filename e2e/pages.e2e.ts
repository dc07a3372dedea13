/** Every page of the player's app, in both themes: no barrier, nothing wider than the screen, targets for thumbs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators, type Ring } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp } from './phone.ts';

let product: Product;
let browser: Browser;
let ring: Ring;
let poolId: number;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
  const operators = await Operators.logIn(product);
  ring = await operators.openBout();
  poolId = await operators.openPool(ring);
});
after(async () => {
  await browser.close();
  await product.stop();
});

const publicPages = [
  ['home', '/'],
  ['bout-of-the-demonstration', '/combats/1'],
  ['phone', '/connexion'],
  ['access-help', '/connexion/aide'],
  ['claim-phone', '/connexion/numero'],
  ['wrestlers', '/lutteurs?q=modou+lo'],
  ['wrestler', '/lutteurs/1'],
  ['rules', '/regles'],
  ['terms', '/conditions'],
  ['responsible', '/jouer-responsable'],
  ['not-found', '/nulle-part'],
] as const;

for (const theme of ['dark', 'light'] as const) {
  describe(`pages in the ${theme} theme`, () => {
    let phone: Phone;
    before(async () => {
      phone = await openPhone(browser, product.playerUrl, { theme });
    });
    after(() => phone.close());

    for (const [name, path] of publicPages) {
      it(name, async () => {
        await phone.open(path);
        await inspect(phone, name);
      });
    }

    it('of a player', async () => {
      await signUp(phone, 20_000);
      await inspect(phone, 'wallet');
      for (const [name, path] of [
        ['bets-none', '/paris'],
        ['me', '/moi'],
        ['devices', '/moi/appareils'],
        ['change-pin', '/moi/pin'],
        ['own-cases', '/moi/dossier'],
        ['new-phone', '/moi/numero'],
        ['deposit', '/portefeuille/depot'],
        ['withdrawal', '/portefeuille/retrait'],
        ['statement', '/portefeuille/releve'],
        ['statement-refused', '/portefeuille/releve?from=2026-03-01&to=2026-02-01'],
        ['statement-sheet', '/portefeuille/releve/feuille'],
        ['bout-own', `/combats/${ring.boutId}`],
        ['gala', `/galas/${ring.galaId}`],
        ['slip', `/combats/${ring.boutId}/bulletin?side=A&stakeXof=1000&ratio=3%3A2`],
        ['slip-refused', `/combats/${ring.boutId}/bulletin?side=A&otherStakeXof=1001&otherAskXof=1001`],
        ['slip-missing', `/combats/${ring.boutId}/bulletin?side=A&otherStakeXof=40000&otherAskXof=40000`],
        ['bout-unreadable', `/combats/${ring.boutId}/bulletin?side=A&otherStakeXof=1e3`],
        ['not-received', '/verification/00000000-0000-4000-8000-000000000000?essai=99'],
      ] as const) {
        await phone.open(path);
        await inspect(phone, name);
      }
    });

    it('of the statement on paper', async () => {
      await phone.open('/portefeuille/releve/feuille?from=2026-01-01');
      await phone.page.emulateMedia({ media: 'print' });
      const paper = await phone.page.locator('body').innerText();
      assert.match(paper, /Mbayar/);
      assert.match(paper, /Du 1er janvier 2026 au \d/);
      assert.doesNotMatch(paper, /Retour au relevé|Portefeuille/);
      await phone.look('statement-paper');
      await phone.page.emulateMedia({ media: 'screen' });
    });

    it('of responsible play', async () => {
      await phone.open('/jouer-responsable');
      await inspect(phone, 'responsible-own');
      await phone.page
        .getByRole('link', { name: /30 jours/ })
        .nth(1)
        .tap();
      await phone.page.waitForURL(/\/limite\?kind=stake/);
      await inspect(phone, 'limit');
      await phone.page.getByLabel('Nouvelle limite').fill('90 000');
      await phone.page.getByRole('button', { name: 'Enregistrer' }).tap();
      await phone.page.waitForURL(/fait=limite/);
      await phone.page
        .getByRole('link', { name: /30 jours/ })
        .nth(1)
        .tap();
      await phone.page.getByRole('button', { name: /Enlever/ }).tap();
      await phone.page.waitForURL(/fait=attente/);
      await inspect(phone, 'responsible-waiting');
      await phone.page.locator('label.chip', { hasText: '6 mois' }).tap();
      await phone.page.getByRole('button', { name: 'Continuer' }).tap();
      await phone.page.waitForURL(/\/pause\?duree=6m/);
      await inspect(phone, 'pause');
      await phone.open('/rappel?suite=%2Fparis');
      await inspect(phone, 'reality-check');
    });

    it('of an operation that is looked for', async () => {
      // The page asks for the next answer at once, and is looked at meanwhile.
      await phone.page.route('**/verification/*essai=2*', (route) => route.fulfill({ status: 204 }));
      await phone.open('/verification/00000000-0000-4000-8000-000000000000');
      await inspect(phone, 'checking');
    });

    it('of a player with offers and bets', async () => {
      await phone.open('/combats/1');
      await phone.page
        .getByRole('link', { name: /^Accepter :/ })
        .first()
        .tap();
      await phone.page.waitForURL(/\/combats\/1\/defis\//);
      await inspect(phone, 'accept');
      await phone.page.getByRole('button', { name: /^Accepter/ }).tap();
      await phone.page.waitForURL(/\/paris\//);
      await inspect(phone, 'bet');
      await phone.open(
        `/combats/${ring.boutId}/bulletin?side=${theme === 'dark' ? 'A' : 'B'}&otherStakeXof=1500&otherAskXof=3000`,
      );
      await phone.page.getByRole('button', { name: /Lancer le défi/ }).tap();
      await phone.page.waitForURL(/\/defis\//);
      await inspect(phone, 'offer');
      await phone.open('/paris');
      await inspect(phone, 'bets');
      await phone.open(`/combats/${ring.boutId}`);
      await phone.page.locator('label.pick-A').tap();
      await phone.page.locator('label.chip', { hasText: '1 000' }).tap();
      await phone.page.locator('.panel').waitFor();
      await inspect(phone, 'bout-picked');
    });

    it('of a pool, from the bout to the ticket', async () => {
      await phone.open(`/combats/${ring.boutId}`);
      await phone.page.getByRole('link', { name: /Vainqueur et manière/ }).tap();
      await phone.page.waitForURL(/\/mutuels\//);
      await inspect(phone, 'pool');
      await phone.open(`/mutuels/${poolId}/bulletin?choix1=A`);
      await inspect(phone, 'pool-incomplete');
      await phone.page.locator('label.pick', { hasText: 'Par KO' }).tap();
      await phone.page.locator('label.chip', { hasText: '1 000' }).tap();
      await phone.page.getByRole('button', { name: 'Voir le bulletin' }).tap();
      await phone.page.waitForURL(/stakeXof=1000/);
      await inspect(phone, 'ticket-slip');
      await phone.page.getByRole('button', { name: /^Acheter/ }).tap();
      await phone.page.waitForURL(/\/tickets\//);
      await inspect(phone, 'ticket');
      await phone.open('/tickets');
      await inspect(phone, 'tickets');
    });

    it('with a refused form', async () => {
      await phone.open('/portefeuille/retrait');
      await phone.page.getByLabel('Montant').fill('0,5');
      await phone.page.getByRole('button', { name: 'Retirer vers mon numéro' }).tap();
      const field = phone.page.locator('[aria-invalid=true]');
      assert.equal(await field.inputValue(), '0,5');
      await inspect(phone, 'withdrawal-refused');
    });
  });
}

describe('the narrowest screen', () => {
  it('needs no scrolling sideways at 320', async () => {
    const phone = await openPhone(browser, product.playerUrl, { width: 320 });
    for (const [, path] of publicPages) {
      await phone.open(path);
      assert.equal(await overflowOf(phone.page), 0, path);
    }
    await phone.close();
  });
});

async function inspect(phone: Phone, name: string): Promise<void> {
  await phone.page.waitForLoadState('load');
  await phone.look(name);
  assert.deepEqual(await phone.findBarriers(), [], `${name} ${phone.page.url()}`);
  assert.equal(await overflowOf(phone.page), 0, `${name} is wider than the screen`);
  assert.deepEqual(
    await phone.page.evaluate(findSmallTargets),
    [],
    `${name} has targets too small for a thumb`,
  );
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Runs in the page: buttons and fields lower than 44 px; links inside a sentence are read, not aimed at. */
function findSmallTargets(): string[] {
  const seen: string[] = [];
  for (const element of document.querySelectorAll(
    'button, input:not([type=hidden]), summary, a.btn, .tabs a, .list a',
  )) {
    const { height, width } = element.getBoundingClientRect();
    const isBox = element instanceof HTMLInputElement && element.type === 'checkbox';
    if (height > 0 && !isBox && (height < 44 || width < 44)) seen.push(element.outerHTML.slice(0, 120));
  }
  return seen;
}
