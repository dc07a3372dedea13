/** The simulator of fees as an operator reads it: a form without a script, filled in with the rates in force. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';

let house: House;
let cookie: string;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: { commissionBps: 750 } });
  const [operator] = await seedStaff(house.owner, 1);
  assert(operator !== undefined);
  cookie = operator.cookie;
});
after(() => house.close());

const open = (query = ''): Promise<ReadPage> =>
  new Reader(house.app.office, cookie).open(`/simulateur${query}`);

test('begins with the rates in force', async () => {
  const page = await open();
  assert.match(page.html, /<form[^>]*method="get"[^>]*action="\/simulateur"/);
  assert.match(page.html, /name="commission"[^>]*value="7,5"/);
  assert.match(page.html, /name="tax"[^>]*value="20"/);
  assert.match(page.text, /Impôt sur toute la somme payée en vigueur/);
});

test('counts both sides under both bases, where a duel begins to pay, and the dividend that gives a ticket back', async () => {
  const { text } = await open(
    '?stakeXof=10000&askXof=10000&commission=5&tax=20&takeOut=10&commissionBase=pot',
  );
  const [onPayout = '', onWinnings = ''] = text.split('Impôt sur le gain seul');
  assert.match(
    onPayout,
    /Pot 20 000 F Commission −1 000 F Impôt −3 800 F Net en main 15 200 F Gain ou perte 5 200 F/,
  );
  assert.match(onPayout, /3 158 F en face pour 10 000 F misés \(0,3158 pour 1\)/);
  assert.match(onPayout, /rapport de 1,25 avant impôt, soit 72 % des mises justes/);
  assert.match(onWinnings, /Impôt −1 800 F Net en main 17 200 F/);
  assert.match(onWinnings, /rapport de 1 avant impôt, soit 90 %/);
  const uneven = (await open('?stakeXof=30000&askXof=5000&commission=5&tax=20&takeOut=10')).text;
  assert.match(uneven, /Net en main 26 600 F Gain ou perte −3 400 F/);
});

test('says what is wrong with what was typed, keeps it, and counts nothing', async () => {
  for (const query of [
    '?commission=120',
    '?tax=beaucoup',
    '?stakeXof=0',
    '?stakeXof=1e3',
    '?stakeXof=99999999999999999999',
    '?commissionBase=moon',
    '?takeOut=-1',
  ]) {
    const page = await open(query);
    assert.equal(page.status, 400, query);
    assert.doesNotMatch(page.text, /Net en main/, query);
    assert(/class="problem/.test(page.html), query);
  }
});
