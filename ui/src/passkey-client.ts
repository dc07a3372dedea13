/**
 * The script behind every passkey button. The button is drawn hidden and appears here: without JavaScript, or in a
 * browser without WebAuthn, there is none. The conversions are written out because the browsers' own
 * (`parseRequestOptionsFromJSON`, `toJSON`) are younger than the oldest browsers served.
 */

export function bringPasskeyButtons(): void {
  if (typeof PublicKeyCredential === 'undefined') return;
  for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    box.hidden = false;
    box.querySelector('button')?.addEventListener('click', () => void use(box));
  }
}

async function use(box: HTMLElement): Promise<void> {
  const { passkey: path = '', next = '/', cancelled = '' } = box.dataset;
  const says = box.querySelector('[role=alert]');
  const say = (sentence: string) => {
    if (says !== null) says.textContent = sentence;
  };
  say('');
  try {
    const { options } = await post(`${path}/options`);
    const credential =
      'user' in options
        ? await navigator.credentials.create({ publicKey: readCreation(options) })
        : await navigator.credentials.get({ publicKey: readRequest(options) });
    if (!(credential instanceof PublicKeyCredential)) throw new Error('no credential');
    await post(path, { credential: write(credential) });
    location.assign(next);
  } catch (error) {
    if (error instanceof Refused && error.code === 'step_up_required') {
      location.assign(`/confirmer?suite=${encodeURIComponent(location.pathname)}`);
    } else say(error instanceof Refused ? error.message : cancelled);
  }
}

class Refused extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** What an answer of ours holds; the server made it. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of our own server
async function post(path: string, body?: object): Promise<any> {
  const answer = await fetch(path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.code, said.title);
  return said;
}

interface Named {
  readonly id: string;
  readonly transports?: AuthenticatorTransport[];
}
type OptionsJson = Readonly<Record<string, unknown>> & {
  readonly challenge: string;
  readonly allowCredentials?: readonly Named[];
  readonly excludeCredentials?: readonly Named[];
};

type CreationJson = OptionsJson & {
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly rp: PublicKeyCredentialRpEntity;
  readonly pubKeyCredParams: PublicKeyCredentialParameters[];
};

function readRequest(options: OptionsJson): PublicKeyCredentialRequestOptions {
  const { challenge, allowCredentials = [] } = options;
  return { ...options, challenge: bytesOf(challenge), allowCredentials: allowCredentials.map(readNamed) };
}

function readCreation(options: CreationJson): PublicKeyCredentialCreationOptions {
  const { challenge, user, excludeCredentials = [], rp, pubKeyCredParams, ...rest } = options;
  return {
    ...rest,
    rp,
    pubKeyCredParams,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map(readNamed),
  };
}

function readNamed(named: Named): PublicKeyCredentialDescriptor {
  return { ...named, type: 'public-key', id: bytesOf(named.id) };
}

function write({ rawId, response }: PublicKeyCredential): object {
  const id = textOf(rawId);
  const fields: Record<string, unknown> = { clientDataJSON: textOf(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    fields['attestationObject'] = textOf(response.attestationObject);
    fields['transports'] = response.getTransports?.() ?? [];
  } else if (response instanceof AuthenticatorAssertionResponse) {
    fields['authenticatorData'] = textOf(response.authenticatorData);
    fields['signature'] = textOf(response.signature);
  }
  return { id, rawId: id, type: 'public-key', response: fields };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function textOf(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
