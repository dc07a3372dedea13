import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page } from '../page.ts';
import { deviceTexts } from '../texts.ts';

export const devicesPage: Page<PlayerViews['devices']> = {
  tab: 'me',
  title: () => deviceTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{deviceTexts.title}</h1>
      <p class="mute">{deviceTexts.hint}</p>
      {view.isRemoved && (
        <Note tone="ok" role="status">
          {deviceTexts.removed}
        </Note>
      )}
      <ul class="stack">
        {view.devices.map(({ deviceId, label, lastUsedAt, isThisOne }) => (
          <li key={deviceId} class="card stack-s">
            <h2>{label}</h2>
            {isThisOne && (
              <p>
                <Tag tone="ok">{deviceTexts.thisOne}</Tag>
              </p>
            )}
            <p class="mute small">
              {deviceTexts.lastUsed} {dayAndHourOf(lastUsedAt, frame.now)}
            </p>
            <form method="post" action={`/moi/appareils/${deviceId}/retirer`}>
              <FormStart token={frame.formToken} />
              <button type="submit" class="btn btn-wide">
                {isThisOne ? deviceTexts.removeThis : deviceTexts.remove}
                <span class="vh"> {label}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {view.devices.length === 0 && <p>{deviceTexts.none}</p>}
    </div>
  ),
};
