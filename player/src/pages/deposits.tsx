import type { DepositLine } from '#core/api/deposit-pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { Field, FormStart, Money, Problem } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { depositTexts as texts } from '../deposit-texts.ts';
import type { Page, Props } from '../page.ts';
import { StateTag, shownState } from './paying.tsx';

type View = PlayerViews['deposits'];

const FORM = 'POST /portefeuille/depots/retrouver';

export const depositsPage: Page<View> = { tab: 'wallet', title: () => texts.findTitle, Main: DepositsMain };

function DepositsMain({ view, frame, problem }: Props<View>) {
  const byNumber = view.providers.length > 0 && <ByNumber view={view} frame={frame} problem={problem} />;
  // The page opens at its top: what his search came to is read there.
  const hasAnswer = problem !== null;
  return (
    <div class="stack-l">
      <div class="stack-s">
        <h1>{texts.findTitle}</h1>
        <p>{texts.findIntro}</p>
      </div>
      {hasAnswer && byNumber}
      <section class="stack-s">
        <h2>{texts.recent}</h2>
        {view.deposits.length === 0 && <p class="mute">{texts.none}</p>}
        <ul class="stack-s">
          {view.deposits.map((deposit) => (
            <Line deposit={deposit} frame={frame} key={deposit.depositId} />
          ))}
        </ul>
      </section>
      {!hasAnswer && byNumber}
    </div>
  );
}

function ByNumber({ view, frame, problem }: Props<View>) {
  return (
    <section class="stack-s">
      <h2>{texts.byNumber}</h2>
      <p class="mute small">{texts.byNumberHint}</p>
      <Problem problem={problem} form={FORM} />
      <form class="stack" method="post" action="/portefeuille/depots/retrouver">
        <FormStart token={frame.formToken} />
        <fieldset class="field">
          <legend>{texts.provider}</legend>
          <div class="picks">
            {view.providers.map(({ name, label }, i) => (
              <label class="pick" key={name}>
                <input type="radio" name="provider" value={name} required defaultChecked={i === 0} />
                <span>{label}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <Field
          form={FORM}
          name="transaction"
          label={texts.transaction}
          problem={problem}
          autocomplete="off"
          maxLength={64}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {texts.find}
        </button>
      </form>
      <p class="mute small">{texts.help}</p>
    </section>
  );
}

function Line({ deposit, frame }: { deposit: DepositLine; frame: Props<View>['frame'] }) {
  const path = `/portefeuille/depots/${deposit.depositId}`;
  const shown = shownState(deposit);
  // Once money has come, the operator has nothing to add.
  const isOpen = deposit.isWatched && (shown === 'requested' || shown === 'expired' || shown === 'refused');
  return (
    <li class="card stack-s">
      <p class="row between">
        <b>
          <Money xof={deposit.amountXof} />
        </b>
        <StateTag state={shown} />
      </p>
      <p class="mute small">
        {deposit.provider} · {dayAndHourOf(deposit.requestedAt, frame.now)}
      </p>
      {deposit.reason !== null && <p class="small">{deposit.reason.fr}</p>}
      <div class="stack-s">
        {isOpen && (
          <form method="post" action={`${path}/verifier`}>
            <FormStart token={frame.formToken} />
            <button type="submit" class="btn btn-go btn-wide">
              {texts.ask}
            </button>
          </form>
        )}
        <a class="btn btn-wide" href={path}>
          {texts.see}
        </a>
      </div>
    </li>
  );
}
