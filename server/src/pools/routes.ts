import { fail } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import { readPicks } from '#core/pool.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { buyTicket } from './buy-ticket.ts';
import { createPool } from './create-pool.ts';
import { openPool, resumePool, suspendPool } from './open-pool.ts';
import type { PoolDesk } from './pool-desk.ts';
import { findTicketOfPlayer, findTicketsByPlayer } from './queries.ts';
import { quoteTicketOf } from './quote-ticket.ts';
import { listPools, readPool, showPool, showSettlement } from './show-pools.ts';

export function registerPools(
  implement: Implement,
  deps: { readonly db: Db; readonly poolDesk: PoolDesk },
): void {
  const { db, poolDesk } = deps;

  implement('GET /galas/:galaId/pools', async ({ caller, params }) => ({
    pools: await listPools(db, caller, Number(params.galaId)),
  }));
  implement('GET /pools/:poolId', ({ caller, params }) => showPool(db, caller, Number(params.poolId)));
  implement('GET /pools/:poolId/slip', async ({ caller, params, query }) => {
    const pool = await showPool(db, caller, Number(params.poolId));
    return quoteTicketOf(db, pool, readPicks(query.picks), xof(Number(query.stakeXof)));
  });
  implement('GET /pools/:poolId/settlement', ({ caller, params }) =>
    showSettlement(db, caller, Number(params.poolId)),
  );
  implement('POST /pools/:poolId/tickets', ({ caller, params, body }) =>
    buyTicket(poolDesk, caller, { ...body, poolId: Number(params.poolId) }),
  );
  implement('GET /tickets', async ({ caller, query }) => ({
    tickets: await findTicketsByPlayer(db, caller.playerId, query.before ?? null),
  }));
  implement('GET /tickets/:ticketId', async ({ caller, params }) => {
    return (await findTicketOfPlayer(db, params.ticketId, caller.playerId)) ?? fail('not_found');
  });

  implement('POST /staff/galas/:galaId/pools', ({ caller, params, body }) =>
    createPool(db, caller, { ...body, galaId: Number(params.galaId) }),
  );
  implement('POST /staff/pools/:poolId/open', ({ caller, params, body }) =>
    openPool(db, caller, { ...body, poolId: Number(params.poolId) }),
  );
  implement('POST /staff/pools/:poolId/suspend', ({ caller, params, body }) =>
    suspendPool(db, caller, { ...body, poolId: Number(params.poolId) }),
  );
  implement('POST /staff/pools/:poolId/resume', ({ caller, params, body }) =>
    resumePool(db, caller, { ...body, poolId: Number(params.poolId) }),
  );
  implement('GET /staff/pools/:poolId', ({ caller, params }) => readPool(db, caller, Number(params.poolId)));
}
