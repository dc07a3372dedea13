import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Note, Problem } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { walletTexts } from '../wallet-texts.ts';
import { automaticTexts as texts, whyStayed } from '../withdrawal-texts.ts';

type View = PlayerViews['automaticPayout'];

const FORM = 'POST /portefeuille/gains';

export const automaticPayoutPage: Page<View> = { tab: 'wallet', title: () => texts.title, Main };

function Main({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack">
      <a class="back" href="/portefeuille">
        <Icon name="back" size={18} />
        {walletTexts.title}
      </a>
      <h1>{texts.title}</h1>
      {view.isDone && (
        <Note tone="ok" role="status">
          {texts.done}
        </Note>
      )}
      {view.refusal !== null && <Note>{texts.stayed(whyStayed(view.refusal))}</Note>}
      <p>{texts.hint(view.maskedPhone, view.minXof)}</p>
      <Problem problem={problem} form={FORM} />
      <form class="stack" method="post" action="/portefeuille/gains">
        <FormStart token={frame.formToken} slip={view.slip} />
        <fieldset class="stack-s">
          <legend>{texts.where}</legend>
          <div class="stack-s">
            <Choice name="" label={texts.nowhere} isMarked={view.provider === null} />
            {view.providers.map(({ name, label }) => (
              <Choice name={name} label={label} isMarked={name === view.provider} key={name} />
            ))}
          </div>
        </fieldset>
        <button type="submit" class="btn btn-go btn-wide">
          {texts.go}
        </button>
      </form>
    </div>
  );
}

function Choice({ name, label, isMarked }: { name: string; label: string; isMarked: boolean }) {
  return (
    <label class="pick">
      <input type="radio" name="provider" value={name} defaultChecked={isMarked} />
      <span>{label}</span>
    </label>
  );
}
