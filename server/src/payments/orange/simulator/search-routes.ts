/** Transactions as Orange finds them: an unpaid code is none, a search by type finds nothing, a date is a strict bound. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SimulatedTransaction } from './control.ts';
import { type Answer, addRoute, type Gateway, json, problem } from './gateway.ts';
import { type Partners, transactionJson, writeFloats } from './transaction-json.ts';

const PAGE_SIZE = 20;
const PAGE_SIZE_MAX = 500;

export function registerSearch(app: FastifyInstance, gateway: Gateway, partners: Partners): void {
  const { world } = gateway;
  addRoute(app, gateway, {
    method: 'GET',
    path: '/api/eWallet/v1/transactions',
    call: 'search',
    product: 'payment',
    handle: (request) => search(gateway, partners, readQuery(request)),
  });
  addRoute(app, gateway, {
    method: 'GET',
    path: '/api/eWallet/v1/transactions/:transactionId/status',
    call: 'status',
    product: 'payment',
    handle: ({ url }) => {
      const transactionId = decodeURIComponent(url.split('?')[0]?.split('/').at(-2) ?? '');
      const found = world.transactions.get(transactionId);
      if (found === undefined) return problem(404, '4004', 'Transaction not found');
      return json(200, { status: found.status });
    },
  });
}

function readQuery({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '');
}

function search({ world }: Gateway, partners: Partners, query: URLSearchParams): Answer {
  const { hasBrokenTypeFilter, clockAheadMs, isSearchWrapped } = world.faults();
  const [page, size] = [Number(query.get('page') ?? 0), Number(query.get('size') ?? PAGE_SIZE)];
  if (!(page >= 0) || !(size > 0 && size <= PAGE_SIZE_MAX)) return problem(400, '4099', 'page, size');
  const found = findRows(world, query)
    .filter(isWanted(query, clockAheadMs))
    .filter(({ type }) => {
      const wanted = query.get('type');
      return wanted === null || (!hasBrokenTypeFilter && type === wanted);
    })
    .sort((one, other) => other.createdAtMs - one.createdAtMs)
    .slice(page * size, (page + 1) * size)
    .map((transaction) => transactionJson(transaction, partners, clockAheadMs));
  const { status, body } = json(200, isSearchWrapped ? { transactions: found } : found);
  return { status, body: writeFloats(body) };
}

/** A search over a time is our statement, which has faults of its own. */
function findRows(
  { transactions, faults }: Gateway['world'],
  query: URLSearchParams,
): SimulatedTransaction[] {
  const isStatement = query.get('reference') === null && query.get('transactionId') === null;
  if (!isStatement) return [...transactions.values()];
  const { missing, amounts, extra } = faults().statement;
  return [...transactions.values(), ...extra]
    .filter(({ transactionId }) => !missing.includes(transactionId))
    .map((row) => ({ ...row, amountXof: amounts[row.transactionId] ?? row.amountXof }));
}

function isWanted(query: URLSearchParams, aheadMs: number): (row: SimulatedTransaction) => boolean {
  const equals = (name: string, value: string) => (query.get(name) ?? value) === value;
  const [from, to] = [query.get('fromDateTime'), query.get('toDateTime')];
  return ({ reference, transactionId, status, createdAtMs }) => {
    const atMs = createdAtMs + aheadMs;
    if (from !== null && !(atMs > Date.parse(from))) return false;
    if (to !== null && !(atMs < Date.parse(to))) return false;
    return (
      equals('reference', reference) && equals('transactionId', transactionId) && equals('status', status)
    );
  };
}
