/** The sum of a slip: what is put, what the house and the tax take, what is left in hand. */
import type { Slip } from '#core/api/player-pages.ts';
import { Money } from '#ui/components.tsx';
import { slipPageTexts, slipTexts } from '../texts.ts';

/** Before acceptance the net is "at least" (P10); after, it is what is paid. */
export function SlipSums({
  sums,
  winsIf,
  isFinal,
}: {
  sums: Slip;
  /** Null once it has: it is in hand. */
  winsIf: string | null;
  isFinal?: boolean;
}) {
  return (
    <dl class="dl">
      <dt>{slipTexts.stake}</dt>
      <dd>
        <Money xof={sums.stakeXof} />
      </dd>
      <dt>{slipPageTexts.other}</dt>
      <dd>
        <Money xof={sums.opponentStakeXof} />
      </dd>
      <dt class="mute">{slipTexts.pot}</dt>
      <dd class="mute">
        <Money xof={sums.potXof} />
      </dd>
      <dt class="mute">{slipTexts.commission}</dt>
      <dd class="mute">
        <Money xof={-sums.commissionXof} />
      </dd>
      <dt class="mute">{slipPageTexts.tax}</dt>
      <dd class="mute">
        <Money xof={-sums.taxXof} />
      </dd>
      <dt class="sum">
        {slipTexts.net}
        {winsIf !== null && <span class="mute small only if">{winsIf}</span>}
      </dt>
      <dd class="sum">
        {isFinal !== true && <span class="mute small only">{slipTexts.atLeast} </span>}
        <Money xof={sums.netXof} />
      </dd>
    </dl>
  );
}

/** The same sum in three lines: what stands under the finger on a small screen. */
export function ShortSums({ sums, winsIf }: { sums: Slip; winsIf: string }) {
  return (
    <>
      <p class="row between">
        <span>
          {slipTexts.stake}{' '}
          <b>
            <Money xof={sums.stakeXof} />
          </b>
        </span>
        <span>
          {slipTexts.others}{' '}
          <b>
            <Money xof={sums.opponentStakeXof} />
          </b>
        </span>
      </p>
      <p class="mute small">
        {slipTexts.pot} <Money xof={sums.potXof} /> · {slipTexts.commission}{' '}
        <Money xof={-sums.commissionXof} /> · {slipTexts.shortTax} <Money xof={-sums.taxXof} />
      </p>
      <p class="row between net">
        <span>
          <b>{slipTexts.net}</b>
          <span class="mute small if">{winsIf}</span>
        </span>
        <span>
          <span class="mute small">{slipTexts.atLeast}</span>{' '}
          <b class="big">
            <Money xof={sums.netXof} />
          </b>
        </span>
      </p>
    </>
  );
}
