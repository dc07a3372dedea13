/** A cheap Android phone: 360 × 740, in Chromium. What the page complains about fails the test. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export interface PhoneOptions {
  readonly hasScript?: boolean;
  readonly theme?: 'dark' | 'light';
  readonly height?: number;
  readonly width?: number;
}

export interface Phone {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path of the site. */
  open(path: string): Promise<void>;
  /** The words of the main part, spaces made plain. */
  words(): Promise<string>;
  /** Keeps a picture of the whole page, and checks that nothing complained. */
  look(name: string): Promise<void>;
  /** Violations of WCAG 2.2 AA and of good practice, as text. */
  findBarriers(): Promise<string[]>;
  close(): Promise<void>;
}

/** Pictures of the pages for a person to look at, when a folder is named: `E2E_SHOTS=shots npm run e2e`. */
const shots = process.env['E2E_SHOTS'];
/** Waits no longer for anything on a page. */
const PATIENCE_MS = 30_000;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

export async function openPhone(
  browser: Browser,
  baseUrl: string,
  options: PhoneOptions = {},
): Promise<Phone> {
  const { hasScript = true, theme = 'dark', height = 740, width = 360 } = options;
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width, height },
    colorScheme: theme,
    javaScriptEnabled: hasScript,
    hasTouch: true,
    isMobile: true,
    locale: 'fr-SN',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refused form comes back with its own status: Chromium says so, and it is meant.
    const isStatus = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isStatus) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const checkComplaints = () => assert.deepEqual(complaints, [], `on ${page.url()}`);
  return {
    page,
    context,
    open: async (path) => {
      await page.goto(path, { waitUntil: 'load' });
    },
    words: () => wordsOf(page, 'main'),
    look: async (name) => {
      checkComplaints();
      if (shots === undefined) return;
      mkdirSync(shots, { recursive: true });
      const file = `${name}-${theme}${hasScript ? '' : '-no-script'}.png`;
      await page.screenshot({ path: join(shots, file), fullPage: true });
    },
    findBarriers: async () => {
      // As tall as the page: what sticks to the bottom of the screen covers nothing.
      await page.setViewportSize({ width, height: await page.evaluate(() => document.body.scrollHeight) });
      await page.evaluate(axe.source);
      const barriers = await page.evaluate(runAxe);
      await page.setViewportSize({ width, height });
      return barriers;
    },
    close: async () => {
      checkComplaints();
      await context.close();
    },
  };
}

/** What the eye reads: without the words that are there for the ear alone. */
export async function wordsOf(page: Page, selector: string): Promise<string> {
  const text = await page.locator(selector).evaluate((element) => {
    const seen = element.cloneNode(true);
    if (!(seen instanceof Element)) return '';
    for (const unseen of seen.querySelectorAll('.vh, style, script')) unseen.replaceWith(' ');
    for (const block of seen.querySelectorAll('p, li, dt, dd, h1, h2, h3, span, b, button, a, br'))
      block.append(' ');
    return seen.textContent ?? '';
  });
  return text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}

/** Runs in the page. */
async function runAxe(): Promise<string[]> {
  const engine: {
    run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  } = Reflect.get(window, 'axe');
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await engine.run({ runOnly: { type: 'tag', values: tags } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

let people = 0;

/** A new player through the front door, with money; his pseudonym. Ends on the wallet. */
export async function signUp(phone: Phone, amountXof: number): Promise<string> {
  return (await signUpWithNumber(phone, amountXof)).pseudonym;
}

export async function signUpWithNumber(
  phone: Phone,
  amountXof: number,
): Promise<{ readonly pseudonym: string; readonly number: string }> {
  const { page } = phone;
  await phone.open('/connexion?suite=%2Fportefeuille%2Fdepot');
  const person = await signUpHere(phone);
  await page.getByLabel('Montant').fill(String(amountXof));
  await page.getByRole('button', { name: /^(Déposer|Payer avec Argent d’essai)$/ }).click();
  assert.match(await phone.words(), /Dépôt reçu/);
  return person;
}

/** From the page that asks for a number to an account of one's own, and on to where that page leads. */
export async function signUpHere({
  page,
}: Phone): Promise<{ readonly pseudonym: string; readonly number: string }> {
  people += 1;
  const number = `76 ${String(process.pid % 1000).padStart(3, '0')} ${String(people).padStart(2, '0')} ${String(Date.now() % 100).padStart(2, '0')}`;
  const pseudonym = `Mbër-${process.pid % 1000}-${people}`;
  await page.getByLabel('Téléphone').fill(number);
  await page.getByRole('button', { name: 'Recevoir le code' }).click();
  const message = await page.locator('.note').innerText();
  await page.getByLabel('Code à 6 chiffres').fill(/votre code est (\d{6})/.exec(message)?.[1] ?? '');
  await page.locator('main').getByRole('button', { name: 'Entrer' }).click();
  await page.getByLabel('Pseudo').fill(pseudonym);
  await page.getByLabel('Jour').fill('4');
  await page.getByLabel('Mois').fill('4');
  await page.getByLabel('Année').fill('1995');
  await page.getByLabel('PIN de 4 à 6 chiffres').fill('7294');
  await page.getByLabel('Le même PIN').fill('7294');
  await page.getByLabel(/J’ai 18 ans/).check();
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  return { pseudonym, number };
}
