/** The desk of a pool: what it holds, the commands its state allows, and what it has paid. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Money, Note, Problem, Sums } from '#ui/components.tsx';
import { dayAndHourOf, dayAndSecondOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { runsGalas } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { poolTexts } from '../pool-texts.ts';
import { PoolTag } from './pools.tsx';

type View = OfficeViews['pool'];
type Action = 'ouvrir' | 'suspendre' | 'reprendre';

export const poolPage: Page<View> = { title: (view) => view.pool.name, Main: PoolDesk };

function PoolDesk({ view, frame, problem }: Props<View>) {
  const { pool, done, settlement } = view;
  return (
    <div class="stack">
      <div class="row between">
        <a class="back" href={`/galas/${pool.galaId}/mutuels`}>
          <Icon name="back" size={18} />
          {pool.galaName}
        </a>
        <PoolTag state={pool.state} />
      </div>
      <h1>{pool.name}</h1>
      {done !== null && (
        <Note tone="ok" role="status">
          {poolTexts.done[done]}
        </Note>
      )}
      <Facts view={view} now={frame.now} />
      {runsGalas(frame.visitor) && <Commands view={view} frame={frame} problem={problem} />}
      <Legs view={view} />
      {settlement !== null && <Paid settlement={settlement} />}
      {pool.totals.length > 0 && (
        <>
          <h2>{poolTexts.top}</h2>
          <Sums lines={pool.totals.map(({ text, stakedXof }) => ({ name: text, xof: stakedXof }))} />
        </>
      )}
      <a class="btn" href={`/mutuels/${pool.id}`}>
        {poolTexts.again}
      </a>
    </div>
  );
}

function Facts({ view: { pool }, now }: { view: View; now: string }) {
  return (
    <section class="card stack-s">
      <dl class="dl">
        <dt>{poolTexts.staked}</dt>
        <dd>
          <b>
            <Money xof={pool.stakedXof} />
          </b>
        </dd>
        <dt>{poolTexts.tickets}</dt>
        <dd>{pool.ticketCount}</dd>
        <dt>{poolTexts.combinations}</dt>
        <dd>{pool.combinationCount}</dd>
        <dt>{pool.closedAt === null ? poolTexts.closes : poolTexts.closed}</dt>
        <dd>
          {pool.closedAt === null ? dayAndHourOf(pool.hardStopAt, now) : dayAndSecondOf(pool.closedAt, now)}
        </dd>
      </dl>
      {pool.closedAt === null && <p class="mute small">{poolTexts.closesHint}</p>}
      {pool.state === 'closed' && <p class="mute small">{poolTexts.waits}</p>}
      {pool.ruleCardHash !== null && (
        <p class="mute small">
          {poolTexts.card}
          <br />
          <code>{pool.ruleCardHash}</code>
        </p>
      )}
      {pool.root !== null && (
        <p class="mute small">
          {poolTexts.root}
          <br />
          <code>{pool.root}</code>
        </p>
      )}
    </section>
  );
}

const buttons: Partial<Record<View['pool']['state'], { action: Action; text: string }>> = {
  draft: { action: 'ouvrir', text: poolTexts.open },
  open: { action: 'suspendre', text: poolTexts.suspend },
  suspended: { action: 'reprendre', text: poolTexts.resume },
};

/** What the state allows and nothing else. A command that came too late has no button: its sentence stands alone. */
function Commands({ view: { pool, slip }, frame, problem }: Props<View>) {
  const button = buttons[pool.state];
  const key = `POST /mutuels/:poolId/${button?.action}`;
  return (
    <section class="stack">
      {problem !== null && problem.form !== key && (
        <Note tone="bad" role="alert">
          {problem.sentence}
        </Note>
      )}
      {button !== undefined && (
        <form class="stack-s" method="post" action={`/mutuels/${pool.id}/${button.action}`}>
          <FormStart token={frame.formToken} slip={slip} />
          <button type="submit" class={pool.state === 'draft' ? 'btn btn-go btn-wide' : 'btn btn-wide'}>
            {button.text}
          </button>
          <Problem problem={problem} form={key} />
        </form>
      )}
    </section>
  );
}

function Legs({ view: { pool } }: { view: View }) {
  return (
    <>
      <h2>{poolTexts.legs}</h2>
      <ol class="cards">
        {pool.legs.map((leg) => (
          <li key={`${leg.boutId} ${leg.question.kind}`}>
            <a class="card line" href={`/combats/${leg.boutId}`}>
              <span class="small mute">{leg.boutName}</span>
              <span>
                {leg.text} <b>{rightText(leg)}</b>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}

function rightText({ right, outcomes }: View['pool']['legs'][number]): string {
  if (right === null) return poolTexts.undecided;
  return outcomes.find(({ outcome }) => outcome === right)?.text ?? poolTexts.void;
}

function Paid({ settlement }: { settlement: NonNullable<View['settlement']> }) {
  return (
    <section class="card stack-s">
      <h2>{poolTexts.paid}</h2>
      <p>{poolTexts.progress(settlement.paidCount, settlement.ticketCount)}</p>
      {settlement.refundReason !== null && <p>{poolTexts.reasons[settlement.refundReason]}</p>}
      <Sums
        lines={[
          { name: poolTexts.takeOut, xof: settlement.takeOutXof },
          { name: poolTexts.gross, xof: settlement.grossXof },
          { name: poolTexts.tax, xof: settlement.taxXof },
          { name: poolTexts.refunded, xof: settlement.refundedXof },
          { name: poolTexts.remainder, xof: settlement.remainderXof ?? 0 },
        ]}
      />
    </section>
  );
}
