import { sentenceOf } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { mayWantLimit } from '../responsible-play/may-want-limit.ts';
import { showRoom } from '../wallet/judge-movements.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';
import { requestDeposit } from './request-deposit.ts';

export function registerDepositPages(site: PlayerPages, deps: DepositDoorDeps): void {
  const { db, settings } = deps;
  const depositForm = async (
    caller: PlayerIdentity,
    amountXof: number | null,
    back: string | null,
    slip: string,
  ) => {
    const { tier, depositLeftXof, depositRefusal } = await showRoom(db, caller);
    const { depositMinXof: minXof, depositMaxXof } = settings.current();
    const maxXof = Math.min(depositMaxXof, depositLeftXof);
    const closedBecause = maxXof < minXof ? sentenceOf(depositRefusal, 'fr') : null;
    return {
      page: 'deposit' as const,
      view: {
        amountXof,
        back,
        isTest: caller.isTest,
        minXof,
        maxXof,
        tier,
        closedBecause,
        proposesLimit: await mayWantLimit(db, caller.playerId),
        slip,
      },
    };
  };
  site.page('GET /portefeuille/depot', async ({ caller, query, newSlip }) =>
    depositForm(caller, query.amountXof ?? null, query.suite ?? null, newSlip()),
  );
  site.form('POST /portefeuille/depot', {
    whereIs: () => '/portefeuille/depot',
    act: async ({ caller, form, slip }) => {
      const { operationId } = slip;
      const { amountXof, suite } = form;
      const { state } = await requestDeposit(deps, caller, { operationId, provider: 'internal', amountXof });
      if (state === 'credited') return { seeOther: suite ?? '/portefeuille?fait=depot' };
      const news = state === 'refused' ? 'refuse' : state === 'returned' ? 'renvoye' : 'attente';
      return { seeOther: `/portefeuille?fait=depot-${news}` };
    },
    again: async ({ caller, newSlip }, problem) =>
      depositForm(caller, null, problem.typed['suite'] ?? null, newSlip()),
  });
}
