/** What a player's pages show of his deposits. */
import type {
  DepositLine,
  DepositNews,
  DepositPageView,
  OfferedProvider,
  PlayerDepositViews,
} from '#core/api/deposit-pages.ts';
import { type Spoken, sentenceOf } from '#core/errors.ts';
import { type PaymentReason, paymentReasons } from '#core/payment-reasons.ts';
import type { PlayerIdentity } from '../http.ts';
import type { Providers } from '../payments/provider.ts';
import { mayWantLimit } from '../responsible-play/may-want-limit.ts';
import { showRoom } from '../wallet/judge-movements.ts';
import type { DepositDeps } from './deposit-deps.ts';
import {
  areDepositsStopped,
  type DepositRow,
  findLastProvider,
  findOwnDeposits,
  sumPayments,
} from './queries.ts';
import { showDepositNow } from './show-deposit.ts';

export async function showDepositForm(
  deps: DepositDeps,
  player: PlayerIdentity,
  asked: {
    readonly amountXof: number | null;
    readonly missingXof: number | null;
    readonly back: string | null;
    readonly slip: string;
  },
): Promise<PlayerDepositViews['deposit']> {
  const { db, settings } = deps;
  const { tier, depositLeftXof, depositRefusal } = await showRoom(db, player);
  const { depositMinXof: minXof, depositMaxXof } = settings.current();
  const maxXof = Math.min(depositMaxXof, depositLeftXof);
  return {
    ...asked,
    amountXof: asked.missingXof === null ? asked.amountXof : Math.max(asked.missingXof, minXof),
    isTest: player.isTest,
    minXof,
    maxXof,
    tier,
    closedBecause: maxXof < minXof ? sentenceOf(depositRefusal, 'fr') : null,
    proposesLimit: await mayWantLimit(db, player.playerId),
    providers: await findOffered(deps, player),
  };
}

export async function showDeposits(
  deps: DepositDeps,
  player: PlayerIdentity,
): Promise<PlayerDepositViews['deposits']> {
  const own = await findOwnDeposits(deps.db, player.playerId);
  return {
    deposits: own.map((deposit) => lineOf(deposit, deps.providers)),
    // Play money comes at once: there is nothing to find.
    providers: (await findOffered(deps, player)).filter(
      ({ name }) => deps.providers[name]?.isOffered === true,
    ),
  };
}

export async function showDepositPage(
  { db, providers }: DepositDeps,
  deposit: DepositRow,
  news: DepositNews | null = null,
): Promise<DepositPageView> {
  const { launch, expiresAt, history } = await showDepositNow(db, deposit);
  const isOver = deposit.isOver && launch === null;
  return {
    ...lineOf(deposit, providers),
    isOver,
    links: launch?.links ?? [],
    hasCode: launch !== null && launch.qr !== null,
    expiresAt: launch === null ? null : expiresAt,
    receivedXof: await sumPayments(db, deposit.id),
    news,
    history: history.map((event) => ({ ...event, reason: spoken(event.reason) })),
    mayReopen: deposit.state === 'refused' && deposit.isYoung,
    version: [deposit.state, isOver, history.length, launch?.links[0]?.url ?? ''].join(' '),
    back: deposit.backPath,
    isTest: deposit.isTest,
  };
}

/** Those that serve him, the one he used last first. Play money is for test accounts, and comes last. */
async function findOffered(
  { db, providers }: DepositDeps,
  { playerId, isTest }: PlayerIdentity,
): Promise<OfferedProvider[]> {
  const last = await findLastProvider(db, playerId);
  const serving = Object.values(providers).filter(
    ({ servesTest, isOffered }) => servesTest === isTest && (isOffered || isTest),
  );
  const rank = ({ name, isOffered }: (typeof serving)[number]) => (!isOffered ? 2 : name === last ? 0 : 1);
  const sorted = serving.sort((a, b) => rank(a) - rank(b));
  return Promise.all(
    sorted.map(async ({ name, label, isSilent, refusesOtherPayers = false }) => ({
      name,
      label,
      trouble: (await areDepositsStopped(db, name)) ? 'stopped' : isSilent?.() === true ? 'silent' : null,
      refusesOtherPayers,
    })),
  );
}

function lineOf(deposit: DepositRow, providers: Providers): DepositLine {
  const { id, provider, amountXof, state, isOver, reason, requestedAt, isWatched } = deposit;
  return {
    depositId: id,
    provider: providers[provider]?.label ?? provider,
    amountXof,
    state,
    isOver,
    reason: spoken(reason),
    requestedAt: requestedAt.toISOString(),
    isWatched,
  };
}

function spoken(reason: PaymentReason | null): Spoken | null {
  return reason === null ? null : paymentReasons[reason];
}
