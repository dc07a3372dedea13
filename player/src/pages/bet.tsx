import type { PlayerViews } from '#core/api/player-pages.ts';
import { endingTexts } from '#core/ending-texts.ts';
import { wrestledTimeText } from '#core/question.ts';
import { Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { objectionTexts } from '../objection-texts.ts';
import type { Page, Props } from '../page.ts';
import { BetTag } from '../parts/bet-line.tsx';
import { BetProof } from '../parts/bet-proof.tsx';
import { BetStory } from '../parts/bet-story.tsx';
import { MovedNote } from '../parts/moved-note.tsx';
import { RebetCard } from '../parts/rebet-card.tsx';
import { Receipt } from '../parts/receipt.tsx';
import { ShareLinks, WhatsAppLink } from '../parts/share-links.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { shareMessages, shareWords } from '../share-texts.ts';
import { betTexts, shellTexts, slipPageTexts } from '../texts.ts';

type View = PlayerViews['bet'];

export const betPage: Page<View> = { tab: 'bets', title: () => betTexts.bet, Main: BetMain };

function BetMain({ view, frame }: Props<View>) {
  const { bet, isNew } = view;
  const winsIf = bet.state === 'engaged' ? view.winsIf : bet.state === 'won' ? null : betTexts.hadItWon;
  return (
    <div class="stack">
      {isNew && (
        <Note tone="ok" role="status">
          <b class="big">{betTexts.accepted}</b>
          <p>{betTexts.engagedLine}</p>
        </Note>
      )}
      <h1 class={isNew ? 'vh' : undefined}>{betTexts.bet}</h1>
      {!isNew && <Outcome view={view} />}
      {bet.state === 'engaged' && <MovedNote moved={view.bout.moved} />}
      {view.story.some((step) => step.kind === 'paid' && step.version > 1) && (
        <p class="mute">{betTexts.correctedLine}</p>
      )}
      <Receipt number={bet.betId} at={dayAndHourOf(bet.madeAt, frame.now)}>
        <p class="row between">
          <span>
            <b class="big">
              <Money xof={bet.stakeXof} />
            </b>{' '}
            {betTexts.on} <b>{bet.pick}</b>
            <br />
            <span class="mute small">
              {betTexts.against} : {bet.opponent}
            </span>
          </span>
          <BetTag state={bet.state} />
        </p>
        <SlipSums sums={view.sums} winsIf={winsIf} isFinal />
        {bet.state === 'engaged' && (
          <p class="mute small">
            {view.question.kind === 'winner' ? slipPageTexts.voids : slipPageTexts.voidsOther}
          </p>
        )}
        {view.isTest && <Tag>{shellTexts.play}</Tag>}
      </Receipt>
      <ShareWon view={view} />
      {view.rebet !== null && <RebetCard rebet={view.rebet} frame={frame} />}
      <BetStory steps={view.story} now={frame.now} of="bet" />
      <ObjectionLink view={view} now={frame.now} />
      <BetProof
        bet={`/paris/${bet.betId}`}
        subject={`/preuves/marches/${bet.marketId}`}
        root={view.root}
        now={frame.now}
      />
      <a class="btn btn-wide" href={`/combats/${bet.boutId}`}>
        <Icon name="back" />
        {bet.boutName}
      </a>
    </div>
  );
}

/** Only what was won has something to tell, and never by itself how much. */
function ShareWon({ view: { bet, share } }: { view: View }) {
  if (bet.state !== 'won') return null;
  const words = { bout: bet.boutName, pick: bet.pick, link: share.link };
  const withAmount = shareMessages[share.language].won({ ...words, netXof: bet.payoutXof });
  return (
    <details class="card">
      <summary>{shareWords.wonTitle}</summary>
      <div class="stack-s">
        <p class="mute small">{shareWords.wonHint}</p>
        <ShareLinks language={share.language} write={({ won }) => won({ ...words, netXof: null })} />
        <WhatsAppLink className="btn btn-quiet" message={withAmount}>
          {shareWords.withAmount}
        </WhatsAppLink>
      </div>
    </details>
  );
}

function ObjectionLink({ view: { bet, objection }, now }: { view: View; now: string }) {
  if (objection.objection === null && !objection.mayObject) return null;
  return (
    <section class="stack-s">
      <a class="btn btn-wide" href={`/paris/${bet.betId}/reclamation`}>
        {objection.objection === null ? objectionTexts.link : objectionTexts.see}
      </a>
      {objection.mayObject && objection.untilAt !== null && (
        <p class="mute small">{objectionTexts.until(dayAndHourOf(objection.untilAt, now))}</p>
      )}
    </section>
  );
}

/** What happened, with the rule that was used. */
function Outcome({ view: { bet, bout, question, payoutPolicy } }: { view: View }) {
  const { result } = bout;
  const isOfWinner = question.kind === 'winner';
  switch (bet.state) {
    case 'engaged':
      return (
        <Note role="status">
          {result !== null && payoutPolicy === 'homologation' ? betTexts.heldLine : betTexts.engagedLine}
        </Note>
      );
    case 'won':
      return (
        <Note tone="ok" role="status">
          <b class="big">{betTexts.wonLine(bet.payoutXof ?? 0)}</b>
          <Ended result={result} winner={isOfWinner ? bet.pick : null} />
        </Note>
      );
    case 'lost':
      return (
        <Note role="status">
          <p>{betTexts.lostLine}</p>
          <Ended result={result} winner={isOfWinner ? betTexts.theOther : null} />
        </Note>
      );
    case 'void':
      return (
        <Note role="status">
          <p>{betTexts.voidLine(bet.payoutXof ?? bet.stakeXof)}</p>
          <Ended result={result} winner={null} />
        </Note>
      );
  }
}

function Ended({ result, winner }: { result: View['bout']['result']; winner: string | null }) {
  if (result === null) return null;
  const how = endingTexts[result.ending];
  const time = result.wrestledSeconds;
  return (
    <p>
      {winner === null ? betTexts.endedLine(how) : betTexts.winnerLine(winner, how)}
      {winner === null && time !== null && ` ${betTexts.wrestledLine(wrestledTimeText(time))}`}
    </p>
  );
}
