/** The lines of a return for corrections: what each changed, on the day on which it was booked. */
import type { TaxLine } from '#core/api/tax-pages.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { differenceOf, figuresOfDuels, type TaxFigures, withoutClaim } from '#core/tax-return.ts';
import type { Tx } from '../db.ts';
import {
  type BookedCorrection,
  findMarketCorrections,
  findPoolCorrections,
} from './correction-return-queries.ts';
import { findPoolVersions, findTicketStacks, type PoolVersion } from './pool-return-queries.ts';
import { figuresOfPool } from './read-pool-lines.ts';
import { findDuelStacks, type Period } from './return-queries.ts';

type TaxRates = Pick<TaxLine, 'taxBps' | 'taxBase'>;

export async function readCorrectionLines(tx: Tx, period: Period): Promise<TaxLine[]> {
  return [...(await readMarketLines(tx, period)), ...(await readPoolLines(tx, period))];
}

async function readMarketLines(tx: Tx, period: Period): Promise<TaxLine[]> {
  const corrections = await findMarketCorrections(tx, period);
  const stacks = await findDuelStacks(
    tx,
    corrections.map(({ subject }) => subject.id),
  );
  return corrections.map(({ subject, outcome, outcomeBefore, rates, ...booked }) => {
    const duels = stacks.get(subject.id) ?? [];
    const figuresOf = (ends: MarketOutcome) => figuresOfDuels(duels, ends, rates);
    return lineOf(booked, { subject, rates }, differenceOf(figuresOf(outcome), figuresOf(outcomeBefore)));
  });
}

async function readPoolLines(tx: Tx, period: Period): Promise<TaxLine[]> {
  const corrections = await findPoolCorrections(tx, period);
  const versions = await findPoolVersions(
    tx,
    corrections.map(({ correctionId }) => correctionId),
  );
  const stacks = await findTicketStacks(tx, versions);
  return corrections.map((booked) => {
    const pool = versions.find(({ settlementId }) => settlementId === booked.correctionId);
    const earlier = versions.find(
      ({ subject, version }) => subject.id === pool?.subject.id && version === booked.version - 1,
    );
    if (pool === undefined || earlier === undefined)
      throw new Error(`correction ${booked.correctionId} corrects no settlement`);
    const figuresOf = (one: PoolVersion) => figuresOfPool(one, stacks.get(one.settlementId) ?? []);
    return lineOf(booked, pool, differenceOf(figuresOf(pool), figuresOf(earlier)));
  });
}

function lineOf(
  { day, version, claimXof, lossXof }: BookedCorrection,
  { subject, rates: { taxBps, taxBase } }: Pick<TaxLine, 'subject'> & { readonly rates: TaxRates },
  change: TaxFigures,
): TaxLine {
  const figures = withoutClaim(change, taxBase, claimXof);
  return { day, subject, version, isCorrection: true, taxBps, taxBase, figures, claimXof, lossXof };
}
