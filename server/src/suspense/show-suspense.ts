/** Suspense as finance sees it. Numbers are told by their last digits, and each look at one item is in the audit log. */
import type { AllocationShown, SuspenseShown } from '#core/api/reconciliation-pages.ts';
import { fail } from '#core/errors.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { nameMovement, nameProvider } from '../payments/name-provider.ts';
import type { Providers } from '../payments/provider.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { choicesOf } from './judge-allocation.ts';
import {
  type AllocationRow,
  findAllocationsOf,
  findDecidedAllocations,
  findItem,
  findOpenItems,
  findWaitingAllocations,
  type SuspenseRow,
} from './queries.ts';

interface Deps {
  readonly db: Db;
  readonly providers: Providers;
}

export async function listSuspense(
  { db, providers }: Deps,
  staff: StaffIdentity,
): Promise<{
  readonly items: readonly (SuspenseShown & { readonly proposed: AllocationShown | null })[];
  readonly decided: readonly AllocationShown[];
}> {
  const waiting = (await findWaitingAllocations(db)).map((row) => allocationOf(providers, row, staff));
  const items = (await findOpenItems(db)).map((row) => itemOf(providers, row));
  return {
    items: items.map((item) => ({
      ...item,
      proposed: waiting.find(({ itemId }) => itemId === item.id) ?? null,
    })),
    decided: (await findDecidedAllocations(db)).map((row) => allocationOf(providers, row, staff)),
  };
}

export async function showSuspense(
  { db, providers }: Deps,
  staff: StaffIdentity,
  itemId: string,
): Promise<{ readonly item: SuspenseShown; readonly allocations: readonly AllocationShown[] }> {
  const row = (await findItem(db, itemId)) ?? fail('not_found');
  await recordLook(db, staff, { what: 'view-suspense', target: `suspense ${itemId}` });
  const allocations = await findAllocationsOf(db, itemId);
  return {
    item: itemOf(providers, row),
    allocations: allocations.map((allocation) => allocationOf(providers, allocation, staff)),
  };
}

function itemOf(providers: Providers, row: SuspenseRow): SuspenseShown {
  const { id, kind, provider, isTest, amountXof, oursXof, theirsXof, reason, transaction, rawKind, isOpen } =
    row;
  return {
    ...{ id, kind, isTest, amountXof, oursXof, theirsXof, reason, transaction, isOpen },
    provider: nameProvider(providers, provider),
    movement: rawKind === null ? null : nameMovement(providers, provider, rawKind),
    maskedPayer: row.payerPhone === null ? null : maskPhone(row.payerPhone),
    player: row.playerName,
    payer: row.payerName,
    since: row.since.toISOString(),
    isRefunding: row.isRefunding,
    choices: isOpen ? choicesOf(providers, row) : [],
  };
}

function allocationOf(providers: Providers, row: AllocationRow, staff: StaffIdentity): AllocationShown {
  const { id, itemId, choice, amountXof, note, proposedBy, decision, decidedBy } = row;
  return {
    ...{ id, itemId, choice, amountXof, note, proposedBy, decision, decidedBy },
    provider: nameProvider(providers, row.provider),
    player: row.playerName,
    transaction: row.transaction,
    refund: row.refundState,
    refundReason: row.refundReason,
    isOwn: row.proposerId === staff.staffId,
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
