/** What the strict parser of JSON costs on the body of a bet, beside JSON.parse alone. */
import { randomUUID } from 'node:crypto';
import { parseStrictJson } from '#server/strict-json.ts';
import { type Figure, medianOf } from './figures.ts';

const BODIES = 20_000;
const ROUNDS = 9;

export function measureStrictJson(): Figure[] {
  const bodies = Array.from({ length: BODIES }, () =>
    Buffer.from(JSON.stringify({ operationId: randomUUID(), side: 'A', stakeXof: 1_000, askXof: 1_000 })),
  );
  const strict = nsPerBody(bodies, parseStrictJson);
  const plain = nsPerBody(bodies, (bytes) => JSON.parse(bytes.toString('utf8')));
  return [
    { name: 'JSON of a bet, strict', value: strict, unit: 'ns', goal: '≤ 5 000', pass: strict <= 5_000 },
    { name: 'JSON of a bet, JSON.parse alone', value: plain, unit: 'ns', goal: null, pass: true },
  ];
}

/** The median of some rounds; the first ones warm it up. */
function nsPerBody(bodies: readonly Buffer[], parse: (bytes: Buffer) => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    for (const body of bodies) parse(body);
    return ((performance.now() - startedAt) * 1e6) / bodies.length;
  });
  return Math.trunc(medianOf(rounds));
}
