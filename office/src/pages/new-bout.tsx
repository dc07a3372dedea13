/** A new bout: one search finds the first wrestler, the next the second, then the hour. The address keeps the choice. */
import type { OfficeViews, WrestlerLine } from '#core/api/office-pages.ts';
import type { Side } from '#core/market.ts';
import { Field, FormStart, Problem } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { newBoutTexts } from '../gala-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['newBout'];

const FORM = 'POST /galas/:galaId/combats';

export const newBoutPage: Page<View> = { title: () => newBoutTexts.title, Main: NewBout };

function NewBout({ view, frame, problem }: Props<View>) {
  const { gala, a, b } = view;
  return (
    <div class="stack narrow">
      <a class="back" href={`/galas/${gala.id}`}>
        <Icon name="back" size={18} />
        {gala.name}
      </a>
      <h1>{newBoutTexts.title}</h1>
      <Problem problem={problem} form={FORM} />
      <Corner view={view} side="A" chosen={a} />
      <Corner view={view} side="B" chosen={b} />
      {a !== null && b !== null && (
        <form class="stack" method="post" action={`/galas/${gala.id}/combats`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <input type="hidden" name="wrestlerAId" value={a.id} />
          <input type="hidden" name="wrestlerBId" value={b.id} />
          <Field
            form={FORM}
            name="scheduledAt"
            label={newBoutTexts.scheduledAt}
            type="datetime-local"
            problem={problem}
            value={view.scheduledAt}
            required
          />
          <Field
            form={FORM}
            name="title"
            label={newBoutTexts.label}
            hint={newBoutTexts.labelHint}
            problem={problem}
            maxLength={120}
          />
          <button type="submit" class="btn btn-go btn-wide">
            {newBoutTexts.add}
          </button>
        </form>
      )}
    </div>
  );
}

function Corner({ view, side, chosen }: { view: View; side: Side; chosen: WrestlerLine | null }) {
  const title = side === 'A' ? newBoutTexts.first : newBoutTexts.second;
  return (
    <section class={`card stack-s corner side-${side}`} aria-labelledby={`corner-${side}`}>
      <h2 id={`corner-${side}`}>{title}</h2>
      {chosen !== null && (
        <p class="row between">
          <span>
            <b class="name">{chosen.name}</b>
            <br />
            <span class="mute small">{chosen.stable ?? newBoutTexts.noStable}</span>
          </span>
          <a class="btn" href={addressOf(view, { [side]: null })}>
            {newBoutTexts.change}
          </a>
        </p>
      )}
      {view.side === side && <Search view={view} side={side} />}
    </section>
  );
}

function Search({ view, side }: { view: View; side: Side }) {
  return (
    <>
      <form class="stack-s" method="get" action={`/galas/${view.gala.id}/combats/nouveau`}>
        {view.a !== null && <input type="hidden" name="a" value={view.a.id} />}
        {view.b !== null && <input type="hidden" name="b" value={view.b.id} />}
        <label for="q">{newBoutTexts.search}</label>
        <div class="row">
          <input
            class="input"
            id="q"
            name="q"
            type="search"
            maxLength={80}
            value={view.search}
            autocomplete="off"
          />
          <button type="submit" class="btn" aria-label={newBoutTexts.go}>
            <Icon name="search" size={20} />
          </button>
        </div>
      </form>
      {view.found.length === 0 && <p class="mute">{newBoutTexts.none}</p>}
      <ul class="found">
        {view.found.map((wrestler) => (
          <li key={wrestler.id}>
            <a href={addressOf(view, { [side]: wrestler.id })}>
              <b>{wrestler.name}</b>
              <span class="mute small">{wrestler.stable ?? newBoutTexts.noStable}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** This page with one corner changed. */
function addressOf(view: View, change: Partial<Record<Side, number | null>>): string {
  const picked = { A: view.a?.id ?? null, B: view.b?.id ?? null, ...change };
  const query = [picked.A === null ? null : `a=${picked.A}`, picked.B === null ? null : `b=${picked.B}`];
  return `/galas/${view.gala.id}/combats/nouveau?${query.filter((part) => part !== null).join('&')}`;
}
