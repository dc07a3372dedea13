/** What a bettor takes home: his signed receipt at once, and the proof once the root is published. */
import type { PublishedRoot } from '#core/api/proof-pages.ts';
import { dayAndSecondOf } from '#ui/dates.ts';
import { betProofTexts as texts } from '../proof-texts.ts';

export function BetProof({
  betId,
  marketId,
  root,
  now,
}: {
  betId: string;
  marketId: number;
  root: PublishedRoot | null;
  now: string;
}) {
  return (
    <section class="card stack-s">
      <h2>{texts.title}</h2>
      <p class="small">{root === null ? texts.early : texts.ready(dayAndSecondOf(root.publishedAt, now))}</p>
      <a class="btn btn-wide" href={`/paris/${betId}/recu`}>
        {texts.receipt}
      </a>
      {root !== null && (
        <a class="btn btn-wide" href={`/paris/${betId}/preuve`}>
          {texts.proof}
        </a>
      )}
      <p class="row between small">
        {root !== null && (
          <a class="btn btn-quiet" href={`/preuves/marches/${marketId}`}>
            {texts.market}
          </a>
        )}
        <a class="btn btn-quiet" href="/verifier">
          {texts.how}
        </a>
      </p>
    </section>
  );
}
