/** What corrections have cost the house, for those who keep the money. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { Money, Sums } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page, Props } from '../page.ts';
import { MoneyChoice } from '../parts/money-choice.tsx';
import { resultTexts, lossTexts as texts } from '../result-texts.ts';

type View = OfficeViews['losses'];

export const lossesPage: Page<View> = { title: () => texts.title, Main: LossesMain };

function LossesMain({ view, frame }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
        <MoneyChoice path="/pertes" isTest={view.isTest} isOffered={frame.isSandbox} />
      </header>
      <section class="card">
        <Sums
          lines={[
            { name: texts.lost, xof: view.lossXof },
            { name: texts.claim, xof: view.claimXof },
          ]}
        />
      </section>
      {view.lines.length === 0 && <p class="mute">{texts.none}</p>}
      {view.lines.map((line) => (
        <article class="card stack-s" key={line.correctionId}>
          <h2>
            {line.boutId === null ? line.name : <a href={`/combats/${line.boutId}/resultats`}>{line.name}</a>}
          </h2>
          <p class="small mute">
            {line.question} · {line.gala} · {texts.version(line.version)}
            <br />
            {dayAndHourOf(line.at, frame.now)}
          </p>
          <p>
            {resultTexts.reason} : {line.reason}
          </p>
          <Sums
            lines={[
              {
                name: line.lossXof < 0 ? resultTexts.lossBack : resultTexts.loss,
                xof: Math.abs(line.lossXof),
              },
              ...(line.claimXof === 0 ? [] : [{ name: resultTexts.claim, xof: line.claimXof }]),
            ]}
          />
          {line.kept.map(({ pseudonym, keptXof }) => (
            <p class="small" key={pseudonym}>
              {texts.kept} {pseudonym} : <Money xof={keptXof} />
            </p>
          ))}
        </article>
      ))}
    </div>
  );
}
