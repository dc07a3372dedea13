import type { OfficeViews } from '#core/api/office-pages.ts';
import type { TaxMonthLine } from '#core/api/tax-pages.ts';
import { Money, Note, Tag } from '#ui/components.tsx';
import { partialDateOf } from '#ui/dates.ts';
import type { Page, Props } from '../page.ts';
import { inMoney, MoneyChoice } from '../parts/money-choice.tsx';
import { taxTexts as texts } from '../tax-texts.ts';

type View = OfficeViews['taxMonths'];

export const taxMonthsPage: Page<View> = { title: () => texts.title, Main: MonthsMain };

function MonthsMain({ view, frame }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
        <MoneyChoice path="/impots" isTest={view.isTest} isOffered={frame.isSandbox} />
      </header>
      {view.claimXof !== 0 && (
        <Note>
          <p>
            <b>{texts.claim}</b> <Money xof={view.claimXof} />
          </p>
          <p class="small">{texts.claimHint}</p>
        </Note>
      )}
      <ul class="found">
        {view.months.map((month) => (
          <li key={month.month}>
            <a href={inMoney(`/impots/${month.month}`, view.isTest)}>
              <span>
                <b>{partialDateOf(month.month)}</b>{' '}
                <State month={month} today={frame.now.slice(0, 10)} isTest={view.isTest} />
                <br />
                <span class="small mute">
                  {texts.commission} <Money xof={month.commissionXof} />
                  {!view.isTest &&
                    month.isOver &&
                    !month.isRemitted &&
                    month.dueXof > 0 &&
                    ` · ${texts.before(partialDateOf(month.dueOn))}`}
                </span>
              </span>
              <Money xof={month.taxXof} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function State({ month, today, isTest }: { month: TaxMonthLine; today: string; isTest: boolean }) {
  if (month.isRemitted) return <Tag tone="ok">{texts.paid}</Tag>;
  if (!month.isOver) return <Tag>{texts.going}</Tag>;
  if (isTest) return null;
  if (month.isProposed) return <Tag tone="ochre">{texts.proposed}</Tag>;
  if (month.dueXof === 0) return <Tag>{texts.nothing}</Tag>;
  return today > month.dueOn ? <Tag tone="bad">{texts.late}</Tag> : <Tag tone="ochre">{texts.toPay}</Tag>;
}
