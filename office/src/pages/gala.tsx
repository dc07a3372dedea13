import type { GalaBout, GalaHead } from '#core/api/desk-views.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { boutRulesText } from '#core/rule-card.ts';
import { Money, Note } from '#ui/components.tsx';
import { dayAndHourOf, hourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { changeTexts } from '../change-texts.ts';
import { galaTexts } from '../gala-texts.ts';
import { runsGalas } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { Following } from '../parts/following.tsx';
import { GalaTags, StateTag } from '../parts/tags.tsx';
import { deskTexts } from '../texts.ts';
import { useReloaded } from '../use-reloaded.ts';

type View = OfficeViews['gala'];

export const galaPage: Page<View> = { title: (view) => view.gala.name, Main: GalaMain };

function GalaMain({ view: first, frame }: Props<View>) {
  const stream = useReloaded(`/galas/${first.gala.id}`, first);
  const view = stream.snapshot;
  return (
    <div class="stack">
      <GalaTop gala={view.gala} now={frame.now} />
      {first.done !== null && (
        <Note tone="ok" role="status">
          {galaTexts.done[first.done]}
        </Note>
      )}
      {view.bouts.length === 0 ? (
        <p class="mute">{galaTexts.noBout}</p>
      ) : (
        <ol class="cards bouts">
          {view.bouts.map((bout) => (
            <BoutLine bout={bout} now={frame.now} key={bout.id} />
          ))}
        </ol>
      )}
      {runsGalas(frame.visitor) && (
        <a class="btn btn-wide" href={`/galas/${view.gala.id}/combats/nouveau`}>
          <Icon name="plus" size={20} />
          {galaTexts.addBout}
        </a>
      )}
      <a class="btn btn-wide" href={`/galas/${view.gala.id}/mutuels`}>
        {galaTexts.pools}
      </a>
      <Following stream={stream} />
    </div>
  );
}

function GalaTop({ gala, now }: { gala: GalaHead; now: string }) {
  return (
    <header class="stack-s">
      <div class="row between">
        <a class="back" href="/">
          <Icon name="back" size={18} />
          {galaTexts.title}
        </a>
        <span class="row tags">
          <GalaTags gala={gala} />
        </span>
      </div>
      <h1>{gala.name}</h1>
      <p class="mute small">
        {[
          dayAndHourOf(gala.startsAt, now),
          gala.venue,
          gala.promoter,
          `${galaTexts.authority} : ${gala.authority}`,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
        <br />
        {boutRulesText(gala.boutRules)}
      </p>
    </header>
  );
}

/** The gala's evening says the day, but of a bout that was moved. */
function whenOf({ scheduledAt, waiting }: GalaBout, now: string): string {
  if (waiting === null) return hourOf(scheduledAt);
  return waiting.isUndated ? deskTexts.noDate : `${changeTexts.isMoved} ${dayAndHourOf(scheduledAt, now)}`;
}

function BoutLine({ bout, now }: { bout: GalaBout; now: string }) {
  return (
    <li>
      <a class="card line bout" href={`/combats/${bout.id}`}>
        <span class="row between wrap">
          <span class="small mute">
            {bout.position} · {whenOf(bout, now)}
            {bout.title !== null && ` · ${bout.title}`}
          </span>
          <StateTag state={bout.state} marketState={bout.marketState} />
        </span>
        <span class="pair">
          <span class="side side-A">
            <b class="name">{bout.wrestlerA}</b>
            <Money xof={bout.engagedAXof} />
          </span>
          <span class="side side-B">
            <b class="name">{bout.wrestlerB}</b>
            <Money xof={bout.engagedBXof} />
          </span>
        </span>
        <span class="row wrap small figures">
          <span>
            <span class="mute">{galaTexts.duels}</span> <b>{bout.duelCount}</b>
          </span>
          <span>
            <span class="mute">{galaTexts.offers}</span> <b>{bout.openOfferCount}</b>
            {bout.openXof > 0 && (
              <>
                {' · '}
                <Money xof={bout.openXof} />
              </>
            )}
          </span>
          {bout.waiting?.isUndated === true && <b class="todo">{changeTexts.awaitsDate}</b>}
          {bout.proposedBy === null && bout.waiting !== null && bout.waiting.voidAt !== null && (
            <span>{changeTexts.voidAt(bout.waiting.voidAt, now)}</span>
          )}
          {bout.proposedBy !== null && <b class="todo">{galaTexts.waits(bout.proposedBy)}</b>}
        </span>
      </a>
    </li>
  );
}
