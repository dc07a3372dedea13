import type { PlayerViews } from '#core/api/player-pages.ts';
import { Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { BetTag } from '../parts/bet-line.tsx';
import { Receipt } from '../parts/receipt.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { betTexts, endingTexts, shellTexts, slipTexts } from '../texts.ts';

type View = PlayerViews['bet'];

export const betPage: Page<View> = { tab: 'bets', title: () => betTexts.bet, Main: BetMain };

function BetMain({ view, frame }: Props<View>) {
  const { bet, isNew } = view;
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
      <Receipt number={bet.betId} at={dayAndHourOf(bet.madeAt, frame.now)}>
        <p class="row between">
          <span>
            <b class="big">
              <Money xof={bet.stakeXof} />
            </b>{' '}
            {betTexts.on} <b>{bet.wrestler}</b>
            <br />
            <span class="mute small">
              {betTexts.against} : {bet.opponent}
            </span>
          </span>
          <BetTag state={bet.state} />
        </p>
        <SlipSums sums={view.sums} wrestler={bet.wrestler} isFinal />
        {bet.state === 'engaged' && <p class="mute small">{slipTexts.voids}</p>}
        {view.isTest && <Tag>{shellTexts.play}</Tag>}
      </Receipt>
      <a class="btn btn-wide" href={`/combats/${bet.boutId}`}>
        <Icon name="back" />
        {bet.boutName}
      </a>
    </div>
  );
}

/** What happened, with the rule that was used. */
function Outcome({ view: { bet, bout } }: { view: View }) {
  const how = bout.result === null ? null : endingTexts[bout.result.ending];
  switch (bet.state) {
    case 'engaged':
      return <Note role="status">{betTexts.engagedLine}</Note>;
    case 'won':
      return (
        <Note tone="ok" role="status">
          <b class="big">{betTexts.wonLine(bet.payoutXof ?? 0)}</b>
          {how !== null && <p>{`${bet.wrestler} gagne ${how}.`}</p>}
        </Note>
      );
    case 'lost':
      return (
        <Note role="status">
          <p>{betTexts.lostLine}</p>
          {how !== null && <p>{`L’autre gagne ${how}.`}</p>}
        </Note>
      );
    case 'void':
      return (
        <Note role="status">
          <p>{betTexts.voidLine(bet.payoutXof ?? bet.stakeXof)}</p>
          {how !== null && <p>{how}.</p>}
        </Note>
      );
  }
}
