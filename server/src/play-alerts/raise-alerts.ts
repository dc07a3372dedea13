/** Looks for what compliance should look at. Nothing is stopped by it: who may not play is decided by people. */
import type { Db } from '../db.ts';
import type { Settings } from '../settings/open-settings.ts';
import { raiseLinked, raisePairs, raiseSpikes } from './queries.ts';

/** How many alerts are new. */
export async function raiseAlerts({
  db,
  settings,
}: {
  readonly db: Db;
  readonly settings: Settings;
}): Promise<number> {
  const { alertPairDuels, alertPairOneWayBps, alertSpikeMinXof, alertSpikeTimes } = settings.current();
  const pairs = await raisePairs(db, { duels: alertPairDuels, oneWayBps: alertPairOneWayBps });
  const linked = await raiseLinked(db);
  const spikes = await raiseSpikes(db, { minXof: alertSpikeMinXof, times: alertSpikeTimes });
  return pairs + linked + spikes;
}
