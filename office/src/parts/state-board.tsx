/** Where the bout is, in large: what everybody at the ringside has to see at a glance. */
import type { DeskMove, DeskSubject, LiveDesk } from '#core/api/desk-views.ts';
import { Money } from '#ui/components.tsx';
import { dayAndHourOf, untilOf } from '#ui/dates.ts';
import { changeTexts } from '../change-texts.ts';
import { instantOf } from '../instants.ts';
import { deskTexts, stateTexts, verdictOf } from '../texts.ts';
import { nameOf } from './subject.tsx';

export function StateBoard({ subject, live, now }: { subject: DeskSubject; live: LiveDesk; now: string }) {
  const { stakes, result, closedAt, closeCause, move } = live;
  const isDecided = result !== null && result.confirmedAt !== null;
  return (
    <section class={`board is-${live.state}`} aria-live="polite">
      <p class="state">{stateOf(live)}</p>
      {isDecided && (
        <p class="verdict">
          {verdictOf(result.ending, result.winnerSide === null ? null : nameOf(subject, result.winnerSide))}
        </p>
      )}
      {move !== null && !isDecided && <Moved move={move} isProposed={result !== null} now={now} />}
      {closedAt === null ? (
        <HardStop live={live} now={now} />
      ) : (
        <p>
          {deskTexts.closedAt} <b class="xof">{instantOf(closedAt)}</b>
          {closeCause !== null && ` · ${deskTexts.causes[closeCause]}`}
        </p>
      )}
      <div class="engaged">
        <span class="side side-A">
          <span class="small">{subject.wrestlerA}</span>
          <b>
            <Money xof={stakes.engagedAXof} />
          </b>
        </span>
        <span class="side side-B">
          <span class="small">{subject.wrestlerB}</span>
          <b>
            <Money xof={stakes.engagedBXof} />
          </b>
        </span>
      </div>
      <Balance aXof={stakes.engagedAXof} bXof={stakes.engagedBXof} />
      <p class="small">
        {deskTexts.duels(stakes.duelCount)}
        {stakes.openOfferCount > 0 && (
          <>
            {' · '}
            {deskTexts.offers(stakes.openOfferCount)} (<Money xof={stakes.openXof} />)
          </>
        )}
      </p>
    </section>
  );
}

/** Where a moved bout is now, and when its stakes go back by themselves: never while a result is proposed. */
function Moved({
  move: { to, waiting },
  isProposed,
  now,
}: {
  move: DeskMove;
  isProposed: boolean;
  now: string;
}) {
  return (
    <p>
      <b>{changeTexts.moved(to)}</b>
      {!isProposed && waiting !== null && waiting.voidAt !== null && (
        <>
          <br />
          {changeTexts.voidAt(waiting.voidAt, now)}
        </>
      )}
    </p>
  );
}

/** Of a bout without a winner, what is paid is what goes back. */
function stateOf({ state, payment }: LiveDesk): string {
  if (payment?.outcome === 'void') return state === 'settled' ? deskTexts.givenBack : deskTexts.givingBack;
  return stateTexts[state];
}

function HardStop({ live, now }: { live: LiveDesk; now: string }) {
  const until = untilOf(live.hardStopAt, now);
  return (
    <p>
      {until === null ? (
        deskTexts.passed
      ) : (
        <>
          {deskTexts.hardStop} <b>{dayAndHourOf(live.hardStopAt, now)}</b> · {until}
        </>
      )}
    </p>
  );
}

/** The stakes of both sides as lengths; nothing when there are none. */
function Balance({ aXof, bXof }: { aXof: number; bXof: number }) {
  const total = aXof + bXof;
  if (total === 0) return null;
  const share = Math.floor((aXof * 100) / total);
  return (
    <svg class="balance" aria-hidden="true" width="100%" height="10">
      <rect class="fill-A" x="0" y="0" width={`${share}%`} height="10" />
      <rect class="fill-B" x={`${share}%`} y="0" width={`${100 - share}%`} height="10" />
    </svg>
  );
}
