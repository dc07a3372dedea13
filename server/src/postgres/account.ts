import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../start-error.ts';

/** The system account PostgreSQL runs under; `undefined` means ours. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string } | undefined;

/**
 * PostgreSQL refuses to run as root. Started by root it runs as `postgres` when the machine has that account, else as
 * `nobody`; a cluster that exists already keeps the account that owns it. We create no account.
 */
export function chooseAccount(existingOwnerUid: number | undefined): Account {
  const ourUid = process.getuid?.();
  if (ourUid === undefined) {
    throw new StartError(
      'The embedded PostgreSQL needs Linux or macOS. Set DATABASE_URL, or use WSL on Windows.',
    );
  }
  if (ourUid !== 0) {
    if (existingOwnerUid !== undefined && existingOwnerUid !== ourUid) {
      throw new StartError(
        `The embedded database belongs to system user ${existingOwnerUid}, and this process runs as ${ourUid}: ` +
          'start it as before, or choose another DATA_DIR.',
      );
    }
    return undefined;
  }
  const accounts = readAccounts();
  const wanted =
    existingOwnerUid === undefined
      ? ['postgres', 'nobody'].map((name) => accounts.find((account) => account.name === name))
      : [accounts.find((account) => account.uid === existingOwnerUid)];
  const account = wanted.find((candidate) => candidate !== undefined && candidate.uid !== 0);
  if (account === undefined) {
    throw new StartError(
      existingOwnerUid === undefined
        ? 'PostgreSQL does not run as root and this machine has neither a `postgres` nor a `nobody` account: ' +
            'start as an ordinary user, or set DATABASE_URL.'
        : `The embedded database belongs to system user ${existingOwnerUid}, which does not exist here.`,
    );
  }
  return account;
}

function readAccounts(): { uid: number; gid: number; name: string }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && Number.isInteger(uid) && Number.isInteger(gid));
}

/** May this account walk down to the directory, and enter it? Judged by the mode bits of it and all above it. */
export function canEnter(account: Account, directory: string): boolean {
  if (account === undefined) return true;
  const { mode, uid, gid } = statSync(directory);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  const parent = dirname(directory);
  return (mode & bit) !== 0 && (parent === directory || canEnter(account, parent));
}
