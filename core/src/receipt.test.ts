import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import { type Receipt, receiptBytes } from './receipt.ts';

const receipt: Receipt = {
  format: 'mbayar-receipt-1',
  betId: '01998877-6655-7443-8221-100f0e0d0c0b',
  marketId: 12,
  boutName: 'Modou Lô – Sa Thiès',
  question: { kind: 'over_under', lineSeconds: 600 },
  sides: { A: 'Plus de 10\u00a0min', B: 'Moins de 10\u00a0min' },
  side: 'A',
  stakeXof: xof(10_000),
  opponentStakeXof: xof(5_000),
  netXof: xof(11_400),
  madeAt: '2026-11-26T20:15:00.123Z',
  ruleCard: { version: 2, hash: '5d'.repeat(32) },
  chain: { number: 7, value: 'a9'.repeat(32) },
  keyId: '0123456789abcdef',
};

test('the bytes that are signed are as they are written down', () => {
  assert.equal(
    new TextDecoder().decode(receiptBytes(receipt)),
    'mbayar-receipt-1\n' +
      '{"betId":"01998877-6655-7443-8221-100f0e0d0c0b","boutName":"Modou Lô – Sa Thiès",' +
      `"chain":{"number":7,"value":"${'a9'.repeat(32)}"},"format":"mbayar-receipt-1","keyId":"0123456789abcdef",` +
      '"madeAt":"2026-11-26T20:15:00.123Z","marketId":12,"netXof":11400,"opponentStakeXof":5000,' +
      `"question":{"kind":"over_under","lineSeconds":600},"ruleCard":{"hash":"${'5d'.repeat(32)}","version":2},` +
      '"side":"A","sides":{"A":"Plus de 10\u00a0min","B":"Moins de 10\u00a0min"},"stakeXof":10000}',
  );
});

test('property: the order in which fields were written changes nothing; what they say changes the bytes', () => {
  const text = (one: Receipt) => new TextDecoder().decode(receiptBytes(one));
  const names = Object.keys(receipt);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
      const shuffled = Object.fromEntries(order.map((name) => [name, Reflect.get(receipt, name)]));
      // The same fields in another order: still a receipt.
      assert.equal(text(shuffled as unknown as Receipt), text(receipt));
    }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, other) => {
      // Whatever it was, it is something else now.
      const changed = { ...receipt, [name]: [other] } as unknown as Receipt;
      assert.notEqual(text(changed), text(receipt));
    }),
  );
});
