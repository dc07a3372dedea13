/** The pages of proofs as a browser without JavaScript reads them, and the files that people take home. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { runScript } from '../testing/proof-files.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

let house: House;
let one: SeededStaff;
let two: SeededStaff;
let a: SeededPlayer;
let b: SeededPlayer;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
  [one, two] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [a, b] = (await seedPlayers(house.owner, { count: 2, availableXof: 100_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const reader = (player?: SeededPlayer) => new Reader(house.app.player, player?.cookie);

async function betting() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert.ok(market !== undefined);
  await place(house, a, market.marketId, { side: 'A', stakeXof: 2_000 });
  const taken = await place(house, b, market.marketId, { side: 'B', stakeXof: 2_000 });
  return { ...market, betId: String(taken.body.bets[0].betId) };
}

async function close({ marketId }: { marketId: number }): Promise<void> {
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
}

/** A file as the browser saves it. */
async function save(path: string, player?: SeededPlayer) {
  const { statusCode, headers, body } = await house.app.player.inject({
    url: path,
    headers: player === undefined ? {} : { cookie: player.cookie },
  });
  return { status: statusCode, name: String(headers['content-disposition']), body, headers };
}

test('a bettor keeps his receipt at once, and his proof after the close', async () => {
  const bet = await betting();
  const early = await reader(b).open(`/paris/${bet.betId}`);
  assert.match(early.text, /Le reçu signé est prêt\. La preuve vient à la fermeture des paris\./);
  assert.ok(early.html.includes(`href="/paris/${bet.betId}/recu"`));
  assert.ok(!early.html.includes(`/paris/${bet.betId}/preuve`));
  const tooEarly = await save(`/paris/${bet.betId}/preuve`, b);
  assert.equal(tooEarly.status, 409);
  assert.match(tooEarly.body, /La preuve est publiée à la fermeture des paris/);

  await close(bet);
  const page = await reader(b).open(`/paris/${bet.betId}`);
  assert.match(
    page.text,
    /Empreinte des paris publiée aujourd’hui à \d\d:\d\d:\d\d\. Votre pari est dedans\./,
  );
  assert.ok(page.html.includes(`href="/preuves/marches/${bet.marketId}"`));
  const [receipt, proof, keys] = await Promise.all([
    save(`/paris/${bet.betId}/recu`, b),
    save(`/paris/${bet.betId}/preuve`, b),
    save('/verifier/cles'),
  ]);
  assert.equal(receipt.name, `attachment; filename="recu-mbayar-${bet.betId.slice(0, 8)}.json"`);
  const files = {
    receipt: JSON.parse(receipt.body),
    proof: JSON.parse(proof.body),
    keys: JSON.parse(keys.body),
  };
  assert.ok(runScript(files).isGood);

  const [stranger] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
  for (const what of ['recu', 'preuve'])
    assert.equal((await save(`/paris/${bet.betId}/${what}`, stranger)).status, 404);
});

test('the proof of a market is a page for everybody, with the whistle and what came too late', async () => {
  const bet = await betting();
  assert.equal((await reader().open(`/preuves/marches/${bet.marketId}`)).status, 409);
  await close(bet);
  const page = await reader().open(`/preuves/marches/${bet.marketId}`);
  assert.match(page.text, /donnent bien cette empreinte.* Paris comptés 1 Fermeture Au coup de sifflet/s);
  assert.match(page.text, /l’heure de fermeture fait foi/);
  const { root } = (await house.get(`/markets/${bet.marketId}/proof`)).body;
  assert.ok(page.text.includes(root.root) && page.text.includes(root.value));

  const at = (await house.get(`/bets/${bet.betId}`, a.cookie)).body.madeAt;
  const before = new Date(Date.parse(at) - 1_000).toISOString();
  await command(house, one, `/bouts/${bet.boutId}/true-whistle`, { at: before });
  await command(house, two, `/bouts/${bet.boutId}/true-whistle/confirm`, { at: before });
  const late = await reader().open(`/preuves/marches/${bet.marketId}`);
  assert.match(late.text, /Deux personnes l’ont fixé .* Un pari passé après est annulé\./);
  assert.match(late.text, /Un pari est passé après : il est annulé, 4 000 F reviennent aux deux joueurs\./);

  const [hidden] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
  assert.ok(hidden !== undefined);
  await close(hidden);
  assert.equal((await reader().open(`/preuves/marches/${hidden.marketId}`)).status, 404);
  assert.equal((await reader().open('/preuves/marches/999999999')).status, 404);
  for (const id of ['0', 'x', '%00', '99999999999999'])
    assert.ok([400, 404].includes((await reader().open(`/preuves/marches/${id}`)).status), id);
});

test('the list of roots names what is public, and nothing of what is not', async () => {
  const bet = await betting();
  await close(bet);
  const [hidden] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
  assert.ok(hidden !== undefined);
  await close(hidden);
  const { roots } = (await house.get('/roots')).body;
  const page = await reader().open('/preuves');
  for (const { number, value } of roots) {
    assert.ok(page.text.includes(value));
    assert.ok(page.text.includes(`${number}.`));
  }
  assert.ok(page.html.includes(`/preuves/marches/${bet.marketId}"`));
  assert.ok(!page.html.includes(`/preuves/marches/${hidden.marketId}"`));
  const older = await reader().open(`/preuves?avant=${roots[0].number}`);
  assert.ok(!older.text.includes(roots[0].value) && older.text.includes(roots[1].value));
  assert.equal((await reader().open('/preuves?avant=x')).status, 200);
});

test('how to check is explained, and what is downloaded runs nothing on the site', async () => {
  const page = await reader().open('/verifier');
  assert.match(page.text, /Comment vérifier .* « Tout est vrai » doit s’afficher/s);
  const { keys } = (await house.get('/receipt-keys')).body;
  assert.ok(page.text.includes(keys[0].publicKey));
  const file = await save('/verifier/page');
  assert.equal(file.name, 'attachment; filename="verifier-mbayar.html"');
  assert.match(String(file.headers['content-security-policy']), /default-src 'none'/);
  assert.ok(file.body.includes(`id="keys">${JSON.stringify({ keys })}</script>`));
  const script = await save('/verifier/script');
  const folder = join(import.meta.dirname, '../../../docs/verify');
  assert.equal(script.body, readFileSync(join(folder, 'verify.mjs'), 'utf8'));
  assert.ok(script.body.trimEnd().split('\n').length <= 60);
});

test('the page that checks allows its own script and style, and nothing from anywhere', async () => {
  const html = (await save('/verifier/page')).body;
  const inside = (tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html)?.[1] ?? '';
  const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
  for (const tag of ['script', 'style']) {
    const hash = createHash('sha256').update(inside(tag)).digest('base64');
    assert.ok(policy.includes(`${tag}-src 'sha256-${hash}'`), `${tag}-src has to be 'sha256-${hash}'`);
  }
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(html, /https?:|src=|url\(|@import|fetch\(|XMLHttpRequest|WebSocket|innerHTML/);
});

test('the live page of a bout says when the root is published', async () => {
  const bet = await betting();
  const page = async () => (await reader().open(`/combats/${bet.boutId}`)).text;
  await whistle(house, one, bet.marketId);
  assert.doesNotMatch(await page(), /Empreinte publiée/);
  await sealMarket(house.db, bet.marketId);
  assert.match(await page(), /Paris fermés .* Empreinte publiée à \d\d:\d\d:\d\d\./s);
});
