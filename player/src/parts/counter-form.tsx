/** Other amounts for the same bet, proposed to the one who made the offer. */

import type { FormProblem } from '#core/api/pages.ts';
import type { OpenOffer, SlipSubject } from '#core/api/player-pages.ts';
import { Field } from '#ui/components.tsx';
import { challengeTexts } from '../challenge-texts.ts';
import { boutTexts } from '../texts.ts';

const FORM = 'GET /combats/:boutId/bulletin';

export function CounterForm({
  subject,
  offer,
  cle,
  problem,
}: {
  subject: SlipSubject;
  offer: OpenOffer;
  cle: string | null;
  problem: FormProblem | null;
}) {
  const amount = {
    form: FORM,
    isInline: true,
    problem,
    unit: 'F',
    inputMode: 'numeric',
    maxLength: 11,
  } as const;
  return (
    <details class="card" open={problem?.form === FORM}>
      <summary>{challengeTexts.counter}</summary>
      <form class="stack" method="get" action={`/combats/${subject.boutId}/bulletin`}>
        {subject.marche !== null && <input type="hidden" name="marche" value={subject.marche} />}
        <input type="hidden" name="side" value={subject.side} />
        <input type="hidden" name="answers" value={offer.offerId} />
        {cle !== null && <input type="hidden" name="cle" value={cle} />}
        <p class="mute small">{challengeTexts.counterHint(offer.pseudonym)}</p>
        <Field
          {...amount}
          name="otherStakeXof"
          label={boutTexts.stake}
          value={String(offer.takerXof)}
          autocomplete="off"
          required
        />
        <Field
          {...amount}
          name="otherAskXof"
          label={boutTexts.otherAsk}
          value={String(offer.openXof)}
          autocomplete="off"
          required
        />
        <button type="submit" class="btn btn-wide">
          {challengeTexts.counterGo}
        </button>
      </form>
    </details>
  );
}
