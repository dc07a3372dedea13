/**
 * The real application on a real PostgreSQL, with both providers' simulators listening on loopback beside it: our
 * adapters call them, they call us back, all of it over HTTP.
 */
import { randomBytes } from 'node:crypto';
import type { Db } from '#server/db.ts';
import { openLog } from '#server/log.ts';
import { guardProvider } from '#server/payments/guard-provider.ts';
import { internalProvider } from '#server/payments/internal.ts';
import { openOrange } from '#server/payments/orange/module.ts';
import { openOrangeSimulator } from '#server/payments/orange/simulator/open-simulator.ts';
import { openOutgoingHttp } from '#server/payments/outgoing-http.ts';
import { openWave } from '#server/payments/wave/module.ts';
import type { WaveSimulator } from '#server/payments/wave/simulator/control.ts';
import { openWaveSimulator } from '#server/payments/wave/simulator/open-simulator.ts';
import { findPorts } from '#server/postgres/free-port.ts';
import { type House, openHouse } from '#server/testing/house.ts';
import { listenSimulator } from '#server/testing/listen-simulator.ts';
import { type SeededPlayer, seedPlayers } from '#server/testing/seed.ts';
import { unlimitedRates, unlimitedStakes } from '#server/testing/seed-settings.ts';
import { startTestCluster } from '#server/testing/test-cluster.ts';
import { openOrangeTill } from './orange-till.ts';
import type { Till } from './till.ts';
import { openWaveTill } from './wave-till.ts';

export interface SimulatedPlayer extends SeededPlayer {
  readonly phone: string;
}

export interface World {
  readonly house: House;
  readonly tills: readonly Till[];
  /** Wave itself, for what no counter can do, and the secrets it gave us. */
  readonly wave: WaveSimulator;
  /** Open circuits close: their minute is over. */
  letCircuitsClose(): void;
  takePlayers(count: number): Promise<readonly SimulatedPlayer[]>;
  close(): Promise<void>;
}

const PLAYERS_AT_ONCE = 150;

/** On a PostgreSQL that does not wait for the disk, unless another one is given. */
export async function openWorld(startCluster = startTestCluster): Promise<World> {
  const cluster = await startCluster();
  process.env.TEST_DATABASE_URL = cluster.adminUrl;
  const log = openLog('silent');
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  const port = await findPorts();
  const ours = (name: string) => `http://127.0.0.1:${port}/callbacks/${name}`;
  let aheadMs = 0;
  const guarded = { log, now: () => Date.now() + aheadMs };
  const wave = await listenSimulator((url) =>
    openWaveSimulator({ url, callbackUrl: ours('wave'), file: null, log }),
  );
  const orange = await listenSimulator((url) =>
    openOrangeSimulator({ url, callbackUrl: ours('orange'), file: null, log }),
  );
  const open = { log, http, servesTest: true };
  const house = await openHouse({
    providers: {
      internal: internalProvider,
      wave: guardProvider(openWave(wave.simulator.config, open), guarded),
      orange: guardProvider(openOrange(orange.simulator.config, open), guarded),
    },
    settings: { ...unlimitedRates, ...unlimitedStakes },
  });
  await house.app.player.listen({ port, host: '127.0.0.1' });
  return {
    house,
    wave: wave.simulator,
    tills: [
      openWaveTill(wave.simulator.control, wave.simulator.config, ours('wave')),
      openOrangeTill(orange.simulator.control, ours('orange')),
    ],
    letCircuitsClose: () => {
      aheadMs += 120_000;
    },
    takePlayers: openPlayers(house.owner),
    close: async () => {
      house.app.player.server.closeAllConnections();
      await house.close();
      await wave.close();
      await orange.close();
      await http.close();
      await cluster.stop();
    },
  };
}

/** People who are logged in and have just shown their second factor. */
function openPlayers(owner: Db): World['takePlayers'] {
  // No number of a simulator's that always ends in the same way.
  const block = `+22177${String(randomBytes(1).readUInt8() % 100).padStart(2, '0')}`;
  const waiting: SimulatedPlayer[] = [];
  let made = 0;
  const make = async () => {
    const seeded = await seedPlayers(owner, { count: PLAYERS_AT_ONCE, availableXof: 0, tier: 'identified' });
    const people = seeded.map((player) => {
      made += 1;
      return { ...player, phone: `${block}${String(made).padStart(5, '0')}` };
    });
    const ids = people.map(({ playerId }) => playerId);
    await owner.query(
      `UPDATE player SET phone = n.phone FROM unnest($1::uuid[], $2::text[]) AS n (id, phone) WHERE player.id = n.id`,
      [ids, people.map(({ phone }) => phone)],
    );
    await owner.query(
      'UPDATE session SET stepped_up_at = clock_timestamp() WHERE player_id = ANY ($1::uuid[])',
      [ids],
    );
    waiting.push(...people);
  };
  return async (count) => {
    if (waiting.length < count) await make();
    return waiting.splice(0, count);
  };
}
