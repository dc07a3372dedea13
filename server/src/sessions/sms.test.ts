import assert from 'node:assert/strict';
import { it } from 'node:test';
import { codeMessage } from './sms.ts';

/** GSM 03.38 default alphabet, without the extension table (its letters cost two). */
const GSM_7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

it('a code goes out as one GSM-7 message whose last line binds it to the host', () => {
  const text = codeMessage('012345', 'bureau.mbayar.example');
  for (const letter of text) assert(GSM_7.includes(letter), `${JSON.stringify(letter)} is not in GSM-7`);
  assert(text.length <= 160, `${text.length} letters`);
  assert.equal(text.split('\n').at(-1), '@bureau.mbayar.example #012345');
});
