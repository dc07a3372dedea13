/** Prints docs/errors.md from the catalogue: `npm run print-errors`. A test fails when the committed page differs. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorCatalogue, limitEnds } from '#core/errors.ts';

export const errorsPage = fileURLToPath(new URL('../docs/errors.md', import.meta.url));

export function printErrors(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { status, retry, fr, wo }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${fr} | ${wo} |`,
  );
  const ends = Object.entries(limitEnds).map(([end, { fr, wo }]) => `| \`${end}\` | ${fr} | ${wo} |`);
  return `# Errors

Made by \`npm run print-errors\` from \`core/src/errors.ts\`. An answer is \`application/problem+json\` (RFC 9457) with
\`code\`, \`title\` (the sentence), \`params\`, \`retry\` and \`requestId\`. Refusals of the business are stored with their operation:
the same id gets the same refusal for ever. \`retry\` says that the same wish, under a new id, may get another answer. The
Wolof sentences wait for a native reviewer.

The parameter \`until\` of a limit is an instant (ISO 8601), or what the limit waits for when nobody knows the instant:

| \`until\` | French | Wolof |
|---|---|---|
${ends.join('\n')}

| code | status | retry | French | Wolof |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(errorsPage, printErrors());
