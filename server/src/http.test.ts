/** What every JSON route promises of requests it does not understand: a coded refusal, at once, and nothing done. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type House, openHouse } from './testing/house.ts';
import { type SeededMarket, type SeededPlayer, seedMarkets, seedPlayers } from './testing/seed.ts';

let house: House;
let player: SeededPlayer;
let market: SeededMarket;

before(async () => {
  house = await openHouse();
  [player, market] = [
    only(await seedPlayers(house.owner, { count: 1, availableXof: 10_000 })),
    only(await seedMarkets(house.owner, { count: 1 })),
  ];
});

after(async () => {
  await house.assertSound();
  await house.close();
});

function only<Thing>([thing]: readonly Thing[]): Thing {
  assert.ok(thing !== undefined);
  return thing;
}

const place = (fields: object = {}) => ({
  operationId: randomUUID(),
  side: 'A',
  stakeXof: 1_000,
  askXof: 1_000,
  ...fields,
});

function send(payload: string | Buffer, headers: Record<string, string> = {}) {
  return house.app.player.inject({
    method: 'POST',
    url: `/api/v1/markets/${market.marketId}/offers`,
    headers: { 'content-type': 'application/json', cookie: player.cookie, ...headers },
    payload,
  });
}

async function countOffers(): Promise<number> {
  const [row] = await house.owner.query<{ count: number }>('SELECT count(*) FROM offer');
  return row?.count ?? -1;
}

const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

const jsonIn = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
/** A body whose stake is written like this. */
const raw = (stake: string) => JSON.stringify(place()).replace('"stakeXof":1000', `"stakeXof":${stake}`);
/** A body as text, with more text before its last brace. */
const placeWith = (more: string) => `${JSON.stringify(place()).slice(0, -1)},${more}}`;
const bomb = gzipSync(Buffer.alloc(50_000_000));

const bad: readonly [name: string, body: string | Buffer, headers: Record<string, string>, code: string][] = [
  ['an unknown field', JSON.stringify(place({ role: 'operator' })), {}, 'request_invalid'],
  [
    'a field of the prototype',
    `{"__proto__":{"x":1},${JSON.stringify(place()).slice(1)}`,
    {},
    'request_invalid',
  ],
  ['a constructor', JSON.stringify(place({ constructor: { prototype: {} } })), {}, 'request_invalid'],
  ['an amount as text', JSON.stringify(place({ stakeXof: '1000' })), {}, 'request_invalid'],
  ['an array for a text', JSON.stringify(place({ side: ['A'] })), {}, 'request_invalid'],
  ['a missing field', JSON.stringify({ ...place(), askXof: undefined }), {}, 'request_invalid'],
  ['an id that is no UUID', JSON.stringify(place({ operationId: '12' })), {}, 'request_invalid'],
  ['no JSON', '{', {}, 'request_invalid'],
  ['nothing', '', {}, 'request_invalid'],
  ['10 000 brackets', deep, {}, 'request_invalid'],
  ['10 MB', JSON.stringify(place({ side: 'A'.repeat(10_000_000) })), {}, 'body_too_large'],
  ['a form', 'side=A', { 'content-type': 'application/x-www-form-urlencoded' }, 'media_type_unsupported'],
  ['plain text', JSON.stringify(place()), { 'content-type': 'text/plain' }, 'media_type_unsupported'],
  [
    'compressed bytes',
    gzipSync(JSON.stringify(place())),
    { 'content-encoding': 'gzip' },
    'media_type_unsupported',
  ],
  ['a bomb', bomb, { 'content-encoding': 'gzip' }, 'media_type_unsupported'],
  ['a field twice', placeWith('"side":"B"'), {}, 'request_invalid'],
  ['a field twice, once in escapes', placeWith('"\\u0073ide":"B"'), {}, 'request_invalid'],
  ['a field twice, far inside', placeWith('"more":[{"a":{"b":1,"c":2,"b":3}}]'), {}, 'request_invalid'],
  ['33 levels', placeWith(`"more":${'['.repeat(32)}${']'.repeat(32)}`), {}, 'request_invalid'],
  ['too many fields', `{${Array.from({ length: 200 }, (_, i) => `"a${i}":1`)}}`, {}, 'request_invalid'],
  ['the prototype in escapes', placeWith('"__pr\\u006fto__":{"x":1}'), {}, 'request_invalid'],
  [
    'bytes that are not UTF-8',
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    {},
    'request_invalid',
  ],
  ['a character cut in half', placeWith('"more":"\\ud83d"'), {}, 'request_invalid'],
  ['its other half', placeWith('"more":"\\udc00\\ud83d"'), {}, 'request_invalid'],
  ['a NUL', placeWith('"more":"\\u0000"'), {}, 'request_invalid'],
  ['a NUL as it is', placeWith('"more":"\u0000"'), {}, 'request_invalid'],
  ['another alphabet', JSON.stringify(place()), jsonIn('iso-8859-1'), 'media_type_unsupported'],
  ['two bytes a letter', Buffer.from(JSON.stringify(place()), 'utf16le'), {}, 'request_invalid'],
  ['a number without end', raw('1e400'), {}, 'request_invalid'],
  ['a number of 40 digits', raw('9'.repeat(40)), {}, 'request_invalid'],
  ['less than nothing', raw('-1000'), {}, 'request_invalid'],
  ['minus nothing', raw('-0'), {}, 'request_invalid'],
  ['half a franc', raw('1000.5'), {}, 'request_invalid'],
  ['a NaN', raw('NaN'), {}, 'request_invalid'],
  ['nothing as a number', raw('null'), {}, 'request_invalid'],
  ['two values', `${JSON.stringify(place())}{}`, {}, 'request_invalid'],
  ['a mark of the byte order', `\ufeff${JSON.stringify(place())}`, {}, 'request_invalid'],
  ['a text of 60 000 letters', JSON.stringify(place({ side: 'A'.repeat(60_000) })), {}, 'request_invalid'],
  ['another site', JSON.stringify(place()), { origin: 'https://ailleurs.example' }, 'not_allowed'],
  [
    'another site, by the browser',
    JSON.stringify(place()),
    { 'sec-fetch-site': 'cross-site' },
    'not_allowed',
  ],
];

for (const [name, body, headers, code] of bad) {
  test(`X06 ${name} is refused with ${code}, as a problem, and nothing is done`, async () => {
    const offers = await countOffers();
    const answer = await send(body, headers);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    const problem = answer.json<Record<string, unknown>>();
    assert.equal(problem['code'], code);
    assert.equal(problem['status'], answer.statusCode);
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500);
    assert.deepEqual(Object.keys(problem), [
      'type',
      'title',
      'status',
      'code',
      'params',
      'retry',
      'requestId',
    ]);
    assert.equal(await countOffers(), offers);
  });
}

test('X06 what is written in another way is the same: 1.0 is one, escapes are letters, an emoji is a text', async () => {
  const whole = await send(raw('1000.0'));
  assert.equal(whole.statusCode, 201, whole.body);
  const escaped = await send(JSON.stringify(place()).replace('"side"', '"\\u0073ide"'));
  assert.equal(escaped.statusCode, 201, escaped.body);
  const spaced = await send(JSON.stringify(place(), null, 2), jsonIn('UTF-8'));
  assert.equal(spaced.statusCode, 201, spaced.body);
  const emoji = await send(placeWith('"\\ud83d\\ude00":1'));
  assert.match(emoji.json<{ params: { detail: string } }>().params.detail, /^body .*additional properties/);
});

test('X06 a field of the address given twice, or with a NUL, is refused', async () => {
  for (const query of [
    'stakeXof=1000&stakeXof=2000&askXof=1000',
    'stakeXof=1%00&askXof=1000',
    'stakeXof[]=1&askXof=1',
  ]) {
    const answer = await house.get(`/markets/${market.marketId}/slip?${query}`);
    assert.deepEqual([answer.status, answer.body.code], [400, 'request_invalid'], query);
  }
  for (const search of ['%00', 'lo%00', '%ff', '%c0%ae', '%']) {
    const answer = await house.get(`/wrestlers?search=${search}`);
    assert.ok(answer.status < 500, `${search}: ${answer.status}`);
  }
});

test('the sentence comes in the language that is asked for', async () => {
  const [french, wolof] = await Promise.all(
    ['fr', 'wo'].map((language) =>
      send('{', { 'accept-language': language }).then((a) => a.json<{ title: string }>()),
    ),
  );
  assert.match(french?.title ?? '', /^La demande/);
  assert.match(wolof?.title ?? '', /^Li nga laaj/);
});

test('what is private is never stored by anybody on the way', async () => {
  const answer = await house.get('/wallet', player.cookie);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
});

test('an address that is not there is a problem too', async () => {
  const answer = await house.get('/nowhere', player.cookie);
  assert.deepEqual([answer.status, answer.body.code], [404, 'not_found']);
});

test('an operation that never came, or came from someone else, is unknown', async () => {
  const [other] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
  const body = place();
  assert.equal((await house.post(`/markets/${market.marketId}/offers`, player.cookie, body)).status, 201);
  const mine = await house.get(`/operations/${body.operationId}`, player.cookie);
  assert.deepEqual([mine.status, mine.body.kind, mine.body.answer.openXof], [200, 'place-offer', 1_000]);
  for (const [id, cookie] of [
    [body.operationId, other?.cookie],
    [randomUUID(), player.cookie],
  ] as const) {
    const answer = await house.get(`/operations/${id}`, cookie);
    assert.deepEqual([answer.status, answer.body.code], [404, 'operation_unknown']);
  }
});
