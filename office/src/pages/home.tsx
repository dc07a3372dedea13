import type { GalaLine, OfficeViews } from '#core/api/office-pages.ts';
import { dayAndHourOf, untilOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page } from '../page.ts';
import { GalaTags } from '../parts/tags.tsx';
import { galaTexts } from '../texts.ts';

export const homePage: Page<OfficeViews['home']> = {
  title: () => galaTexts.title,
  Main: ({ view, frame }) => {
    const groups = [
      [galaTexts.tonight, view.tonight],
      [galaTexts.coming, view.coming],
      [galaTexts.past, view.past],
    ] as const;
    return (
      <div class="stack">
        <div class="row between wrap">
          <h1>{galaTexts.title}</h1>
          <a class="btn" href="/galas/nouveau">
            <Icon name="plus" size={20} />
            {galaTexts.add}
          </a>
        </div>
        {groups.every(([, galas]) => galas.length === 0) && (
          <section class="card stack-s">
            <h2>{galaTexts.none}</h2>
            <p class="mute">{galaTexts.noneHint}</p>
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
