/** The server's door to the office's pages. */
import type { OfficeViews, OfficeVisitor } from '#core/api/office-pages.ts';
import type { FormProblem, Frame } from '#core/api/pages.ts';
import { renderDocument } from '#ui/document.tsx';
import style from './office.css?inline';
import { pages } from './pages.ts';
import { Shell } from './shell.tsx';

export { style };

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
  const { page, view, frame, problem, assets } = input;
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
