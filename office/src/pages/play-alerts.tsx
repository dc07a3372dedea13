import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page } from '../page.ts';
import { playAlertTexts as texts } from '../play-alert-texts.ts';

type View = OfficeViews['playAlerts'];

const CLOSE = 'POST /alertes/:alertId/fermer';

export const playAlertsPage: Page<View> = {
  title: () => texts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack-l narrow">
      <h1>{texts.title}</h1>
      {view.hasClosed && (
        <Note tone="ok" role="status">
          {texts.closedDone}
        </Note>
      )}
      <p class="mute">
        {texts.hint} {texts.audited}
      </p>
      <Problem problem={problem} form={CLOSE} />
      <Problem problem={problem} form={CLOSE} field="note" />
      {view.alerts.length === 0 && <p>{texts.none}</p>}
      {view.alerts.map((alert) => (
        <article class="card stack-s" key={alert.alertId}>
          <div class="row between">
            <h2>{texts.kinds[alert.kind]}</h2>
            {alert.closedAt !== null && <Tag>{texts.closed}</Tag>}
          </div>
          <p>
            <b>{texts.who(alert.pseudonym, alert.otherPseudonym)}</b>
            <br />
            {texts.facts(alert)}
          </p>
          <p class="mute small">{dayAndHourOf(alert.raisedAt, frame.now)}</p>
          {alert.closedAt === null ? (
            <form class="stack-s" method="post" action={`/alertes/${alert.alertId}/fermer`}>
              <FormStart token={frame.formToken} slip={alert.slip} />
              <label class="stack-s small">
                {texts.note}
                <input class="input" name="note" minLength={3} maxLength={500} required />
              </label>
              <button type="submit" class="btn">
                {texts.close}
              </button>
            </form>
          ) : (
            <Note>
              <p>{alert.note}</p>
              <p class="mute small">
                {texts.by(alert.closedBy ?? '', dayAndHourOf(alert.closedAt, frame.now))}
              </p>
            </Note>
          )}
        </article>
      ))}
    </div>
  ),
};
