/** The pages of the player's app: opened here, one line a feature. */
import type { FastifyInstance } from 'fastify';
import { type PlayerViews, type PlayerVisitor, playerPages } from '#core/api/player-pages.ts';
import { registerBetHistoryPages } from './bet-history/pages.ts';
import { registerBonusPages } from './bonuses/pages.ts';
import { registerBoutPages } from './bouts/pages.ts';
import { registerCasePages } from './cases/pages.ts';
import type { DataDeps } from './data-rights/data-deps.ts';
import { registerDataPages } from './data-rights/pages.ts';
import type { Db } from './db.ts';
import type { DepositDeps } from './deposits/deposit-deps.ts';
import { registerDepositPages } from './deposits/pages.ts';
import { registerDevicePages } from './devices/pages.ts';
import type { HttpDeps, PlayerIdentity } from './http.ts';
import type { IdentityDeps } from './identity/identity-deps.ts';
import { registerIdentityPages } from './identity/pages.ts';
import { findAvailable, findBonus } from './ledger/find-available.ts';
import type { Live } from './live.ts';
import type { Catalogue } from './memory/catalogue.ts';
import { registerObjectionPages } from './objections/pages.ts';
import { countChallenges } from './offers/count-challenges.ts';
import type { BetDesk } from './offers/desk.ts';
import { registerOfferPages } from './offers/pages.ts';
import { registerOperationPages } from './operations/pages.ts';
import type { PageBundle } from './page-bundle.ts';
import { openPages, type PageSite } from './pages.ts';
import { registerPlayerPasskeyPages } from './passkeys/pages.ts';
import type { PasskeyDeps } from './passkeys/passkey-deps.ts';
import type { LogInDeps } from './players/log-in-player.ts';
import { findNotice } from './players/notices.ts';
import { registerPeoplePages } from './players/pages.ts';
import { registerPoolPages } from './pools/pages.ts';
import type { PoolDesk } from './pools/pool-desk.ts';
import { registerProofPages } from './proofs/pages.ts';
import type { ProofDeps } from './proofs/routes.ts';
import { lookFirst } from './responsible-play/look-first.ts';
import { registerPlayPages } from './responsible-play/pages.ts';
import type { PlayDeps } from './responsible-play/play-deps.ts';
import { showSessionTime } from './responsible-play/show-session-time.ts';
import { openForms } from './sessions/form-token.ts';
import { registerPlayerSessionPages } from './sessions/pages.ts';
import { registerPlayerStepUpPages } from './step-up/pages.ts';
import { registerWalletPages } from './wallet/pages.ts';
import { registerWithdrawalPages } from './withdrawals/pages.ts';
import { registerWrestlerPages } from './wrestlers/pages.ts';

export type PlayerPages = PageSite<PlayerViews, typeof playerPages>;

export interface PlayerPagesDeps
  extends LogInDeps,
    PasskeyDeps,
    PlayDeps,
    DepositDeps,
    IdentityDeps,
    DataDeps,
    ProofDeps {
  readonly sessions: LogInDeps['sessions'];
  readonly secrets: LogInDeps['secrets'] & PasskeyDeps['secrets'] & IdentityDeps['secrets'];
  readonly db: Db;
  readonly desk: BetDesk;
  readonly poolDesk: PoolDesk;
  readonly live: Live;
  readonly catalogue: Catalogue;
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
      forms: openForms(deps.secrets.formKeys),
      settings: deps.settings,
      loginPath: '/connexion',
      stepUpPath: '/confirmer',
      checkingPath: (operationId, back) => `/verification/${operationId}?suite=${encodeURIComponent(back)}`,
      lookFirst: (identity, key, path) => lookFirst(deps.db, identity, key, path),
      visitor: async (identity) => (identity.kind === 'player' ? findVisitor(deps.db, identity) : null),
    },
    playerPages,
  );
  registerBoutPages(site, deps);
  registerOfferPages(site, deps);
  registerPoolPages(site, deps);
  registerBetHistoryPages(site, deps);
  registerObjectionPages(site, deps);
  registerProofPages(site, deps);
  registerWalletPages(site, deps);
  registerBonusPages(site, deps);
  registerDepositPages(site, deps);
  registerWithdrawalPages(site, deps);
  registerPeoplePages(site, deps);
  registerPlayerSessionPages(site, deps);
  registerPlayerPasskeyPages(site, deps);
  registerPlayerStepUpPages(site, deps);
  registerIdentityPages(site, deps);
  registerPlayPages(site, deps);
  registerDevicePages(site, deps);
  registerDataPages(site, deps);
  registerCasePages(site, deps);
  registerWrestlerPages(site, deps);
  registerOperationPages(site, deps);
}

/** Who looks, with his balance: every page of the app shows both. */
async function findVisitor(db: Db, player: PlayerIdentity): Promise<PlayerVisitor> {
  const { playerId, pseudonym, isTest } = player;
  const [availableXof, bonusXof, notice, { minutes: minutesHere }, challengeCount] = await Promise.all([
    findAvailable(db, player.accountId),
    findBonus(db, playerId),
    findNotice(db, player),
    showSessionTime(db, player),
    countChallenges(db, playerId),
  ]);
  const base = { playerId, pseudonym, isTest, availableXof, bonusXof };
  return { ...base, minutesHere, notice, challengeCount };
}
