/** Cases about getting into an account: what they are about, and what a person may decide. */

export const caseKinds = ['lost_phone', 'forgotten_pin', 'recycled_number', 'changed_number'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** `claimed`: somebody says so, and nothing is changed. `open`: the account is frozen for money out. */
export type CaseState = 'claimed' | 'open' | 'decided';

export const caseDecisions = ['reset_pin', 'change_phone', 'release_phone', 'refuse'] as const;
export type CaseDecision = (typeof caseDecisions)[number];

/** Does this decision go with this case? */
export function mayDecide(
  decision: CaseDecision,
  about: { readonly kind: CaseKind; readonly hasPlayer: boolean; readonly hasNewPhone: boolean },
): boolean {
  switch (decision) {
    case 'refuse':
      return true;
    // Who proved another number gets it, or nothing: the account's own number is not in his hands.
    case 'reset_pin':
      return about.hasPlayer && !about.hasNewPhone && about.kind !== 'recycled_number';
    case 'change_phone':
      return about.hasPlayer && about.hasNewPhone;
    case 'release_phone':
      return about.hasPlayer && about.kind === 'recycled_number';
  }
}
