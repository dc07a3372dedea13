import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findPinWeakness, type PinWeakness } from './pin.ts';

const awa = { birthDate: '1990-01-31', phone: '+221778064359' };
const modou = { birthDate: '2001-11-09', phone: '+33612849075' };

const table: readonly [owner: typeof awa, weakness: PinWeakness | null, pins: string][] = [
  [awa, 'repeated', '0000 1111 9999 00000 777777 1212 4848 123123 906906 373737'],
  [awa, 'sequence', '1234 0123 4321 9876 12345 54321 123456 987654 1357 8642 7890 8901 3210 1098 0369'],
  [awa, 'birth_year', '1990 01990 19903 199031 311990 001990'],
  [awa, 'birth_date', '3101 0131 3190 9031 0190 9001 310190 013190 900131 903101 31190 13190 90131'],
  [modou, 'birth_year', '2001 200111 092001 92001'],
  [modou, 'birth_date', '0911 1109 091101 110901 010911 011109 91101 0111 1101 0109 01119'],
  [awa, 'phone_tail', '4359 64359 064359 7780 2217'],
  [modou, 'phone_tail', '9075 49075 849075 2849 3361'],
  [awa, 'common', '2580 1122 1004 112233 159753 147258 5683 1960 1379'],
  [awa, null, '7294 2946 8305 40917 592803 0648 3108 1309 9002'],
  [modou, null, '7294 2946 3101 1990 310190'],
];

describe('a PIN', () => {
  for (const [owner, weakness, pins] of table) {
    for (const pin of pins.split(' ')) {
      it(`${pin} of who was born on ${owner.birthDate}: ${weakness ?? 'may serve'}`, () => {
        assert.equal(findPinWeakness(pin, owner), weakness);
      });
    }
  }

  it('leaves nine tenths of all PINs to choose from', () => {
    for (const digits of [4, 5, 6]) {
      const count = 10 ** digits;
      let weak = 0;
      for (let n = 0; n < count; n++) {
        if (findPinWeakness(String(n).padStart(digits, '0'), awa) !== null) weak += 1;
      }
      assert(weak < count / 10, `${weak} of ${count}`);
    }
  });
});
