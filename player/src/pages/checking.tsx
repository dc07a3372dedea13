import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from '../page.ts';
import { checkingTexts } from '../texts.ts';

type View = PlayerViews['checking'];

function againOf(view: View): string {
  return `/verification/${view.operationId}?essai=${view.attempt + 1}&suite=${encodeURIComponent(view.back)}`;
}

export const checkingPage: Page<View> = {
  tab: 'bets',
  title: () => checkingTexts.asking,
  // The next question is asked at once; it is the server that takes its time to answer it.
  refresh: (view) => (view.state === 'asking' ? againOf(view) : undefined),
  Main: ({ view }) => (
    <div class="stack" role="status">
      {view.state === 'asking' && (
        <>
          <h1>{checkingTexts.asking}</h1>
          <p>{checkingTexts.askingHint}</p>
          <a class="btn btn-wide" href={againOf(view)}>
            {checkingTexts.again}
          </a>
        </>
      )}
      {view.state === 'refused' && (
        <>
          <h1>{checkingTexts.refused}</h1>
          <p>{view.sentence}</p>
        </>
      )}
      {view.state === 'not_received' && (
        <>
          <h1>{checkingTexts.notReceived}</h1>
          <p>{checkingTexts.notReceivedHint}</p>
        </>
      )}
      <a class="btn btn-wide" href={view.back}>
        {checkingTexts.back}
      </a>
    </div>
  ),
};
