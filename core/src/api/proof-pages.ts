/** Pages of proofs: the list of roots, one market's proof, how to check, and what a bettor takes home. */
import { type Static, Type } from 'typebox';
import { IdText, strict, Uuid } from './contract.ts';
import type { PageContract } from './pages.ts';
import type { MarketProofView, PoolProofView, ReceiptKeyView, RootView } from './proofs.ts';

export const playerProofPages = {
  'GET /preuves': {
    caller: 'anyone',
    summary: 'The list of published roots, newest first.',
    query: strict({ avant: Type.Optional(IdText) }),
  },
  'GET /preuves/marches/:marketId': {
    caller: 'anyone',
    summary: 'The proof of one market.',
    params: strict({ marketId: IdText }),
  },
  'GET /preuves/mutuels/:poolId': {
    caller: 'anyone',
    summary: 'The proof of one pool.',
    params: strict({ poolId: IdText }),
  },
  'GET /verifier': { caller: 'anyone', summary: 'How to check a bet by oneself.' },
  'GET /verifier/page': { caller: 'anyone', summary: 'The page that checks without a network, as a file.' },
  'GET /verifier/script': {
    caller: 'anyone',
    summary: 'The script that checks without our code, as a file.',
  },
  'GET /verifier/cles': { caller: 'anyone', summary: 'The keys that sign receipts, as a file.' },
  'GET /paris/:betId/recu': {
    caller: 'owner',
    summary: 'The signed receipt of one of my bets, as a file.',
    params: strict({ betId: Uuid }),
  },
  'GET /paris/:betId/preuve': {
    caller: 'owner',
    summary: 'The proof of one of my bets, as a file.',
    params: strict({ betId: Uuid }),
  },
  'GET /tickets/:ticketId/recu': {
    caller: 'owner',
    summary: 'The signed receipt of one of my tickets, as a file.',
    params: strict({ ticketId: Uuid }),
  },
  'GET /tickets/:ticketId/preuve': {
    caller: 'owner',
    summary: 'The proof of one of my tickets, as a file.',
    params: strict({ ticketId: Uuid }),
  },
} as const satisfies PageContract;

export type PublishedRoot = Static<typeof RootView>;

export interface PlayerProofViews {
  readonly roots: {
    readonly roots: readonly (PublishedRoot & {
      /** The two wrestlers, or the pool's name; null for what is not public. */
      readonly name: string | null;
    })[];
    /** `avant` of the next page. */
    readonly next: number | null;
  };
  readonly poolProof: { readonly proof: Static<typeof PoolProofView> };
  readonly marketProof: { readonly proof: Static<typeof MarketProofView> };
  readonly howToVerify: { readonly keys: readonly Static<typeof ReceiptKeyView>[] };
}
