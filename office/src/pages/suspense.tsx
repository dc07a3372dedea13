import type { OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import type { AllocationShown, SuspenseShown } from '#core/api/reconciliation-pages.ts';
import { Field, FormStart, Money, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { reasonText } from '../reason-texts.ts';
import { suspenseTexts as texts } from '../reconciliation-texts.ts';

type QueueView = OfficeViews['suspense'];
type ItemView = OfficeViews['suspenseItem'];

const PROPOSE = 'POST /en-attente/:itemId/proposer';
const CONFIRM = 'POST /en-attente/:itemId/:allocationId/confirmer';
const REFUSE = 'POST /en-attente/:itemId/:allocationId/refuser';

export const suspensePage: Page<QueueView> = { title: () => texts.title, Main: QueueMain };

function QueueMain({ view, frame }: Props<QueueView>) {
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
      {view.items.length === 0 && <p>{texts.none}</p>}
      <ul class="found">
        {view.items.map((item) => (
          <li key={item.id}>
            <a href={`/en-attente/${item.id}`}>
              <span>
                <b>{texts.kinds[item.kind]}</b> <span class="mute">{item.provider}</span>{' '}
                {item.proposed !== null && <Tag tone="ochre">{texts.waiting}</Tag>}
                <br />
                <span class="small mute">
                  {texts.since(dayAndHourOf(item.since, frame.now))}
                  {item.reason !== null && ` · ${reasonText(item.reason)}`}
                  {item.player !== null && ` · ${item.player}`}
                </span>
              </span>
              <Money xof={item.amountXof} sign={item.kind !== 'payment'} />
            </a>
          </li>
        ))}
      </ul>
      <section class="stack-s">
        <h2>{texts.history}</h2>
        {view.decided.length === 0 && <p class="mute">{texts.noHistory}</p>}
        {view.decided.map((allocation) => (
          <Said allocation={allocation} now={frame.now} key={allocation.id} />
        ))}
      </section>
    </div>
  );
}

export const suspenseItemPage: Page<ItemView> = {
  title: ({ item }) => `${texts.title} · ${texts.kinds[item.kind]}`,
  Main: ItemMain,
};

function ItemMain(props: Props<ItemView>) {
  const { view, frame, problem } = props;
  const { item, allocations } = view;
  const open = allocations.find(({ decision }) => decision === null);
  const decided = allocations.filter(({ decision }) => decision !== null);
  return (
    <div class="stack-l narrow">
      <header>
        <a class="back" href="/en-attente">
          <Icon name="back" size={18} />
          {texts.back}
        </a>
        <h1>{texts.kinds[item.kind]}</h1>
      </header>
      {!item.isOpen && <Note tone="ok">{texts.settled}</Note>}
      {item.isRefunding && <Note>{texts.refunding}</Note>}
      <Known item={item} now={frame.now} />
      {open !== undefined && item.isOpen && <Decide {...props} allocation={open} />}
      {open === undefined && item.isOpen && !item.isRefunding && <Propose {...props} />}
      {/* The button may be gone: somebody else was faster. */}
      {(open === undefined || !item.isOpen) && (
        <>
          <Problem problem={problem} form={CONFIRM} />
          <Problem problem={problem} form={REFUSE} />
        </>
      )}
      {(open !== undefined || !item.isOpen || item.isRefunding) && (
        <Problem problem={problem} form={PROPOSE} />
      )}
      {decided.length > 0 && (
        <section class="stack-s">
          <h2>{texts.proposals}</h2>
          {decided.map((allocation) => (
            <Said allocation={allocation} now={frame.now} key={allocation.id} />
          ))}
        </section>
      )}
    </div>
  );
}

function Known({ item, now }: { item: SuspenseShown; now: string }) {
  const francs = (xof: number | null) => (xof === null ? texts.unknown : <Money xof={xof} sign />);
  const lines = [
    [texts.provider, item.provider],
    [texts.amount, <Money xof={item.amountXof} sign={item.kind !== 'payment'} key="amount" />],
    [texts.asked, francs(item.oursXof)],
    [texts.there, francs(item.theirsXof)],
    [texts.reason, item.reason === null ? null : reasonText(item.reason)],
    [texts.transaction, item.transaction],
    [texts.movement, item.movement],
    [texts.player, item.player],
    [texts.payer, item.maskedPayer],
    [texts.payerIs, item.payer],
  ] as const;
  return (
    <section class="card stack-s">
      <p class="small mute">
        {texts.since(dayAndHourOf(item.since, now))} {item.isTest && <Tag>{texts.test}</Tag>}
      </p>
      <dl class="dl facts">
        {lines.map(
          ([name, value]) =>
            value !== null && (
              <>
                <dt class="mute">{name}</dt>
                <dd>{value}</dd>
              </>
            ),
        )}
      </dl>
    </section>
  );
}

function Said({ allocation, now }: { allocation: AllocationShown; now: string }) {
  const { decision, decidedBy, decidedAt } = allocation;
  return (
    <article class="card stack-s">
      <p class="row between">
        <span>
          <b>{texts.choices[allocation.choice]}</b> <span class="mute">{allocation.provider}</span>
        </span>
        <Money xof={allocation.amountXof} />
      </p>
      {allocation.player !== null && <p>{allocation.player}</p>}
      <p>{allocation.note}</p>
      {allocation.transaction !== null && (
        <p>
          {texts.backNumber} : {allocation.transaction}
        </p>
      )}
      {allocation.refund !== null && (
        <p>
          {texts.refunds[allocation.refund]}
          {allocation.refundReason !== null && ` : ${reasonText(allocation.refundReason)}`}
        </p>
      )}
      <p class="small mute">
        {texts.proposedBy(allocation.proposedBy, dayAndHourOf(allocation.proposedAt, now))}
      </p>
      {decision !== null && decidedBy !== null && decidedAt !== null && (
        <p class="small mute">
          {texts.decidedBy(
            decision === 'confirmed' ? texts.confirmed : texts.refused,
            decidedBy,
            dayAndHourOf(decidedAt, now),
          )}
        </p>
      )}
    </article>
  );
}

function Decide({ view, frame, problem, allocation }: Props<ItemView> & { allocation: AllocationShown }) {
  const action = `/en-attente/${view.item.id}/${allocation.id}`;
  return (
    <section class="stack-s">
      <h2>{texts.waiting}</h2>
      <Said allocation={allocation} now={frame.now} />
      <Problem problem={problem} form={CONFIRM} />
      <Problem problem={problem} form={REFUSE} />
      {allocation.isOwn ? (
        <p class="mute">{texts.own}</p>
      ) : (
        <form method="post" action={`${action}/confirmer`}>
          <FormStart token={frame.formToken} slip={view.confirmSlip} />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.confirm}
          </button>
        </form>
      )}
      <form method="post" action={`${action}/refuser`}>
        <FormStart token={frame.formToken} slip={view.refuseSlip} />
        <button type="submit" class="btn btn-wide">
          {allocation.isOwn ? texts.takeBack : texts.refuse}
        </button>
      </form>
    </section>
  );
}

function Propose({ view, frame, problem }: Props<ItemView> & { problem: FormProblem | null }) {
  const { item } = view;
  const picked = typedOr(problem, PROPOSE, 'choice', '');
  return (
    <form class="card stack" method="post" action={`/en-attente/${item.id}/proposer`}>
      <FormStart token={frame.formToken} slip={view.proposeSlip} />
      <Problem problem={problem} form={PROPOSE} />
      <fieldset class="stack-s">
        <legend>{texts.where}</legend>
        {item.choices.map((choice) => (
          <label class="check" key={choice}>
            <input type="radio" name="choice" value={choice} required defaultChecked={picked === choice} />
            <span>{texts.choices[choice]}</span>
          </label>
        ))}
      </fieldset>
      {item.choices.includes('player') && (
        <Field
          form={PROPOSE}
          name="phone"
          label={texts.phone}
          problem={problem}
          type="tel"
          inputMode="tel"
          autocomplete="off"
        />
      )}
      {item.choices.includes('by_hand') && (
        <Field
          form={PROPOSE}
          name="transaction"
          label={texts.backNumber}
          hint={texts.backHint}
          problem={problem}
          maxLength={80}
          autocomplete="off"
        />
      )}
      <Field
        form={PROPOSE}
        name="note"
        label={texts.note}
        hint={texts.noteHint}
        problem={problem}
        maxLength={500}
        autocomplete="off"
        required
      />
      <button type="submit" class="btn btn-go btn-wide">
        {texts.propose}
      </button>
    </form>
  );
}
