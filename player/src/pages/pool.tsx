/** A pool: what it holds, what its outcomes would bring now, and the form of a ticket. */

import type { FormProblem } from '#core/api/pages.ts';
import { type OutcomeLine, type PoolLeg, type PoolPageView, pickField } from '#core/api/pool-pages.ts';
import { stakeChoices } from '#core/choice.ts';
import { formatXof } from '#core/money.ts';
import { Field, Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf, secondOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { PoolTag } from '../parts/pool-links.tsx';
import { percentOf } from '../parts/rule-card.tsx';
import { TicketLines } from '../parts/ticket-line.tsx';
import { poolTexts } from '../pool-texts.ts';
import { boutRuleTexts } from '../texts.ts';

const SLIP_FORM = 'GET /mutuels/:poolId/bulletin';

export const poolPage: Page<PoolPageView> = {
  tab: 'bouts',
  title: (view) => view.pool.name,
  Main: PoolMain,
};

function PoolMain({ view, frame, problem }: Props<PoolPageView>) {
  const { pool, ownTickets } = view;
  // A slip without every pick and a stake is this page again.
  const isIncomplete = problem === null && frame.path.includes('/bulletin') && pool.state === 'open';
  const isSettled = pool.state === 'settled' || pool.state === 'settling';
  return (
    <div class="stack-l">
      <Head view={view} now={frame.now} />
      {isIncomplete && (
        <Note tone="bad" role="alert">
          {poolTexts.incomplete}
        </Note>
      )}
      {pool.state === 'suspended' && <Note role="status">{poolTexts.suspended}</Note>}
      {pool.state === 'closed' && <Note role="status">{poolTexts.closed}</Note>}
      {isSettled && (
        <a class="btn btn-go btn-wide" href={`/mutuels/${pool.id}/calcul`}>
          {poolTexts.seeSteps}
        </a>
      )}
      {pool.closedAt !== null && <Legs legs={pool.legs} />}
      {!isSettled && <Lines view={view} />}
      {pool.state === 'open' && <TicketForm view={view} problem={problem} />}
      {ownTickets.length > 0 && (
        <section class="stack-s">
          <h2>{poolTexts.ownTickets}</h2>
          <TicketLines tickets={ownTickets} />
        </section>
      )}
      <Rules view={view} />
    </div>
  );
}

function Head({ view: { pool }, now }: { view: PoolPageView; now: string }) {
  return (
    <header class="stack-s">
      <p class="row between small">
        <a class="back" href={`/galas/${pool.galaId}`}>
          <Icon name="back" size={18} />
          {pool.galaName}
        </a>
        <PoolTag state={pool.state} />
      </p>
      <h1>{pool.name}</h1>
      <p>{poolTexts.lead(pool.legCount)}</p>
      <dl class="dl">
        <dt>{poolTexts.staked}</dt>
        <dd>
          <b>
            <Money xof={pool.stakedXof} />
          </b>
        </dd>
        <dt class="mute">{poolTexts.ticketCount}</dt>
        <dd class="mute">{pool.ticketCount}</dd>
      </dl>
      {pool.closedAt === null && (
        <p class="mute small">
          {poolTexts.closes} {dayAndHourOf(pool.hardStopAt, now)}, {poolTexts.atWhistle}
        </p>
      )}
    </header>
  );
}

/** What each leg asks, and what is right in it as far as it is decided. */
export function Legs({ legs }: { legs: readonly PoolLeg[] }) {
  return (
    <ol class="stack-s">
      {legs.map((leg) => (
        <li key={`${leg.boutId} ${leg.question.kind}`} class="card">
          <span class="mute small">{leg.boutName}</span>
          <br />
          {leg.text} <b>{rightText(leg)}</b>
        </li>
      ))}
    </ol>
  );
}

function rightText({ right, outcomes }: PoolLeg): string {
  if (right === null) return poolTexts.undecided;
  return outcomes.find(({ outcome }) => outcome === right)?.text ?? poolTexts.everyPick;
}

function Lines({ view: { pool, lines, exampleXof } }: { view: PoolPageView }) {
  if (lines.length === 0) return null;
  return (
    <section class="stack-s" aria-labelledby="now">
      <h2 id="now">{poolTexts.now(exampleXof)}</h2>
      {pool.legs.length > 1 && (
        <p class="mute small">{poolTexts.topHint(lines.length, pool.combinationCount)}</p>
      )}
      <ul class="stack-s">
        {lines.map((line) => (
          <li key={line.picks} class="card row between">
            <span>
              <b>{line.text}</b>
              <br />
              <span class="mute small">
                {line.stakedXof === 0 ? poolTexts.noneYet : poolTexts.held(line.stakedXof)}
              </span>
            </span>
            <Indicative line={line} />
          </li>
        ))}
      </ul>
      <p class="mute small">{poolTexts.nowHint(secondOf(pool.readAt))}</p>
      {pool.state === 'open' && (
        <a class="btn btn-quiet" href={`/mutuels/${pool.id}`}>
          {poolTexts.again}
        </a>
      )}
    </section>
  );
}

function Indicative({ line }: { line: OutcomeLine }) {
  if (line.indicativeNetXof === null) return null;
  return (
    <span class="end">
      <b class="big">
        <Money xof={line.indicativeNetXof} />
      </b>
      {line.isBelowStake && <Tag tone="bad">{poolTexts.belowStake}</Tag>}
    </span>
  );
}

function TicketForm({
  view: { pool, choice },
  problem,
}: {
  view: PoolPageView;
  problem: FormProblem | null;
}) {
  return (
    <form class="stack" method="get" action={`/mutuels/${pool.id}/bulletin`}>
      {pool.legs.map((leg, index) => (
        <fieldset class="field" key={`${leg.boutId} ${leg.question.kind}`}>
          <legend>
            {leg.text}
            <br />
            <span class="mute small">{leg.boutName}</span>
          </legend>
          <div class="picks">
            {leg.outcomes.map(({ outcome, text }) => (
              <label class="pick" key={outcome}>
                <input
                  type="radio"
                  name={pickField(index)}
                  value={outcome}
                  required
                  defaultChecked={choice.picks[index] === outcome}
                />
                <span>{text}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <fieldset class="stack-s">
        <legend>{poolTexts.stake}</legend>
        <div class="chips chips-4">
          {stakeChoices.map((amount) => (
            <label class="chip" key={amount}>
              <input
                type="radio"
                name="stakeXof"
                value={amount}
                defaultChecked={choice.stakeXof === amount}
              />
              <span>{formatXof(amount)}</span>
            </label>
          ))}
        </div>
        <Field
          form={SLIP_FORM}
          name="otherStakeXof"
          label={poolTexts.otherStake}
          problem={problem}
          value={choice.otherStakeXof === null ? '' : String(choice.otherStakeXof)}
          unit="F"
          isInline
          inputMode="numeric"
          autocomplete="off"
        />
      </fieldset>
      <button type="submit" class="btn btn-go btn-wide">
        {poolTexts.seeSlip}
      </button>
    </form>
  );
}

const taxTexts = { winnings: 'du gain', payout: 'de ce qui est payé' } as const;

function Rules({ view: { pool } }: { view: PoolPageView }) {
  const card = pool.ruleCard;
  if (card === null) return null;
  const { taxBase, taxBps, takeOutBps } = card.rates;
  const tax = taxBase === 'none' ? percentOf(0) : `${percentOf(taxBps)} ${taxTexts[taxBase]}`;
  return (
    <details class="card">
      <summary>{poolTexts.rules}</summary>
      <div class="stack-s small">
        <ul class="marks">
          {[...card.texts.fr.wins, ...card.texts.fr.voids].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          {boutRuleTexts.authority(card.authority)} {poolTexts.rates(percentOf(takeOutBps), tax)}{' '}
          {boutRuleTexts.limits(card.limits.stakeMinXof, card.limits.stakeMaxXof)}
        </p>
      </div>
    </details>
  );
}
