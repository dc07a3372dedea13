import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Note, Problem } from '#ui/components.tsx';
import { caseTexts } from '../case-texts.ts';
import type { Page } from '../page.ts';
import { PinField } from '../parts/pin-field.tsx';
import { peopleTexts, pinTexts } from '../texts.ts';

const PIN_FORM = 'POST /connexion/pin';
const NEW_PIN_FORM = 'POST /connexion/nouveau-pin';
const CHANGE_FORM = 'POST /moi/pin';

export const pinPage: Page<PlayerViews['pin']> = {
  tab: 'me',
  title: () => pinTexts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{pinTexts.title}</h1>
      <p class="mute">{view.isAfterCode ? pinTexts.afterCode : pinTexts.onDevice(view.phone)}</p>
      <Problem problem={problem} form={PIN_FORM} />
      <form class="stack" method="post" action="/connexion/pin">
        <FormStart token={frame.formToken} />
        <PinField form={PIN_FORM} name="pin" label={pinTexts.label} problem={problem} />
        <button type="submit" class="btn btn-go btn-wide">
          {peopleTexts.enter}
        </button>
      </form>
      {!view.isAfterCode && (
        <form method="post" action="/connexion/code/envoyer">
          <FormStart token={frame.formToken} />
          <button type="submit" class="btn btn-wide">
            {pinTexts.codeInstead}
          </button>
        </form>
      )}
      {view.isAfterCode ? (
        <a class="btn btn-wide" href="/connexion/dossier">
          {pinTexts.noPin}
        </a>
      ) : (
        <a class="btn btn-quiet" href="/connexion/aide">
          {caseTexts.help}
        </a>
      )}
      <a class="btn btn-quiet" href="/connexion">
        {peopleTexts.otherPhone}
      </a>
    </div>
  ),
};

export const newPinPage: Page<PlayerViews['newPin']> = {
  tab: 'me',
  title: () => pinTexts.choose,
  Main: ({ frame, problem }) => (
    <div class="stack">
      <h1>{pinTexts.choose}</h1>
      <p class="mute">{pinTexts.chooseHint}</p>
      <Problem problem={problem} form={NEW_PIN_FORM} />
      <form class="stack" method="post" action="/connexion/nouveau-pin">
        <FormStart token={frame.formToken} />
        <PinField
          form={NEW_PIN_FORM}
          name="pin"
          label={pinTexts.newLabel}
          hint={pinTexts.newHint}
          problem={problem}
          isNew
        />
        <PinField form={NEW_PIN_FORM} name="pinAgain" label={pinTexts.again} problem={problem} isNew />
        <button type="submit" class="btn btn-go btn-wide">
          {peopleTexts.enter}
        </button>
      </form>
    </div>
  ),
};

export const changePinPage: Page<PlayerViews['changePin']> = {
  tab: 'me',
  title: () => pinTexts.change,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{pinTexts.change}</h1>
      {view.isChanged && (
        <Note tone="ok" role="status">
          {pinTexts.changed}
        </Note>
      )}
      <Problem problem={problem} form={CHANGE_FORM} />
      <form class="stack" method="post" action="/moi/pin">
        <FormStart token={frame.formToken} />
        <PinField form={CHANGE_FORM} name="pin" label={pinTexts.currentLabel} problem={problem} />
        <PinField
          form={CHANGE_FORM}
          name="newPin"
          label={pinTexts.newLabel}
          hint={pinTexts.newHint}
          problem={problem}
          isNew
        />
        <PinField form={CHANGE_FORM} name="pinAgain" label={pinTexts.again} problem={problem} isNew />
        <button type="submit" class="btn btn-go btn-wide">
          {pinTexts.changeGo}
        </button>
      </form>
      <a class="btn btn-quiet" href="/moi">
        {pinTexts.back}
      </a>
    </div>
  ),
};
