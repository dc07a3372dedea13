/** The statement as a player reads it: the page and its links, the sheet, the file; his own and nobody else's. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { refusal, sentenceOf } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer } from '../testing/people.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { type SeededMarket, type SeededPlayer, seedMarkets, seedPlayers } from '../testing/seed.ts';
import { writeCsv } from './write-csv.ts';

let house: House;
let awa: SeededPlayer;
let modou: SeededPlayer;
let market: SeededMarket;
let offerId: string;
let betId: string;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
  [awa, modou] = (await seedPlayers(house.owner, { count: 2, availableXof: 50_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  offerId = (await place(house, awa, market.marketId, { side: 'A', stakeXof: 10_000 })).body.offerId;
  betId = (await accept(house, modou, market.marketId, offerId, { stakeXof: 10_000 })).body.bet.betId;
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const read = (player: SeededPlayer, path: string): Promise<ReadPage> =>
  new Reader(house.app.player, player.cookie).open(path);

describe('the page of the statement', () => {
  it('adds up, and leads to the offer, the bet and the bout', async () => {
    const page = await read(awa, '/portefeuille/releve');
    assert.match(
      page.text,
      /Solde au début 0 F Dépôts \+50 000 F .* Mises −10 000 F .* Solde à la fin 40 000 F/,
    );
    assert(page.html.includes(`href="/defis/${offerId}"`));
    const his = await read(modou, '/portefeuille/releve');
    assert(his.html.includes(`href="/paris/${betId}"`));
    assert(!his.html.includes(offerId), 'what is another player’s is not in it');
  });

  it('keeps the period when a kind is chosen, and the kind when a period is', async () => {
    const page = await read(awa, '/portefeuille/releve?kind=stakes&from=2026-01-01&to=2099-12-31');
    for (const href of [
      '/portefeuille/releve?kind=gains&amp;from=2026-01-01&amp;to=2099-12-31',
      '/portefeuille/releve?from=2026-01-01&amp;to=2099-12-31',
      '/portefeuille/releve?kind=stakes',
      '/portefeuille/releve/feuille?kind=stakes&amp;from=2026-01-01&amp;to=2099-12-31',
      '/portefeuille/releve.csv?kind=stakes&amp;from=2026-01-01&amp;to=2099-12-31',
    ])
      assert(page.html.includes(`href="${href}"`), href);
    assert.match(page.html, /<input type="hidden" name="kind" value="stakes"\/>/);
    assert.match(page.text, /Défi lancé .* −10 000 F solde 40 000 F/);
    assert.doesNotMatch(page.text, /Dépôt essai/i);
  });

  it('says that a period is none, and shows no other one', async () => {
    for (const [query, sentence] of [
      ['from=2026-03-01&to=2026-02-01', /Le premier jour vient après le dernier/],
      ['from=2026-02-31', /Cette date n’existe pas/],
      ['kind=nothing', /pas valable/],
    ] as const) {
      const page = await read(awa, `/portefeuille/releve?${query}`);
      assert.equal(page.status, 400, query);
      assert.match(page.text, sentence);
      assert.doesNotMatch(page.text, /Solde à la fin/);
      assert(page.text.search(sentence) < page.text.indexOf('Période'), 'above what is to be mended');
    }
  });

  it('shows the last movements in the wallet, with the way to all of them', async () => {
    const page = await read(awa, '/portefeuille');
    assert.match(page.text, /Derniers mouvements Défi lancé/);
    assert(page.html.includes('href="/portefeuille/releve"'));
  });

  it('is empty for a period in which nothing moved', async () => {
    const page = await read(awa, '/portefeuille/releve?to=2024-12-31');
    assert.match(page.text, /Solde à la fin 0 F .* Aucun mouvement ici/);
  });
});

describe('the lines of money in and out', () => {
  it('lead to the deposit and to the withdrawal', async () => {
    const player = await signUpPlayer(house, { availableXof: 20_000 });
    const withdrawalId = randomUUID();
    const input = { operationId: withdrawalId, provider: 'internal', amountXof: 5_000 };
    await house.post('/withdrawals', player.cookie, input);
    const reader = new Reader(house.app.player, player.cookie);
    const { html } = await reader.open('/portefeuille/releve');
    assert(html.includes(`href="/portefeuille/retraits/${withdrawalId}"`), html);
    const [, deposit = ''] = /href="(\/portefeuille\/depots\/[0-9a-f-]{36})"/.exec(html) ?? [];
    for (const path of [deposit, `/portefeuille/retraits/${withdrawalId}`])
      assert.equal((await reader.open(path)).status, 200, path);
  });
});

describe('the sheet', () => {
  it('says whose it is, for when, what was before and after, and when it was made', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const page = await read(awa, `/portefeuille/releve/feuille?from=2026-01-01&to=${today}`);
    assert.match(page.text, new RegExp(`Compte ${awa.pseudonym} · `));
    assert.match(page.text, /Mbayar, relevé de compte/);
    assert.match(page.text, /Période Du 1er janvier 2026 au \d/);
    assert.match(page.text, /Établi le \d/);
    assert.match(page.text, /Solde au début 0 F .* Solde à la fin 40 000 F .* 2 mouvements Date/);
    const whole = await read(awa, '/portefeuille/releve/feuille');
    assert.match(whole.text, /Période De l’ouverture du compte au \d/);
    // Oldest first.
    assert(page.text.indexOf('Dépôt ') < page.text.indexOf('Défi lancé'));
  });

  it('is not cut: who has too much is told to choose less', async () => {
    const [rich] = await seedPlayers(house.owner, { count: 1, availableXof: 5_000 });
    assert(rich !== undefined);
    const clearing = `(SELECT id FROM ledger.account WHERE kind = 'provider_clearing' AND is_test LIMIT 1)`;
    await house.owner.query(
      `WITH t AS (INSERT INTO ledger.transfer SELECT gen_random_uuid(), 'deposit_credited', sha256('x'),
         clock_timestamp() + n * interval '1 ms' FROM generate_series(1, 2000) n RETURNING id, recorded_at),
       p AS (INSERT INTO ledger.posting SELECT id, 0, ${clearing}, $1, 1, recorded_at FROM t RETURNING 1)
       UPDATE ledger.balance SET amount_xof = amount_xof + 2000 WHERE account_id = $1`,
      [rich.accountId],
    );
    const page = await read(rich, '/portefeuille/releve/feuille');
    assert.equal(page.status, 422);
    const sentence = sentenceOf(refusal('statement_too_long', { max: '2000' }), 'fr');
    assert(page.text.includes(sentence), page.text);
    const { statusCode, body } = await fetchFile(rich.cookie);
    assert.equal(statusCode, 200);
    assert.equal(readFile(body).length, 2_001);
  });
});

const fetchFile = (cookie: string, query = '') =>
  house.app.player.inject({
    url: `/portefeuille/releve.csv${query}`,
    headers: { cookie, host: 'localhost' },
  });

function readFile(body: string): Record<string, string>[] {
  assert(body.startsWith('\ufeff'), 'a byte order mark');
  return parse(body, { bom: true, columns: true, delimiter: ';', record_delimiter: '\r\n' });
}

describe('the file', () => {
  it('has what the page has, oldest first, as a spreadsheet takes it', async () => {
    const { headers, body } = await fetchFile(awa.cookie, '?from=2026-01-01&to=2099-12-31');
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(
      headers['content-disposition'],
      'attachment; filename="releve-mbayar-2026-01-01-2099-12-31.csv"',
    );
    assert.equal(headers['cache-control'], 'private, no-store');
    const rows = readFile(body);
    assert.deepEqual(
      rows.map((row) => [row['Mouvement'], row['Genre'], row['Montant (F)'], row['Solde après (F)']]),
      [
        ['Dépôt', 'Dépôts', '50000', '50000'],
        ['Défi lancé', 'Mises', '-10000', '40000'],
      ],
    );
    assert.match(rows[1]?.['Combat ou opérateur'] ?? '', / – /);
    assert.equal(rows[1]?.['Référence'], offerId);
  });

  it('takes the same filters, and has its first line when there is nothing', async () => {
    assert.deepEqual(
      readFile((await fetchFile(awa.cookie, '?kind=stakes')).body).map((row) => row['Solde après (F)']),
      ['40000'],
    );
    const { body } = await fetchFile(awa.cookie, '?kind=gains');
    assert.match(body, /^\ufeffJour;Heure \(Dakar\);.*\r\n$/);
  });

  it('holds nobody else’s: a session, and nothing in the address, says whose', async () => {
    assert.equal((await fetchFile('')).statusCode, 303);
    const { body } = await fetchFile(modou.cookie, `?playerId=${awa.playerId}`);
    assert(!body.includes(offerId));
    assert(body.includes('Défi accepté'));
  });

  it('sends who asks for a day that is none to the page, which says so', async () => {
    for (const path of ['/portefeuille/releve.csv', '/portefeuille/releve/feuille']) {
      const page = await read(awa, `${path}?from=2026-02-31`);
      assert.deepEqual([page.status, page.path], [400, '/portefeuille/releve?from=2026-02-31']);
      assert.equal((await read(awa, `${path}?from=2026-03-01&to=2026-02-01`)).status, 400);
    }
  });

  it('has no text that a spreadsheet would run, or that breaks a row', () => {
    const names = ['=HYPERLINK("http://x";"y")', '+221', '-1', '@SUM(A1)', '\t=1', 'Balla "B52"; Gaye\r\n2'];
    const movements = names.map((boutName) => ({
      transferId: randomUUID(),
      kind: 'offer_placed' as const,
      group: 'stakes' as const,
      amountXof: -500,
      balanceAfterXof: 1_000 as never,
      commissionXof: 0 as never,
      taxXof: 0 as never,
      at: '2026-11-25T10:00:00.000Z',
      bout: { boutId: 1, boutName, offerId: null, betId: null },
      payment: null,
    }));
    const rows = readFile(writeCsv({ movements }));
    assert.deepEqual(
      rows.map((row) => row['Combat ou opérateur']),
      [`'=HYPERLINK("http://x";"y")`, `'+221`, `'-1`, `'@SUM(A1)`, `'\t=1`, 'Balla "B52"; Gaye\r\n2'],
    );
    assert(
      rows.every((row) => row['Montant (F)'] === '-500'),
      'an amount stays a number',
    );
  });
});
