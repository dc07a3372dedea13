/** Snapshots of bouts for the desks that watch them. The stream asks first whether its reader may run the gala. */
import type { Db } from '../db.ts';
import type { LiveSource, Topic } from '../live.ts';
import { findDeskVersions } from './queries.ts';
import { readLiveDesk } from './read-bout-desk.ts';

export function liveDesks(db: Db): LiveSource {
  return {
    read: async (topic) => {
      const boutId = boutIdOf(topic);
      // The version first: what is read after it is that version or newer.
      const version = (await findDeskVersions(db, [boutId])).get(boutId);
      const data = await readLiveDesk(db, boutId);
      return version === undefined || data === null ? null : { version, data };
    },
    versions: async (topics) => {
      const versions = await findDeskVersions(db, topics.map(boutIdOf));
      return new Map([...versions].map(([boutId, version]) => [`bout:${boutId}` as const, version]));
    },
  };
}

function boutIdOf(topic: Topic): number {
  return Number(topic.slice('bout:'.length));
}
