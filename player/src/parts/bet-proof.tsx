/** What a bettor takes home: his signed receipt at once, and the proof once the root is published. */
import type { PublishedRoot } from '#core/api/proof-pages.ts';
import { dayAndSecondOf } from '#ui/dates.ts';
import { betProofTexts as texts } from '../proof-texts.ts';

export function BetProof({
  bet,
  subject,
  root,
  now,
}: {
  /** The page of the bet or the ticket. */
  bet: string;
  /** The page of its market's or its pool's proof. */
  subject: string;
  root: PublishedRoot | null;
  now: string;
}) {
  return (
    <section class="card stack-s">
      <h2>{texts.title}</h2>
      <p class="small">{root === null ? texts.early : texts.ready(dayAndSecondOf(root.publishedAt, now))}</p>
      <a class="btn btn-wide" href={`${bet}/recu`}>
        {texts.receipt}
      </a>
      {root !== null && (
        <a class="btn btn-wide" href={`${bet}/preuve`}>
          {texts.proof}
        </a>
      )}
      <p class="row between small">
        {root !== null && (
          <a class="btn btn-quiet" href={subject}>
            {texts.all}
          </a>
        )}
        <a class="btn btn-quiet" href="/verifier">
          {texts.how}
        </a>
      </p>
    </section>
  );
}
