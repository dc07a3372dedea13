/**
 * The link of an invitation: its id with a MAC of 256 bits, so that nobody can make one and nothing in the database
 * opens one. Whether it still serves is the row's to say.
 */
import { fail } from '#core/errors.ts';
import { isMac, macOf } from '../sessions/signed-text.ts';

export function invitationToken(key: string, invitationId: string): string {
  const id = Buffer.from(invitationId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${id}.${macOf(key, 'invitation', invitationId).toString('base64url')}`;
}

/** The invitation that a token names. Refuses with `not_found` what is not one of ours. */
export function readInvitationToken(key: string, token: string): string {
  const [id = '', mac = '', more] = token.split('.');
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const invitationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (more !== undefined || !isMac(mac, macOf(key, 'invitation', invitationId))) fail('not_found');
  return invitationId;
}
