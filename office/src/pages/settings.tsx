import type { OfficeViews } from '#core/api/office-pages.ts';
import type { SettingShown } from '#core/api/settings.ts';
import { sectionTexts } from '#core/setting-texts.ts';
import { writeSetting } from '#core/setting-value-text.ts';
import { Note, Problem } from '#ui/components.tsx';
import { mayChangeSettings } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { OpenChangeCard } from '../parts/setting-change.tsx';
import { settingPageTexts as texts } from '../setting-page-texts.ts';

type View = OfficeViews['settings'];

export const settingsPage: Page<View> = { title: () => texts.title, Main: SettingsMain };

const decisions = ['approuver', 'refuser', 'retirer'].map(
  (what) => `POST /reglages/changements/:changeId/${what}`,
);

function SettingsMain({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {texts.done[view.done]}
        </Note>
      )}
      <section class="stack-s">
        <h2>{texts.openTitle}</h2>
        {decisions.map((form) => (
          <Problem problem={problem} form={form} key={form} />
        ))}
        {view.open.length === 0 && <p class="mute">{texts.noneOpen}</p>}
        {view.open.map((open) => (
          <OpenChangeCard
            open={open}
            token={frame.formToken}
            now={frame.now}
            mayDecide={mayChangeSettings(frame.visitor)}
            key={open.change.changeId}
          />
        ))}
      </section>
      {Object.entries(sectionTexts).map(([section, title]) => (
        <section class="stack-s" key={section}>
          <h2>{title}</h2>
          <Section settings={view.settings.filter((setting) => setting.section === section)} />
        </section>
      ))}
    </div>
  );
}

function Section({ settings }: { settings: readonly SettingShown[] }) {
  return (
    <ul class="found">
      {settings.map(({ name, label, value, approved }) => (
        <li key={name}>
          <a href={`/reglages/${name}`}>
            <span>
              {label}
              {approved !== null && (
                <span class="mute small"> {texts.outOfBounds(writeSetting(name, approved))}</span>
              )}
            </span>
            <b class="xof">{writeSetting(name, value)}</b>
          </a>
        </li>
      ))}
    </ul>
  );
}
