import type { HistoryChoice, HistoryEntry, HistoryTotals } from '#core/api/bet-history-pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { historyKinds, historyStates } from '#core/bet-history.ts';
import { historyKindTexts, historyStateTexts } from '#core/bet-history-texts.ts';
import { Money, Note } from '#ui/components.tsx';
import { dayOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { historyTexts as texts } from '../history-texts.ts';
import type { Page, Props } from '../page.ts';
import { BetTag } from '../parts/bet-line.tsx';
import { hasPill, PeriodFields, PeriodPills } from '../parts/period-filter.tsx';
import { Pill } from '../parts/pill.tsx';
import { RebetLink } from '../parts/rebet-card.tsx';

type View = PlayerViews['betHistory'];

const PATH = '/paris/historique';

export const betHistoryPage: Page<View> = { tab: 'bets', title: () => texts.title, Main: HistoryMain };

function HistoryMain({ view, frame }: Props<View>) {
  const { choice, entries, totals, refusal } = view;
  return (
    <div class="stack-l">
      <a class="btn btn-quiet" href="/paris">
        <Icon name="back" />
        {texts.back}
      </a>
      <h1>{texts.title}</h1>
      {/* Above the filters: on a small screen what comes after them is out of sight. */}
      {refusal !== null && (
        <Note tone="bad" role="alert">
          {refusal}
        </Note>
      )}
      <Filters view={view} now={frame.now} />
      {totals !== null && <Totals totals={totals} />}
      {refusal === null && (
        <section class="stack-s">
          <h2>{texts.list}</h2>
          {entries.length === 0 && <p class="mute">{texts.none}</p>}
          <ul class="list">
            {entries.map((entry) => (
              <Line
                entry={entry}
                hasChance={view.chances.includes(entry.id)}
                now={frame.now}
                key={entry.id}
              />
            ))}
          </ul>
          {view.next !== null && (
            <a class="btn btn-wide" href={pathOf(choice, { before: view.next })}>
              {texts.older}
            </a>
          )}
          {entries.length > 0 && (
            <a class="btn" href={pathOf(choice, {}, `${PATH}.csv`)}>
              {texts.csv}
            </a>
          )}
        </section>
      )}
    </div>
  );
}

/** Links for what a tap chooses, a form for the rest: each keeps what the others chose. */
function Filters({ view: { choice, galas }, now }: { view: View; now: string }) {
  return (
    <section class="stack">
      <PeriodPills
        period={choice}
        unbounded={texts.threeMonths}
        now={now}
        pathOf={(period) => pathOf({ ...choice, ...period })}
      />
      <Choices
        name="state"
        of={historyStates}
        named={historyStateTexts}
        choice={choice}
        label={texts.state}
      />
      <Choices name="kind" of={historyKinds} named={historyKindTexts} choice={choice} label={texts.kind} />
      <details class="dates" open={choice.galaId !== null || !hasPill(choice, now)}>
        <summary>{texts.more}</summary>
        <form class="stack-s" method="get" action={PATH}>
          {choice.state !== null && <input type="hidden" name="state" value={choice.state} />}
          {choice.kind !== null && <input type="hidden" name="kind" value={choice.kind} />}
          <PeriodFields path={PATH} period={choice} />
          <label for="galaId">{texts.gala}</label>
          <select class="input" id="galaId" name="galaId">
            <option value="">{texts.allGalas}</option>
            {galas.map(({ id, name }) => (
              <option value={id} selected={choice.galaId === String(id)} key={id}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit" class="btn">
            {texts.show}
          </button>
        </form>
      </details>
    </section>
  );
}

function Choices<Name extends string>({
  name,
  of,
  named,
  choice,
  label,
}: {
  name: 'state' | 'kind';
  of: readonly Name[];
  named: Readonly<Record<Name, string>>;
  choice: HistoryChoice;
  label: string;
}) {
  return (
    <nav class="stack-s" aria-label={label}>
      <b>{label}</b>
      <div class="row wrap pills">
        <Pill href={pathOf({ ...choice, [name]: null })} name={texts.all} isHere={choice[name] === null} />
        {of.map((value) => (
          <Pill
            href={pathOf({ ...choice, [name]: value })}
            name={named[value]}
            isHere={choice[name] === value}
            key={value}
          />
        ))}
      </div>
    </nav>
  );
}

function pathOf(choice: HistoryChoice, more: { readonly before?: string } = {}, path = PATH): string {
  const fields = Object.entries({ ...choice, ...more }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`;
}

function Totals({ totals }: { totals: HistoryTotals }) {
  const lines = [
    [texts.staked, totals.stakedXof],
    ...(totals.bonusXof === 0 ? [] : [[texts.bonus, totals.bonusXof] as const]),
    [texts.engaged, totals.engagedXof],
    [texts.returned, totals.returnedXof],
    [texts.won, totals.wonXof],
  ] as const;
  return (
    <section class="card stack-s">
      <h2>{texts.sums}</h2>
      <dl class="dl">
        <dt class="mute">{texts.count}</dt>
        <dd>{totals.betCount}</dd>
        {lines.map(([name, xof]) => (
          <Sum name={name} xof={xof} key={name} />
        ))}
        <dt class="sum">{texts.net}</dt>
        <dd class="sum">
          <Money xof={totals.netXof} sign />
        </dd>
      </dl>
      <p class="mute small">{texts.netHint}</p>
      <dl class="dl">
        <Sum name={texts.commission} xof={totals.commissionXof} />
        <Sum name={texts.tax} xof={totals.taxXof} />
      </dl>
    </section>
  );
}

function Sum({ name, xof }: { name: string; xof: number }) {
  return (
    <>
      <dt class="mute">{name}</dt>
      <dd>
        <Money xof={xof} />
      </dd>
    </>
  );
}

function Line({ entry, hasChance, now }: { entry: HistoryEntry; hasChance: boolean; now: string }) {
  const about = [entry.name, entry.opponent, dayOf(entry.madeAt, now)].filter((part) => part !== null);
  return (
    <li>
      <a href={entry.form === 'duel' ? `/paris/${entry.id}` : `/tickets/${entry.id}`}>
        <span>
          <span>
            <b>
              <Money xof={entry.stakeXof} />
            </b>{' '}
            {texts.on} {entry.pick}
          </span>
          <span class="mute small">{about.join(' · ')}</span>
          {entry.bonusXof > 0 && (
            <span class="mute small">
              {texts.bonus} <Money xof={entry.bonusXof} />
            </span>
          )}
          {entry.isCorrected && <span class="mute small">{texts.corrected}</span>}
        </span>
        <span class="end">
          <BetTag state={entry.state} />
          {entry.payoutXof !== null && entry.payoutXof > 0 && (
            <b>
              <Money xof={entry.payoutXof} sign />
            </b>
          )}
        </span>
      </a>
      {hasChance && <RebetLink pastId={entry.id} pick={entry.pick} />}
    </li>
  );
}
