import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWaveConfig } from './config.ts';

const whole = {
  WAVE_API_KEY: 'wave_sn_prod_very-secret-key',
  WAVE_WEBHOOK_SECRETS: 'wave_sn_WHS_very-secret-1, wave_sn_WHS_very-secret-2',
};

function read(environment: Readonly<Record<string, string>>) {
  const problems: string[] = [];
  const config = readWaveConfig(
    (name) => environment[name],
    (problem) => problems.push(problem),
  );
  return { config, problems };
}

describe('Wave’s configuration', () => {
  it('is not there when nothing is', () => assert.deepEqual(read({}), { config: null, problems: [] }));

  it('takes the usual for the rest', () => {
    assert.deepEqual(read(whole), {
      problems: [],
      config: {
        url: 'https://api.wave.com',
        apiKey: 'wave_sn_prod_very-secret-key',
        signingSecret: null,
        webhooks: {
          strategy: 'signature',
          secrets: ['wave_sn_WHS_very-secret-1', 'wave_sn_WHS_very-secret-2'],
        },
        restrictsPayer: true,
      },
    });
    const more = { WAVE_SIGNING_SECRET: 'wave_sn_AKS_very-secret', WAVE_RESTRICT_PAYER: 'no' };
    const { config } = read({ ...whole, ...more, WAVE_WEBHOOK_STRATEGY: 'bearer' });
    assert.deepEqual(
      [config?.signingSecret, config?.restrictsPayer, config?.webhooks.strategy],
      ['wave_sn_AKS_very-secret', false, 'bearer'],
    );
  });

  const { WAVE_API_KEY, WAVE_WEBHOOK_SECRETS } = whole;
  const wrong: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'WAVE_API_KEY and WAVE_WEBHOOK_SECRETS go together': { WAVE_API_KEY },
    'WAVE_API_KEY and WAVE_WEBHOOK_SECRETS go together ': { WAVE_WEBHOOK_SECRETS },
    'WAVE_API_KEY and WAVE_WEBHOOK_SECRETS go together  ': { WAVE_SIGNING_SECRET: 'very-secret' },
    'WAVE_API_URL is': { ...whole, WAVE_API_URL: 'http://api.wave.com' },
    'WAVE_API_URL is ': { ...whole, WAVE_API_URL: 'https://api.wave.com/' },
    'WAVE_API_URL is  ': { ...whole, WAVE_API_URL: 'https://very-secret:x@api.wave.com' },
    'WAVE_API_KEY is': { ...whole, WAVE_API_KEY: 'very-secret\r\nx: y' },
    'WAVE_WEBHOOK_SECRETS are': { ...whole, WAVE_WEBHOOK_SECRETS: 'very-secret' },
    'differ from one another': { WAVE_API_KEY, WAVE_WEBHOOK_SECRETS: WAVE_API_KEY },
    'WAVE_WEBHOOK_STRATEGY is': { ...whole, WAVE_WEBHOOK_STRATEGY: 'very-secret' },
    'WAVE_RESTRICT_PAYER is': { ...whole, WAVE_RESTRICT_PAYER: 'very-secret' },
  };
  for (const [complaint, environment] of Object.entries(wrong)) {
    it(`complains once, and repeats no value: ${complaint.trim()}`, () => {
      const { problems } = read(environment);
      assert.equal(problems.length, 1);
      assert(problems[0]?.includes(complaint.trim()), problems[0]);
      assert.doesNotMatch(problems.join(), /very-secret/);
    });
  }
});
