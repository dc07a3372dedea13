import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { DataNotReadable, fingerprint, openDataCipher } from './data-cipher.ts';

describe('encryption at rest', () => {
  const draw = () => randomBytes(32).toString('base64url');
  const [old, recent] = [draw(), draw()];
  const cipher = openDataCipher([recent, old]);
  const place = 'identity_document 1 number';

  it('gives back what went in, and shows none of it', () => {
    for (const plain of ['', 'A', '1 987 1990 01234 5', 'é'.repeat(70_000)]) {
      const sealed = cipher.encryptText(plain, place);
      assert.equal(cipher.decryptText(sealed, place), plain);
      if (plain.length > 1) assert(!Buffer.from(sealed, 'base64url').includes(plain));
    }
    const picture = randomBytes(100_000);
    assert.deepEqual(cipher.decrypt(cipher.encrypt(picture, place), place), picture);
  });

  it('never writes the same text twice alike', () => {
    assert.notEqual(cipher.encryptText('A', place), cipher.encryptText('A', place));
  });

  it('does not open in another row', () => {
    const sealed = cipher.encryptText('A', place);
    assert.throws(() => cipher.decryptText(sealed, 'identity_document 2 number'), DataNotReadable);
  });

  it('does not open when any one byte was changed, or some are missing', () => {
    const sealed = cipher.encrypt(Buffer.from('1987'), place);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => cipher.decrypt(changed, place), DataNotReadable, `byte ${at}`);
      assert.throws(() => cipher.decrypt(sealed.subarray(0, at), place), DataNotReadable, `${at} bytes`);
    }
  });

  it('opens with an older key of the list, and not without it', () => {
    const sealed = openDataCipher([old]).encryptText('A', place);
    assert.equal(cipher.decryptText(sealed, place), 'A');
    assert.throws(() => openDataCipher([recent]).decryptText(sealed, place), DataNotReadable);
    assert.throws(() => openDataCipher([old]).decryptText(cipher.encryptText('A', place), place));
  });

  it('needs a key', () => {
    assert.throws(() => openDataCipher([]), /no key/);
  });

  it('has one fingerprint for one text, purpose and key', () => {
    const key = draw();
    const print = fingerprint(key, 'document', 'SN:CNI:1');
    assert.deepEqual(fingerprint(key, 'document', 'SN:CNI:1'), print);
    for (const other of [
      fingerprint(key, 'document', 'SN:CNI:2'),
      fingerprint(key, 'barred', 'SN:CNI:1'),
      fingerprint(draw(), 'document', 'SN:CNI:1'),
    ]) {
      assert.notDeepEqual(other, print);
    }
  });
});
