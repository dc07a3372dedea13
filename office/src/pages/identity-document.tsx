import type { DocumentShown } from '#core/api/identity.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { refusalReasons } from '#core/identity-document.ts';
import { ageMin } from '#core/settings.ts';
import { Field, FormStart, fieldState, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { identityTexts } from '../identity-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['identityDocument'];

const APPROVE = 'POST /identites/:documentId/approuver';
const REFUSE = 'POST /identites/:documentId/refuser';

export const identityDocumentPage: Page<View> = {
  title: ({ document }) => `${identityTexts.title} – ${document.pseudonym}`,
  Main: DocumentMain,
};

function DocumentMain(props: Props<View>) {
  const { document } = props.view;
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <a class="back" href="/identites">
          <Icon name="back" size={18} />
          {identityTexts.back}
        </a>
        <div class="row between">
          <h1>{document.pseudonym}</h1>
          <Tag>{identityTexts.states[document.state]}</Tag>
        </div>
        <p class="mute small">{identityTexts.audited}</p>
      </header>
      {document.details === null ? <p>{identityTexts.erased}</p> : <Details document={document} />}
      <section class="stack">
        {document.sides.map((side) => (
          <figure class="stack-s" key={side}>
            <figcaption>{identityTexts.sides[side]}</figcaption>
            <img
              class="document"
              src={`/identites/${document.documentId}/photos/${side}`}
              alt={identityTexts.photo(identityTexts.sides[side])}
            />
          </figure>
        ))}
      </section>
      {document.state === 'waiting' ? (
        <Decide {...props} />
      ) : (
        <Decided document={document} now={props.frame.now} />
      )}
    </div>
  );
}

function Details({ document }: { document: DocumentShown }) {
  const { details } = document;
  if (details === null) return null;
  return (
    <section class="card stack">
      <h2>{identityTexts.kinds[document.kind]}</h2>
      <dl class="dl">
        <dt class="mute">{identityTexts.country}</dt>
        <dd>{document.country}</dd>
        <dt class="mute">{identityTexts.number}</dt>
        <dd>{details.number}</dd>
        <dt class="mute">{identityTexts.name}</dt>
        <dd>{details.name}</dd>
        <dt class="mute">{identityTexts.birthDate}</dt>
        <dd>
          {details.birthDate} ({identityTexts.age(details.ageYears)})
        </dd>
        <dt class="mute">{identityTexts.expiresOn}</dt>
        <dd>{details.expiresOn}</dd>
      </dl>
      {details.ageYears < ageMin && <Note tone="bad">{identityTexts.underAge}</Note>}
      {details.isExpired && <Note tone="bad">{identityTexts.expired}</Note>}
      {details.birthDateDiffers && <Note tone="bad">{identityTexts.differs(details.signUpBirthDate)}</Note>}
    </section>
  );
}

function Decide({ view, frame, problem }: Props<View>) {
  const { document } = view;
  const typedReason = typedOr(problem, REFUSE, 'reason', '');
  return (
    <section class="stack-l">
      <p class="mute">{identityTexts.check}</p>
      <form class="stack" method="post" action={`/identites/${document.documentId}/approuver`}>
        <FormStart token={frame.formToken} slip={view.approveSlip} />
        <Problem problem={problem} form={APPROVE} />
        {document.details?.birthDateDiffers === true && (
          <label class="check">
            <input
              type="checkbox"
              name="correctsBirthDate"
              value="oui"
              {...fieldState(problem, APPROVE, 'correctsBirthDate')}
            />
            <span>{identityTexts.corrects}</span>
          </label>
        )}
        <Problem problem={problem} form={APPROVE} field="correctsBirthDate" />
        <button type="submit" class="btn btn-go btn-wide">
          {identityTexts.approve}
        </button>
      </form>
      <form class="stack" method="post" action={`/identites/${document.documentId}/refuser`}>
        <FormStart token={frame.formToken} slip={view.refuseSlip} />
        <Problem problem={problem} form={REFUSE} />
        <div class="field">
          <label for="reason">{identityTexts.why}</label>
          <select class="input" id="reason" name="reason" required {...fieldState(problem, REFUSE, 'reason')}>
            <option value="">…</option>
            {refusalReasons.map((reason) => (
              <option value={reason} selected={reason === typedReason} key={reason}>
                {identityTexts.reasons[reason]}
              </option>
            ))}
          </select>
          <Problem problem={problem} form={REFUSE} field="reason" />
        </div>
        <Field
          form={REFUSE}
          name="remark"
          label={identityTexts.remark}
          hint={identityTexts.remarkHint}
          problem={problem}
          autocomplete="off"
          maxLength={300}
        />
        <button type="submit" class="btn btn-wide">
          {identityTexts.refuse}
        </button>
      </form>
    </section>
  );
}

function Decided({ document, now }: { document: DocumentShown; now: string }) {
  return (
    <section class="card stack-s">
      <h2>{identityTexts.decision}</h2>
      <p>
        <b>{identityTexts.states[document.state]}</b>
        {document.reason !== null && ` : ${identityTexts.reasons[document.reason]}`}
      </p>
      {document.remark !== null && <p>{document.remark}</p>}
      {document.decidedAt !== null && document.decidedBy !== null && (
        <p class="mute small">
          {identityTexts.decidedBy(document.decidedBy)}, {dayAndHourOf(document.decidedAt, now)}
        </p>
      )}
    </section>
  );
}
