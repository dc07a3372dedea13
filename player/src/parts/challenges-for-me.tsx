/** Private challenges that wait for this player, and answers to his own. */
import type { ChallengeLine } from '#core/api/player-pages.ts';
import { Money } from '#ui/components.tsx';
import { challengeTexts as texts } from '../challenge-texts.ts';

export function ChallengesForMe({ challenges }: { challenges: readonly ChallengeLine[] }) {
  if (challenges.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{texts.mine}</h2>
      <ul class="list">
        {challenges.map((challenge) => (
          <li key={challenge.offerId}>
            <a href={`/defis/${challenge.offerId}`}>
              <span>
                <b>
                  {challenge.isAnswer
                    ? texts.answerLine(challenge.pseudonym)
                    : texts.mineLine(challenge.pseudonym)}
                </b>
                <span class="mute small">
                  {challenge.boutName}
                  {challenge.question !== null && ` · ${challenge.question}`}
                </span>
                <span class="small">
                  <Money xof={challenge.makerXof} /> {texts.on} {challenge.makerPick}
                </span>
              </span>
              <span class="end">
                <b>
                  <Money xof={challenge.takerXof} />
                </b>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
