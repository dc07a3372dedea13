import type { OfficeViews } from '#core/api/office-pages.ts';
import type { TaxLine } from '#core/api/tax-pages.ts';
import { Money, Note, Sums, Tag } from '#ui/components.tsx';
import { dayOf, partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { inMoney, MoneyChoice } from '../parts/money-choice.tsx';
import { Bases, Checks, CorrectionEffects, Figures, Gaming } from '../parts/tax-figures.tsx';
import { TaxPayment } from '../parts/tax-payment.tsx';
import { taxTexts as texts } from '../tax-texts.ts';

type View = OfficeViews['taxMonth'];

export const taxMonthPage: Page<View> = {
  title: ({ report }) => texts.monthTitle(partialDateOf(report.month)),
  Main: MonthMain,
};

function MonthMain(props: Props<View>) {
  const { frame } = props;
  const { report, done } = props.view;
  const here = `/impots/${report.month}`;
  return (
    <div class="stack-l narrow">
      <header>
        <a class="back" href={inMoney('/impots', report.isTest)}>
          <Icon name="back" size={18} />
          {texts.back}
        </a>
        <h1>{texts.monthTitle(partialDateOf(report.month))}</h1>
        <MoneyChoice path={here} isTest={report.isTest} isOffered={frame.isSandbox} />
        <p class="mute">
          {report.isOver ? texts.filter(report.isTest) : `${texts.going}. ${texts.filter(report.isTest)}`}
        </p>
      </header>
      {done !== null && (
        <Note tone="ok" role="status">
          {texts.done[done]}
        </Note>
      )}
      <section class="card stack-s">
        {report.days.length === 0 && <p>{texts.noActivity}</p>}
        <Figures figures={report.total} />
        <CorrectionEffects report={report} />
      </section>
      {report.isTest ? <Note>{texts.playHint}</Note> : <TaxPayment {...props} />}
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
      <div class="row wrap">
        <a class="btn" href={inMoney(`${here}/declaration.csv`, report.isTest)}>
          {texts.csv}
        </a>
        <a class="btn" href={inMoney(`${here}/feuille`, report.isTest)}>
          {texts.sheet}
        </a>
      </div>
      <Days {...props} />
    </div>
  );
}

function Days({ view: { report }, frame }: Props<View>) {
  if (report.days.length === 0) return null;
  return (
    <section class="stack">
      <h2>{texts.lines}</h2>
      {report.days.map(({ day, lines, total }) => (
        <section class="card stack-s" key={day}>
          <h3>{dayOf(`${day}T12:00:00Z`, frame.now)}</h3>
          {lines.map((line) => (
            <Line line={line} key={`${line.subject.kind}${line.subject.id}.${line.version}`} />
          ))}
          {lines.length > 1 && (
            <Sums
              lines={[
                { name: texts.dayTotal, xof: total.stakesXof },
                { name: texts.commission, xof: total.commissionXof },
                { name: texts.tax, xof: total.taxXof, isSum: true },
              ]}
            />
          )}
        </section>
      ))}
    </section>
  );
}

function Line({ line }: { line: TaxLine }) {
  const { subject, figures, isCorrection, version, taxBps, taxBase, claimXof, lossXof } = line;
  return (
    <div class="stack-s">
      <p>
        <b>{subject.name}</b> <span class="small mute">{subject.question}</span>{' '}
        {isCorrection && <Tag tone="ochre">{texts.correction(version)}</Tag>}
        <br />
        <span class="small mute">
          {subject.gala} · {texts.base(taxBps, taxBase)}
        </span>
      </p>
      <Sums
        lines={[
          ...(isCorrection
            ? []
            : [{ name: `${texts.stakes} · ${texts.bets(figures.betCount)}`, xof: figures.stakesXof }]),
          { name: texts.refunds, xof: figures.refundsXof },
          { name: texts.payouts, xof: figures.payoutsXof },
          { name: texts.commission, xof: figures.commissionXof },
          { name: texts.tax, xof: figures.taxXof, isSum: true },
          { name: texts.onPayout, xof: figures.taxOnPayoutXof },
          { name: texts.onWinnings, xof: figures.taxOnWinningsXof },
        ]}
      />
      {(claimXof !== 0 || lossXof !== 0) && (
        <p class="small">
          {texts.claim} <Money xof={claimXof} sign /> · {texts.loss} <Money xof={lossXof} sign />
        </p>
      )}
    </div>
  );
}
