/**
 * The simulators begin with money of the house on their accounts. Two people of finance say so once, as they would on
 * the first day with a real provider; afterwards every franc there is explained.
 */
import type { DepositDeps } from '../deposits/deposit-deps.ts';
import type { StaffIdentity } from '../http.ts';
import { openLog } from '../log.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { confirmAllocation } from '../suspense/decide-allocation.ts';
import { proposeAllocation } from '../suspense/propose-allocation.ts';
import { listSuspense } from '../suspense/show-suspense.ts';
import { uuidV5 } from '../uuid.ts';
import { demoStaff } from './people.ts';
import { findDemoStaff, wasEverReconciled } from './queries.ts';

/** Only before the first reconciliation: what comes later is for the people at the desk. */
export async function seedOpeningBalances(deps: DepositDeps): Promise<void> {
  if (await wasEverReconciled(deps.db)) return;
  const [one, two] = await findFinance(deps);
  if (one === undefined || two === undefined)
    throw new Error('the demonstration has no two people of finance');
  // What it finds is what is said to be the opening balance below: nothing to warn of.
  await reconcile({ ...deps, log: openLog('error') });
  const { items } = await listSuspense(deps, one);
  for (const { id: itemId, kind } of items) {
    if (kind !== 'extra' && kind !== 'outside') continue;
    const { allocationId } = await proposeAllocation(deps, one, {
      operationId: uuidV5(`demo opening balance ${itemId}`, 'proposed'),
      itemId,
      choice: 'treasury',
      note: 'Solde d’ouverture du compte',
    });
    const operationId = uuidV5(`demo opening balance ${itemId}`, 'confirmed');
    await confirmAllocation(deps, two, { operationId, allocationId });
  }
  await reconcile(deps);
}

async function findFinance({ db }: DepositDeps): Promise<StaffIdentity[]> {
  const phones = demoStaff.filter(({ role }) => role === 'finance').map(({ phone }) => phone);
  return (await findDemoStaff(db, phones)).map(({ staffId, name }) => ({
    kind: 'staff',
    staffId,
    name,
    role: 'finance',
    session: { sessionId: '', isSteppedUp: true },
  }));
}
