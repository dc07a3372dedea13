import type { Db } from '../db.ts';
import type { Implement, Origins } from '../http.ts';
import { showBonus, showBonusStatement, showReferral } from './show-bonus.ts';

export interface BonusPageDeps {
  readonly db: Db;
  readonly origins: Origins;
}

export function registerBonuses(implement: Implement, { db, origins }: BonusPageDeps): void {
  implement('GET /bonuses', ({ caller }) => showBonus(db, caller));

  implement('GET /bonuses/statement', ({ caller, query }) =>
    showBonusStatement(db, caller, query.before ?? null),
  );

  implement('GET /referral', ({ caller }) => showReferral(db, caller, origins));
}
