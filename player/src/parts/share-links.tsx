/** A message to hand on: by WhatsApp, in either language, and by whatever the phone has, where its browser can. */
import type { Language } from '#core/errors.ts';
import { shareMessages, shareWords as texts } from '../share-texts.ts';

type Messages = (typeof shareMessages)[Language];

export function ShareLinks({
  language,
  isMain = false,
  write,
}: {
  language: Language;
  /** What this page is there for. */
  isMain?: boolean;
  write: (messages: Messages) => string;
}) {
  const other = language === 'fr' ? 'wo' : 'fr';
  const message = write(shareMessages[language]);
  return (
    <>
      <WhatsAppLink className={isMain ? 'btn btn-go btn-wide' : 'btn btn-wide'} message={message}>
        {texts.whatsapp}
      </WhatsAppLink>
      <button type="button" class="btn btn-wide share" hidden data-share={message}>
        {texts.more}
      </button>
      <WhatsAppLink className="btn btn-quiet" message={write(shareMessages[other])}>
        {texts.inLanguage[other]}
      </WhatsAppLink>
    </>
  );
}

export function WhatsAppLink({
  className,
  message,
  children,
}: {
  className: string;
  message: string;
  children: string;
}) {
  return (
    <a class={className} href={`https://wa.me/?text=${encodeURIComponent(message)}`} rel="noreferrer">
      {children}
    </a>
  );
}
