/** What finance sees of withdrawals and of the providers. Numbers are masked; a look at one withdrawal is audited. */
import type {
  OfficePayoutViews,
  ProviderShown,
  QueuedWithdrawal,
  WithdrawalList,
  WithdrawalOrigin,
} from '#core/api/payout-office-pages.ts';
import { fail } from '#core/errors.ts';
import type { WithdrawalState } from '#core/payment.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { nameProvider } from '../payments/name-provider.ts';
import type { Providers } from '../payments/provider.ts';
import { maskPhone, readPhone } from '../sessions/read-phone.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findDecisions, findVerdicts } from './decision-queries.ts';
import {
  countByState,
  findInQueue,
  findProviderStates,
  findQueue,
  findTotals,
  findWaitingByProvider,
  type QueueRow,
} from './office-queries.ts';
import { findOrigin, findRecentWins } from './origin-queries.ts';
import { findWithdrawal, findWithdrawalEvents } from './queries.ts';

const statesOf: Readonly<Record<WithdrawalList, readonly WithdrawalState[]>> = {
  attente: ['approval'],
  route: ['requested', 'sent', 'processing'],
  inconnus: ['unknown'],
  finis: ['paid', 'refused', 'reversed'],
};

export async function showQueue(
  { db, providers }: Pick<WalletDeps, 'db' | 'providers'>,
  list: WithdrawalList,
  typedPhone: string | null,
): Promise<OfficePayoutViews['withdrawals']> {
  const phone = typedPhone === null ? null : readPhone(typedPhone);
  const rows = await findQueue(db, { states: statesOf[list], phone, newestFirst: list === 'finis' });
  const byState = new Map((await countByState(db)).map(({ state, count }) => [state, count]));
  const count = (name: WithdrawalList) =>
    statesOf[name].reduce((sum, state) => sum + (byState.get(state) ?? 0), 0);
  return {
    list,
    phone: phone === null ? null : maskPhone(phone),
    withdrawals: rows.map((row) => showQueued(providers, row)),
    counts: { attente: count('attente'), route: count('route'), inconnus: count('inconnus') },
  };
}

function showQueued(
  providers: Providers,
  { phone, playerId: _, requestedAt, ...row }: QueueRow,
): QueuedWithdrawal {
  const provider = nameProvider(providers, row.provider);
  return { ...row, provider, maskedPhone: maskPhone(phone), requestedAt: requestedAt.toISOString() };
}

async function showOrigin(db: Db, playerId: string): Promise<WithdrawalOrigin> {
  const { joinedAt, phoneSince, ...sums } = await findOrigin(db, playerId);
  const wins = await findRecentWins(db, playerId);
  return {
    ...sums,
    joinedAt: joinedAt.toISOString(),
    phoneSince: phoneSince.toISOString(),
    wins: wins.map(({ madeAt, ...win }) => ({ ...win, madeAt: madeAt.toISOString() })),
  };
}

export async function showForFinance(
  { db, providers }: WalletDeps,
  staff: StaffIdentity,
  withdrawalId: string,
): Promise<Omit<OfficePayoutViews['withdrawal'], 'done' | 'slips'>> {
  const row = (await findInQueue(db, withdrawalId)) ?? fail('not_found');
  const withdrawal = (await findWithdrawal(db, withdrawalId)) ?? fail('not_found');
  await recordLook(db, staff, { what: 'view-withdrawal', target: `withdrawal ${withdrawalId}` });
  const events = await findWithdrawalEvents(db, withdrawalId);
  const decisions = await findDecisions(db, withdrawalId);
  const verdicts = await findVerdicts(db, withdrawalId);
  const { state, transaction, sendCount, provider } = withdrawal;
  const mayReverse = state === 'paid' && providers[provider]?.reverseWithdrawal !== undefined;
  const isOpen = verdicts.some((verdict) => verdict.state === 'proposed');
  const isUnexplained = state === 'unknown' || state === 'processing';
  return {
    withdrawal: showQueued(providers, row),
    ...(await findTotals(db, row.playerId)),
    origin: await showOrigin(db, row.playerId),
    transaction,
    sendCount,
    history: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
    decisions: decisions.map(({ name, approves, note, decidedAt }) => ({
      name,
      approves,
      note,
      at: decidedAt.toISOString(),
    })),
    verdicts: verdicts.map(({ id, withdrawalId: __, proposedBy, proposedAt, ...verdict }) => ({
      ...verdict,
      verdictId: id,
      proposedAt: proposedAt.toISOString(),
      isOwn: proposedBy === staff.staffId,
    })),
    mayDecide: state === 'approval' && !decisions.some(({ staffId }) => staffId === staff.staffId),
    mayJudge: isOpen ? [] : isUnexplained ? ['paid', 'refused'] : mayReverse ? ['reverse'] : [],
  };
}

export async function showProviders({ db, providers }: WalletDeps): Promise<ProviderShown[]> {
  const states = new Map((await findProviderStates(db)).map((state) => [state.provider, state]));
  const waiting = new Map((await findWaitingByProvider(db)).map((sum) => [sum.provider, sum]));
  return Object.values(providers).map((provider) => {
    const state = states.get(provider.name);
    const { count = 0, xof = 0 } = waiting.get(provider.name) ?? {};
    return {
      provider: provider.name,
      label: provider.label,
      isSilent: provider.isSilent?.() ?? false,
      balanceXof: state?.balanceXof ?? null,
      balanceAt: state?.balanceAt?.toISOString() ?? null,
      depositsStoppedAt: state?.depositsStoppedAt?.toISOString() ?? null,
      payoutsStoppedAt: state?.payoutsStoppedAt?.toISOString() ?? null,
      stoppedBy: state?.stoppedBy ?? null,
      stoppedDetail: state?.stoppedDetail ?? null,
      waiting: { count, xof },
    };
  });
}
