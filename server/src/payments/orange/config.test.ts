import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOrangeConfig } from './config.ts';

const merchant = {
  ORANGE_CLIENT_ID: 'client',
  ORANGE_CLIENT_SECRET: 'very-secret-client',
  ORANGE_MERCHANT_CODE: '460221',
  ORANGE_MERCHANT_NAME: 'Mbayar',
  ORANGE_CALLBACK_API_KEY: 'chosen-by-us-once-1',
};
const retailer = { ORANGE_RETAILER_MSISDN: '779990001', ORANGE_RETAILER_PIN: '4821' };

function read(given: Readonly<Record<string, string>>) {
  const problems: string[] = [];
  const config = readOrangeConfig(
    (name) => given[name],
    (problem) => problems.push(problem),
  );
  return { config, problems };
}

describe('the configuration of Orange Money', () => {
  it('is whole, without the distributor’s half, or not there', () => {
    assert.deepEqual(read({}), { config: null, problems: [] });
    assert.deepEqual(read({ PUBLIC_URL: 'https://mbayar.example' }), { config: null, problems: [] });
    const { config, problems } = read({
      ...merchant,
      ...retailer,
      ORANGE_CALLBACK_SECRETS: 'one, two',
      ORANGE_X_API_KEY: 'x',
      PUBLIC_URL: 'https://mbayar.example',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(config, {
      apiUrl: 'https://api.orange-sonatel.com',
      clientId: 'client',
      clientSecret: 'very-secret-client',
      merchantCode: '460221',
      merchantName: 'Mbayar',
      callbackApiKey: 'chosen-by-us-once-1',
      callbackSecrets: ['one', 'two'],
      callbackUrl: 'https://mbayar.example/callbacks/orange',
      xApiKey: 'x',
      retailer: { msisdn: '779990001', pin: '4821' },
    });
    const deposits = read(merchant).config;
    assert.deepEqual(
      [deposits?.retailer, deposits?.callbackUrl, deposits?.callbackSecrets],
      [null, null, []],
    );
  });

  it('complains by name of what is missing or odd, and repeats no secret', () => {
    for (const name of Object.keys(merchant)) {
      const { config, problems } = read({ ...merchant, [name]: '' });
      assert.equal(config, null);
      assert.deepEqual(problems, [`${name} is missing: Orange Money is configured in part`]);
    }
    for (const name of Object.keys(retailer)) {
      const { problems } = read({ ...merchant, ...retailer, [name]: ' ' });
      assert.deepEqual(problems, [`${name} is missing: Orange Money is configured in part`]);
    }
    for (const [name, value] of [
      ['ORANGE_API_URL', 'http://api.orange-sonatel.com'],
      ['ORANGE_API_URL', 'https://someone:password@api.orange-sonatel.com'],
      ['ORANGE_MERCHANT_CODE', '46022'],
      ['ORANGE_MERCHANT_NAME', 'n'.repeat(46)],
      ['ORANGE_CALLBACK_API_KEY', 'too-short'],
      ['ORANGE_RETAILER_MSISDN', '+221779990001'],
      ['ORANGE_RETAILER_PIN', 'pin!'],
    ] as const) {
      const { config, problems } = read({ ...merchant, ...retailer, [name]: value });
      assert.equal(config, null, name);
      assert.equal(problems.length, 1, name);
      assert(problems[0]?.startsWith(name) && !problems[0].includes(value), problems[0]);
    }
  });
});
