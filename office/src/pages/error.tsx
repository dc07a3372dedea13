import type { ErrorView } from '#core/api/pages.ts';
import type { Page } from '../page.ts';
import { errorTexts } from '../texts.ts';

export const errorPage: Page<ErrorView> = {
  title: headOf,
  Main: ({ view }) => (
    <div class="stack narrow">
      <h1>{headOf(view)}</h1>
      <p>{view.sentence}</p>
      {view.status >= 500 && (
        <p class="mute small">
          {errorTexts.number} <code>{view.requestId}</code>
        </p>
      )}
      <a class="btn btn-go btn-wide" href="/">
        {errorTexts.home}
      </a>
    </div>
  ),
};

function headOf({ status }: ErrorView): string {
  const heads: Readonly<Record<number, string>> = errorTexts.heads;
  return heads[status] ?? (status >= 500 ? errorTexts.ours : errorTexts.other);
}
