import type { OfficeViews } from '#core/api/office-pages.ts';
import type { Page } from '../page.ts';
import { checkingTexts } from '../texts.ts';

type View = OfficeViews['checking'];

const titles = {
  asking: checkingTexts.asking,
  refused: checkingTexts.refused,
  not_received: checkingTexts.notReceived,
} as const;

export const checkingPage: Page<View> = {
  title: (view) => titles[view.state],
  // After 1, 2, 4, 8 … seconds.
  refresh: (view) =>
    view.state === 'asking'
      ? { seconds: Math.min(2 ** (view.attempt - 1), 8), url: againOf(view) }
      : undefined,
  Main: ({ view }) => (
    <div class="stack narrow" role="status">
      <h1>{titles[view.state]}</h1>
      {view.state === 'asking' && <p>{checkingTexts.askingHint}</p>}
      {view.state === 'refused' && <p>{view.sentence}</p>}
      {view.state === 'not_received' && <p>{checkingTexts.notReceivedHint}</p>}
      {view.state === 'asking' && (
        <a class="btn btn-wide" href={againOf(view)}>
          {checkingTexts.again}
        </a>
      )}
      <a class="btn btn-wide" href={view.back}>
        {checkingTexts.back}
      </a>
    </div>
  ),
};

function againOf(view: View): string {
  return `/verification/${view.operationId}?essai=${view.attempt + 1}&suite=${encodeURIComponent(view.back)}`;
}
