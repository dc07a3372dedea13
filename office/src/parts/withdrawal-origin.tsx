/** What the money of a withdrawal comes from, for who has to agree: bets won, or deposits that nobody played with. */
import type { WithdrawalOrigin } from '#core/api/payout-office-pages.ts';
import { Money } from '#ui/components.tsx';
import { dayOf } from '#ui/dates.ts';
import { originTexts as texts } from '../payout-texts.ts';

export function Origin({ origin, now }: { origin: WithdrawalOrigin; now: string }) {
  const { wins } = origin;
  return (
    <section class="stack-s">
      <h2>{texts.title}</h2>
      <dl class="dl facts card">
        <dt class="mute">{texts.joined}</dt>
        <dd>{dayOf(origin.joinedAt, now)}</dd>
        <dt class="mute">{texts.phone}</dt>
        <dd>{dayOf(origin.phoneSince, now)}</dd>
        <dt class="mute">{texts.deposited}</dt>
        <dd>
          <Money xof={origin.depositedXof} />
        </dd>
        <dt class="mute">{texts.staked}</dt>
        <dd>
          <Money xof={origin.stakedXof} />
        </dd>
        <dt class="mute">{texts.won}</dt>
        <dd>
          <Money xof={origin.wonXof} />
        </dd>
        <dt class="mute">{texts.withdrawn}</dt>
        <dd>
          <Money xof={origin.withdrawnXof} />
        </dd>
      </dl>
      <h3>{texts.wins}</h3>
      {wins.length === 0 && <p>{texts.noWins}</p>}
      <ul class="list">
        {wins.map(({ bout, madeAt, stakeXof, payoutXof }) => (
          <li class="line" key={madeAt}>
            <b>{bout}</b> <span class="small mute">{dayOf(madeAt, now)}</span>
            <p>
              <Money xof={payoutXof} /> <span class="small mute">{texts.stake(stakeXof)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
