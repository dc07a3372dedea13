/** Passkeys on pages of both sites: the button that uses one, and the list of one's own. */

import type { FormProblem } from '#core/api/pages.ts';
import type { PasskeysPageView } from '#core/api/session-pages.ts';
import { Field, FormStart, Note, Problem } from './components.tsx';
import { dayAndHourOf } from './dates.ts';

const texts = {
  cancelled: 'La clé n’a pas servi. Essayez encore quand vous voulez.',
  title: 'Mes clés',
  lead: 'Une clé ouvre votre compte avec votre empreinte, votre visage ou le code du téléphone. Rien à retenir, rien à voler.',
  none: 'Aucune clé pour le moment.',
  noScript:
    'Votre navigateur n’exécute pas JavaScript : il ne peut ni ajouter une clé ni s’en servir. Vous entrez comme d’habitude, sans clé.',
  add: 'Ajouter une clé sur cet appareil',
  made: 'Ajoutée',
  used: 'Dernier usage',
  label: 'Nom de la clé',
  rename: 'Renommer',
  remove: 'Retirer',
  news: { ajout: 'Votre clé est prête.', nom: 'C’est noté.', retrait: 'Cette clé n’ouvre plus rien.' },
} as const;

export const passkeysTitle = texts.title;

/** Hidden until its script finds that this browser can. */
export function PasskeyButton({
  api,
  next,
  label,
  isMain = false,
}: {
  /** "/api/v1/sessions/passkey": the options are asked for at the same address with "/options". */
  api: string;
  /** Where to go when it has worked. */
  next: string;
  label: string;
  isMain?: boolean;
}) {
  return (
    <div hidden data-passkey={api} data-next={next} data-cancelled={texts.cancelled}>
      <button type="button" class={isMain ? 'btn btn-go btn-wide' : 'btn btn-wide'}>
        {label}
      </button>
      <p class="problem" role="alert" />
    </div>
  );
}

export function PasskeyList({
  view,
  problem,
  path,
  renameForm,
  api,
  token,
  now,
}: {
  view: PasskeysPageView;
  problem: FormProblem | null;
  /** Where the forms go: "/moi/cles". */
  path: string;
  /** The renaming's key in the page contract. */
  renameForm: string;
  api: string;
  token: string;
  now: string;
}) {
  return (
    <div class="stack">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.lead}</p>
      {view.news !== null && (
        <Note tone="ok" role="status">
          {texts.news[view.news]}
        </Note>
      )}
      <Problem problem={problem} form={renameForm} />
      {view.passkeys.length === 0 && <p>{texts.none}</p>}
      {view.passkeys.map((passkey) => (
        <section class="card stack-s" key={passkey.passkeyId}>
          <h2>{passkey.label}</h2>
          <p class="small mute">
            {texts.made} : {dayAndHourOf(passkey.createdAt, now)}
            {passkey.lastUsedAt !== null && (
              <>
                <br />
                {texts.used} : {dayAndHourOf(passkey.lastUsedAt, now)}
              </>
            )}
          </p>
          <details>
            <summary>{texts.rename}</summary>
            <form class="stack-s" method="post" action={`${path}/${passkey.passkeyId}/nom`}>
              <FormStart token={token} />
              <Field
                form={renameForm}
                name="label"
                id={`label-${passkey.passkeyId}`}
                label={texts.label}
                problem={null}
                value={passkey.label}
                autocomplete="off"
                maxLength={40}
                required
              />
              <button type="submit" class="btn">
                {texts.rename}
              </button>
            </form>
          </details>
          <form method="post" action={`${path}/${passkey.passkeyId}/retirer`}>
            <FormStart token={token} />
            <button type="submit" class="btn">
              {texts.remove}
            </button>
          </form>
        </section>
      ))}
      <noscript>
        <p class="note">{texts.noScript}</p>
      </noscript>
      <PasskeyButton api={api} next={`${path}?fait=ajout`} label={texts.add} isMain />
    </div>
  );
}
