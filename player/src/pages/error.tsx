import type { ErrorView } from '#core/api/pages.ts';
import type { Page } from '../page.ts';

const heads: Readonly<Record<number, string>> = {
  404: 'Il n’y a rien ici',
  403: 'Ce n’est pas permis',
  429: 'Doucement',
  503: 'Beaucoup de monde',
};

export const errorPage: Page<ErrorView> = {
  tab: null,
  title: (view) => headOf(view),
  Main: ({ view }) => (
    <div class="stack">
      <h1>{headOf(view)}</h1>
      <p>{view.sentence}</p>
      {view.status >= 500 && (
        <p class="mute small">
          Si cela continue, donnez-nous ce numéro : <code>{view.requestId}</code>
        </p>
      )}
      <a class="btn btn-go btn-wide" href="/">
        Voir les combats
      </a>
      <a class="btn btn-wide" href="/paris">
        Voir mes paris
      </a>
    </div>
  ),
};

function headOf(view: ErrorView): string {
  return heads[view.status] ?? (view.status >= 500 ? 'Une erreur chez nous' : 'Ça n’a pas marché');
}
