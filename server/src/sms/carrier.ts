/** Who carries text messages to phones. An adapter knows neither database nor state. */

export type Handover =
  | { readonly kind: 'sent'; readonly reference: string | null }
  /** It never will be: the number or the text is not accepted. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It certainly was not sent, and may be tried again. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number }
  /** Handed over, and no answer that says what became of it. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface SmsCarrier {
  hand(sms: { readonly phone: string; readonly body: string }): Promise<Handover>;
}
