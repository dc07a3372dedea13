import type { GalaLine } from '#core/api/desk-views.ts';
import type { OfficeViews, OfficeVisitor } from '#core/api/office-pages.ts';
import { dayAndHourOf, untilOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { galaTexts } from '../gala-texts.ts';
import { homeTexts, taskTexts } from '../home-texts.ts';
import { roomsOf, runsGalas } from '../may.ts';
import type { Page } from '../page.ts';
import { GalaTags } from '../parts/tags.tsx';
import { roleNames } from '../staff-texts.ts';
import { rooms } from '../texts.ts';

export const homePage: Page<OfficeViews['home']> = {
  title: () => galaTexts.title,
  Main: ({ view, frame }) => {
    const groups = [
      [galaTexts.tonight, view.tonight],
      [galaTexts.coming, view.coming],
      [galaTexts.past, view.past],
    ] as const;
    const { visitor } = frame;
    const mayRun = runsGalas(visitor);
    return (
      <div class="stack">
        <div class="row between wrap">
          <h1>{galaTexts.title}</h1>
          {mayRun && (
            <a class="btn" href="/galas/nouveau">
              <Icon name="plus" size={20} />
              {galaTexts.add}
            </a>
          )}
        </div>
        {visitor !== null && !mayRun && <Task visitor={visitor} />}
        {groups.every(([, galas]) => galas.length === 0) && (
          <section class="card stack-s">
            <h2>{mayRun ? galaTexts.none : homeTexts.noGala}</h2>
            <p class="mute">{mayRun ? galaTexts.noneHint : homeTexts.noGalaHint}</p>
          </section>
        )}
        {groups.map(
          ([name, galas]) =>
            galas.length > 0 && (
              <section class="stack-s" key={name}>
                <h2>{name}</h2>
                <ul class="cards">
                  {galas.map((gala) => (
                    <GalaCard gala={gala} now={frame.now} key={gala.id} />
                  ))}
                </ul>
              </section>
            ),
        )}
      </div>
    );
  },
};

/** For who runs no gala: what he is there for, and the pages that are his. */
function Task({ visitor }: { visitor: OfficeVisitor }) {
  const own = roomsOf(visitor, rooms).filter(({ href }) => href !== '/');
  return (
    <section class="stack-s" aria-labelledby="own-rooms">
      <p>
        <b>{roleNames[visitor.role]}.</b> {taskTexts[visitor.role]}
      </p>
      <h2 id="own-rooms">{homeTexts.rooms}</h2>
      <ul class="cards">
        {own.map(({ href, name, hint }) => (
          <li key={href}>
            <a class="card line" href={href}>
              <b class="name">{name}</b>
              <span class="small mute">{hint}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function GalaCard({ gala, now }: { gala: GalaLine; now: string }) {
  const until = untilOf(gala.startsAt, now);
  const counts = [
    galaTexts.bouts(gala.boutCount),
    gala.openCount > 0 ? galaTexts.open(gala.openCount) : null,
    gala.undecidedCount > 0 ? galaTexts.undecided(gala.undecidedCount) : null,
  ];
  return (
    <li>
      <a class="card line" href={`/galas/${gala.id}`}>
        <span class="row between wrap">
          <b class="name">{gala.name}</b>
          <span class="row tags">
            <GalaTags gala={gala} />
          </span>
        </span>
        <span class="small">
          {dayAndHourOf(gala.startsAt, now)}
          {until !== null && <span class="mute"> · {until}</span>}
        </span>
        <span class="small mute">{gala.venue}</span>
        <span class="small">{counts.filter((count) => count !== null).join(' · ')}</span>
      </a>
    </li>
  );
}
