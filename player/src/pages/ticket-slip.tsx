import { pickField, type TicketSlipPageView } from '#core/api/pool-pages.ts';
import { FormStart } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { LessLink, Refused, type Said, saidOf } from '../parts/refused.tsx';
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
  const said = saidOf(problem) ?? view.refusal ?? stateText(pool.state);
  const fields = picks.map((pick, leg) => [pickField(leg), pick] as const);
  const queryFor = (amountXof: number) =>
    new URLSearchParams({ ...Object.fromEntries(fields), otherStakeXof: String(amountXof) });
  const slip = `/mutuels/${pool.id}/bulletin`;
  return (
    <div class="stack">
      <header class="stack-s">
        <a class="back small" href={`/mutuels/${pool.id}`}>
          <Icon name="back" size={18} />
          {pool.name}
        </a>
        <h1>{ticketTexts.slipTitle}</h1>
      </header>
      <Refused said={said} />
      {view.lessXof !== null && (
        <LessLink href={`${slip}?${queryFor(view.lessXof)}`} stakeXof={view.lessXof} />
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
            back={`${slip}?${queryFor(stakeXof)}`}
          />
          <p class="mute small">{ticketTexts.moves}</p>
        </form>
      )}
      <a class="btn btn-wide" href={`/mutuels/${pool.id}?${queryFor(stakeXof)}`}>
        {ticketTexts.change}
      </a>
    </div>
  );
}

function stateText(state: TicketSlipPageView['pool']['state']): Said | null {
  if (state === 'open') return null;
  return { fr: state === 'suspended' ? poolTexts.suspended : poolTexts.closed, wo: null };
}
