/** The shared memory of this node: Redis when the configuration names one, else this process and PostgreSQL. */
import { createHash } from 'node:crypto';
import { contract } from '#core/api/index.ts';
import { hashMigrations } from '../migrate.ts';
import { type EmbeddedMemoryOptions, openEmbeddedMemory } from './embedded-memory.ts';
import { openRedisMemory } from './redis-memory.ts';
import type { SharedMemory } from './shared-memory.ts';

export function openMemory(
  config: { readonly redisUrl: string | undefined },
  options: EmbeddedMemoryOptions,
): Promise<SharedMemory> {
  if (config.redisUrl === undefined) return openEmbeddedMemory(options);
  return openRedisMemory({ url: config.redisUrl, log: options.log, version: versionOfShapes() });
}

/** Another contract or another schema: what is kept has another shape. */
function versionOfShapes(): string {
  const shapes = JSON.stringify(contract) + hashMigrations();
  return createHash('sha256').update(shapes).digest('base64url').slice(0, 8);
}
