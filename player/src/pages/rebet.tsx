import type { PlayerViews } from '#core/api/player-pages.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { RebetCard } from '../parts/rebet-card.tsx';
import { Refused, saidOf } from '../parts/refused.tsx';
import { rebetTexts as texts } from '../rebet-texts.ts';
import { betTexts } from '../texts.ts';

type View = PlayerViews['rebet'];

export const rebetPage: Page<View> = { tab: 'bets', title: () => texts.title, Main: RebetMain };

function RebetMain({ view, frame, problem }: Props<View>) {
  const { rebet } = view;
  return (
    <div class="stack">
      <a class="back small" href="/paris">
        <Icon name="back" size={18} />
        {betTexts.title}
      </a>
      <h1>{texts.title}</h1>
      <p class="mute small">{texts.before(view.stakeXof, view.pick, view.boutName)}</p>
      <Refused said={saidOf(problem)} />
      {rebet === null ? (
        <section class="card stack">
          <b>{texts.none}</b>
          <p class="mute">{texts.noneHint}</p>
          <a class="btn btn-go btn-wide" href="/">
            {betTexts.seeBouts}
          </a>
        </section>
      ) : (
        <RebetCard rebet={rebet} frame={frame} isWholePage />
      )}
    </div>
  );
}
