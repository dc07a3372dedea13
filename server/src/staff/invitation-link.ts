/**
 * The link of an invitation: its id with a MAC of 256 bits, so that nobody can make one and nothing in the database
 * opens one. Whether it still serves is the row's to say.
 */
import { fail } from '#core/errors.ts';
import { isSigned, type Keys, signText } from '../sessions/signed-text.ts';

export function invitationToken(keys: Keys, invitationId: string): string {
  const id = Buffer.from(invitationId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${id}.${signText(keys, 'invitation', invitationId)}`;
}

/** The invitation that a token names. Refuses with `not_found` what is not one of ours. */
export function readInvitationToken(keys: Keys, token: string): string {
  const [id = '', mac = '', more] = token.split('.');
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const invitationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (more !== undefined || !isSigned(keys, 'invitation', invitationId, mac)) fail('not_found');
  return invitationId;
}
