import type { OfficePlayView } from '#core/api/play-pages.ts';
import { formatXof } from '#core/money.ts';
import { Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page } from '../page.ts';
import { playTexts as texts } from '../texts.ts';

export const playPage: Page<OfficePlayView> = {
  title: () => texts.title,
  Main: ({ view, frame }) => {
    const when = (iso: string) => dayAndHourOf(iso, frame.now);
    return (
      <div class="stack">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
        <h2>{texts.exclusions}</h2>
        {view.exclusions.length === 0 && <p class="mute">{texts.noExclusion}</p>}
        <ul class="list">
          {view.exclusions.map((one) => (
            <li class="row between line" key={one.exclusionId}>
              <span>
                <b>{one.pseudonym}</b> · {texts.kinds[one.kind]}
                <br />
                <span class="mute small">
                  {texts.from(when(one.beganAt))}{' '}
                  {one.endsAt === null ? texts.forGood : texts.to(when(one.endsAt))}
                  {one.returnsAt !== null && one.returnsAt !== one.endsAt && (
                    <> · {texts.returns(when(one.returnsAt))}</>
                  )}
                </span>
              </span>
              {one.isInForce && <Tag tone="ochre">{texts.inForce}</Tag>}
            </li>
          ))}
        </ul>
        <h2>{texts.pending}</h2>
        {view.pending.length === 0 && <p class="mute">{texts.noPending}</p>}
        <ul class="list">
          {view.pending.map((one) => (
            <li class="line" key={one.changeId}>
              <b>{one.pseudonym}</b> · {texts.limits[one.kind]}, {texts.periods[one.period]}
              <br />
              <span class="mute small">
                {amount(one.fromXof)} → {amount(one.toXof)} · {texts.confirmFrom(when(one.confirmFrom))}
              </span>
            </li>
          ))}
        </ul>
      </div>
    );
  },
};

function amount(limitXof: number | null): string {
  return limitXof === null ? texts.none : formatXof(limitXof);
}
