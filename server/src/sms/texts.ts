/**
 * Every text message that is sent. GSM-7 letters only, one message each (160 septets): no typographic apostrophe, no
 * "ê", "ô", "ç". A test reads them all.
 */

/** Browsers fill the code in from the last line, and only on the host it names. */
export function codeMessage(code: string, host: string, validityMs: number): string {
  const minutes = Math.floor(validityMs / 60_000);
  return `Mbayar : votre code est ${code}. Il sert une fois, ${minutes} min. Ne le donnez à personne.\n@${host} #${code}`;
}

export const pinBlockedMessage =
  "Mbayar : trop de PIN faux sur votre compte. Si ce n'est pas vous, changez votre PIN sur Mbayar, page Moi.";

/** Whoever has the link still needs the phone. */
export function staffInvitationMessage(link: string): string {
  return `Mbayar : le bureau vous attend. Ouvrez ${link}`;
}

export function deviceBoundMessage(label: string, holdMs: number): string {
  const hours = Math.ceil(holdMs / 3_600_000);
  return `Mbayar : nouvel appareil sur votre compte (${label}). Les retraits attendent ${hours} h. Ce n'est pas vous ? Ouvrez Mbayar, page Moi, Appareils.`;
}

export const caseOpenedMessage =
  "Mbayar : un dossier est ouvert sur votre compte, les retraits attendent. Si ce n'est pas vous, ouvrez Mbayar, page Moi.";

export function phoneChangedMessage(newPhone: string): string {
  return `Mbayar : le numéro de votre compte finit maintenant par ${newPhone.slice(-2)}. Les retraits attendent 24 h.`;
}

export const pinResetMessage =
  'Mbayar : votre dossier est accepté. Entrez avec votre numéro et un code : vous choisirez un nouveau PIN.';
