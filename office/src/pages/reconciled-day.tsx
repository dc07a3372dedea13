import type { OfficeViews } from '#core/api/office-pages.ts';
import { type LineShown, lineFilters } from '#core/api/reconciliation-pages.ts';
import { FormStart, Money, Note, Problem, Sums, Tag } from '#ui/components.tsx';
import { dayAndHourOf, dayOf, hourOf, partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { nameAccount, reconciliationTexts as texts } from '../reconciliation-texts.ts';

type View = OfficeViews['reconciledDay'];

const CLOSE = 'POST /rapprochement/:provider/:account/:day/cloture';

export const reconciledDayPage: Page<View> = {
  title: ({ account, day }) => `${nameAccount(account)} · ${day.day}`,
  Main: DayMain,
};

function DayMain(props: Props<View>) {
  const { view, frame } = props;
  const { account, day, filter, lines } = view;
  const above = `/rapprochement/${account.provider}/${account.account}`;
  const here = `${above}/${day.day}`;
  return (
    <div class="stack-l narrow">
      <header>
        <a class="back" href={above}>
          <Icon name="back" size={18} />
          {nameAccount(account)}
        </a>
        <h1>{dayOf(`${day.day}T12:00:00Z`, frame.now)}</h1>
        <p class="mute">{texts.ofDay(nameAccount(account), partialDateOf(day.day))}</p>
      </header>
      <section class="card">
        <Sums
          lines={[
            { name: texts.net, xof: day.netXof, isSum: true },
            { name: texts.fees, xof: day.feeXof },
            { name: texts.tax, xof: day.taxXof },
          ]}
        />
      </section>
      <Closing {...props} />
      <nav class="row wrap" aria-label={texts.filter}>
        <a class="btn" href={here} aria-current={filter === null ? 'true' : undefined}>
          {texts.all} {day.lineCount + day.missingCount}
        </a>
        {lineFilters.map((name) => (
          <a
            class="btn"
            href={`${here}?etat=${name}`}
            aria-current={filter === name ? 'true' : undefined}
            key={name}
          >
            {texts.states[name]} {day[`${name}Count`]}
          </a>
        ))}
      </nav>
      {lines.length === 0 && <p class="mute">{texts.noLine}</p>}
      <ul class="stack-s">
        {lines.map((line) => (
          <Line line={line} key={`${line.transaction}${line.rawKind}${line.state}${line.kind}`} />
        ))}
      </ul>
      <a class="btn btn-wide" href={`${here}/lignes.csv`}>
        {texts.csv}
      </a>
    </div>
  );
}

function Closing({ view: { account, day, slip }, frame, problem }: Props<View>) {
  if (day.closedBy !== null && day.closedAt !== null) {
    return (
      <>
        <Problem problem={problem} form={CLOSE} />
        <Note tone="ok">{texts.closedBy(day.closedBy, dayAndHourOf(day.closedAt, frame.now))}</Note>
      </>
    );
  }
  return (
    <form
      class="stack-s"
      method="post"
      action={`/rapprochement/${account.provider}/${account.account}/${day.day}/cloture`}
    >
      <FormStart token={frame.formToken} slip={slip} />
      <Problem problem={problem} form={CLOSE} />
      <button type="submit" class="btn btn-wide">
        {texts.close}
      </button>
      <p class="small mute">{texts.closeHint}</p>
    </form>
  );
}

function Line({ line }: { line: LineShown }) {
  const { state, theirsXof, oursXof } = line;
  const tone = state === 'matched' ? 'ok' : state === 'waiting' ? 'ochre' : 'bad';
  const agrees = theirsXof === oursXof;
  return (
    <li class="card stack-s">
      <p class="row between">
        <span>
          <b>{texts.kinds[line.kind] ?? line.kind}</b> <span class="small mute">{hourOf(line.at)}</span>
        </span>
        <Tag tone={line.isOpen || state === 'matched' || state === 'waiting' ? tone : 'ok'}>
          {texts.states[state]}
        </Tag>
      </p>
      <p>
        {agrees && theirsXof !== null ? (
          <Money xof={theirsXof} sign />
        ) : (
          <>
            {texts.here} {oursXof === null ? texts.absent : <Money xof={oursXof} sign />} · {texts.there}{' '}
            {theirsXof === null ? texts.absent : <Money xof={theirsXof} sign />}
          </>
        )}
      </p>
      <p class="small mute long">
        {[line.transaction, line.movement, line.reference, line.maskedPhone].filter(Boolean).join(' · ')}
      </p>
      {(line.feeXof !== 0 || line.taxXof !== 0) && (
        <p class="small mute">
          {texts.fees} <Money xof={line.feeXof} /> · {texts.tax} <Money xof={line.taxXof} />
          {line.isTaxPaidByProvider && ` (${texts.taxByProvider})`}
        </p>
      )}
      {line.itemId !== null && line.isOpen && (
        <a class="btn" href={`/en-attente/${line.itemId}`}>
          {texts.toQueue}
        </a>
      )}
    </li>
  );
}
