/** Ids made by the application: version 7 for new things (in order of time), version 5 for what follows from a source. */
import { hash, randomFillSync } from 'node:crypto';

/** A new id whose first 48 bits are the time, so that neighbours in time are neighbours in the index. */
export function uuidV7(nowMs: number): string {
  const bytes = randomFillSync(new Uint8Array(16));
  let time = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = (time - (time % 256)) / 256;
  }
  return stamped(bytes, 7);
}

/** The id of what `source` causes in this `version`: the same source and version always give the same id. */
export function uuidV5(source: string, version: string | number): string {
  return stamped(hash('sha1', `mbayar:${source}:${version}`, 'buffer').subarray(0, 16), 5);
}

function stamped(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
