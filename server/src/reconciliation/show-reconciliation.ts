/** Reconciliation as finance and scripts read it. */
import type {
  AccountShown,
  DayShown,
  LineFilter,
  LineShown,
  ShownRun,
} from '#core/api/reconciliation-pages.ts';
import { fail } from '#core/errors.ts';
import { explainedShareBps } from '#core/reconciliation.ts';
import type { Db } from '../db.ts';
import { nameMovement, nameProvider, useOfAccount } from '../payments/name-provider.ts';
import type { Providers } from '../payments/provider.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { type DayRow, findDays, findLines, findOpenBreaks, type LineRow } from './day-queries.ts';
import { DAY_GRACE_MINUTES } from './read-statements.ts';
import { accountsOf } from './reconcile.ts';
import { findLastRun, findRuns, type RunRow } from './run-queries.ts';

interface Deps {
  readonly db: Db;
  readonly providers: Providers;
}

interface Of {
  readonly provider: string;
  readonly account: string;
}

const DAYS = 31;
const RUNS = 48;
const LINES = 2_000;
const LINES_IN_CSV = 200_000;

export async function listAccounts({ db, providers }: Deps): Promise<AccountShown[]> {
  const breaks = await findOpenBreaks(db);
  const shown: AccountShown[] = [];
  for (const { provider, account } of accountsOf(providers)) {
    const run = await findLastRun(db, { provider, account });
    shown.push({
      provider,
      account,
      label: nameProvider(providers, provider),
      use: useOfAccount(providers, provider, account),
      run: run === null ? null : runOf(run),
      openBreakCount: breaks.filter((one) => one.provider === provider && one.account === account).length,
    });
  }
  return shown;
}

export async function showAccount(deps: Deps, of: Of): Promise<AccountShown> {
  const accounts = await listAccounts(deps);
  const found = accounts.find(({ provider, account }) => provider === of.provider && account === of.account);
  return found ?? fail('not_found');
}

export async function listDays({ db }: Deps, of: Of): Promise<DayShown[]> {
  const rows = await findDays(db, of, { day: null, graceMinutes: DAY_GRACE_MINUTES, limit: DAYS });
  return rows.map(dayOf);
}

export async function listRuns({ db }: Deps, of: Of): Promise<ShownRun[]> {
  return (await findRuns(db, of, RUNS)).map(runOf);
}

export async function showDay({ db }: Deps, of: Of & { readonly day: string }): Promise<DayShown> {
  const [row] = await findDays(db, of, { day: of.day, graceMinutes: DAY_GRACE_MINUTES, limit: 1 });
  return row === undefined ? fail('not_found') : dayOf(row);
}

export async function listLines(
  { db, providers }: Deps,
  of: Of & { readonly day: string; readonly filter: LineFilter | null; readonly isWhole?: boolean },
): Promise<LineShown[]> {
  const states = of.filter === null ? null : of.filter === 'waiting' ? ['new', 'waiting'] : [of.filter];
  const limit = of.isWhole === true ? LINES_IN_CSV : LINES;
  return (await findLines(db, of, { day: of.day, states, limit })).map((row) => ({
    ...lineOf(row),
    movement: nameMovement(providers, of.provider, row.rawKind),
  }));
}

/** What scripts read: the last run of each account, and every open break. */
export async function showFigures(deps: Deps) {
  const accounts = await listAccounts(deps);
  const breaks = await findOpenBreaks(deps.db);
  return {
    runs: accounts.flatMap(({ run }) => run ?? []),
    breaks: breaks.map(({ openedAt, ...found }) => ({ ...found, openedAt: openedAt.toISOString() })),
  };
}

export function runOf(run: Omit<RunRow, 'isTest'>): ShownRun {
  const { id, provider, account, startedBy, state, detail, clearingXof, providerXof, source } = run;
  const { unexplainedXof, explainedXof, suspenseXof, lineCount } = run;
  return {
    ...{ id, provider, account, startedBy, state, detail, clearingXof, providerXof, source },
    ...{ unexplainedXof, explainedXof, suspenseXof, lineCount },
    at: run.at.toISOString(),
    explanations: [...run.explanations],
    explainedBps: explainedShareBps(explainedXof, providerXof),
  };
}

function dayOf({ readAt, closedAt, ...row }: DayRow): DayShown {
  return { ...row, readAt: readAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null };
}

function lineOf({ at, counterpartyPhone, state, ...row }: LineRow): Omit<LineShown, 'movement'> {
  return {
    ...row,
    state: state === 'new' ? 'waiting' : state,
    at: at.toISOString(),
    maskedPhone: counterpartyPhone === null ? null : maskPhone(counterpartyPhone),
  };
}
