import type { PlayerViews } from '#core/api/player-pages.ts';
import type { StatementChoice, StatementTotals } from '#core/api/statement-pages.ts';
import { statementKinds } from '#core/statement.ts';
import { movementTexts, statementKindTexts } from '#core/statement-texts.ts';
import { Money, Note } from '#ui/components.tsx';
import { hourOf, partialDateOf } from '#ui/dates.ts';
import type { Page, Props } from '../page.ts';
import { Kept, MovementLine } from '../parts/movement-line.tsx';
import { hasPill, PeriodFields, PeriodPills } from '../parts/period-filter.tsx';
import { Pill } from '../parts/pill.tsx';
import { statementTexts as texts } from '../statement-texts.ts';

type View = PlayerViews['statement'];
type SheetView = PlayerViews['statementSheet'];

const PATH = '/portefeuille/releve';

export const statementPage: Page<View> = { tab: 'wallet', title: () => texts.title, Main: StatementMain };

export const statementSheetPage: Page<SheetView> = {
  tab: 'wallet',
  // What a browser calls the file it saves.
  title: ({ choice }) => [texts.sheetHead, choice.from, choice.to].filter((part) => part !== null).join(' '),
  Main: SheetMain,
};

function StatementMain({ view, frame }: Props<View>) {
  const { choice, movements, totals, refusal } = view;
  return (
    <div class="stack-l">
      <h1>{texts.title}</h1>
      {/* Above the filters: on a small screen what comes after them is out of sight. */}
      {refusal !== null && (
        <Note tone="bad" role="alert">
          {refusal}
        </Note>
      )}
      <Filters choice={choice} now={frame.now} />
      {totals !== null && (
        <section class="card stack">
          <h2>{texts.sumsTitle}</h2>
          <Totals totals={totals} />
        </section>
      )}
      {refusal === null && (
        <section class="stack-s">
          <h2>{choice.kind === null ? texts.kind : statementKindTexts[choice.kind]}</h2>
          {movements.length === 0 && <p class="mute">{texts.none}</p>}
          <ul class="list">
            {movements.map((movement) => (
              <MovementLine movement={movement} now={frame.now} key={movement.transferId} />
            ))}
          </ul>
          {view.next !== null && (
            <a class="btn btn-wide" href={pathOf(choice, { before: view.next })}>
              {texts.older}
            </a>
          )}
          <div class="row wrap">
            <a class="btn" href={pathOf(choice, {}, `${PATH}/feuille`)}>
              {texts.print}
            </a>
            <a class="btn" href={pathOf(choice, {}, `${PATH}.csv`)}>
              {texts.csv}
            </a>
          </div>
        </section>
      )}
    </div>
  );
}

/** Links for what a tap chooses, a form for other days: each keeps what the other chose. */
function Filters({ choice, now }: { choice: StatementChoice; now: string }) {
  return (
    <section class="stack">
      <PeriodPills
        period={choice}
        unbounded={texts.allTime}
        now={now}
        pathOf={(period) => pathOf({ ...choice, ...period })}
      />
      <details class="dates" open={!hasPill(choice, now)}>
        <summary>{texts.otherDates}</summary>
        <form class="stack-s" method="get" action={PATH}>
          {choice.kind !== null && <input type="hidden" name="kind" value={choice.kind} />}
          <PeriodFields path={PATH} period={choice} />
          <button type="submit" class="btn">
            {texts.show}
          </button>
        </form>
      </details>
      <nav class="stack-s" aria-label={texts.kind}>
        <b>{texts.kind}</b>
        <div class="row wrap pills">
          <Pill
            href={pathOf({ ...choice, kind: null })}
            name={texts.allKinds}
            isHere={choice.kind === null}
          />
          {statementKinds.map((kind) => (
            <Pill
              href={pathOf({ ...choice, kind })}
              name={statementKindTexts[kind]}
              isHere={choice.kind === kind}
              key={kind}
            />
          ))}
        </div>
      </nav>
    </section>
  );
}

function pathOf(
  { kind, from, to }: StatementChoice,
  more: { readonly before?: string } = {},
  path = PATH,
): string {
  const fields = Object.entries({ kind, from, to, ...more }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`;
}

/** Opening and what moved make closing; then what nobody sees in a balance. */
function Totals({ totals }: { totals: StatementTotals }) {
  const lines = [
    [texts.opening, totals.openingXof, false],
    [texts.depositsLine, totals.depositsXof, true],
    [texts.withdrawalsLine, 0 - totals.withdrawalsXof, true],
    [texts.stakesLine, 0 - totals.stakesXof, true],
    [texts.gainsLine, totals.gainsXof, true],
    [texts.returnsLine, totals.returnsXof, true],
  ] as const;
  return (
    <>
      <dl class="dl">
        {lines.map(([name, xof, sign]) => (
          <Sum name={name} xof={xof} sign={sign} key={name} />
        ))}
        <dt class="sum">{texts.closing}</dt>
        <dd class="sum">
          <Money xof={totals.closingXof} />
        </dd>
      </dl>
      <dl class="dl">
        <Sum name={texts.netDeposits} xof={totals.netDepositsXof} />
        <Sum name={texts.keptCommission} xof={totals.commissionXof} />
        <Sum name={texts.keptTax} xof={totals.taxXof} />
      </dl>
      <h3>{texts.yearTitle}</h3>
      <dl class="dl">
        {totals.years.map(({ year, taxXof, netDepositsXof }) => (
          <>
            <Sum name={texts.taxOfYear(year)} xof={taxXof} />
            <Sum name={texts.netOfYear(year)} xof={netDepositsXof} />
          </>
        ))}
      </dl>
    </>
  );
}

function Sum({ name, xof, sign = false }: { name: string; xof: number; sign?: boolean }) {
  return (
    <>
      <dt class="mute">{name}</dt>
      <dd>
        <Money xof={xof} sign={sign} />
      </dd>
    </>
  );
}

function SheetMain({ view, frame }: Props<SheetView>) {
  const { choice, totals, movements } = view;
  const from = choice.from === null ? texts.beginning : `${texts.since} ${partialDateOf(choice.from)}`;
  const to = partialDateOf(choice.to ?? frame.now.slice(0, 10));
  return (
    <article class="stack sheet">
      <p class="row wrap no-print">
        <a class="btn btn-quiet" href={pathOf(choice)}>
          {texts.back}
        </a>
        <span class="mute small">{texts.howToPrint}</span>
      </p>
      <h1>{texts.sheetHead}</h1>
      {view.isTest && <p>{texts.test}</p>}
      <dl class="dl facts">
        <dt class="mute">{texts.account}</dt>
        <dd>
          {view.pseudonym} · {view.maskedPhone}
        </dd>
        <dt class="mute">{texts.period}</dt>
        <dd>
          {from} {texts.until} {to}
        </dd>
        {choice.kind !== null && (
          <>
            <dt class="mute">{texts.only}</dt>
            <dd>{statementKindTexts[choice.kind]}</dd>
          </>
        )}
        <dt class="mute">{texts.madeAt}</dt>
        <dd>
          {partialDateOf(frame.now.slice(0, 10))}, {hourOf(frame.now)}
        </dd>
      </dl>
      <h2>{texts.sumsTitle}</h2>
      <Totals totals={totals} />
      <h2>{texts.countOf(movements.length, totals.movementCount)}</h2>
      {movements.length > 0 && <SheetTable movements={movements} />}
      <p class="mute small">{texts.amountsNote}</p>
    </article>
  );
}

function SheetTable({ movements }: Pick<SheetView, 'movements'>) {
  return (
    <table class="sheet-table">
      <thead>
        <tr>
          <th scope="col">{texts.day}</th>
          <th scope="col">{texts.movement}</th>
          <th scope="col" class="sheet-sum">
            {texts.amount}
          </th>
          <th scope="col" class="sheet-sum">
            {texts.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {movements.map((movement) => (
          <tr key={movement.transferId}>
            <td>
              {dayOf(movement.at)} <span class="mute">{hourOf(movement.at)}</span>
            </td>
            <td>
              {movementTexts[movement.kind]}
              <span class="mute movement-about">
                {movement.bout?.boutName ??
                  (movement.payment === null ? '' : texts.provider(movement.payment.provider))}
              </span>
              <Kept movement={movement} />
            </td>
            <td class="sheet-sum">
              <Money xof={movement.amountXof} sign />
            </td>
            <td class="sheet-sum">
              <Money xof={movement.balanceAfterXof} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "25/11/26": as short as a narrow column needs. */
function dayOf(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)}`;
}
