/** An evening run by two operators at the ringside, each with a phone in one hand; then the same without JavaScript. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Bettors } from './bettors.ts';
import { openBrowser, openPhone, type Phone, type PhoneOptions } from './phone.ts';

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

const AWA = '78 000 00 01';
const CHEIKH = '78 000 00 02';

/** Comes in by the front door; the sandbox shows both codes. */
async function enter(number: string, options: PhoneOptions = {}): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, options);
  const { page } = phone;
  await phone.open('/');
  await page.getByLabel('Votre téléphone').fill(number);
  await page.getByRole('button', { name: 'Recevoir le code' }).tap();
  const hint = await page.locator('.note').innerText();
  await page.getByLabel('Code du SMS').fill(/votre code est (\d{6})/.exec(hint)?.[1] ?? '');
  await page.getByLabel('Code de l’application').fill(/(\d{6})\s*$/.exec(hint)?.[1] ?? '');
  await page.getByRole('button', { name: 'Entrer' }).tap();
  await page.getByRole('heading', { name: 'Galas' }).waitFor();
  session = await phone.context.cookies();
  return phone;
}

/** The session of who came in last. Nobody comes in at will: each code of the second factor serves once. */
let session: Awaited<ReturnType<Phone['context']['cookies']>> = [];

/** Another phone in the same hands. */
async function enterAgain(options: PhoneOptions = {}): Promise<Phone> {
  const phone = await openPhone(browser, product.officeUrl, options);
  await phone.context.addCookies(session);
  await phone.open('/');
  return phone;
}

/** What the eye reads: amounts are there a second time, for the ear. */
const seen = async (phone: Phone) => (await phone.words()).replace(/ \d+ francs/g, '').replaceAll(' )', ')');

/** What the page says now, or as soon as it says it: by itself with JavaScript, loaded again without. */
async function until(phone: Phone, says: RegExp, hasScript: boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!says.test(await seen(phone))) {
    if (Date.now() > end) throw new Error(`never: ${says}\n${await phone.words()}`);
    // As often as a person would: the house counts requests.
    await phone.page.waitForTimeout(hasScript ? 100 : 1_000);
    if (!hasScript) await phone.page.reload();
  }
}

/** Keeps a picture; where scripts run, looks for barriers too. */
async function inspect(phone: Phone, name: string, hasScript = true): Promise<void> {
  await phone.look(`office-${name}`);
  if (!hasScript) return;
  assert.deepEqual(await phone.findBarriers(), [], `${name} ${phone.page.url()}`);
  const overflow = await phone.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, `${name} is wider than the screen`);
}

/** Taps, and waits for the page that answers. */
async function tap(phone: Phone, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const loaded = phone.page.waitForEvent('load');
  await phone.page.getByRole(role, { name }).first().tap();
  await loaded;
}
const press = (phone: Phone, name: string | RegExp) => tap(phone, 'button', name);
const go = (phone: Phone, name: string | RegExp) => tap(phone, 'link', name);

for (const hasScript of [true, false]) {
  describe(`an evening ${hasScript ? 'with' : 'without'} JavaScript`, () => {
    let awa: Phone;
    let cheikh: Phone;
    let desk: string;
    let fatou: Phone;
    before(async () => {
      awa = await enter(AWA, { hasScript });
      cheikh = await enter(CHEIKH, { hasScript, theme: 'light' });
      fatou = await bettors.openPhone(browser, product.playerUrl, { hasScript, theme: 'light' });
    });
    after(async () => {
      await awa.close();
      await cheikh.close();
      await fatou.close();
    });

    it('one makes a gala and a bout', async () => {
      await inspect(awa, 'home', hasScript);
      await go(awa, 'Nouveau gala');
      await awa.page.getByLabel('Nom du gala').fill('Drapeau du maire de Pikine');
      await awa.page.getByLabel('Lieu').fill('Arène nationale');
      await inspect(awa, 'new-gala', hasScript);
      await press(awa, 'Créer le gala');
      assert.match(await awa.words(), /Gala créé/);
      await go(awa, 'Ajouter un combat');
      for (const name of ['modou lo', 'balla gaye']) {
        await awa.page.getByLabel('Nom ou surnom').fill(name);
        await press(awa, 'Chercher');
        await inspect(awa, `search-${name.split(' ')[0]}`, hasScript);
        await awa.page.locator('.found a').first().tap();
        await awa.page.waitForURL(/[ab]=\d+$/);
      }
      await awa.page.getByLabel('Titre (facultatif)').fill('Combat royal');
      await inspect(awa, 'new-bout', hasScript);
      await press(awa, 'Ajouter au gala');
      await inspect(awa, 'gala', hasScript);
      await go(awa, /Modou Lô.*Balla Gaye/);
      desk = new URL(awa.page.url()).pathname;
      await inspect(awa, 'desk-draft', hasScript);
    });

    it('the bout asks a second question: how long it takes', async () => {
      await go(awa, /Ajouter une question/);
      await awa.page.getByLabel('Ligne en minutes').fill('5');
      await press(awa, 'Ajouter cette durée');
      assert.match(await awa.words(), /Question ajoutée.*Plus ou moins de 5 min de lutte À ouvrir/);
      await inspect(awa, 'markets-draft', hasScript);
      await awa.open(desk);
    });

    it('opens betting, and the other sees it without asking', async () => {
      await cheikh.open(desk);
      await until(cheikh, /À ouvrir/, true);
      await press(awa, 'Ouvrir les paris');
      await until(cheikh, /Paris ouverts/, hasScript);
      await bettors.bet(Number(desk.split('/').at(-1)), 6);
      await until(cheikh, /6 duels · 1 défi en attente \(2 000 F\)/, hasScript);
      await awa.page.reload();
      await inspect(awa, 'desk-open', hasScript);
    });

    it('opens the second question too, and it is bet on from the player’s pages', async () => {
      await go(awa, 'Ouvrir, suspendre ou ajouter une question');
      await press(awa, 'Ouvrir les paris : Plus ou moins de 5 min de lutte');
      assert.match(await awa.words(), /ouverts sur cette question.*Payé au verdict du jour/);
      await inspect(awa, 'markets-open', hasScript);
      await awa.open(desk);
      await fatou.open(desk);
      await go(fatou, /Plus ou moins de 5 min de lutte/);
      assert.match(await fatou.words(), /« Plus » gagne si la lutte dure plus de 5 min, pauses non comptées/);
      await inspect(fatou, 'player-question', hasScript);
      const { marche } = Object.fromEntries(new URL(fatou.page.url()).searchParams);
      await fatou.open(`${desk}/bulletin?marche=${marche}&side=A&stakeXof=1000&ratio=1:1`);
      assert.match(await fatou.words(), /Plus ou moins de 5 min de lutte Plus de 5 min/);
      await inspect(fatou, 'player-question-slip', hasScript);
      await press(fatou, /^Lancer le défi/);
      await bettors.answer(Number(marche));
      await until(cheikh, /Plus de 5 min 1 000 F Moins de 5 min 1 000 F 1 duel/, hasScript);
      await inspect(cheikh, 'desk-questions', hasScript);
    });

    it('the whistle is under the thumb, and its answer is definite', async () => {
      await press(cheikh, 'Tout suspendre');
      await until(cheikh, /Paris suspendus .*de lutte Paris suspendus/, true);
      await inspect(cheikh, 'desk-suspended', hasScript);
      await press(cheikh, 'Tout rouvrir');
      const whistle = cheikh.page.getByRole('button', { name: 'Coup de sifflet' });
      const box = await whistle.boundingBox();
      assert(
        box !== null && box.height >= 72 && box.y + box.height <= 740 && box.y > 370,
        JSON.stringify(box),
      );
      await press(cheikh, 'Coup de sifflet');
      assert.match(await cheikh.words(), /Coup de sifflet enregistré.*Paris fermés/);
      const instantOf = (words: string) => /Fermés à (\d+ h \d\d min \d\d,\d{3} s)/.exec(words)?.[1];
      await until(awa, /Paris fermés/, hasScript);
      assert.equal(instantOf(await awa.words()), instantOf(await cheikh.words()));
      assert.equal(await awa.page.getByRole('button', { name: 'Coup de sifflet' }).count(), 0);
      await until(awa, /6 duels dans la preuve/, hasScript);
      await inspect(awa, 'desk-closed', hasScript);
    });

    it('the true whistle takes two', async () => {
      await go(awa, 'Le vrai sifflet était plus tôt ?');
      await inspect(awa, 'true-whistle', hasScript);
      await press(awa, 'Proposer cette heure');
      assert.match(await awa.words(), /En attente d’un collègue/);
      await inspect(awa, 'true-whistle-mine', hasScript);
      await until(cheikh, /Vrai sifflet .* Confirmer/, hasScript);
      await inspect(cheikh, 'true-whistle-theirs', hasScript);
      await press(cheikh, /^Confirmer \d/);
      await until(awa, /Confirmé par Cheikh Sarr/, hasScript);
    });

    it('the result takes two, and who confirms sees what it pays', async () => {
      await go(awa, 'Proposer le résultat');
      await inspect(awa, 'result', hasScript);
      await awa.page.getByLabel('Modou Lô').check();
      await awa.page.getByLabel('Chute').check();
      assert.equal(await awa.page.getByLabel('Match nul').isVisible(), false);
      await awa.page.getByLabel('Minutes').fill('5');
      await awa.page.getByLabel('Secondes').fill('1');
      await awa.page.getByLabel('D’où vient le verdict ?').fill('Annonce au micro');
      await inspect(awa, 'result-picked', hasScript);
      await press(awa, 'Proposer');
      assert.match(await awa.words(), /En attente d’un collègue/);
      assert.equal(await awa.page.getByRole('button', { name: 'Confirmer et payer' }).count(), 0);
      await inspect(awa, 'desk-mine', hasScript);
      await until(cheikh, /Proposé par Awa Ndiaye/, hasScript);
      assert.match(
        await seen(cheikh),
        /Modou Lô gagne par chute .*À Modou Lô · 6 duels 9 120 F .*Commission 600 F .*Impôt 2 280 F .*Total des mises 12 000 F .*À « Plus de 5 min » · 1 duel 1 520 F/,
      );
      await inspect(cheikh, 'desk-theirs', hasScript);
      await press(cheikh, 'Confirmer et payer');
      await until(cheikh, /Tout est payé/, hasScript);
      await until(awa, /6 sur 6 duels/, hasScript);
      await fatou.open(desk);
      await until(fatou, /1 000 F sur Plus de 5 min .*Gagné/, false);
      await inspect(fatou, 'player-question-won', hasScript);
      await inspect(awa, 'desk-settled', hasScript);
      assert.equal(await awa.page.locator('form').count(), 1, 'nothing is left to command but the way out');
    });

    it('the journal has every command', async () => {
      await go(awa, 'Journal');
      assert.match(await awa.words(), /Résultat confirmé Cheikh Sarr · combat \d+ fait/);
      await inspect(awa, 'journal', hasScript);
      await press(awa, 'Sortir');
      await awa.page.getByRole('heading', { name: 'Entrer au bureau' }).waitFor();
      await awa.open(desk);
      assert.match(await awa.words(), /Entrer au bureau/);
    });
  });
}

describe('a bout that changes', () => {
  it('is moved, then given up: what becomes of every bet is read before it happens', async () => {
    await bettors.bet(4, 3);
    const phone = await enterAgain();
    await phone.open('/combats/4');
    await go(phone, 'Reporter');
    await phone.page.getByLabel('Pourquoi ?').fill('Blessure à l’entraînement');
    await phone.page.getByLabel('Où est-ce annoncé ?').fill('Communiqué de la FSL');
    await inspect(phone, 'move');
    await press(phone, 'Voir ce que deviennent les paris');
    assert.match(await seen(phone), /Nouvelle date date à fixer .*Les paris tiennent jusqu’au/);
    assert.match(
      await seen(phone),
      /\d+ duels · \d+ 000 F Tiennent.* \d+ défis en attente · \d+ 000 F Restent/,
    );
    await inspect(phone, 'move-preview');
    const confirm = phone.page.getByRole('button', { name: 'Reporter le combat' });
    const box = await confirm.boundingBox();
    assert(box !== null && box.height >= 48 && box.width >= 300, JSON.stringify(box));
    await press(phone, 'Reporter le combat');
    assert.match(await phone.words(), /Combat reporté\. Les joueurs sont prévenus\..*Reporté, date à fixer/);
    await inspect(phone, 'moved');
    await phone.open('/galas/1');
    assert.match(await phone.words(), /Attend sa nouvelle date/);
    await inspect(phone, 'gala-moved');
    const fan = await openPhone(browser, product.playerUrl);
    await fan.open('/combats/4');
    assert.match(await fan.words(), /Date à fixer.*Les paris tiennent si les deux mêmes lutteurs/);
    await inspect(fan, 'fan-moved');

    const wide = await enterAgain({ width: 1280, height: 800, theme: 'light' });
    await wide.open('/combats/4');
    await go(wide, 'Annuler, remplacer un lutteur, forfait');
    await wide.page.getByLabel('Forfait avant le coup de sifflet').check();
    await wide.page.getByLabel('Où est-ce annoncé ?').fill('Arbitre');
    await inspect(wide, 'wide-call-off');
    await press(wide, 'Voir ce que deviennent les paris');
    await inspect(wide, 'wide-call-off-preview');
    await press(wide, 'Arrêter les paris et proposer');
    assert.match(await wide.words(), /Un collègue doit confirmer, puis chaque mise est rendue/);
    await inspect(wide, 'wide-called-off');
    await phone.open('/combats/4');
    await inspect(phone, 'called-off');
    await until(fan, /le combat n’a pas lieu comme prévu/, true);
    await inspect(fan, 'fan-called-off');
    await fan.close();
    await phone.close();
    await wide.close();
  });
});

describe('a wide screen', () => {
  it('has the same pages, in columns', async () => {
    const wide = await enterAgain({ width: 1280, height: 800 });
    await wide.look('office-wide-home');
    await go(wide, /Grand gala/);
    await wide.look('office-wide-gala');
    await go(wide, /Paris ouverts/);
    await wide.look('office-wide-desk-open');
    await press(wide, 'Coup de sifflet');
    await until(wide, /0 duel dans la preuve/, true);
    await inspect(wide, 'wide-desk');
    await wide.close();
  });
});

describe('the narrowest screen', () => {
  it('needs no scrolling sideways at 320, and a gala’s desk follows by itself', async () => {
    const narrow = await enterAgain({ width: 320 });
    for (const path of ['/', '/galas/1', '/combats/3', '/combats/3/resultat', '/galas/nouveau', '/journal']) {
      await narrow.open(path);
      await inspect(narrow, `narrow${path.replaceAll('/', '-')}`);
    }
    const other = await enterAgain();
    await narrow.open('/galas/1');
    await other.open('/combats/3');
    await press(other, 'Suspendre');
    await until(narrow, /Paris suspendus/, true);
    await narrow.close();
    await other.close();
  });
});

describe('a refusal', () => {
  it('is a sentence beside the button, and what was typed stays', async () => {
    const phone = await enterAgain();
    await phone.open('/combats/2/resultat');
    await phone.page.getByLabel('Personne : mises rendues').check();
    await phone.page.getByLabel('Match nul').check();
    await phone.page.getByLabel('D’où vient le verdict ?').fill('Trop tôt');
    await press(phone, 'Proposer');
    assert.match(await phone.words(), /Combat pas encore sifflé : cette commande n’est pas possible/);
    assert.equal(await phone.page.getByLabel('D’où vient le verdict ?').inputValue(), 'Trop tôt');
    assert.equal(await phone.page.getByLabel('Match nul').isChecked(), true);
    await inspect(phone, 'refused');
    await phone.open('/combats/999999');
    await inspect(phone, 'not-found');
    await phone.close();
  });
});
