import type { DataCipher } from '../data-cipher.ts';
import type { Implement } from '../http.ts';
import { listRoots } from './list-roots.ts';
import { listReceiptKeys } from './receipt-keys.ts';
import { showBetProof } from './show-bet-proof.ts';
import { type ProofReads, showMarketProof } from './show-market-proof.ts';
import { showPoolProof } from './show-pool-proof.ts';
import { showReceipt, showTicketReceipt } from './show-receipt.ts';
import { showTicketProof } from './show-ticket-proof.ts';

export interface ProofDeps extends ProofReads {
  readonly cipher: DataCipher;
}

export function registerProofs(implement: Implement, deps: ProofDeps): void {
  implement('GET /roots', ({ query }) =>
    listRoots(deps.db, query.before === undefined ? null : Number(query.before)),
  );
  implement('GET /markets/:marketId/proof', ({ caller, params }) =>
    showMarketProof(deps, caller, Number(params.marketId)),
  );
  implement('GET /bets/:betId/proof', ({ caller, params }) => showBetProof(deps, caller, params.betId));
  implement('GET /bets/:betId/receipt', ({ caller, params }) => showReceipt(deps, caller, params.betId));
  implement('GET /pools/:poolId/proof', ({ caller, params }) =>
    showPoolProof(deps, caller, Number(params.poolId)),
  );
  implement('GET /tickets/:ticketId/proof', ({ caller, params }) =>
    showTicketProof(deps, caller, params.ticketId),
  );
  implement('GET /tickets/:ticketId/receipt', ({ caller, params }) =>
    showTicketReceipt(deps, caller, params.ticketId),
  );
  implement('GET /receipt-keys', async () => ({ keys: await listReceiptKeys(deps.db) }));
}
