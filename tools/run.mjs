#!/usr/bin/env node
// The one door to every command: `node tools/run.mjs <command> [arguments]`, on any Node from 20 up.
// It installs what the lock file asks for and node_modules lacks, then runs the command on the Node that the lock
// file pins. Plain JavaScript without dependencies: it has to work before there is anything else.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from './commands.mjs';
import { findMissingPackages } from './installed.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name = '', ...rest] = process.argv.slice(2);

main();

function main() {
  const command = commands[name];
  if (command === undefined)
    return leave(2, `Unknown command "${name}". There is: ${Object.keys(commands).join(', ')}.`);
  if (Number(process.versions.node.split('.')[0]) < 20) {
    return leave(2, `Mbayar needs Node 20 or later to install itself; this is ${process.version}.`);
  }
  const missing = findMissingPackages(root);
  if (missing.length > 0) install(missing.length);
  if (!existsSync(join(root, command.entry))) return leave(2, `${command.entry} is not there yet.`);
  run(findNode(), [
    ...(command.nodeArguments ?? []),
    join(root, command.entry),
    ...(command.arguments ?? []),
    ...rest,
  ]);
}

function install(count) {
  const started = Date.now();
  process.stderr.write(`Installing ${count} npm packages …\n`);
  // The npm that runs us, when one does; `npm` from PATH otherwise.
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, stdout, stderr, error } = spawnSync(program, [...first, ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) return leave(1, `npm ci failed.\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  process.stderr.write(`Installed in ${Math.ceil((Date.now() - started) / 1000)} s.\n`);
}

/** Node from npm; where npm has none for this machine, the one that runs us when it is new enough. */
function findNode() {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return leave(
    2,
    `There is no Node 24 for ${process.platform}-${process.arch} on npm: start with Node 24 or later.`,
  );
}

/**
 * Runs to the end and ends the same way. Signals are passed on; the command also notices by the channel between us
 * when we are killed in a way that cannot be passed on, and stops.
 */
function run(node, nodeArguments) {
  const child = spawn(node, nodeArguments, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // What Node makes of our TypeScript is kept: the next process is up in half the time.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'), ...process.env, TZ: 'UTC' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => leave(1, error.message));
  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code ?? 1);
    for (const handled of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(handled);
    process.kill(process.pid, signal);
  });
}

function leave(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
