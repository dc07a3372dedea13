import { RefusalError, sentenceOf } from '#core/errors.ts';
import type { PlayerPages } from '../player-pages.ts';
import { showWeekLoss } from '../responsible-play/show-play.ts';
import { showSheet } from './show-sheet.ts';
import { showStatement, showStatementTotals } from './show-statement.ts';
import { showAutomaticPayout, showOnTheWay, showWallet } from './show-wallet.ts';
import type { WalletDeps } from './wallet-deps.ts';
import { writeCsv } from './write-csv.ts';

const MOVEMENTS_IN_WALLET = 10;
/** Some fifty pages of A4. */
const MOVEMENTS_ON_SHEET_MAX = 2_000;
const MOVEMENTS_IN_FILE_MAX = 20_000;

export function registerWalletPages(site: PlayerPages, { db }: Pick<WalletDeps, 'db'>): void {
  site.page('GET /portefeuille', async ({ caller, query }) => {
    const { movements } = await showStatement(db, caller, {}, MOVEMENTS_IN_WALLET);
    const wallet = await showWallet(db, caller);
    const weekLossXof = await showWeekLoss(db, caller);
    const withdrawals = await showOnTheWay(db, caller);
    const automatic = await showAutomaticPayout(db, caller);
    return {
      page: 'wallet',
      view: { wallet, movements, news: query.fait ?? null, withdrawals, automatic, weekLossXof },
    };
  });

  site.page('GET /portefeuille/releve', async ({ caller, query, problem }) => {
    const { kind = null, from = null, to = null, before } = query;
    const choice = { kind, from, to };
    const nothing = { choice, movements: [], next: null, totals: null };
    // A day that is none is no reason to show another period than the one that was meant.
    if (problem !== null)
      return { page: 'statement', view: { ...nothing, refusal: problem.sentence }, status: 400 };
    try {
      const { movements, next } = await showStatement(db, caller, query);
      const totals = before === undefined ? await showStatementTotals(db, caller, query) : null;
      return { page: 'statement', view: { choice, movements, next, totals, refusal: null } };
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      const refusal = sentenceOf(error.refusal, 'fr');
      return { page: 'statement', view: { ...nothing, refusal }, status: 400 };
    }
  });

  site.page('GET /portefeuille/releve/feuille', async ({ caller, query, problem, request }) => {
    if (problem !== null) return { seeOther: pageOf(request.url) };
    const view = await showSheet(db, caller, query, MOVEMENTS_ON_SHEET_MAX);
    return { page: 'statementSheet', view };
  });

  site.page('GET /portefeuille/releve.csv', async ({ caller, query, problem, request, reply }) => {
    if (problem !== null) return { seeOther: pageOf(request.url) };
    const { choice, movements } = await showSheet(db, caller, query, MOVEMENTS_IN_FILE_MAX);
    const days = [choice.from, choice.to].filter((day) => day !== null).map((day) => `-${day}`);
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="releve-mbayar${days.join('')}.csv"`)
      .header('cache-control', 'private, no-store')
      .send(writeCsv({ movements }));
    return { answered: true };
  });
}

/** The page of the same statement, which says what is wrong with what was asked. */
function pageOf(url: string): string {
  const [, query = ''] = url.split('?');
  return `/portefeuille/releve?${query}`;
}
