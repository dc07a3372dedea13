import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openFakeProvider } from '../testing/fake-provider.ts';
import { nameMovement, nameProvider, useOfAccount } from './name-provider.ts';

it('names a provider, its two accounts and its movements; what nobody named stays as it is written', () => {
  const accounts = { deposits: 'till', withdrawals: 'purse' };
  const providers = { fake: { ...openFakeProvider(), name: 'fake', label: 'Le faux', accounts } };
  assert.equal(nameProvider(providers, 'fake'), 'Le faux');
  assert.equal(nameProvider(providers, 'gone'), 'gone');
  assert.equal(useOfAccount(providers, 'fake', 'till'), 'deposits');
  assert.equal(useOfAccount(providers, 'fake', 'purse'), 'withdrawals');
  assert.equal(useOfAccount(providers, 'fake', 'other'), null);
  assert.equal(useOfAccount({ fake: openFakeProvider() }, 'fake', 'internal'), null);
  assert.equal(nameMovement(providers, 'fake', 'b2b_payment'), 'Versement à une entreprise');
  assert.equal(nameMovement(providers, 'fake', 'constructor'), 'constructor');
});
