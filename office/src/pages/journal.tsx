import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, Note } from '#ui/components.tsx';
import { journalTexts } from '../journal-texts.ts';
import type { Page, Props } from '../page.ts';
import { AuditTarget } from '../parts/audit-target.tsx';
import { Entries } from '../parts/entries.tsx';

type View = OfficeViews['journal'];

const PAGE = 'GET /journal';

export const journalPage: Page<View> = { title: () => journalTexts.title, Main: JournalMain };

function JournalMain(props: Props<View>) {
  const { view, frame, problem } = props;
  return (
    <div class="stack">
      <h1>{journalTexts.title}</h1>
      <p class="mute">{journalTexts.reach[view.reach]}</p>
      {problem !== null && <Note tone="bad">{problem.sentence}</Note>}
      <Filter {...props} />
      {view.entries.length === 0 ? (
        <p>{journalTexts.none}</p>
      ) : (
        <Entries
          entries={view.entries}
          now={frame.now}
          aimedAt={(target) => <AuditTarget target={target} providers={view.providers} />}
        />
      )}
      {view.older !== null && (
        <a class="btn" href={view.older}>
          {journalTexts.older}
        </a>
      )}
    </div>
  );
}

/** A form of the method GET: the address says what is shown, and can be sent to a colleague. */
function Filter({ view: { filter }, problem }: Props<View>) {
  const field = (name: 'qui' | 'sur' | 'jour', label: string, hint?: string) => (
    <Field
      form={PAGE}
      name={name}
      label={label}
      hint={hint}
      value={filter[name]}
      problem={problem}
      type={name === 'jour' ? 'date' : 'text'}
      autocomplete="off"
    />
  );
  const isKnown = Object.keys(journalTexts.commands).includes(filter.quoi);
  return (
    <details class="card" open={Object.values(filter).some((text) => text !== '')}>
      <summary>{journalTexts.filter}</summary>
      <form class="stack narrow" method="get" action="/journal">
        {field('qui', journalTexts.who, journalTexts.whoHint)}
        <div class="field">
          <label for="quoi">{journalTexts.what}</label>
          <select class="input" id="quoi" name="quoi">
            <option value="">{journalTexts.everything}</option>
            {filter.quoi !== '' && !isKnown && (
              <option value={filter.quoi} selected>
                {filter.quoi}
              </option>
            )}
            {Object.entries(journalTexts.commands).map(([command, name]) => (
              <option value={command} selected={command === filter.quoi} key={command}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {field('sur', journalTexts.on, journalTexts.onHint)}
        {field('jour', journalTexts.day)}
        <div class="row">
          <button type="submit" class="btn btn-go">
            {journalTexts.show}
          </button>
          <a class="btn" href="/journal">
            {journalTexts.all}
          </a>
        </div>
      </form>
    </details>
  );
}
