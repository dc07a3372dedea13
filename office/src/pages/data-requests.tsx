import type { RequestShown } from '#core/api/data-rights.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { dataTexts } from '../data-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['dataRequests'];

const HOLD = 'POST /donnees/:playerId/retenir';
const RELEASE = 'POST /donnees/:playerId/liberer';

export const dataRequestsPage: Page<View> = { title: () => dataTexts.title, Main: RequestsMain };

function RequestsMain(props: Props<View>) {
  const { view, frame, problem } = props;
  return (
    <div class="stack-l narrow">
      <h1>{dataTexts.title}</h1>
      <p class="mute">{dataTexts.hint}</p>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {dataTexts.done[view.done]}
        </Note>
      )}
      <Problem problem={problem} form={HOLD} />
      <Problem problem={problem} form={HOLD} field="reason" />
      <Problem problem={problem} form={RELEASE} />
      {view.requests.length === 0 && <p>{dataTexts.none}</p>}
      {view.requests.map((request, index) => (
        <Request
          request={request}
          slip={view.slips[index] ?? null}
          token={frame.formToken}
          now={frame.now}
          key={request.playerId}
        />
      ))}
    </div>
  );
}

function Request({
  request,
  slip,
  token,
  now,
}: {
  request: RequestShown;
  slip: string | null;
  token: string;
  now: string;
}) {
  const { closure, playerId } = request;
  const state =
    closure.erasedAt !== null
      ? dataTexts.erased
      : closure.isHeld
        ? dataTexts.held
        : dataTexts.states[closure.state];
  const facts = [
    closure.waitsForDuels > 0 ? dataTexts.duels(closure.waitsForDuels) : null,
    closure.withdrawingXof > 0 ? dataTexts.paying(closure.withdrawingXof) : null,
    (closure.remainderXof ?? 0) > 0 ? dataTexts.remainder(closure.remainderXof ?? 0) : null,
    closure.eraseAt === null ? null : `${dataTexts.eraseAt} ${dayAndHourOf(closure.eraseAt, now)}`,
  ].filter((fact) => fact !== null);
  return (
    <article class="card stack-s">
      <div class="row between">
        <b>{request.pseudonym}</b>
        <Tag>{state}</Tag>
      </div>
      <p class="mute small">
        {dataTexts.asked} {dayAndHourOf(closure.askedAt, now)}
      </p>
      {facts.map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      {request.heldBy !== null && request.holdReason !== null && (
        <p>{dataTexts.heldBy(request.heldBy, request.holdReason)}</p>
      )}
      {closure.erasedAt === null && closure.isHeld && (
        <form method="post" action={`/donnees/${playerId}/liberer`}>
          <FormStart token={token} slip={slip} />
          <button type="submit" class="btn">
            {dataTexts.release}
          </button>
        </form>
      )}
      {closure.erasedAt === null && !closure.isHeld && (
        <form class="stack-s" method="post" action={`/donnees/${playerId}/retenir`}>
          <FormStart token={token} slip={slip} />
          <div class="field">
            <label for={`reason-${playerId}`}>{dataTexts.reason}</label>
            <input
              class="input"
              id={`reason-${playerId}`}
              name="reason"
              autocomplete="off"
              maxLength={300}
              required
            />
          </div>
          <button type="submit" class="btn">
            {dataTexts.hold}
          </button>
        </form>
      )}
    </article>
  );
}
