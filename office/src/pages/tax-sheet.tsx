/** The return as a sheet of paper: one table, a total for each day, a total for the month. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { monthAfter, type TaxFigures } from '#core/tax-return.ts';
import { Money, Sums } from '#ui/components.tsx';
import { partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { inMoney } from '../parts/money-choice.tsx';
import { Bases, Checks, CorrectionEffects, Figures, Gaming } from '../parts/tax-figures.tsx';
import { taxTexts as texts } from '../tax-texts.ts';

type View = OfficeViews['taxSheet'];

export const taxSheetPage: Page<View> = {
  title: ({ report }) => `${texts.sheet} · ${report.month}`,
  Main: SheetMain,
};

function SheetMain({ view, frame }: Props<View>) {
  const { report, reportHash, due, paid } = view;
  const first = partialDateOf(`${report.month}-01`);
  return (
    <div class="stack-l">
      <header>
        <a class="back" href={inMoney(`/impots/${report.month}`, report.isTest)}>
          <Icon name="back" size={18} />
          {texts.monthTitle(partialDateOf(report.month))}
        </a>
        <h1>{texts.sheetTitle}</h1>
        <p>
          {texts.operator} · {texts.sheetLaw}
        </p>
        <p>
          {texts.period(first, lastDayOf(report.month))} · {texts.filter(report.isTest)}
        </p>
      </header>
      <Lines report={report} />
      <section class="card stack-s">
        <h2>{texts.monthTotal}</h2>
        <Figures figures={report.total} />
        <CorrectionEffects report={report} />
        {report.isTest ? (
          <p>{texts.playHint}</p>
        ) : (
          <Sums
            lines={[
              ...(due.carriedXof === 0 ? [] : [{ name: texts.carried, xof: due.carriedXof }]),
              { name: texts.due, xof: due.dueXof, isSum: true },
            ]}
          />
        )}
        {paid !== null && (
          <p>
            {texts.paid} : <Money xof={paid.amountXof} />, {partialDateOf(paid.paidOn)}, {paid.reference}
          </p>
        )}
      </section>
      <section class="card stack-s">
        <h2>{texts.basesTitle}</h2>
        <Bases figures={report.total} />
      </section>
      <section class="card stack-s">
        <h2>{texts.gamingTitle}</h2>
        <Gaming report={report} />
      </section>
      <section class="card stack-s">
        <h2>{texts.ledgerTitle}</h2>
        <Checks report={report} />
      </section>
      <p class="small long">
        {texts.fingerprint} : <code>{reportHash}</code>
      </p>
      {frame.visitor !== null && <p class="small mute">{texts.print}</p>}
    </div>
  );
}

function Lines({ report }: Pick<View, 'report'>) {
  const { columns } = texts;
  if (report.days.length === 0) return <p>{texts.noActivity}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what slides sideways has to be reached by the keyboard
    <section class="wide" tabIndex={0} aria-label={texts.lines}>
      <table class="return">
        <thead>
          <tr>
            <th scope="col">{columns.day}</th>
            <th scope="col">{columns.subject}</th>
            <th scope="col">{columns.base}</th>
            <th scope="col">{columns.count}</th>
            <th scope="col">{columns.stakes}</th>
            <th scope="col">{columns.refunds}</th>
            <th scope="col">{columns.payouts}</th>
            <th scope="col">{columns.commission}</th>
            <th scope="col">{columns.remainder}</th>
            <th scope="col">{columns.tax}</th>
            <th scope="col">{columns.onPayout}</th>
            <th scope="col">{columns.onWinnings}</th>
          </tr>
        </thead>
        <tbody>
          {report.days.map(({ day, lines, total }) => (
            <>
              {lines.map(({ subject, version, isCorrection, taxBps, taxBase, figures }) => (
                <tr key={`${day}${subject.kind}${subject.id}.${version}`}>
                  <td>{day}</td>
                  <td>
                    {subject.name}
                    <br />
                    <span class="small">
                      {subject.question} · {subject.gala}
                      {isCorrection && ` · ${texts.correction(version)}`}
                    </span>
                  </td>
                  <td>{texts.base(taxBps, taxBase)}</td>
                  <Cells figures={figures} />
                </tr>
              ))}
              <tr class="sum" key={day}>
                <td>{day}</td>
                <td colSpan={2}>{texts.dayTotal}</td>
                <Cells figures={total} />
              </tr>
            </>
          ))}
        </tbody>
        <tfoot>
          {(
            [
              [texts.settled, report.settled],
              [texts.corrected, report.corrected],
              [texts.monthTotal, report.total],
            ] as const
          ).map(([name, figures]) => (
            <tr class="sum" key={name}>
              <td>{report.month}</td>
              <td colSpan={2}>{name}</td>
              <Cells figures={figures} />
            </tr>
          ))}
        </tfoot>
      </table>
    </section>
  );
}

function Cells({ figures }: { figures: TaxFigures }) {
  return (
    <>
      <td>{figures.betCount}</td>
      {[
        figures.stakesXof,
        figures.refundsXof,
        figures.payoutsXof,
        figures.commissionXof,
        figures.remainderXof,
        figures.taxXof,
        figures.taxOnPayoutXof,
        figures.taxOnWinningsXof,
      ].map((xof, index) => (
        <td key={String(index)}>
          <Money xof={xof} />
        </td>
      ))}
    </>
  );
}

/** "30 novembre 2026": the day before the next month begins. */
function lastDayOf(month: string): string {
  const next = Date.parse(`${monthAfter(month)}-01T00:00:00Z`);
  return partialDateOf(new Date(next - 86_400_000).toISOString().slice(0, 10));
}
