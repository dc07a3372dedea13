import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { invitationTexts, roleDuties, roleNames } from '../staff-texts.ts';
import { logInTexts } from '../texts.ts';

type View = OfficeViews['invitation'];

const CODE_FORM = 'POST /invitation/:token/code';
const PHONE_FORM = 'POST /invitation/:token/telephone';
const APP_FORM = 'POST /invitation/:token/application';

export const invitationPage: Page<View> = { title: () => invitationTexts.title, Main: InvitationMain };

function InvitationMain(props: Props<View>) {
  const { view } = props;
  return (
    <div class="stack narrow">
      <h1>{invitationTexts.title}</h1>
      <p>{invitationTexts.hello(view.name, view.invitedBy)}</p>
      <p>
        {invitationTexts.asRole} : <b>{roleNames[view.role]}</b>.{' '}
        <span class="mute">{roleDuties[view.role]}</span>
      </p>
      {view.enrolment === null ? <PhoneStep {...props} /> : <AppStep {...props} />}
    </div>
  );
}

function PhoneStep({ view, frame, problem }: Props<View>) {
  return (
    <section class="stack">
      <h2>{invitationTexts.phoneStep}</h2>
      <p class="mute">{invitationTexts.phoneHint(view.maskedPhone)}</p>
      {view.hint?.message != null && (
        <Note>
          <p class="small mute">{logInTexts.sandbox}</p>
          <p>{view.hint.message}</p>
        </Note>
      )}
      <Problem problem={problem} form={CODE_FORM} />
      {view.isCodeSent && (
        <form class="stack" method="post" action={`${view.path}/telephone`}>
          <FormStart token={frame.formToken} />
          <Problem problem={problem} form={PHONE_FORM} />
          <Field
            form={PHONE_FORM}
            name="code"
            label={invitationTexts.code}
            problem={problem}
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={6}
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {invitationTexts.next}
          </button>
        </form>
      )}
      <form method="post" action={`${view.path}/code`}>
        <FormStart token={frame.formToken} />
        <button type="submit" class={view.isCodeSent ? 'btn btn-wide' : 'btn btn-go btn-wide'}>
          {view.isCodeSent ? invitationTexts.sendAgain : invitationTexts.sendCode}
        </button>
      </form>
    </section>
  );
}

function AppStep({ view, frame, problem }: Props<View>) {
  if (view.enrolment === null) return null;
  const { secret, uri, qr } = view.enrolment;
  return (
    <section class="stack">
      <h2>{invitationTexts.appStep}</h2>
      <p class="mute">{invitationTexts.appHint}</p>
      {/* Drawn by the server from our own address: nothing a person typed is in it as markup. */}
      <div class="qr" role="img" aria-label={invitationTexts.qr} dangerouslySetInnerHTML={{ __html: qr }} />
      <p>
        <span class="mute small">{invitationTexts.key}</span>
        <br />
        <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <a class="btn" href={uri}>
        {invitationTexts.openApp}
      </a>
      {view.hint?.totp != null && (
        <Note>
          <p class="small mute">
            {logInTexts.sandbox} · {logInTexts.sandboxTotp} <b>{view.hint.totp}</b>
          </p>
        </Note>
      )}
      <form class="stack" method="post" action={`${view.path}/application`}>
        <FormStart token={frame.formToken} />
        <Problem problem={problem} form={APP_FORM} />
        <Field
          form={APP_FORM}
          name="totp"
          label={invitationTexts.totp}
          hint={invitationTexts.totpHint}
          problem={problem}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {invitationTexts.enter}
        </button>
      </form>
      <p class="mute small">{invitationTexts.passkeyLater}</p>
    </section>
  );
}
