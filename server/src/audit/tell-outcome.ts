import { type ErrorCode, errorCatalogue } from '#core/errors.ts';

/** A refusal in words, for people who read the log; null for what was done, and for a step that is no refusal. */
export function tellOutcome(outcome: string): string | null {
  // The log keeps the code alone: what the sentence would have named is left open.
  return isErrorCode(outcome) ? errorCatalogue[outcome].fr.replace(/\{\w+\}/g, '…') : null;
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text);
}
