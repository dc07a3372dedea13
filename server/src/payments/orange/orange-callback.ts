/**
 * The address at which Orange Money calls us: `npm run orange-callback -- register` tells Orange once, `-- show` reads
 * back what Orange holds. With the environment of production. Exit code 1 when Orange does not agree, 2 on a wrong command.
 */
import { openOutgoingHttp } from '../outgoing-http.ts';
import { openOrangeClient } from './client.ts';
import { readOrangeConfig } from './config.ts';
import { registerCallback, showCallbacks } from './register-callback.ts';

process.exitCode = await main(process.argv.slice(2));

async function main([command, ...rest]: readonly string[]): Promise<number> {
  if ((command !== 'register' && command !== 'show') || rest.length > 0) {
    console.error('npm run orange-callback -- register | show');
    return 2;
  }
  const problems: string[] = [];
  const config = readOrangeConfig(
    (name) => process.env[name]?.trim() || undefined,
    (problem) => problems.push(problem),
  );
  if (config === null) {
    const [first = 'Orange Money is not configured (ORANGE_CLIENT_ID and the others)'] = problems;
    console.error([first, ...problems.slice(1)].join('\n'));
    return 1;
  }
  const http = openOutgoingHttp({ allowsPrivateHosts: false });
  try {
    const client = openOrangeClient(config, { http });
    const answer = await (command === 'register' ? registerCallback : showCallbacks)(client, config);
    if (answer.kind === 'registered') console.log(`Orange calls ${config.callbackUrl} from now on`);
    else if (answer.kind === 'shown')
      for (const { url, createdAt, hasOurKey } of answer.callbacks)
        console.log(`${url}, since ${createdAt}, ${hasOurKey ? 'with our key' : 'with ANOTHER key'}`);
    else console.error(`Orange: ${answer.detail}`);
    return answer.kind === 'registered' || answer.kind === 'shown' ? 0 : 1;
  } finally {
    await http.close();
  }
}
