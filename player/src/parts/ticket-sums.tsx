/** How a ticket's net follows from the pool as it stands, and what the player has to know before he pays. */
import type { TicketSlip } from '#core/api/pool-pages.ts';
import { Money, Note, Sums } from '#ui/components.tsx';
import { ticketTexts } from '../pool-texts.ts';

export function TicketSums({ sums }: { sums: TicketSlip }) {
  return (
    <>
      <Sums
        lines={[
          { name: ticketTexts.stake, xof: sums.stakeXof },
          { name: ticketTexts.pool, xof: sums.poolXof },
          { name: ticketTexts.takeOut, xof: -sums.takeOutXof },
          { name: ticketTexts.same, xof: sums.samePicksXof },
          { name: ticketTexts.share, xof: sums.grossXof },
          { name: ticketTexts.tax, xof: -sums.taxXof },
        ]}
      />
      <p class="row between net">
        <span>
          <b>{ticketTexts.net}</b>
          <span class="mute small if">{ticketTexts.ifNow}</span>
        </span>
        <b class="big">
          <Money xof={sums.netXof} />
        </b>
      </p>
      {sums.isRefund ? (
        <Note>{ticketTexts.refund}</Note>
      ) : (
        sums.isBelowStake && <Note tone="bad">{ticketTexts.belowStake}</Note>
      )}
    </>
  );
}
