import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Note, Problem } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { identityTexts } from '../identity-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['identities'];

export const identitiesPage: Page<View> = { title: () => identityTexts.title, Main: IdentitiesMain };

function IdentitiesMain({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <h1>{identityTexts.title}</h1>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {identityTexts.done[view.done]}
        </Note>
      )}
      <section class="stack-s">
        <h2>{identityTexts.queue}</h2>
        {view.documents.length === 0 && <p class="mute">{identityTexts.none}</p>}
        <ul class="list">
          {view.documents.map((document) => (
            <li key={document.documentId}>
              <a href={`/identites/${document.documentId}`}>
                <span>
                  <b>{document.pseudonym}</b>
                  <br />
                  <span class="mute small">
                    {identityTexts.kinds[document.kind]} · {dayAndHourOf(document.sentAt, frame.now)}
                  </span>
                </span>
                <Icon name="next" />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack-s">
        <h2>{identityTexts.alertsTitle}</h2>
        <Problem problem={problem} form="POST /identites/alertes/:alertId/traiter" />
        <Problem problem={problem} form="POST /identites/alertes/:alertId/fermer" />
        {view.alerts.length === 0 && <p class="mute">{identityTexts.noAlert}</p>}
        {view.alerts.map((alert, index) => (
          <article class="card stack-s" key={alert.alertId}>
            <p>
              <b>{identityTexts.alerts[alert.kind]}</b>
            </p>
            <p class="mute small">
              {alert.pseudonym}
              {alert.otherPseudonym !== null && ` ${identityTexts.with(alert.otherPseudonym)}`} ·{' '}
              {dayAndHourOf(alert.raisedAt, frame.now)}
            </p>
            {alert.documentId === null && <p>{identityTexts.noDocument}</p>}
            <div class="row between">
              {alert.documentId === null ? (
                <form method="post" action={`/identites/alertes/${alert.alertId}/fermer`}>
                  <FormStart token={frame.formToken} slip={view.slips[index] ?? null} />
                  <button type="submit" class="btn">
                    {identityTexts.barMinor}
                  </button>
                </form>
              ) : (
                <a class="btn" href={`/identites/${alert.documentId}`}>
                  {identityTexts.seeDocument}
                </a>
              )}
              <form method="post" action={`/identites/alertes/${alert.alertId}/traiter`}>
                <FormStart token={frame.formToken} slip={view.slips[index] ?? null} />
                <button type="submit" class="btn">
                  {identityTexts.closeAlert}
                </button>
              </form>
            </div>
          </article>
        ))}
      </section>
    </div>
  );
}
