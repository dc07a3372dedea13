import type { CeilingLine } from '#core/api/identity-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { documentCountries, documentKinds } from '#core/identity-document.ts';
import { Field, FormStart, fieldState, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { identityTexts } from '../identity-texts.ts';
import type { Page, Props } from '../page.ts';

type View = PlayerViews['identity'];

const FORM = 'POST /moi/identite';

export const identityPage: Page<View> = { tab: 'me', title: () => identityTexts.title, Main: IdentityMain };

function IdentityMain({ view, frame, problem }: Props<View>) {
  const { tier, document } = view.identity;
  const canSend = tier === 'phone' && document?.state !== 'waiting';
  return (
    <div class="stack-l">
      {view.isNew && (
        <Note tone="ok" role="status">
          {identityTexts.sent}
        </Note>
      )}
      {!canSend && problem?.form === FORM && (
        <Note tone="bad" role="alert">
          {problem.sentence}
        </Note>
      )}
      <section class="card stack">
        <h1>{identityTexts.title}</h1>
        <p>
          <Tag {...(tier === 'identified' ? { tone: 'ok' as const } : {})}>{identityTexts.tiers[tier]}</Tag>
        </p>
        <State view={view} now={frame.now} />
        <Ceilings name={identityTexts.ceilings} line={view.ceilings.now} />
        {tier === 'phone' && <Ceilings name={identityTexts.raised} line={view.ceilings.identified} />}
      </section>
      {canSend && <SendForm slip={view.slip} token={frame.formToken} problem={problem} />}
    </div>
  );
}

function State({ view: { identity }, now }: { view: View; now: string }) {
  const { document, tier } = identity;
  if (tier === 'identified') return <p>{identityTexts.approved}</p>;
  if (document === null) return <p class="mute">{identityTexts.why}</p>;
  if (document.state === 'waiting') {
    return (
      <p>
        {identityTexts.waiting}{' '}
        <span class="mute small">
          {identityTexts.sentAt} {dayAndHourOf(document.sentAt, now)}.
        </span>
      </p>
    );
  }
  if (document.state !== 'refused' || document.reason === null) return null;
  return (
    <Note tone="bad">
      <p>
        <b>{identityTexts.refused}</b> {identityTexts.reasons[document.reason]}
      </p>
      {document.remark !== null && <p>{document.remark}</p>}
      <p class="small">
        {identityTexts.again} {identityTexts.help}
      </p>
    </Note>
  );
}

function Ceilings({ name, line }: { name: string; line: CeilingLine }) {
  return (
    <div class="stack-s">
      <h2 class="small mute">{name}</h2>
      <dl class="dl">
        {(
          [
            [identityTexts.balance, line.balanceMaxXof],
            [identityTexts.deposits, line.depositsDayMaxXof],
            [identityTexts.withdrawals, line.withdrawalsDayMaxXof],
          ] as const
        ).map(([label, xof]) => (
          <>
            <dt class="mute">{label}</dt>
            <dd>{identityTexts.amount(xof)}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}

function SendForm({ slip, token, problem }: { slip: string; token: string; problem: FormProblem | null }) {
  return (
    <section class="card stack">
      <h2>{identityTexts.send}</h2>
      <p class="mute small">{identityTexts.privacy}</p>
      <Problem problem={problem} form={FORM} />
      {problem?.form === FORM && <p class="small">{identityTexts.chooseAgain}</p>}
      <form class="stack" method="post" action="/moi/identite" enctype="multipart/form-data">
        <FormStart token={token} slip={slip} />
        <Choice name="kind" label={identityTexts.kind} problem={problem}>
          {documentKinds.map((kind) => [kind, identityTexts.kinds[kind]] as const)}
        </Choice>
        <Choice name="country" label={identityTexts.country} problem={problem}>
          {documentCountries.map((country) => [country, identityTexts.countries[country]] as const)}
        </Choice>
        <Field
          form={FORM}
          name="number"
          label={identityTexts.number}
          hint={identityTexts.numberHint}
          problem={problem}
          autocomplete="off"
          maxLength={60}
          required
        />
        <Field
          form={FORM}
          name="name"
          label={identityTexts.name}
          hint={identityTexts.nameHint}
          problem={problem}
          autocomplete="name"
          maxLength={120}
          required
        />
        <Field
          form={FORM}
          name="birthDate"
          label={identityTexts.birthDate}
          problem={problem}
          type="date"
          autocomplete="bday"
          required
        />
        <Field
          form={FORM}
          name="expiresOn"
          label={identityTexts.expiresOn}
          problem={problem}
          type="date"
          autocomplete="off"
          required
        />
        <Photo
          name="front"
          label={identityTexts.front}
          hint={identityTexts.frontHint}
          problem={problem}
          isRequired
        />
        <Photo name="back" label={identityTexts.back} hint={identityTexts.backHint} problem={problem} />
        <button type="submit" class="btn btn-go btn-wide">
          {identityTexts.go}
        </button>
      </form>
    </section>
  );
}

function Choice({
  name,
  label,
  problem,
  children,
}: {
  name: string;
  label: string;
  problem: FormProblem | null;
  children: readonly (readonly [value: string, name: string])[];
}) {
  const typed = typedOr(problem, FORM, name, children[0]?.[0] ?? '');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select class="input" id={name} name={name} {...fieldState(problem, FORM, name)}>
        {children.map(([value, text]) => (
          <option value={value} selected={value === typed} key={value}>
            {text}
          </option>
        ))}
      </select>
      <Problem problem={problem} form={FORM} field={name} />
    </div>
  );
}

function Photo({
  name,
  label,
  hint,
  problem,
  isRequired = false,
}: {
  name: string;
  label: string;
  hint: string;
  problem: FormProblem | null;
  isRequired?: boolean;
}) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        class="input"
        id={name}
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        required={isRequired}
        {...fieldState(problem, FORM, name, `${name}-hint`)}
      />
      <p class="mute small" id={`${name}-hint`}>
        {hint}
      </p>
      <Problem problem={problem} form={FORM} field={name} />
    </div>
  );
}
