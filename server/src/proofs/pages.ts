import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { RootKind } from '#core/proof.ts';
import type { PlayerPages } from '../player-pages.ts';
import { sendFile } from '../send-file.ts';
import { listRoots } from './list-roots.ts';
import { findPublicBoutNames } from './queries.ts';
import { listReceiptKeys } from './receipt-keys.ts';
import type { ProofDeps } from './routes.ts';
import { showBetProof } from './show-bet-proof.ts';
import { showMarketProof } from './show-market-proof.ts';
import { showPoolProof } from './show-pool-proof.ts';
import { showReceipt, showTicketReceipt } from './show-receipt.ts';
import { showTicketProof } from './show-ticket-proof.ts';
import { findPublicPoolNames } from './ticket-queries.ts';

/** What people check with is what developers read: the files of docs/verify as they are. */
const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'verify');
const NO_KEYS = '<script type="application/json" id="keys">{"keys":[]}</script>';

export function registerProofPages(site: PlayerPages, deps: ProofDeps): void {
  const { db } = deps;
  site.page('GET /preuves', async ({ query }) => {
    const { roots, next } = await listRoots(db, query.avant === undefined ? null : Number(query.avant));
    const idsOf = (wanted: RootKind) =>
      roots.filter(({ kind }) => kind === wanted).map(({ subjectId }) => subjectId);
    const names = {
      market: await findPublicBoutNames(db, idsOf('market')),
      pool: await findPublicPoolNames(db, idsOf('pool')),
    };
    const named = roots.map((root) => ({ ...root, name: names[root.kind].get(root.subjectId) ?? null }));
    return { page: 'roots', view: { roots: named, next } };
  });

  site.page('GET /preuves/marches/:marketId', async ({ caller, params }) => ({
    page: 'marketProof',
    view: { proof: await showMarketProof(deps, caller, Number(params.marketId)) },
  }));

  site.page('GET /preuves/mutuels/:poolId', async ({ caller, params }) => ({
    page: 'poolProof',
    view: { proof: await showPoolProof(deps, caller, Number(params.poolId)) },
  }));

  site.page('GET /verifier', async () => ({
    page: 'howToVerify',
    view: { keys: await listReceiptKeys(db) },
  }));

  registerFiles(site, deps);
}

function registerFiles(site: PlayerPages, deps: ProofDeps): void {
  const page = readFileSync(join(folder, 'verifier.html'), 'utf8');
  const script = readFileSync(join(folder, 'verify.mjs'), 'utf8');

  site.page('GET /verifier/page', async ({ reply }) => {
    const keys = JSON.stringify({ keys: await listReceiptKeys(deps.db) });
    const withKeys = page.replace(NO_KEYS, () => NO_KEYS.replace('{"keys":[]}', () => keys));
    return sendFile(reply, 'verifier-mbayar.html', 'text/html; charset=utf-8', withKeys);
  });

  site.page('GET /verifier/script', async ({ reply }) =>
    sendFile(reply, 'verify.mjs', 'text/javascript; charset=utf-8', script),
  );

  site.page('GET /verifier/cles', async ({ reply }) =>
    sendJson(reply, 'cles-mbayar.json', { keys: await listReceiptKeys(deps.db) }),
  );

  site.page('GET /paris/:betId/recu', async ({ caller, params, reply }) => {
    const receipt = await showReceipt(deps, caller, params.betId);
    return sendJson(reply, `recu-mbayar-${params.betId.slice(0, 8)}.json`, receipt);
  });

  site.page('GET /paris/:betId/preuve', async ({ caller, params, reply }) => {
    const proof = await showBetProof(deps, caller, params.betId);
    return sendJson(reply, `preuve-mbayar-${params.betId.slice(0, 8)}.json`, proof);
  });

  site.page('GET /tickets/:ticketId/recu', async ({ caller, params: { ticketId }, reply }) => {
    const receipt = await showTicketReceipt(deps, caller, ticketId);
    return sendJson(reply, `recu-mbayar-${ticketId.slice(0, 8)}.json`, receipt);
  });

  site.page('GET /tickets/:ticketId/preuve', async ({ caller, params: { ticketId }, reply }) => {
    const proof = await showTicketProof(deps, caller, ticketId);
    return sendJson(reply, `preuve-mbayar-${ticketId.slice(0, 8)}.json`, proof);
  });
}

function sendJson(reply: FastifyReply, name: string, content: object): Promise<{ answered: true }> {
  return sendFile(reply, name, 'application/json; charset=utf-8', `${JSON.stringify(content, null, 2)}\n`);
}
