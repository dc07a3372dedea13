/** The payment of a month to the State: what is due, what was proposed, and the forms of both people. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import type { RemittanceShown } from '#core/api/tax-pages.ts';
import { monthAfter } from '#core/tax-return.ts';
import { Field, FormStart, Money, Note, Problem, Sums } from '#ui/components.tsx';
import { dayAndHourOf, partialDateOf } from '#ui/dates.ts';
import type { Props } from '../page.ts';
import { taxTexts as texts } from '../tax-texts.ts';

type PaymentProps = Props<OfficeViews['taxMonth']>;

const PROPOSE = 'POST /impots/:month/versement';
const CONFIRM = 'POST /impots/:month/versement/:remittanceId/confirmer';
const REFUSE = 'POST /impots/:month/versement/:remittanceId/refuser';

export function TaxPayment(props: PaymentProps) {
  const { view, frame, problem } = props;
  const { due, dueOn, report, isUnchanged, remittances, mayPay } = view;
  const waiting = remittances.find(({ decision }) => decision === null);
  const paid = remittances.find(({ decision }) => decision === 'confirmed');
  return (
    <section class="card stack-s">
      <h2>{texts.payTitle}</h2>
      <Sums
        lines={[
          ...(due.carriedXof === 0 ? [] : [{ name: texts.carried, xof: due.carriedXof }]),
          { name: texts.due, xof: due.dueXof, isSum: true },
        ]}
      />
      {[PROPOSE, CONFIRM, REFUSE].map((form) => (
        <Problem problem={problem} form={form} key={form} />
      ))}
      {paid !== undefined && <Paid paid={paid} isSame={isUnchanged === true} now={frame.now} />}
      {paid === undefined && due.dueXof === 0 && <p class="mute">{texts.nothingDue}</p>}
      {paid === undefined && !report.isOver && (
        <p class="mute">{texts.overOn(partialDateOf(`${monthAfter(report.month)}-01`))}</p>
      )}
      {paid === undefined && report.isOver && due.dueXof > 0 && (
        <p class="mute">{texts.before(partialDateOf(dueOn))}</p>
      )}
      {waiting !== undefined && <Waiting {...props} waiting={waiting} />}
      {mayPay && waiting === undefined && report.isOver && due.dueXof > 0 && <Proposal {...props} />}
      {remittances
        .filter(({ decision }) => decision === 'refused')
        .map((refused) => (
          <p class="small mute" key={refused.id}>
            <Said remittance={refused} now={frame.now} />
          </p>
        ))}
    </section>
  );
}

function Said({ remittance, now }: { remittance: RemittanceShown; now: string }) {
  const { amountXof, paidOn, reference, proposedBy, proposedAt, decision, decidedBy, decidedAt } = remittance;
  return (
    <>
      <Money xof={amountXof} /> · {texts.paidOn.toLowerCase()} {partialDateOf(paidOn)} · {reference}
      <br />
      {texts.proposedBy(proposedBy, dayAndHourOf(proposedAt, now))}
      {decision !== null && decidedBy !== null && decidedAt !== null && (
        <>
          <br />
          {texts.decidedBy(
            decision === 'confirmed' ? texts.confirmed : texts.refused,
            decidedBy,
            dayAndHourOf(decidedAt, now),
          )}
        </>
      )}
    </>
  );
}

function Paid({ paid, isSame, now }: { paid: RemittanceShown; isSame: boolean; now: string }) {
  return (
    <>
      <Note tone="ok">
        <p>
          <b>{texts.paid}</b>
        </p>
        <p class="small">
          <Said remittance={paid} now={now} />
        </p>
      </Note>
      <p class="small mute">{texts.frozen}</p>
      <p class="small long">
        <code>{paid.reportHash}</code>
      </p>
      {isSame ? (
        <p class="small mute">{texts.unchanged}</p>
      ) : (
        <Note tone="bad" role="alert">
          {texts.changed}
        </Note>
      )}
    </>
  );
}

function Waiting({ view, frame, waiting }: PaymentProps & { waiting: RemittanceShown }) {
  const path = `/impots/${view.report.month}/versement/${waiting.id}`;
  return (
    <div class="stack-s">
      <Note>
        <p class="small">
          <Said remittance={waiting} now={frame.now} />
        </p>
      </Note>
      {view.mayPay && waiting.isOwn && <p class="small mute">{texts.own}</p>}
      {view.mayPay && !waiting.isOwn && (
        <form method="post" action={`${path}/confirmer`}>
          <FormStart token={frame.formToken} slip={view.confirmSlip} />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.confirm}
          </button>
        </form>
      )}
      {view.mayPay && (
        <form method="post" action={`${path}/refuser`}>
          <FormStart token={frame.formToken} slip={view.refuseSlip} />
          <button type="submit" class="btn btn-wide">
            {waiting.isOwn ? texts.takeBack : texts.refuse}
          </button>
        </form>
      )}
    </div>
  );
}

function Proposal({ view, frame, problem }: PaymentProps) {
  return (
    <form class="stack-s" method="post" action={`/impots/${view.report.month}/versement`}>
      <FormStart token={frame.formToken} slip={view.proposeSlip} />
      <Field
        form={PROPOSE}
        name="amountXof"
        label={texts.amount}
        problem={problem}
        value={String(view.due.dueXof)}
        unit="F"
        inputMode="numeric"
        required
      />
      <Field
        form={PROPOSE}
        name="paidOn"
        label={texts.paidOn}
        problem={problem}
        value={frame.now.slice(0, 10)}
        type="date"
        required
      />
      <Field
        form={PROPOSE}
        name="reference"
        label={texts.reference}
        hint={texts.referenceHint}
        problem={problem}
        maxLength={120}
        required
      />
      <button type="submit" class="btn btn-go btn-wide">
        {texts.propose}
      </button>
      <p class="small mute">{texts.proposeHint}</p>
    </form>
  );
}
