/** A statement that a fake provider shows of one account: what a test puts on it, and the balance that follows. */
import type { StatementLine } from '../payments/provider.ts';
import type { FakeProvider } from './fake-provider.ts';

export interface FakeStatement {
  /** As they will be told, in any order. */
  readonly lines: StatementLine[];
  /** Adds one line, of now unless said. */
  add(line: Partial<StatementLine> & Pick<StatementLine, 'transaction' | 'kind' | 'netXof'>): StatementLine;
  /** A deposit that was paid, less the provider's fee. */
  deposit(reference: string, amountXof: number, more?: Partial<StatementLine>): StatementLine;
  /** A withdrawal that went out, and the provider's fee on top. */
  withdrawal(reference: string, amountXof: number, more?: Partial<StatementLine>): StatementLine;
  /** What is there although no line says so. */
  hiddenXof: number;
  /** Does the provider tell its balance? */
  tellsBalance: boolean;
}

/** Without fees unless `feeOf` says so. */
export function openFakeStatement(
  fake: FakeProvider,
  { feeOf = () => 0 }: { readonly feeOf?: (amountXof: number) => number } = {},
): FakeStatement {
  const lines: StatementLine[] = [];
  const statement: FakeStatement = {
    lines,
    hiddenXof: 0,
    tellsBalance: true,
    add: (line) => {
      const whole: StatementLine = {
        rawKind: line.kind,
        feeXof: 0,
        taxXof: 0,
        isTaxPaidByProvider: false,
        reference: null,
        session: null,
        counterpartyPhone: null,
        at: new Date(),
        balanceXof: null,
        ...line,
      };
      lines.push(whole);
      return whole;
    },
    deposit: (reference, amountXof, more = {}) => {
      const feeXof = more.feeXof ?? feeOf(amountXof);
      const netXof = amountXof - feeXof;
      return statement.add({
        transaction: `T-${reference}`,
        kind: 'deposit',
        reference,
        netXof,
        feeXof,
        ...more,
      });
    },
    withdrawal: (reference, amountXof, more = {}) => {
      const feeXof = more.feeXof ?? feeOf(amountXof);
      const netXof = -amountXof - feeXof;
      return statement.add({
        transaction: `T-${reference}`,
        kind: 'withdrawal',
        ...{ reference, netXof, feeXof },
        ...more,
      });
    },
  };
  fake.behaviour.balance = () =>
    statement.tellsBalance
      ? {
          kind: 'balance',
          amountXof: lines.reduce((sum, { netXof }) => sum + netXof, statement.hiddenXof),
        }
      : { kind: 'none' };
  fake.behaviour.statement = (_, day) => ({
    kind: 'lines',
    lines: lines
      .filter(({ at }) => at.toISOString().startsWith(day))
      .sort((a, b) => a.at.getTime() - b.at.getTime()),
  });
  return statement;
}
