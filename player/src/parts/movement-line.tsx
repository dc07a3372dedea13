/** A movement in a list: what it was, what it belongs to, and the balance it left. */
import type { Movement } from '#core/api/player-pages.ts';
import { movementTexts } from '#core/statement-texts.ts';
import { Money } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { statementTexts as texts } from '../statement-texts.ts';

export function MovementLine({ movement, now }: { movement: Movement; now: string }) {
  const { kind, amountXof, balanceAfterXof, at, bout, payment } = movement;
  const about = bout?.boutName ?? (payment === null ? null : texts.provider(payment.provider));
  const href = hrefOf(movement);
  const body = (
    <>
      <span class="grow">
        <span>{movementTexts[kind]}</span>
        {about !== null && <span class="mute small movement-about">{about}</span>}
        <span class="mute small movement-about">{dayAndHourOf(at, now)}</span>
        <Kept movement={movement} />
      </span>
      <span class="end">
        <b class={amountXof > 0 ? 'gain' : undefined}>
          <Money xof={amountXof} sign />
        </b>
        <span class="mute small">
          {texts.balance} <Money xof={balanceAfterXof} />
        </span>
      </span>
    </>
  );
  return href === null ? <li class="row between line">{body}</li> : <li>{<a href={href}>{body}</a>}</li>;
}

/** What was kept from a gain, before it came. */
export function Kept({ movement: { commissionXof, taxXof } }: { movement: Movement }) {
  if (commissionXof + taxXof === 0) return null;
  return (
    <span class="mute small movement-about">
      {texts.commission} <Money xof={commissionXof} /> · {texts.tax} <Money xof={taxXof} />
    </span>
  );
}

/** The page of what a movement belongs to. */
export function hrefOf({ bout, payment }: Movement): string | null {
  if (bout !== null) {
    if (bout.betId !== null) return `/paris/${bout.betId}`;
    return bout.offerId === null ? `/combats/${bout.boutId}` : `/defis/${bout.offerId}`;
  }
  if (payment === null) return null;
  if (payment.withdrawalId !== null) return `/portefeuille/retraits/${payment.withdrawalId}`;
  return payment.depositId === null ? null : `/portefeuille/depots/${payment.depositId}`;
}
