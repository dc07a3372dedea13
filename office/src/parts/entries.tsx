/** Commands of staff, one a line: when, who, what, on what, and whether it was done. */
import type { Entry } from '#core/api/desk-views.ts';
import { Tag } from '#ui/components.tsx';
import { dayOf } from '#ui/dates.ts';
import { secondOf } from '../instants.ts';
import { journalTexts } from '../journal-texts.ts';

export function Entries({
  entries,
  now,
  withTargets = false,
}: {
  entries: readonly Entry[];
  now: string;
  withTargets?: boolean;
}) {
  return (
    <ol class="entries">
      {entries.map((entry) => (
        <li class="entry" key={`${entry.at}${entry.staff}${entry.command}`}>
          <span class="entry-when mute small">
            {dayOf(entry.at, now)} {secondOf(entry.at)}
          </span>
          <b>{nameOf(entry.command)}</b>
          <span class="entry-who">
            {entry.staff}
            {withTargets && (
              <span class="mute">
                {' · '}
                <Target target={entry.target} />
              </span>
            )}
          </span>
          <Outcome outcome={entry.outcome} />
        </li>
      ))}
    </ol>
  );
}

function Outcome({ outcome }: { outcome: string }) {
  return (
    <span class="entry-end">
      {outcome === 'done' ? (
        <Tag tone="ok">{journalTexts.done}</Tag>
      ) : (
        <>
          <Tag tone="bad">{journalTexts.refused}</Tag> <code class="small">{outcome}</code>
        </>
      )}
    </span>
  );
}

function nameOf(command: string): string {
  const names: Readonly<Record<string, string>> = journalTexts.commands;
  return names[command] ?? command;
}

/** "market 12" → "marché 12", with the way there when it has a page. Ids of people say nothing here. */
function Target({ target }: { target: string }) {
  const [kind = '', id = ''] = target.split(' ');
  const kinds: Readonly<Record<string, string>> = journalTexts.targets;
  const pages: Readonly<Record<string, string>> = { gala: '/galas/', bout: '/combats/' };
  const text = [kinds[kind] ?? kind, id.includes('-') ? '' : id].join(' ').trim();
  const page = pages[kind];
  return page === undefined || id === '' ? <span>{text}</span> : <a href={`${page}${id}`}>{text}</a>;
}
