import type { PlayerPages } from '../player-pages.ts';
import { showWeekLoss } from '../responsible-play/show-play.ts';
import { showStatement } from './show-statement.ts';
import { showWallet } from './show-wallet.ts';
import type { WalletDeps } from './wallet-deps.ts';

export function registerWalletPages(site: PlayerPages, { db }: Pick<WalletDeps, 'db'>): void {
  site.page('GET /portefeuille', async ({ caller, query }) => {
    const { movements, next } = await showStatement(db, caller, query);
    const wallet = await showWallet(db, caller);
    const isFirstPage = query.before === undefined;
    const weekLossXof = await showWeekLoss(db, caller);
    const news = query.fait ?? null;
    return { page: 'wallet', view: { wallet, movements, next, isFirstPage, news, weekLossXof } };
  });
}
