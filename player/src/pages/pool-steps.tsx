/** Every step of what a pool paid, so that anybody with a pencil comes to the same francs. */
import type { PlayerViews } from '#core/api/player-pages.ts';
import { Note, Sums } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { percentOf } from '../parts/rule-card.tsx';
import { stepTexts } from '../pool-texts.ts';
import { Legs } from './pool.tsx';

type View = PlayerViews['poolSteps'];

export const poolStepsPage: Page<View> = { tab: 'bouts', title: () => stepTexts.title, Main: PoolSteps };

function PoolSteps({ view }: Props<View>) {
  const { pool, settlement } = view;
  return (
    <div class="stack">
      <header class="stack-s">
        <a class="back small" href={`/mutuels/${pool.id}`}>
          <Icon name="back" size={18} />
          {pool.name}
        </a>
        <h1>{stepTexts.title}</h1>
      </header>
      {settlement.state === 'paying' && (
        <Note role="status">{stepTexts.paying(settlement.paidCount, settlement.ticketCount)}</Note>
      )}
      <h2>{stepTexts.outcomes}</h2>
      <Legs legs={pool.legs} />
      <h2>{stepTexts.stakes}</h2>
      <Sums
        lines={[
          { name: stepTexts.all, xof: settlement.stakesXof },
          ...(settlement.refundReason !== 'all_void'
            ? [{ name: stepTexts.rightStakes, xof: settlement.rightXof }]
            : []),
          ...(settlement.lateXof > 0 ? [{ name: stepTexts.late, xof: settlement.lateXof }] : []),
        ]}
      />
      {settlement.refundReason === null ? (
        <Shared view={view} />
      ) : (
        <Note role="status">{stepTexts.reasons[settlement.refundReason]}</Note>
      )}
      {settlement.state === 'done' && <Totals settlement={settlement} />}
      {settlement.state === 'done' && <Recompute view={view} />}
    </div>
  );
}

function Shared({ view: { pool, settlement, example, isMinimum } }: { view: View }) {
  const takeOut = percentOf(pool.ruleCard?.rates.takeOutBps ?? 0);
  return (
    <>
      <h2>{stepTexts.pool}</h2>
      <Sums
        lines={[
          { name: stepTexts.all, xof: settlement.stakesXof },
          { name: stepTexts.takeOut(takeOut), xof: -settlement.takeOutXof },
          { name: stepTexts.netPool, xof: settlement.netPoolXof, isSum: true },
        ]}
      />
      {isMinimum && <Note>{stepTexts.minimum}</Note>}
      <h2>{stepTexts.dividend}</h2>
      {settlement.dividendBps !== null && (
        <p class="row between">
          <span>{stepTexts.dividendFor}</span>
          <b class="big">{dividendText(settlement.dividendBps)}</b>
        </p>
      )}
      <p class="mute small">{stepTexts.dividendHint}</p>
      {example !== null && (
        <Sums
          lines={[
            { name: stepTexts.example(example.stakeXof), xof: example.stakeXof },
            { name: stepTexts.gross, xof: example.grossXof },
            { name: stepTexts.tax, xof: -example.taxXof },
            { name: stepTexts.net, xof: example.payoutXof, isSum: true },
          ]}
        />
      )}
    </>
  );
}

/** 34 217 ten-thousandths: "3,4217 F". */
function dividendText(bps: number): string {
  return `${Math.floor(bps / 10_000)},${String(bps % 10_000).padStart(4, '0')}\u00a0F`;
}

function Totals({ settlement }: { settlement: View['settlement'] }) {
  return (
    <>
      <h2>{stepTexts.totals(settlement.refundReason === null ? 5 : 3)}</h2>
      <Sums
        lines={[
          { name: stepTexts.paidGross, xof: settlement.grossXof },
          { name: stepTexts.taxOfThat, xof: settlement.taxXof },
          { name: stepTexts.takeOutSum, xof: settlement.takeOutXof },
          { name: stepTexts.remainder, xof: settlement.remainderXof ?? 0 },
          { name: stepTexts.refunded, xof: settlement.refundedXof },
        ]}
      />
      <p class="mute small">{stepTexts.sumHint}</p>
    </>
  );
}

function Recompute({ view: { pool, scriptLines } }: { view: View }) {
  return (
    <section class="card stack-s">
      <h2>{stepTexts.recompute}</h2>
      <p class="small">{stepTexts.recomputeHint(scriptLines)}</p>
      <a class="btn btn-wide" href={`/mutuels/${pool.id}/fichier`}>
        {stepTexts.file}
      </a>
      <a class="btn btn-wide" href="/mutuels/recalculer">
        {stepTexts.script}
      </a>
      <p class="small">
        {stepTexts.run}
        <br />
        <code>{`node recompute-pool.mjs mutuel-mbayar-${pool.id}.json`}</code>
      </p>
      <p class="mute small">
        {stepTexts.card}
        <br />
        <code>{pool.ruleCardHash}</code>
      </p>
      <p class="mute small">
        {stepTexts.root}
        <br />
        <code>{pool.root}</code>
      </p>
    </section>
  );
}
