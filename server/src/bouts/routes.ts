import type { Implement } from '../http.ts';
import { addBout } from './add-bout.ts';
import { blowWhistle, type CloseDeps } from './close-market.ts';
import { createGala } from './create-gala.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';
import { moveHardStop } from './move-hard-stop.ts';
import { openMarket } from './open-market.ts';
import { type BoutReads, recallBout, recallGala, recallGalas } from './recall-bouts.ts';
import { confirmTrueWhistle, proposeTrueWhistle } from './record-true-whistle.ts';
import { resumeBout, suspendBout } from './suspend-bout.ts';
import { resumeMarket, suspendMarket } from './suspend-market.ts';

export interface BoutsDeps extends CloseDeps, BoutReads {
  /** Called after a command has changed something that a bout's page shows. */
  readonly onBoutChanged: (boutId: number) => void;
}

export function registerBouts(implement: Implement, deps: BoutsDeps): void {
  const { db } = deps;

  implement('GET /galas', async ({ caller }) => ({ galas: await recallGalas(deps, caller) }));
  implement('GET /galas/:galaId', ({ caller, params }) => recallGala(deps, caller, Number(params.galaId)));
  implement('GET /bouts/:boutId', ({ caller, params, query }) => {
    const marketId = query.marketId === undefined ? null : Number(query.marketId);
    return recallBout(deps, caller, Number(params.boutId), marketId);
  });

  implement('POST /staff/galas', ({ caller, body }) => createGala(db, caller, body));
  implement('POST /staff/galas/:galaId/bouts', ({ caller, params, body }) =>
    addBout(db, caller, { ...body, galaId: Number(params.galaId) }),
  );

  const command = async (marketId: string, run: (marketId: number) => Promise<MarketChanged>) => {
    const changed = await run(Number(marketId));
    await announceMarket(deps, Number(marketId));
    return changed;
  };
  const simple = (
    run: (asked: MarketCommand) => Promise<MarketChanged>,
    marketId: string,
    operationId: string,
  ) => command(marketId, (id) => run({ operationId, marketId: id }));

  implement('POST /staff/markets/:marketId/open', ({ caller, params, body }) =>
    command(params.marketId, (marketId) => openMarket(db, caller, { ...body, marketId })),
  );
  implement('POST /staff/markets/:marketId/suspend', ({ caller, params, body }) =>
    simple((asked) => suspendMarket(db, caller, asked), params.marketId, body.operationId),
  );
  implement('POST /staff/markets/:marketId/resume', ({ caller, params, body }) =>
    simple((asked) => resumeMarket(db, caller, asked), params.marketId, body.operationId),
  );
  implement('POST /staff/markets/:marketId/whistle', ({ caller, params, body }) =>
    simple((asked) => blowWhistle(deps, caller, asked), params.marketId, body.operationId),
  );
  implement('POST /staff/markets/:marketId/hard-stop', ({ caller, params, body }) =>
    command(params.marketId, (marketId) => moveHardStop(db, caller, { ...body, marketId })),
  );
  const ofBout = async (boutId: number, changed: Promise<MarketChanged>) => {
    const done = await changed;
    deps.onBoutChanged(boutId);
    return done;
  };
  implement('POST /staff/bouts/:boutId/suspend', ({ caller, params, body }) => {
    const boutId = Number(params.boutId);
    return ofBout(boutId, suspendBout(db, caller, { ...body, boutId }));
  });
  implement('POST /staff/bouts/:boutId/resume', ({ caller, params, body }) => {
    const boutId = Number(params.boutId);
    return ofBout(boutId, resumeBout(db, caller, { ...body, boutId }));
  });
  implement('POST /staff/bouts/:boutId/true-whistle', ({ caller, params, body }) =>
    proposeTrueWhistle(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/true-whistle/confirm', ({ caller, params, body }) =>
    confirmTrueWhistle(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
}

/** Tells the pages that show this market's bout. */
export async function announceMarket(deps: BoutsDeps, marketId: number): Promise<void> {
  const [row] = await deps.db.query<{ boutId: number }>(
    'SELECT bout_id AS "boutId" FROM market WHERE id = $1',
    [marketId],
  );
  if (row !== undefined) deps.onBoutChanged(row.boutId);
}
