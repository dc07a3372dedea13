import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as texts from './texts.ts';

/** GSM 03.38 default alphabet; the letters of the extension table cost two. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '^{}\\[~]|€';

function septetsOf(text: string): number {
  let septets = 0;
  for (const letter of text) {
    const cost = basic.includes(letter) ? 1 : extension.includes(letter) ? 2 : 0;
    assert(cost > 0, `${JSON.stringify(letter)} of ${JSON.stringify(text)} is not in GSM-7`);
    septets += cost;
  }
  return septets;
}

/** Each text with the longest that can go into it. A text without a row here fails. */
const samples: { readonly [Name in keyof typeof texts]: string } = {
  codeMessage: texts.codeMessage('012345', 'bureau.mbayar-senegal.example', 10 * 60_000),
  pinBlockedMessage: texts.pinBlockedMessage,
  staffInvitationMessage: texts.staffInvitationMessage(
    `https://bureau.mbayar-senegal.example/invitation/${'x'.repeat(66)}`,
  ),
  deviceBoundMessage: texts.deviceBoundMessage('Samsung Internet sur Android', 30 * 24 * 60 * 60_000),
  caseOpenedMessage: texts.caseOpenedMessage,
  phoneChangedMessage: texts.phoneChangedMessage('+221771234567'),
  pinResetMessage: texts.pinResetMessage,
};

describe('text messages', () => {
  for (const [name, text] of Object.entries(samples)) {
    it(`${name} is one GSM-7 message`, () => {
      assert(septetsOf(text) <= 160, `${septetsOf(text)} septets`);
    });
  }

  it('leaves none out', () => {
    assert.deepEqual(Object.keys(samples).sort(), Object.keys(texts).sort());
  });

  it('a code’s last line binds it to the host', () => {
    assert.equal(samples.codeMessage.split('\n').at(-1), '@bureau.mbayar-senegal.example #012345');
  });
});
