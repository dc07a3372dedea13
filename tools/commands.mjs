// What `node tools/run.mjs <command>` runs, each on the pinned Node.
export const commands = {
  start: { entry: 'server/src/main.ts' },
  test: { entry: 'tools/test.ts' },
  check: { entry: 'tools/check.ts' },
  format: { entry: 'tools/check.ts', arguments: ['--write'] },
  'add-staff': { entry: 'server/src/staff/add-staff.ts' },
  import: { entry: 'server/src/import.ts' },
  schema: { entry: 'tools/print-schema.ts' },
  'print-errors': { entry: 'tools/print-errors.ts' },
  'new-migration': { entry: 'tools/new-migration.ts' },
  pages: { entry: 'tools/build-pages.ts' },
  smoke: { entry: 'tools/smoke.ts' },
  bench: { entry: 'bench/main.ts' },
  accidents: { entry: 'bench/accidents.ts' },
  'start-up': { entry: 'bench/start-up.ts' },
  bytes: { entry: 'e2e/bytes.ts' },
  e2e: { entry: 'tools/test.ts', arguments: ['--e2e'] },
};
