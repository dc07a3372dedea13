/** Commands of staff, one a line: when, who, what, on what, and whether it was done. */
import type { ComponentChildren } from 'preact';
import type { Entry } from '#core/api/desk-views.ts';
import { Tag } from '#ui/components.tsx';
import { dayOf } from '#ui/dates.ts';
import { secondOf } from '../instants.ts';
import { journalTexts } from '../journal-texts.ts';

export function Entries({
  entries,
  now,
  aimedAt,
}: {
  entries: readonly Entry[];
  now: string;
  /** What a command was aimed at; left out where the whole page is about one thing. */
  aimedAt?: (target: string) => ComponentChildren;
}) {
  return (
    <ol class="entries">
      {entries.map((entry) => (
        <li class="entry" key={`${entry.at}${entry.staff}${entry.command}`}>
          <span class="entry-when mute small">
            {dayOf(entry.at, now)} {secondOf(entry.at)}
          </span>
          <b>
            {nameOf(entry.command)}
            {entry.saidYes != null && ` : ${entry.saidYes ? journalTexts.yes : journalTexts.no}`}
          </b>
          <span class="entry-who">
            {entry.staff}
            {aimedAt !== undefined && (
              <span class="mute">
                {' · '}
                {aimedAt(entry.target)}
              </span>
            )}
          </span>
          <Outcome entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function Outcome({ entry: { outcome, sentence } }: { entry: Entry }) {
  const steps: Readonly<Record<string, string>> = journalTexts.steps;
  const step = steps[outcome];
  return (
    <span class="entry-end">
      {outcome === 'done' && <Tag tone="ok">{journalTexts.done}</Tag>}
      {outcome !== 'done' && step !== undefined && <Tag>{step}</Tag>}
      {outcome !== 'done' && step === undefined && (
        <>
          <Tag tone="bad">{journalTexts.refused}</Tag>
          <span class="small mute entry-why">{sentence ?? outcome}</span>
        </>
      )}
    </span>
  );
}

function nameOf(command: string): string {
  const names: Readonly<Record<string, string>> = journalTexts.commands;
  return names[command] ?? command;
}
