/** What the house holds for bets that are not settled, gala by gala. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { type Engagement, gapOf, heldBy, totalHeld } from '#core/engagements.ts';
import { Money, Note, Sums, Tag } from '#ui/components.tsx';
import { engagementTexts as texts } from '../engagement-texts.ts';
import type { Page, Props } from '../page.ts';
import { stateTexts } from '../texts.ts';

type View = OfficeViews['engagements'];

export const engagementsPage: Page<View> = { title: () => texts.title, Main: EngagementsMain };

function EngagementsMain({ view: { galas } }: Props<View>) {
  const gaps = galas.flatMap(({ lines }) => lines).filter((line) => gapOf(line) !== 0);
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      <section class="card stack-s">
        <Sums
          lines={[
            { name: texts.real, xof: totalHeld(galas, false) },
            { name: texts.test, xof: totalHeld(galas, true) },
          ]}
        />
        {gaps.length === 0 ? (
          <p class="small">{texts.agrees}</p>
        ) : (
          <Note tone="bad" role="alert">
            {texts.gaps(gaps.length)}
          </Note>
        )}
      </section>
      {galas.length === 0 && <p class="mute">{texts.none}</p>}
      {galas.map(({ galaId, gala, isTest, lines }) => (
        <section class="stack" key={galaId}>
          <h2 class="row wrap between">
            <span>
              <a href={`/galas/${galaId}`}>{gala}</a> {isTest && <Tag>{texts.isTest}</Tag>}
            </span>
            <Money xof={lines.reduce((sum, line) => sum + heldBy(line), 0)} />
          </h2>
          {lines.map((line) => (
            <Line line={line} key={`${line.kind}-${line.id}`} />
          ))}
        </section>
      ))}
    </div>
  );
}

function Line({ line }: { line: Engagement }) {
  const gap = gapOf(line);
  const held =
    line.kind === 'pool'
      ? [{ name: texts.tickets(line.openCount), xof: line.openXof }]
      : [
          { name: texts.offers(line.openCount), xof: line.openXof },
          { name: texts.sideA(line.duelCount), xof: line.engagedAXof },
          { name: texts.sideB, xof: line.engagedBXof },
        ];
  return (
    <article class="card stack-s">
      <h3>{line.boutId === null ? line.name : <a href={`/combats/${line.boutId}`}>{line.name}</a>}</h3>
      <p class="small mute">
        {line.kind === 'pool' ? texts.pool : line.question} · {stateTexts[line.state]}
      </p>
      <Sums
        lines={[
          ...held,
          { name: texts.held, xof: heldBy(line), isSum: true },
          { name: texts.books, xof: line.escrowXof },
        ]}
      />
      {gap !== 0 && (
        <p class="problem">
          {texts.gap} <Money xof={gap} sign />
        </p>
      )}
    </article>
  );
}
