import type { Gala, PlayerViews } from '#core/api/player-pages.ts';
import { dayAndHourOf, dayOf, untilOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page } from '../page.ts';
import { BoutCard } from '../parts/bout-card.tsx';
import { homeTexts } from '../texts.ts';

export const homePage: Page<PlayerViews['home']> = {
  tab: 'bouts',
  title: () => homeTexts.title,
  Main: ({ view, frame }) => {
    const [first, ...others] = view.galas;
    return (
      <div class="stack-l">
        {frame.visitor === null ? <Welcome /> : <h1 class="vh">{homeTexts.title}</h1>}
        {first === undefined ? <NoGala /> : <GalaBouts gala={first} now={frame.now} />}
        {others.length > 0 && <NextGalas galas={others} now={frame.now} />}
        <a class="btn btn-wide" href="/lutteurs">
          <Icon name="search" />
          {homeTexts.search}
        </a>
      </div>
    );
  },
};

function Welcome() {
  return (
    <section class="welcome stack">
      <h1 class="slogan">{homeTexts.slogan}</h1>
      <ol class="steps" aria-label={homeTexts.how}>
        {homeTexts.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

function NoGala() {
  return (
    <section class="card stack-s">
      <h2>{homeTexts.none}</h2>
      <p class="mute">{homeTexts.noneHint}</p>
    </section>
  );
}

export function GalaBouts({ gala, now }: { gala: Gala; now: string }) {
  return (
    <section class="stack" aria-labelledby={`gala-${gala.id}`}>
      <GalaHead gala={gala} now={now} />
      {gala.bouts.map((bout) => (
        <BoutCard bout={bout} key={bout.id} />
      ))}
    </section>
  );
}

function GalaHead({ gala, now }: { gala: Gala; now: string }) {
  const until = untilOf(gala.startsAt, now);
  return (
    <header class="stack-s">
      <p class="when">
        {dayAndHourOf(gala.startsAt, now)}
        {until !== null && <span class="mute"> · {until}</span>}
      </p>
      <h2 class="gala" id={`gala-${gala.id}`}>
        {gala.name}
      </h2>
      <p class="mute small">
        {[gala.venue, gala.promoter, gala.isTest ? homeTexts.demonstration : null]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </header>
  );
}

function NextGalas({ galas, now }: { galas: readonly Gala[]; now: string }) {
  return (
    <section class="stack-s">
      <h2>{homeTexts.next}</h2>
      <ul class="list">
        {galas.map((gala) => (
          <li key={gala.id}>
            <a href={`/galas/${gala.id}`}>
              <span>
                <b>{gala.name}</b>
                <span class="mute small">
                  {dayOf(gala.startsAt, now)} · {gala.venue}
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
