/** What Redis does for us, each in one round trip, on its own clock. */
import type { Redis } from 'ioredis';
import type { CountAsk, CountGrant } from './shared-counts.ts';
import type { Recollection } from './shared-memory.ts';

/** The lease is the same as in shared-counts.ts and in the database's rate_lease. */
const takeScript = `
local grants = {}
for i, key in ipairs(KEYS) do
  local ceiling, window, wanted = tonumber(ARGV[3*i-2]), tonumber(ARGV[3*i-1]), tonumber(ARGV[3*i])
  local left = redis.call('PTTL', key)
  local taken = left > 0 and tonumber(redis.call('GET', key)) or 0
  local remaining = ceiling - taken
  local granted = math.max(remaining, 0)
  if remaining > wanted then granted = wanted + math.floor((remaining - wanted) / 20) end
  if left <= 0 then
    left = window
    redis.call('SET', key, granted, 'PX', window)
  elseif granted > 0 then
    redis.call('INCRBY', key, granted)
  end
  grants[2*i-1], grants[2*i] = granted, left
end
return grants`;

export async function takeCounts(redis: Redis, asks: readonly CountAsk[]): Promise<CountGrant[]> {
  const keys = asks.map(({ key }) => `count:${key}`);
  const words = asks.flatMap(({ ceiling, windowMs, wanted }) => [ceiling, windowMs, wanted]);
  // The script returns a flat list of whole numbers.
  const said = (await redis.eval(takeScript, keys.length, ...keys, ...words)) as number[];
  return asks.map((_, index) => ({ granted: said[2 * index] ?? 0, endsInMs: said[2 * index + 1] ?? 0 }));
}

/** The instant is taken before the caller asks the database for what is not here. */
const recallScript = `
local time = redis.call('TIME')
local said = { time[1] * 1000 + math.floor(time[2] / 1000) }
for i, key in ipairs(KEYS) do
  said[2*i] = redis.call('GET', key) or ''
  said[2*i+1] = redis.call('PTTL', key)
end
return said`;

export async function recallBeliefs(redis: Redis, keys: readonly string[]): Promise<Recollection> {
  // The instant, then of each key its text ('' for none) and the milliseconds it is still good for.
  const said = (await redis.eval(recallScript, keys.length, ...keys.map((key) => `belief:${key}`))) as [
    number,
    ...(string | number)[],
  ];
  const beliefs = keys.map((_, index) => {
    const value = String(said[2 * index + 1] ?? '');
    const leftMs = Number(said[2 * index + 2]);
    return value === '' || !(leftMs > 0) ? null : { value, leftMs };
  });
  return { beliefs, since: said[0] };
}

/** Until an instant, not for a while: what Redis does late is over when it is done. */
export async function keepBeliefs(
  redis: Redis,
  entries: readonly { readonly key: string; readonly value: string; readonly untilMs: number }[],
): Promise<void> {
  await Promise.all(
    entries.map(({ key, value, untilMs }) => redis.set(`belief:${key}`, value, 'PXAT', untilMs)),
  );
}
