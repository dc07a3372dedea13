import assert from 'node:assert/strict';
import { it } from 'node:test';
import { stopInOrder } from './stop-in-order.ts';

it('ends what runs in the reverse order, past what fails and what never ends, and tells of both', async () => {
  const ended: string[] = [];
  const told: string[] = [];
  const step = (name: string, stop: () => Promise<void> = async () => undefined) => ({
    name,
    stop: () => {
      ended.push(name);
      return stop();
    },
  });
  const running = [
    step('database'),
    step('sites', () => new Promise(() => undefined)),
    step('jobs', () => Promise.reject(new Error('no connection'))),
    step('simulators'),
  ];
  const tell = (problem: unknown) => told.push(String(problem));
  assert.equal(await stopInOrder(running, { timeoutMs: 20, tell }), false);
  assert.deepEqual(ended, ['simulators', 'jobs', 'sites', 'database']);
  assert.deepEqual(told, [
    'Error: no connection',
    'Error: sites did not end within 0.02 s and is left behind',
  ]);
  assert.equal(await stopInOrder([step('database')], { timeoutMs: 60_000, tell }), true);
});
