/**
 * `npm run check`: types, lint, format, and the tidy rules; `npm run format` writes what can be written by itself.
 * All of them run to the end, and what they say is printed one after the other.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const isWriting = process.argv.includes('--write');

const biome = ['check', '--error-on-warnings', '--max-diagnostics=200', ...(isWriting ? ['--write'] : [])];
const checks: readonly [name: string, program: string, args: string[]][] = [
  [isWriting ? 'format' : 'lint and format', bin('biome'), biome],
  ['types', bin('tsc'), ['--noEmit']],
  ['tidy', process.execPath, [join(root, 'tools', 'test.ts'), 'tools/tidy.test.ts']],
];

const results = await Promise.all(
  (isWriting ? checks.slice(0, 1) : checks).map((check) => runCheck(...check)),
);
for (const { name, exitCode, output } of results) {
  console.log(exitCode === 0 ? `✔ ${name}` : `✖ ${name}\n${output}`);
}
const failed = results.filter(({ exitCode }) => exitCode !== 0).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function runCheck(name: string, program: string, args: string[]) {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { name, exitCode, output };
}
