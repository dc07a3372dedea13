/**
 * A copy of all that is kept about a player: asked for, built at once or by a job, encrypted until he fetches it, and
 * taken out when it expires.
 */
import type { ExportShown } from '#core/api/data-rights.ts';
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { exportDocuments } from '../identity/export-documents.ts';
import { runOperation } from '../operations/operation.ts';
import { readSettings } from '../settings/open-settings.ts';
import { zipFiles } from '../zip.ts';
import type { DataDeps, ExportDeps } from './data-deps.ts';
import { findExport, insertExport, recordExport, takeExportFile } from './queries.ts';
import { documentsSection, type Row, sections } from './sections.ts';
import { showExport } from './show-data.ts';
import { type FilledSection, writeExport } from './write-export.ts';

export async function requestExport(
  deps: DataDeps,
  player: PlayerIdentity,
  { operationId, origin }: { readonly operationId: string; readonly origin: Origin },
): Promise<ExportShown> {
  const { playerId } = player;
  await deps.limiter.take('exports', playerId);
  const operation = { id: operationId, kind: 'export-data', actorId: playerId, input: {} };
  await runOperation(deps.db, operation, async (tx) => {
    await insertExport(tx, operationId, playerId);
    await deps.jobs.send(tx, 'export-data', { exportId: operationId });
    await auditExport(tx, 'export-data', playerId, operationId, origin);
    return { exportId: operationId };
  });
  // The job does it when this does not come to its end.
  await buildExport(deps, operationId);
  return showExport((await findExport(deps.db, operationId)) ?? fail('not_found'));
}

/** Safe to run any number of times: the first file stays. */
export function buildExport(deps: ExportDeps, exportId: string): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const asked = await findExport(tx, exportId);
    if (asked === null || asked.readyAt !== null) return;
    const madeAt = new Date();
    const { filled, pictures } = await gather(tx, deps, asked.playerId);
    const zip = zipFiles([...writeExport(filled, madeAt), ...pictures], madeAt);
    const sealed = deps.cipher.encrypt(zip, placeOf(exportId));
    const { exportValidityMs } = await readSettings(tx);
    await recordExport(tx, exportId, { sealed, keptForMs: exportValidityMs });
  });
}

/** The file of one of his exports; null when it is not his, not ready or has expired. */
export function fetchExport(
  deps: ExportDeps,
  player: PlayerIdentity,
  { exportId, origin }: { readonly exportId: string; readonly origin: Origin },
): Promise<Buffer | null> {
  return deps.db.transaction(async (tx) => {
    const asked = await findExport(tx, exportId);
    if (asked?.playerId !== player.playerId) return null;
    const file = await takeExportFile(tx, exportId);
    if (file === null) return null;
    await auditExport(tx, 'fetch-export', player.playerId, null, origin);
    return deps.cipher.decrypt(file.sealed, placeOf(exportId));
  });
}

async function gather(tx: Tx, { cipher }: ExportDeps, playerId: string) {
  const filled: FilledSection[] = [];
  for (const { sql, ...section } of sections) {
    filled.push({ ...section, rows: await tx.query<Row>(sql, [playerId]) });
  }
  const { rows, pictures } = await exportDocuments(tx, cipher, playerId);
  filled.push({ ...documentsSection, rows });
  return { filled, pictures };
}

function placeOf(exportId: string): string {
  return `data_export ${exportId} sealed`;
}

function auditExport(
  tx: Tx,
  command: 'export-data' | 'fetch-export',
  playerId: string,
  operationId: string | null,
  origin: Origin,
): Promise<void> {
  return recordAudit(tx, {
    actor: { kind: 'player', id: playerId },
    command,
    target: `player ${playerId}`,
    input: {},
    outcome: 'done',
    operationId,
    origin,
  });
}
