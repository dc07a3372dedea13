import type { GalaBout, GalaHead, GalaLine, OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, fieldState, Money, Note, Problem, typedOr } from '#ui/components.tsx';
import { dayAndHourOf, hourOf, untilOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { GalaTags, StateTag } from '../parts/tags.tsx';
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

export const galaPage: Page<OfficeViews['gala']> = {
  title: (view) => view.gala.name,
  Main: ({ view, frame }) => (
    <div class="stack">
      <GalaTop gala={view.gala} now={frame.now} />
      {view.done !== null && (
        <Note tone="ok" role="status">
          {galaTexts.done[view.done]}
        </Note>
      )}
      {view.bouts.length === 0 ? (
        <p class="mute">{galaTexts.noBout}</p>
      ) : (
        <ol class="cards bouts">
          {view.bouts.map((bout) => (
            <BoutLine bout={bout} key={bout.id} />
          ))}
        </ol>
      )}
      <a class="btn btn-wide" href={`/galas/${view.gala.id}/combats/nouveau`}>
        <Icon name="plus" size={20} />
        {galaTexts.addBout}
      </a>
    </div>
  ),
};

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
      </p>
    </header>
  );
}

function BoutLine({ bout }: { bout: GalaBout }) {
  return (
    <li>
      <a class="card line bout" href={`/combats/${bout.id}`}>
        <span class="row between wrap">
          <span class="small mute">
            {bout.position} · {hourOf(bout.scheduledAt)}
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
          {bout.proposedBy !== null && <b class="todo">{galaTexts.waits(bout.proposedBy)}</b>}
        </span>
      </a>
    </li>
  );
}

const NEW_FORM = 'POST /galas';

export const newGalaPage: Page<OfficeViews['newGala']> = { title: () => galaTexts.add, Main: NewGala };

function NewGala({ view, frame, problem }: Props<OfficeViews['newGala']>) {
  const isRobot = frame.visitor?.role === 'robot';
  const field = (name: string, label: string, value = '', isNeeded = true) => (
    <Field
      form={NEW_FORM}
      name={name}
      label={label}
      problem={problem}
      value={value}
      maxLength={120}
      required={isNeeded}
    />
  );
  return (
    <div class="stack narrow">
      <a class="back" href="/">
        <Icon name="back" size={18} />
        {galaTexts.title}
      </a>
      <h1>{galaTexts.add}</h1>
      <Problem problem={problem} form={NEW_FORM} />
      <form class="stack" method="post" action="/galas">
        <FormStart token={frame.formToken} slip={view.slip} />
        {field('name', galaTexts.name)}
        {field('venue', galaTexts.venue)}
        <Field
          form={NEW_FORM}
          name="startsAt"
          label={galaTexts.startsAt}
          type="datetime-local"
          problem={problem}
          value={view.startsAt}
          required
        />
        {field('promoter', galaTexts.promoter, '', false)}
        {field('authority', galaTexts.authorityLabel, 'FSL')}
        {isRobot ? <RobotChoice /> : <GalaKind view={view} problem={problem} />}
        <button type="submit" class="btn btn-go btn-wide">
          {galaTexts.create}
        </button>
      </form>
    </div>
  );
}

function RobotChoice() {
  return (
    <>
      <input type="hidden" name="visibility" value="hidden" />
      <input type="hidden" name="isTest" value="oui" />
      <Note>{galaTexts.robotOnly}</Note>
    </>
  );
}

function GalaKind({ view, problem }: Pick<Props<OfficeViews['newGala']>, 'view' | 'problem'>) {
  const visibility = typedOr(problem, NEW_FORM, 'visibility', 'public');
  return (
    <>
      <fieldset class="stack-s">
        <legend>{galaTexts.visibility}</legend>
        {(
          [
            ['public', galaTexts.public],
            ['hidden', galaTexts.hiddenChoice],
          ] as const
        ).map(([value, name]) => (
          <label class="check" key={value}>
            <input
              type="radio"
              name="visibility"
              value={value}
              checked={visibility === value}
              {...fieldState(problem, NEW_FORM, 'visibility')}
            />
            <span>{name}</span>
          </label>
        ))}
        <Problem problem={problem} form={NEW_FORM} field="visibility" />
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          name="isTest"
          value="oui"
          checked={typedOr(problem, NEW_FORM, 'isTest', view.isTest ? 'oui' : '') === 'oui'}
        />
        <span>{galaTexts.isTest}</span>
      </label>
    </>
  );
}
