import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type OpenOrange, openOrangeForTests } from '../../testing/open-orange.ts';
import { openOutgoingHttp } from '../outgoing-http.ts';
import { openOrangeClient } from './client.ts';
import { registerCallback, showCallbacks } from './register-callback.ts';

describe('the address that Orange calls', () => {
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  let orange: OpenOrange;
  beforeEach(async () => {
    orange = await openOrangeForTests();
  });
  afterEach(() => orange.close());
  const client = () => openOrangeClient(orange.config, { http, now: orange.control.now });

  it('is registered, read back, and its key is shown to nobody', async () => {
    const config = {
      ...orange.config,
      callbackUrl: 'https://mbayar.example/callbacks/orange',
      callbackApiKey: 'another-key-of-ours',
    };
    assert.deepEqual(await registerCallback(client(), config), { kind: 'registered' });
    const shown = await showCallbacks(client(), config);
    assert(shown.kind === 'shown');
    const [callback] = shown.callbacks;
    assert.deepEqual([callback?.url, callback?.hasOurKey], [config.callbackUrl, true]);
    assert(!JSON.stringify(shown).includes(config.callbackApiKey));
    const others = await showCallbacks(client(), orange.config);
    assert(others.kind === 'shown' && others.callbacks[0]?.hasOurKey === false);
  });

  it('is not registered without an address, without a right, or under a code that is not ours', async () => {
    assert.equal((await registerCallback(client(), { ...orange.config, callbackUrl: null })).kind, 'closed');
    const strange = await registerCallback(client(), { ...orange.config, merchantCode: '000000' });
    assert.equal(strange.kind, 'unknown');
    orange.control.setFaults({ unapproved: ['notification'] });
    assert.equal((await registerCallback(client(), orange.config)).kind, 'closed');
    assert.equal((await showCallbacks(client(), orange.config)).kind, 'closed');
    orange.control.setFaults({ calls: { callback_registration: ['html_502'] } });
    assert.equal((await registerCallback(client(), orange.config)).kind, 'unknown');
    orange.control.setFaults({ calls: { callback_registration: ['empty_answer'] } });
    assert.equal((await showCallbacks(client(), orange.config)).kind, 'unknown');
  });

  it('has a command that says what is missing', () => {
    const run = (given: readonly string[], env: Record<string, string> = {}) => {
      const file = join(import.meta.dirname, 'orange-callback.ts');
      return spawnSync(process.execPath, [file, ...given], { env, encoding: 'utf8' });
    };
    assert.equal(run([]).status, 2);
    assert.equal(run(['register', 'now']).status, 2);
    const bare = run(['show']);
    assert.deepEqual([bare.status, bare.stderr.includes('is not configured')], [1, true]);
    const half = run(['show'], { ORANGE_CLIENT_ID: 'id' });
    assert.deepEqual([half.status, half.stderr.includes('ORANGE_CLIENT_SECRET is missing')], [1, true]);
  });
});
