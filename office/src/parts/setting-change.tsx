/** One change of a setting: what, when, who; with what may still be done about it. */
import type { SettingChangeShown } from '#core/api/settings.ts';
import type { OpenChange } from '#core/api/settings-pages.ts';
import { settingTexts } from '#core/setting-texts.ts';
import { writeSetting } from '#core/setting-value-text.ts';
import { FormStart, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { settingPageTexts as texts } from '../setting-page-texts.ts';

export function OpenChangeCard({
  open: { change, approveSlip, refuseSlip, withdrawSlip },
  token,
  now,
  mayDecide,
}: {
  open: OpenChange;
  token: string;
  now: string;
  /** Who only looks on sees no button. */
  mayDecide: boolean;
}) {
  const isWaiting = change.state === 'waiting';
  const form = (what: string, slip: string, name: string, kind = 'btn') => (
    <form method="post" action={`/reglages/changements/${change.changeId}/${what}`}>
      <FormStart token={token} slip={slip} />
      <button type="submit" class={kind}>
        {name}
      </button>
    </form>
  );
  return (
    <article class="card stack-s">
      <ChangeLines change={change} now={now} />
      {isWaiting && change.isOwn && <p class="mute small">{texts.own}</p>}
      {mayDecide && (
        <div class="row">
          {isWaiting && !change.isOwn && form('approuver', approveSlip, texts.approve, 'btn btn-go')}
          {isWaiting && !change.isOwn && form('refuser', refuseSlip, texts.refuse)}
          {(!isWaiting || change.isOwn) && form('retirer', withdrawSlip, texts.withdraw)}
        </div>
      )}
    </article>
  );
}

export function ChangeLines({ change, now }: { change: SettingChangeShown; now: string }) {
  const { name, value, effectiveAt, state, decidedBy, decidedAt, withdrawnBy, withdrawnAt } = change;
  const isAtOnce = state === 'waiting' && effectiveAt <= now;
  const when = (at: string) => dayAndHourOf(at, now);
  return (
    <>
      <div class="row between">
        <p>
          <a href={`/reglages/${name}`}>{settingTexts[name].label}</a> {texts.becomes}{' '}
          <b>{writeSetting(name, value)}</b>, {isAtOnce ? texts.atOnce : texts.from(when(effectiveAt))}
        </p>
        <Tag {...(state === 'in_force' ? { tone: 'ok' } : {})}>{texts.states[state]}</Tag>
      </div>
      <p>{change.reason}</p>
      <p class="mute small">{texts.proposedBy(change.proposedBy, when(change.proposedAt))}</p>
      {decidedBy !== null && decidedAt !== null && (
        <p class="mute small">
          {state === 'refused'
            ? texts.refusedBy(decidedBy, when(decidedAt))
            : texts.approvedBy(decidedBy, when(decidedAt))}
        </p>
      )}
      {withdrawnBy !== null && withdrawnAt !== null && (
        <p class="mute small">{texts.withdrawnBy(withdrawnBy, when(withdrawnAt))}</p>
      )}
    </>
  );
}
