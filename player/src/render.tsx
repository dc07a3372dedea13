/** The server's door to the player's pages. */
import type { FormProblem, Frame } from '#core/api/pages.ts';
import type { PlayerViews, PlayerVisitor } from '#core/api/player-pages.ts';
import { renderDocument } from '#ui/document.tsx';
import type { Page } from './page.ts';
import { pages } from './pages.ts';
import style from './player.css?inline';
import { Shell } from './shell.tsx';

export { style };

interface RenderInput {
  readonly page: keyof PlayerViews;
  readonly view: PlayerViews[keyof PlayerViews];
  readonly frame: Frame<PlayerVisitor>;
  readonly problem: FormProblem | null;
  readonly assets: {
    readonly icon: string;
    readonly script: string | null;
    readonly preloads: readonly string[];
  };
}

export function render({ page, view, frame, problem, assets }: RenderInput): string {
  // The name and the view come together from one handler, whose type pairs them.
  const { tab, title, Main, Below, refresh, refreshAfterS } = pages[page] as unknown as Page<typeof view>;
  const next = refresh?.(view);
  return renderDocument({
    ...assets,
    style,
    title: `${title(view)} · Mbayar`,
    data: { view, frame, problem },
    refresh: next === undefined ? undefined : { seconds: refreshAfterS?.(view) ?? 0, url: next },
    body: (
      <Shell frame={frame} tab={tab}>
        <div id="alive">
          <Main view={view} frame={frame} problem={problem} />
        </div>
        {Below !== undefined && <Below view={view} frame={frame} problem={problem} />}
      </Shell>
    ),
  });
}
