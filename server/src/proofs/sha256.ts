import { hash } from 'node:crypto';

/** The hash function that core is handed. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}
