/** The server's door to the office's pages. */
import type { OfficeViews, OfficeVisitor } from '#core/api/office-pages.ts';
import type { FormProblem, Frame } from '#core/api/pages.ts';
import { renderDocument } from '#ui/document.tsx';
import style from './office.css?inline';
import { pages } from './pages.ts';
import { Shell } from './shell.tsx';
import { boutStateTexts, stateForbids, stateTexts } from './texts.ts';

export { style };

/** The catalogue names states as the interface does; people at the ringside have their own words. */
function inWords(problem: FormProblem | null): FormProblem | null {
  if (problem?.code !== 'market_state_forbids' && problem?.code !== 'bout_state_forbids') return problem;
  const states: Readonly<Record<string, string>> = { ...stateTexts, ...boutStateTexts };
  const state = states[String(problem.params['state'])];
  return state === undefined ? problem : { ...problem, sentence: stateForbids(state) };
}

interface RenderInput<Name extends keyof OfficeViews> {
  readonly page: Name;
  readonly view: OfficeViews[Name];
  readonly frame: Frame<OfficeVisitor>;
  readonly problem: FormProblem | null;
  readonly assets: {
    readonly icon: string;
    readonly script: string | null;
    readonly preloads: readonly string[];
  };
}

export function render<Name extends keyof OfficeViews>(input: RenderInput<Name>): string {
  const { page, view, frame, assets } = input;
  const problem = inWords(input.problem);
  const { title, Main, refresh } = pages[page];
  return renderDocument({
    ...assets,
    style,
    title: `${title(view)} · Mbayar bureau`,
    data: { view, frame, problem },
    refresh: refresh?.(view),
    body: (
      <Shell frame={frame}>
        <Main view={view} frame={frame} problem={problem} />
      </Shell>
    ),
  });
}
