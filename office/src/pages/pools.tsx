/** The pools of a gala, and the form of a new one: one list a question, so that it works without JavaScript. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { legFieldNames } from '#core/api/pool-office-pages.ts';
import type { PoolLine } from '#core/api/pool-pages.ts';
import { Field, FormStart, Money, Problem, Tag, typedOr } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { runsGalas } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { poolTexts } from '../pool-texts.ts';

type NewView = OfficeViews['newPool'];
const NEW_FORM = 'POST /galas/:galaId/mutuels';

export const poolsPage: Page<OfficeViews['pools']> = {
  title: () => poolTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <a class="back" href={`/galas/${view.galaId}`}>
        <Icon name="back" size={18} />
        {view.galaName}
      </a>
      <h1>{poolTexts.title}</h1>
      {view.pools.length === 0 && <p class="mute">{poolTexts.none}</p>}
      <ul class="cards">
        {view.pools.map((pool) => (
          <li key={pool.id}>
            <a class="card line" href={`/mutuels/${pool.id}`}>
              <span class="row between wrap">
                <b>{pool.name}</b>
                <PoolTag state={pool.state} />
              </span>
              <span class="small mute">
                {poolTexts.questions(pool.legCount)} · <Money xof={pool.stakedXof} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {runsGalas(frame.visitor) && (
        <a class="btn btn-wide" href={`/galas/${view.galaId}/mutuels/nouveau`}>
          <Icon name="plus" size={20} />
          {poolTexts.add}
        </a>
      )}
    </div>
  ),
};

export function PoolTag({ state }: { state: PoolLine['state'] }) {
  const tone = state === 'open' ? 'ok' : state === 'suspended' ? 'ochre' : undefined;
  return <Tag {...(tone === undefined ? {} : { tone })}>{poolTexts.states[state]}</Tag>;
}

export const newPoolPage: Page<NewView> = { title: () => poolTexts.add, Main: NewPool };

function NewPool({ view, frame, problem }: Props<NewView>) {
  const lists = legFieldNames.slice(0, view.bouts.length * view.kinds.length);
  return (
    <div class="stack narrow">
      <a class="back" href={`/galas/${view.galaId}/mutuels`}>
        <Icon name="back" size={18} />
        {poolTexts.title}
      </a>
      <h1>{poolTexts.add}</h1>
      <Problem problem={problem} form={NEW_FORM} />
      {lists.length === 0 ? (
        <p class="mute">{poolTexts.noBout}</p>
      ) : (
        <form class="stack" method="post" action={`/galas/${view.galaId}/mutuels`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <Field
            form={NEW_FORM}
            name="name"
            label={poolTexts.name}
            hint={poolTexts.nameHint}
            problem={problem}
            maxLength={80}
            required
          />
          {lists.map((name, index) => (
            <QuestionList key={name} name={name} number={index + 1} view={view} problem={problem} />
          ))}
          <Field
            form={NEW_FORM}
            name="lineMinutes"
            label={poolTexts.lineMinutes}
            hint={poolTexts.lineHint}
            problem={problem}
            inputMode="numeric"
          />
          <p class="mute small">{poolTexts.ruleHint}</p>
          <button type="submit" class="btn btn-go btn-wide">
            {poolTexts.create}
          </button>
        </form>
      )}
    </div>
  );
}

function QuestionList({
  name,
  number,
  view,
  problem,
}: {
  name: string;
  number: number;
  view: NewView;
  problem: Props<NewView>['problem'];
}) {
  const chosen = typedOr(problem, NEW_FORM, name, '');
  return (
    <div class="field">
      <label for={name}>{poolTexts.leg(number)}</label>
      <select class="input" id={name} name={name} required={number === 1}>
        <option value="">{poolTexts.noLeg}</option>
        {view.bouts.map(({ boutId, boutName }) => (
          <optgroup label={boutName} key={boutId}>
            {view.kinds.map((kind) => (
              <option key={kind} value={`${boutId} ${kind}`} selected={chosen === `${boutId} ${kind}`}>
                {`${poolTexts.kinds[kind]} · ${boutName}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Problem problem={problem} form={NEW_FORM} field={name} />
    </div>
  );
}
