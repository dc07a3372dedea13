import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('npm run import', () => {
  let database: TestDatabase;
  let directory: string;

  before(async () => {
    database = await createTestDatabase();
    directory = mkdtempSync(join(tmpdir(), 'mbayar-import-'));
  });
  after(async () => {
    rmSync(directory, { recursive: true });
    await database.drop();
  });

  it('shows, applies, and applies again without effect', async () => {
    const preview = await runImport('--preview');
    assert.equal(preview.code, 0, preview.stderr);
    assert.match(preview.stdout, /aperçu, rien n’est écrit\nlutteurs.csv : 114 lignes = 114 nouvelles/);
    assert.match(
      (await runImport('--apply', '--actor', 'Awa')).stdout,
      /appliqué \(n° 1\)[\s\S]*259 lignes = 259 nouvelles/,
    );
    assert.match(
      (await runImport('--apply')).stdout,
      /appliqué \(n° 2\)[\s\S]*259 lignes = 0 nouvelles \+ 0 modifiées \+ 259/,
    );
  });

  it('names the line of a bad row and goes on with the others', async () => {
    const file = join(directory, 'combats.csv');
    const text = readFileSync(new URL('../data/combats.csv', import.meta.url), 'utf8');
    writeFileSync(file, text.replace('C002,1972', 'C002,1972-99'));
    const { code, stdout } = await runImport('--preview', '--bouts', file);
    assert.equal(code, 0);
    assert.match(stdout, /258 inchangées \+ 0 en conflit \+ 1 rejetées/);
    assert.match(stdout, /combats.csv ligne 3 \(C002\) rejetée : colonne « date » : « 1972-99 »/);
  });

  it('refuses what is no such file, with one sentence and exit code 1', async () => {
    const terminal = join(directory, 'escape.csv');
    writeFileSync(terminal, '\u001b[2Jid,nom\n');
    for (const [path, said] of [
      [join(directory, 'nowhere.csv'), /nowhere.csv : le fichier ne peut pas être lu/],
      [directory, /ce n’est pas un fichier/],
      ['/dev/zero', /ce n’est pas un fichier/],
      [terminal, /colonne inconnue « �\[2Jid »/],
    ] as const) {
      const { code, stderr, stdout } = await runImport('--apply', '--wrestlers', path);
      assert.equal(code, 1);
      assert.match(stderr, said);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.equal(stdout, '');
    }
  });

  it('says how it is used when it is called otherwise', async () => {
    for (const options of [[], ['--apply', '--preview'], ['--force'], ['--apply', '--actor', '']]) {
      const { code, stderr } = await runImport(...options);
      assert.equal(code, 2);
      assert.match(stderr, /--preview \| --apply/);
    }
  });

  function runImport(...options: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'import.ts'), ...options], {
      env: {
        ...process.env,
        DATABASE_URL: database.ownerUrl,
        APP_DATABASE_URL: database.appUrl,
        DATA_DIR: directory,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  }
});
