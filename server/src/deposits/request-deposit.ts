/**
 * A deposit: what was asked is written down, the provider is asked outside any transaction, and its word is booked
 * with the operation's answer. Whoever comes again with the same id, or after a crash in between, takes up where it
 * stands: the provider hears the same reference, and the money is credited once.
 */
import { fail, RefusalError } from '#core/errors.ts';
import type { Xof } from '#core/money.ts';
import { type DepositState, refuseDepositAmount } from '#core/payment.ts';
import type { PlayerIdentity } from '../http.ts';
import {
  hashOperation,
  lockUnanswered,
  type OperationInput,
  runOperation,
  storeAnswer,
} from '../operations/operation.ts';
import type { DepositAnswer, ProviderName } from '../payments/provider.ts';
import { refuseDeposit } from '../wallet/judge-movements.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { bookDeposit } from './book-deposit.ts';
import { type DepositRow, findDeposit, insertDeposit } from './queries.ts';

export interface DepositRequest {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
}

export interface DepositShown {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: DepositState;
  readonly requestedAt: string;
}

export const DEPOSIT_KIND = 'request-deposit';

export async function requestDeposit(
  deps: WalletDeps,
  player: PlayerIdentity,
  { operationId, ...input }: DepositRequest,
): Promise<DepositShown> {
  const operation = { id: operationId, kind: DEPOSIT_KIND, actorId: player.playerId, input };
  const provider = deps.providers[input.provider];
  const refused =
    refuseProvider(provider, player) ?? refuseDepositAmount(input.amountXof, deps.settings.current());
  const deposit = refused === null ? await writeDown(deps, operation, { ...input, player }) : null;
  // Refused, or answered before: the stored answer, or this one from now on.
  const answer = deposit === null ? null : await askProvider(deps, deposit);
  const shown = await runOperation(deps.db, operation, async (tx) => {
    if (refused !== null) throw new RefusalError(refused);
    if (answer === null) throw new Error(`deposit ${operationId} lost its answer`);
    return showDeposit(await bookDeposit(tx, deps, operationId, answer));
  });
  // Another try of this id stored its answer first, and knew less.
  if (answer?.kind === 'paid' && shown.state === 'requested') {
    await deps.db.transaction((tx) => bookDeposit(tx, deps, operationId, answer));
  }
  return shown;
}

/** The deposit of this operation, new or from an earlier try; null when the operation has its answer already. */
function writeDown(
  deps: WalletDeps,
  operation: OperationInput,
  asked: { readonly player: PlayerIdentity; readonly provider: ProviderName; readonly amountXof: Xof },
): Promise<DepositRow | null> {
  const inputHash = hashOperation(operation);
  return deps.db.transaction(async (tx) => {
    if (!(await lockUnanswered(tx, operation.id))) return null;
    const { player, provider, amountXof } = asked;
    const isNew = (await findDeposit(tx, operation.id)) === null;
    const refused = isNew ? await refuseDeposit(tx, player, amountXof) : null;
    if (refused !== null) {
      // With the look that found it: a later try of this id must not find room and leave two answers.
      await storeAnswer(tx, { ...operation, inputHash }, refused);
      return null;
    }
    await insertDeposit(tx, { id: operation.id, playerId: player.playerId, provider, amountXof, inputHash });
    const deposit = await findDeposit(tx, operation.id);
    return deposit?.inputHash.equals(inputHash) === true ? deposit : fail('operation_id_reused');
  });
}

/** What the provider says of a new deposit. Whatever goes wrong on the way is `unknown`. */
export async function askProvider(deps: WalletDeps, deposit: DepositRow): Promise<DepositAnswer> {
  const { id: reference, amountXof, phone } = deposit;
  const provider = deps.providers[deposit.provider];
  if (provider === undefined) return { kind: 'unknown', detail: 'the provider is not configured' };
  try {
    return await provider.requestDeposit({ reference, amountXof, phone, backUrl: '/portefeuille' });
  } catch (error) {
    deps.log.error({ err: error, deposit: reference }, 'the provider did not answer a deposit');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

export function showDeposit(deposit: DepositRow): DepositShown {
  const { id, provider, amountXof, state, requestedAt } = deposit;
  return { operationId: id, provider, amountXof, state, requestedAt: requestedAt.toISOString() };
}
