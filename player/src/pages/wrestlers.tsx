import type { PlayerViews, Wrestler } from '#core/api/player-pages.ts';
import { partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { Disc } from '../parts/wrestlers.tsx';
import { wrestlerTexts } from '../texts.ts';

export const wrestlersPage: Page<PlayerViews['wrestlers']> = {
  tab: 'bouts',
  title: () => wrestlerTexts.title,
  Main: ({ view }) => (
    <div class="stack">
      <h1>{wrestlerTexts.title}</h1>
      <form class="search" method="get" action="/lutteurs">
        <label class="vh" for="q">
          {wrestlerTexts.search}
        </label>
        <input
          class="input"
          type="search"
          id="q"
          name="q"
          defaultValue={view.search}
          placeholder={wrestlerTexts.search}
          maxLength={60}
        />
        <button type="submit" class="btn btn-go" aria-label={wrestlerTexts.go}>
          <Icon name="search" />
        </button>
      </form>
      {view.wrestlers.length === 0 && <p role="status">{wrestlerTexts.none}</p>}
      <ul class="list">
        {view.wrestlers.map((wrestler) => (
          <li key={wrestler.id}>
            <a href={`/lutteurs/${wrestler.id}`}>
              <Disc name={wrestler.name} side="A" size="s" />
              <span class="grow">
                <b>{wrestler.name}</b>
                {wrestler.stable !== null && <span class="mute small">{wrestler.stable}</span>}
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </div>
  ),
};

export const wrestlerPage: Page<PlayerViews['wrestler']> = {
  tab: 'bouts',
  title: (view) => view.wrestler.name,
  Main: WrestlerMain,
};

function WrestlerMain({ view: { wrestler } }: Props<PlayerViews['wrestler']>) {
  return (
    <div class="stack-l">
      <header class="arena">
        <p class="small">
          <a class="back" href="/lutteurs">
            <Icon name="back" size={18} />
            {wrestlerTexts.title}
          </a>
        </p>
        <div class="corner">
          <Disc name={wrestler.name} side="A" />
          <h1>{wrestler.name}</h1>
          {wrestler.stable !== null && <p class="mute">{wrestler.stable}</p>}
        </div>
      </header>
      <StatedRecord wrestler={wrestler} />
      <Facts wrestler={wrestler} />
      <KnownBouts wrestler={wrestler} />
      {wrestler.sources.length > 0 && (
        <details class="card">
          <summary>{wrestlerTexts.sources}</summary>
          <ul class="small stack-s">
            {wrestler.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** The record as a source states it: never a count of the bouts below. */
function StatedRecord({ wrestler: { record } }: { wrestler: Wrestler }) {
  return (
    <section class="stack-s">
      <h2>{wrestlerTexts.record}</h2>
      {record === null ? (
        <p class="mute">{wrestlerTexts.unknown}</p>
      ) : (
        <>
          <ul class="record">
            <Count count={record.wins} name={wrestlerTexts.wins} />
            <Count count={record.losses} name={wrestlerTexts.losses} />
            {record.draws !== null && <Count count={record.draws} name={wrestlerTexts.draws} />}
            {record.noVerdicts !== null && (
              <Count count={record.noVerdicts} name={wrestlerTexts.noVerdicts} />
            )}
          </ul>
          <p class="mute small">{wrestlerTexts.asOf(partialDateOf(record.asOf))}</p>
        </>
      )}
    </section>
  );
}

function Count({ count, name }: { count: number; name: string }) {
  return (
    <li>
      <b>{count}</b>
      <span class="mute small">{name}</span>
    </li>
  );
}

function Facts({ wrestler }: { wrestler: Wrestler }) {
  const facts = [
    [wrestlerTexts.legalName, wrestler.legalName],
    [wrestlerTexts.aliases, wrestler.aliases.length === 0 ? null : wrestler.aliases.join(', ')],
    [
      wrestlerTexts.stable,
      wrestler.stables.length === 0 ? null : wrestler.stables.map((stable) => stable.name).join(', '),
    ],
    [wrestlerTexts.born, wrestler.bornOn === null ? null : partialDateOf(wrestler.bornOn)],
    [wrestlerTexts.place, wrestler.birthPlace],
    [wrestlerTexts.height, wrestler.heightCm === null ? null : `${wrestler.heightCm}\u00a0cm`],
    [wrestlerTexts.weight, wrestler.weightKg === null ? null : `${wrestler.weightKg}\u00a0kg`],
    [wrestlerTexts.debut, wrestler.debutYear === null ? null : String(wrestler.debutYear)],
    [wrestlerTexts.titles, wrestler.titles.length === 0 ? null : wrestler.titles.join(', ')],
  ] as const;
  return (
    <dl class="card facts">
      {facts.map(([name, value]) => (
        <div key={name} class={value !== null && value.length > 24 ? 'wide' : undefined}>
          <dt class="mute small">{name}</dt>
          <dd class={value === null ? 'mute' : undefined}>{value ?? wrestlerTexts.unknown}</dd>
        </div>
      ))}
    </dl>
  );
}

function KnownBouts({ wrestler: { bouts } }: { wrestler: Wrestler }) {
  if (bouts.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{wrestlerTexts.known}</h2>
      <p class="mute small">{wrestlerTexts.knownHint}</p>
      <ul class="list">
        {bouts.map((bout) => {
          const [letter, word] = wrestlerTexts.outcomes[bout.outcome];
          const { wrestlerId, name } = bout.opponent;
          const line = (
            <>
              <span class={`form form-${bout.outcome}`} aria-hidden="true">
                {letter}
              </span>
              <span class="grow">
                <span class="vh">{word} contre </span>
                <b>{name}</b>
                <span class="mute small if">
                  {[
                    bout.heldOn === null ? null : partialDateOf(bout.heldOn),
                    bout.method === null ? null : wrestlerTexts.methods[bout.method],
                    bout.arena,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </span>
            </>
          );
          return wrestlerId === null ? (
            <li key={bout.id} class="row line">
              {line}
            </li>
          ) : (
            <li key={bout.id}>
              <a href={`/lutteurs/${wrestlerId}`}>{line}</a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
