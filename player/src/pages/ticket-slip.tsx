import { pickField, type TicketSlipPageView } from '#core/api/pool-pages.ts';
import { FormStart, Note } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { TicketSums } from '../parts/ticket-sums.tsx';
import { poolTexts, ticketTexts } from '../pool-texts.ts';
import { Confirm } from './slip.tsx';

export const ticketSlipPage: Page<TicketSlipPageView> = {
  tab: 'bouts',
  title: () => ticketTexts.slipTitle,
  Main: TicketSlipMain,
};

function TicketSlipMain({ view, frame, problem }: Props<TicketSlipPageView>) {
  const { pool, picks, sums, stakeXof } = view;
  const said = problem?.sentence ?? view.refusal ?? stateText(pool.state);
  const fields = picks.map((pick, leg) => [pickField(leg), pick] as const);
  const query = new URLSearchParams({ ...Object.fromEntries(fields), otherStakeXof: String(stakeXof) });
  return (
    <div class="stack">
      <header class="stack-s">
        <a class="back small" href={`/mutuels/${pool.id}`}>
          <Icon name="back" size={18} />
          {pool.name}
        </a>
        <h1>{ticketTexts.slipTitle}</h1>
      </header>
      {said !== null && (
        <Note tone="bad" role="alert">
          <p>{said}</p>
        </Note>
      )}
      <ol class="stack-s">
        {pool.legs.map((leg, index) => (
          <li key={`${leg.boutId} ${leg.question.kind}`}>
            <b class="big">{view.texts[index]}</b>
            <br />
            <span class="mute small">
              {leg.boutName} · {leg.text}
            </span>
          </li>
        ))}
      </ol>
      {sums !== null && pool.state === 'open' && (
        <form class="card slip stack" method="post" action={`/mutuels/${pool.id}/tickets`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          {fields.map(([name, pick]) => (
            <input type="hidden" name={name} value={pick} key={name} />
          ))}
          <input type="hidden" name="stakeXof" value={stakeXof} />
          <TicketSums sums={sums} />
          <Confirm
            label={ticketTexts.buy(stakeXof)}
            isLoggedIn={frame.visitor !== null}
            missingXof={view.missingXof}
            depositXof={view.depositXof}
            back={`/mutuels/${pool.id}/bulletin?${query}`}
          />
          <p class="mute small">{ticketTexts.moves}</p>
        </form>
      )}
      <a class="btn btn-wide" href={`/mutuels/${pool.id}?${query}`}>
        {ticketTexts.change}
      </a>
    </div>
  );
}

function stateText(state: TicketSlipPageView['pool']['state']): string | null {
  return state === 'open' ? null : state === 'suspended' ? poolTexts.suspended : poolTexts.closed;
}
