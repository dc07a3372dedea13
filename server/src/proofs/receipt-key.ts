/**
 * The key that signs receipts, on the command line: `npm run receipt-key -- show`, or
 * `npm run receipt-key -- replace --reason "clé vue sur un poste"`. The database is the server's own, running or not; a
 * running server signs with the new key at once. Exit code 0 when done, 1 when it could not be, 2 on a wrong command.
 */
import { parseArgs } from 'node:util';
import { reachDatabase } from '../command-database.ts';
import { readConfig } from '../config.ts';
import { openDataCipher } from '../data-cipher.ts';
import { openDb } from '../db.ts';
import { StartError } from '../start-error.ts';
import { type KeyDeps, listReceiptKeys } from './receipt-keys.ts';
import { replaceReceiptKey } from './replace-receipt-key.ts';

const USAGE = 'npm run receipt-key -- show | replace --reason "why, in a few words"';

type Asked = { readonly does: 'show' } | { readonly does: 'replace'; readonly reason: string };

await main();

async function main(): Promise<void> {
  const asked = readCommand();
  if (asked === null) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    console.log((await run(asked)).join('\n'));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}

async function run(asked: Asked): Promise<string[]> {
  const config = readConfig(process.env);
  const database = await reachDatabase(config);
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    const deps = { db, cipher: openDataCipher(config.secrets.dataKeys) };
    return asked.does === 'show' ? await describeKeys(deps) : await replace(deps, asked.reason);
  } finally {
    await db.close();
    await database.release();
  }
}

async function describeKeys({ db }: KeyDeps): Promise<string[]> {
  const keys = await listReceiptKeys(db);
  return keys.map(({ keyId, madeAt, retiredAt }) =>
    retiredAt === null ? `${keyId} signe depuis ${madeAt}` : `${keyId} a signé de ${madeAt} à ${retiredAt}`,
  );
}

async function replace(deps: KeyDeps, reason: string): Promise<string[]> {
  const { retired, keyId } = await replaceReceiptKey(deps, reason);
  return [
    `Les reçus sont signés par ${keyId} à partir de maintenant.`,
    ...(retired === null ? [] : [`${retired} ne signe plus ; ce qu’elle a signé reste vérifiable.`]),
  ];
}

function readCommand(): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { reason: { type: 'string' } },
    });
    const [does, ...more] = positionals;
    const reason = values.reason?.trim() ?? '';
    if (more.length > 0) return null;
    if (does === 'show' && values.reason === undefined) return { does };
    return does === 'replace' && reason.length >= 3 && reason.length <= 200 ? { does, reason } : null;
  } catch {
    return null;
  }
}
