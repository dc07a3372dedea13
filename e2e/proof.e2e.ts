/** A bet that its player checks himself: files from the site, judged by a page on his phone without a network. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators, type Ring } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp } from './phone.ts';

describe('a proof', () => {
  let product: Product;
  let browser: Browser;
  let phone: Phone;
  let ring: Ring;
  let betId: string;
  let ticketId: string;
  const folder = mkdtempSync(join(tmpdir(), 'mbayar-files-'));
  before(async () => {
    product = await startProduct();
    browser = await openBrowser();
    const operators = await Operators.logIn(product);
    ring = await operators.openBout();
    phone = await openPhone(browser, product.playerUrl);
    const other = await openPhone(browser, product.playerUrl);
    await signUp(other, 10_000);
    await signUp(phone, 10_000);
    await bet(other, 'A');
    betId = (await bet(phone, 'B')).bets[0]?.betId ?? assert.fail('no bet');
    await other.close();
    ticketId = await buyTicket(await operators.openPool(ring));
    await phone.open(`/paris/${betId}`);
    assert.match(await phone.words(), /La preuve vient à la fermeture/);
    await phone.look('bet-engaged-receipt');
    await phone.open(`/combats/${ring.boutId}`);
    await operators.whistle(ring);
  });
  after(async () => {
    await phone.close();
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true });
  });

  async function bet(who: Phone, side: 'A' | 'B'): Promise<{ bets: { betId: string }[] }> {
    const url = `${product.playerUrl}/api/v1/markets/${ring.marketId}/offers`;
    const data = { operationId: randomUUID(), side, stakeXof: 2_000, askXof: 2_000 };
    const answer = await who.page.request.post(url, { data });
    assert.equal(answer.status(), 201, await answer.text());
    return answer.json();
  }

  async function buyTicket(poolId: number): Promise<string> {
    const url = `${product.playerUrl}/api/v1/pools/${poolId}/tickets`;
    const data = { operationId: randomUUID(), picks: ['B', 'fall'], stakeXof: 1_000 };
    const answer = await phone.page.request.post(url, { data });
    assert.equal(answer.status(), 201, await answer.text());
    return (await answer.json()).ticketId;
  }

  /** Taps what downloads, and keeps the file. */
  async function save(name: string): Promise<string> {
    const download = phone.page.waitForEvent('download');
    await phone.page.getByRole('link', { name, exact: true }).click();
    const file = await download;
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }

  it('the bout’s page tells by itself that the root is published', async () => {
    await phone.page.getByText(/Empreinte publiée à/).waitFor();
    await phone.look('bout-published');
  });

  it('receipt, proof and page are kept, and the page says that all of it is true, without a network', async () => {
    await phone.open(`/paris/${betId}`);
    await phone.look('bet-closed-proof');
    const files = [await save('Garder mon reçu'), await save('Garder ma preuve')];
    await phone.open(`/tickets/${ticketId}`);
    await phone.look('ticket-closed-proof');
    const ticket = [await save('Garder mon reçu'), await save('Garder ma preuve')];
    await phone.open('/verifier');
    await phone.look('how-to-verify');
    const checker = await save('La page qui vérifie');

    const offline = await openPhone(browser, product.playerUrl);
    await offline.context.setOffline(true);
    const asked: string[] = [];
    offline.page.on('request', (request) => asked.push(request.url()));
    await offline.open(pathToFileURL(checker).href);
    const verdict = offline.page.locator('#verdict');
    const judge = async (...chosen: string[]) => {
      await offline.page.locator('#files').setInputFiles(chosen);
      await offline.page.locator('#checks li').first().waitFor();
    };
    await judge(files[0] ?? '');
    await offline.page.getByText('Le reçu est vrai. Il manque la preuve.').waitFor();
    await judge(...files);
    await offline.page.getByText('Tout est vrai.').waitFor();
    assert.equal(await verdict.getAttribute('class'), 'good');
    const green = await verdict.evaluate((element) => getComputedStyle(element).color);
    assert.match(await offline.page.locator('body').innerText(), /2\s000\sF sur «\s.*\s» contre 2\s000\sF/);
    await offline.look('offline-true');

    for (const [name, change] of Object.entries(changes)) {
      const [receipt = '', proof = ''] = files;
      const changed = {
        receipt: JSON.parse(readFileSync(receipt, 'utf8')),
        proof: JSON.parse(readFileSync(proof, 'utf8')),
      };
      change(changed);
      const written = Object.entries(changed).map(([which, content]) => {
        const path = join(folder, `${which}-changed.json`);
        writeFileSync(path, JSON.stringify(content));
        return path;
      });
      await judge(...files);
      await offline.page.getByText('Tout est vrai.').waitFor();
      await judge(...written);
      await offline.page.getByText('Quelque chose est faux.').waitFor();
      assert.equal(await verdict.getAttribute('class'), 'bad', name);
      assert.notEqual(await verdict.evaluate((element) => getComputedStyle(element).color), green);
      if (name === 'net') await offline.look('offline-false');
    }
    await judge(...ticket);
    await offline.page.getByText('Tout est vrai.').waitFor();
    assert.match(
      await offline.page.locator('#bet').innerText(),
      /Ticket de 1\s000\sF sur «\s.* · Par chute\s»/,
    );
    await judge(files[0] ?? '');
    await offline.page.getByText('Quelque chose est faux.').waitFor();
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{');
    await offline.page.locator('#files').setInputFiles(broken);
    await offline.page.getByText(/n’est ni un reçu ni une preuve/).waitFor();
    assert.deepEqual(asked, [pathToFileURL(checker).href]);
    await offline.close();
  });

  it('the public pages can be read by everybody', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const visitor = await openPhone(browser, product.playerUrl, { theme, hasScript: false });
      await visitor.open(`/preuves/marches/${ring.marketId}`);
      assert.match(await visitor.words(), /donnent bien cette empreinte/);
      await visitor.look('market-proof');
      await visitor.open('/preuves');
      assert.match(await visitor.words(), /1 pari/);
      await visitor.look('roots');
      await visitor.close();
    }
    for (const path of [`/preuves/marches/${ring.marketId}`, '/preuves', '/verifier', `/paris/${betId}`]) {
      await phone.open(path);
      assert.deepEqual(await phone.findBarriers(), [], path);
      const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 360, path);
    }
  });
});

interface Files {
  readonly receipt: {
    receipt: { netXof: number; side: string; chain: { number: number } };
    signature: string;
  };
  readonly proof: { leaf: { stakeAXof: number }; index: number; path: string[]; chain: { root: string }[] };
}

/** What somebody might do to the files. */
const changes: Readonly<Record<string, (files: Files) => void>> = {
  net: ({ receipt }) => {
    receipt.receipt.netXof += 1;
  },
  side: ({ receipt }) => {
    receipt.receipt.side = 'A';
  },
  signature: ({ receipt }) => {
    receipt.signature = receipt.signature.replace(/^../, (pair) => (pair === '00' ? '01' : '00'));
  },
  chain: ({ receipt }) => {
    receipt.receipt.chain.number += 1;
  },
  stake: ({ proof }) => {
    proof.leaf.stakeAXof += 100;
  },
  path: ({ proof }) => {
    proof.path.push('00'.repeat(32));
  },
  root: ({ proof }) => {
    for (const link of proof.chain) link.root = 'ab'.repeat(32);
  },
};
