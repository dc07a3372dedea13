import type { OfficeDepositViews } from '#core/api/deposit-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { deadDepositTexts as texts } from '../deposit-texts.ts';
import type { Page } from '../page.ts';
import { Technical } from '../parts/technical.tsx';
import { reasonText } from '../reason-texts.ts';

export const deadDepositsPage: Page<OfficeDepositViews['deadDeposits']> = {
  title: () => texts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.hint}</p>
      {view.deposits.length === 0 && <p class="mute">{texts.none}</p>}
      <ul class="list">
        {view.deposits.map((one) => (
          <li class="line" key={one.depositId}>
            <p class="row between wrap">
              <span>
                <b>
                  <Money xof={one.amountXof} />
                </b>{' '}
                · {one.provider} · {one.pseudonym}
              </span>
              <Tag tone="ochre">{texts.states[one.state]}</Tag>
            </p>
            {one.reason !== null && <p>{reasonText(one.reason)}</p>}
            <p class="mute small">
              {texts.asked(dayAndHourOf(one.requestedAt, frame.now))} ·{' '}
              {texts.ended(dayAndHourOf(one.endedAt, frame.now))}
              <br />
              {texts.reference} {one.depositId}
            </p>
            <Technical detail={one.detail} />
          </li>
        ))}
      </ul>
    </div>
  ),
};
