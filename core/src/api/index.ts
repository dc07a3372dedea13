/** The whole contract: every route of the JSON interface, under /api/v1. */

import { auditContract } from './audit.ts';
import { barredPeopleContract } from './barred-people.ts';
import { betHistoryContract } from './bet-history.ts';

import { bonusContract } from './bonuses.ts';
import { boutChangesContract } from './bout-changes.ts';
import { boutsContract } from './bouts.ts';
import type { Contract } from './contract.ts';
import { dataRightsContract } from './data-rights.ts';
import { depositContract } from './deposits.ts';
import { identityContract } from './identity.ts';
import { objectionsContract } from './objections.ts';
import { offersContract } from './offers.ts';
import { passkeysContract } from './passkeys.ts';
import { peopleContract } from './people.ts';
import { playAlertsContract } from './play-alerts.ts';
import { poolsContract } from './pools.ts';
import { proofsContract } from './proofs.ts';
import { reconciliationContract } from './reconciliation.ts';
import { responsiblePlayContract } from './responsible-play.ts';
import { resultsContract } from './results.ts';
import { sandboxContract } from './sandbox.ts';
import { sessionsContract } from './sessions.ts';
import { settingsContract } from './settings.ts';
import { staffContract } from './staff.ts';
import { walletContract } from './wallet.ts';
import { withdrawalContract } from './withdrawals.ts';
import { wrestlersContract } from './wrestlers.ts';

export const contract = {
  ...boutsContract,
  ...boutChangesContract,
  ...barredPeopleContract,
  ...resultsContract,
  ...offersContract,
  ...betHistoryContract,
  ...objectionsContract,
  ...playAlertsContract,
  ...proofsContract,
  ...poolsContract,
  ...walletContract,
  ...bonusContract,
  ...depositContract,
  ...withdrawalContract,
  ...wrestlersContract,
  ...peopleContract,
  ...staffContract,
  ...passkeysContract,
  ...sessionsContract,
  ...responsiblePlayContract,
  ...identityContract,
  ...dataRightsContract,
  ...reconciliationContract,
  ...settingsContract,
  ...auditContract,
  ...sandboxContract,
} as const satisfies Contract;

export type RouteKey = keyof typeof contract;
