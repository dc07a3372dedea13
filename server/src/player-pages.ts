/** The pages of the player's app: opened here, one line a feature. */
import type { FastifyInstance } from 'fastify';
import { type PlayerViews, type PlayerVisitor, playerPages } from '#core/api/player-pages.ts';
import { registerBoutPages } from './bouts/pages.ts';
import { type Db, one } from './db.ts';
import type { HttpDeps, PlayerIdentity } from './http.ts';
import type { PageBundle } from './page-bundle.ts';
import { openPages, type PageSite } from './pages.ts';
import { openForms } from './sessions/form-token.ts';

export type PlayerPages = PageSite<PlayerViews, typeof playerPages>;

export interface PlayerPagesDeps {
  readonly db: Db;
  readonly secrets: { readonly formKey: string };
}

export function registerPlayerPages(
  app: FastifyInstance,
  deps: PlayerPagesDeps,
  http: HttpDeps,
  bundle: PageBundle,
): void {
  const site: PlayerPages = openPages<PlayerViews, typeof playerPages>(
    app,
    {
      http,
      bundle,
      forms: openForms(deps.secrets.formKey),
      loginPath: '/connexion',
      checkingPath: (operationId, back) => `/verification/${operationId}?suite=${encodeURIComponent(back)}`,
      visitor: (identity) => findVisitor(deps.db, identity as PlayerIdentity),
    },
    playerPages,
  );
  registerBoutPages(site, deps);
}

/** Who looks, with his balance: every page of the app shows both. */
async function findVisitor(db: Db, player: PlayerIdentity): Promise<PlayerVisitor> {
  const { playerId, pseudonym, isTest } = player;
  const rows = await db.query<{ availableXof: number }>(
    'SELECT amount_xof AS "availableXof" FROM ledger.balance WHERE account_id = $1',
    [player.accountId],
  );
  return { playerId, pseudonym, isTest, availableXof: one(rows).availableXof };
}
