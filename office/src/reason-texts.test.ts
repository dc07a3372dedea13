import assert from 'node:assert/strict';
import { it } from 'node:test';
import { paymentReasonNames } from '#core/payment-reasons.ts';
import { reasonText } from './reason-texts.ts';

it('the office reads about the player, and is never taken for him', () => {
  for (const reason of paymentReasonNames) {
    assert.doesNotMatch(reasonText(reason), /\b(vous|votre|vos|retirez|attendez)\b/i, reason);
  }
});
