/**
 * A deposit: what was asked is written down, the provider is asked outside any transaction, and its word is booked
 * with the operation's answer. Whoever comes again with the same id, or after a crash in between, takes up where it
 * stands: the provider is asked what it knows, and the money is credited once.
 */
import { fail, RefusalError } from '#core/errors.ts';
import type { Xof } from '#core/money.ts';
import { refuseDepositAmount } from '#core/payment.ts';
import type { PlayerIdentity } from '../http.ts';
import {
  hashOperation,
  lockUnanswered,
  type OperationInput,
  runOperation,
  storeAnswer,
} from '../operations/operation.ts';
import type { ProviderName } from '../payments/provider.ts';
import { refuseDeposit } from '../wallet/judge-movements.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import { bookDeposit } from './book-deposit.ts';
import type { DepositDeps } from './deposit-deps.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { askForSession, keepSession } from './open-attempt.ts';
import { type DepositRow, findDeposit, insertDeposit } from './queries.ts';
import { refuseClosedProvider } from './refuse-closed-provider.ts';
import { DEPOSIT_KIND, type DepositShown, showDeposit } from './show-deposit.ts';

export interface DepositRequest {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
}

/** `backPath`: the slip he came from, to go on with once the money is there. */
export async function requestDeposit(
  deps: DepositDeps,
  player: PlayerIdentity,
  { operationId, ...input }: DepositRequest,
  backPath: string | null = null,
): Promise<DepositShown> {
  const operation = { id: operationId, kind: DEPOSIT_KIND, actorId: player.playerId, input };
  const provider = deps.providers[input.provider];
  const refused =
    refuseProvider(provider, player) ?? refuseDepositAmount(input.amountXof, deps.settings.current());
  const written = refused === null ? await writeDown(deps, operation, { ...input, player, backPath }) : null;
  // Somebody asked before and has no answer: the provider may know it, and the look stores what it says.
  if (written?.isNew === false) await lookAtDeposit(deps, operationId);
  // Refused, or answered before: the stored answer, or this one from now on.
  const answer = written?.isNew === true ? await askForSession(deps, written.deposit, operationId) : null;
  const shown = await runOperation(deps.db, operation, async (tx) => {
    if (refused !== null) throw new RefusalError(refused);
    if (answer === null) throw new Error(`deposit ${operationId} lost its answer`);
    await keepSession(tx, operationId, answer);
    return showDeposit(await bookDeposit(tx, deps, operationId, answer));
  });
  // Another try of this id stored its answer first, and knew less.
  if (answer?.kind === 'paid' && shown.state === 'requested') {
    await deps.db.transaction((tx) => bookDeposit(tx, deps, operationId, answer));
  }
  return shown;
}

interface Asked {
  readonly player: PlayerIdentity;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly backPath: string | null;
}

/** The deposit of this operation, new or from an earlier try; null when the operation has its answer already. */
function writeDown(
  deps: DepositDeps,
  operation: OperationInput,
  asked: Asked,
): Promise<{ readonly deposit: DepositRow; readonly isNew: boolean } | null> {
  const inputHash = hashOperation(operation);
  return deps.db.transaction(async (tx) => {
    if (!(await lockUnanswered(tx, operation.id))) return null;
    const { player, provider, amountXof, backPath } = asked;
    const isNew = (await findDeposit(tx, operation.id)) === null;
    // Not stored: the same command may come again when the provider is back.
    if (isNew) await refuseClosedProvider({ db: tx, providers: deps.providers }, provider);
    const refused = isNew ? await refuseDeposit(tx, player, amountXof) : null;
    if (refused !== null) {
      // With the look that found it: a later try of this id must not find room and leave two answers.
      await storeAnswer(tx, { ...operation, inputHash }, refused);
      return null;
    }
    const { playerId } = player;
    await insertDeposit(tx, { id: operation.id, playerId, provider, amountXof, inputHash, backPath });
    const deposit = await findDeposit(tx, operation.id);
    return deposit?.inputHash.equals(inputHash) === true ? { deposit, isNew } : fail('operation_id_reused');
  });
}
