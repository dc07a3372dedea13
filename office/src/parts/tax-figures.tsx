/** The figures of a return: what bets brought, both bases, the house's own tax, and what the ledger says of it. */
import type { LedgerCheck, TaxReturn } from '#core/api/tax-pages.ts';
import type { TaxFigures } from '#core/tax-return.ts';
import { Money, Note, Sums } from '#ui/components.tsx';
import { taxTexts as texts } from '../tax-texts.ts';

/** From the stakes to what players hold. */
export function Figures({ figures }: { figures: TaxFigures }) {
  const { stakesXof, refundsXof, payoutsXof, commissionXof, remainderXof, taxXof } = figures;
  return (
    <Sums
      lines={[
        { name: `${texts.stakes} · ${texts.bets(figures.betCount)}`, xof: stakesXof, isSum: true },
        { name: texts.refunds, xof: refundsXof },
        { name: texts.payouts, xof: payoutsXof },
        { name: texts.commission, xof: commissionXof },
        ...(remainderXof === 0 ? [] : [{ name: texts.remainder, xof: remainderXof }]),
        { name: texts.withheld, xof: taxXof, isSum: true },
        { name: texts.net, xof: payoutsXof - taxXof },
      ]}
    />
  );
}

export function Bases({ figures }: { figures: TaxFigures }) {
  return (
    <>
      <Sums
        lines={[
          { name: texts.onPayout, xof: figures.taxOnPayoutXof },
          { name: texts.onWinnings, xof: figures.taxOnWinningsXof },
        ]}
      />
      <p class="small mute">{texts.basesHint}</p>
    </>
  );
}

export function Gaming({ report }: { report: TaxReturn }) {
  return (
    <>
      <Sums
        lines={[
          { name: texts.income, xof: report.total.commissionXof },
          { name: texts.gamingTax(report.gaming.rateBps), xof: report.gaming.taxXof, isSum: true },
        ]}
      />
      <p class="small mute">{texts.gamingHint}</p>
    </>
  );
}

/** The return beside the ledger, account by account. */
export function Checks({ report }: { report: TaxReturn }) {
  const isSound = report.mismatched.length === 0 && report.checks.every(({ gapXof }) => gapXof === 0);
  return (
    <>
      {report.checks.filter(isWorthShowing).map((check) => (
        <Sums
          key={check.account}
          lines={[
            { name: `${texts.accounts[check.account]} · ${texts.inReturn}`, xof: check.returnXof },
            ...check.others.map(({ transferKind, amountXof }) => ({
              name: texts.movement(transferKind),
              xof: amountXof,
            })),
            { name: `${texts.accounts[check.account]} · ${texts.inLedger}`, xof: check.ledgerXof },
            { name: texts.gap, xof: check.gapXof, isSum: true },
          ]}
        />
      ))}
      {isSound && <Note tone="ok">{texts.agrees}</Note>}
      {report.mismatched.length > 0 && (
        <Note tone="bad" role="alert">
          <p>{texts.mismatched}</p>
          <ul>
            {report.mismatched.map(({ kind, id, name, question }) => (
              <li key={`${kind}${id}`}>
                {name} {question} · {kind} {id}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}

/** The claim is there only where something was corrected after its month was paid. */
function isWorthShowing({ account, ledgerXof, returnXof, others }: LedgerCheck): boolean {
  return account !== 'tax_claim' || ledgerXof !== 0 || returnXof !== 0 || others.length > 0;
}

export function CorrectionEffects({ report }: { report: TaxReturn }) {
  const { claimXof, lossXof } = report;
  if (claimXof === 0 && lossXof === 0) return null;
  return (
    <p class="small">
      {claimXof !== 0 && (
        <>
          {texts.claim} <Money xof={claimXof} sign />
        </>
      )}
      {claimXof !== 0 && lossXof !== 0 && ' · '}
      {lossXof !== 0 && (
        <>
          {texts.loss} <Money xof={lossXof} sign />
        </>
      )}
    </p>
  );
}
