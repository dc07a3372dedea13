-- The comparator: a market and a pool settled by plain SQL in one transaction each, committed. It writes the same rows
-- as the product's settlement (the bet's own row, a transfer for each bet that moves money, its postings, the balances)
-- and keeps none of its promises: nothing is taken up again after a kill, and nobody can watch it.
-- Rates: 5 % of the pot and 20 % of the payout; side A wins.

CREATE PROCEDURE bench_settle_market(p_market int)
LANGUAGE plpgsql AS $$
DECLARE
  v_settlement uuid := (SELECT id FROM settlement WHERE market_id = p_market);
  v_escrow bigint := (SELECT escrow_account_id FROM market WHERE id = p_market);
  v_commission bigint := ledger.open_account('commission', 'house', true);
  v_tax bigint := ledger.open_account('tax_payable', 'house', true);
BEGIN
  UPDATE duel d SET settlement_id = v_settlement, outcome = 'A', payout_a_xof = p.pot - p.commission - p.tax, payout_b_xof = 0,
    commission_xof = p.commission, tax_xof = p.tax
  FROM (
    SELECT id, pot, commission, (pot - commission) * 2000 / 10000 AS tax
    FROM (SELECT id, stake_a_xof + stake_b_xof AS pot, (stake_a_xof + stake_b_xof) * 500 / 10000 AS commission FROM duel WHERE market_id = p_market) s
  ) p WHERE d.id = p.id;
  INSERT INTO ledger.transfer (id, kind, input_hash, recorded_at)
  SELECT bench_id('paid' || d.id, 0), 'duel_settled', sha256(uuid_send(d.id)), now() FROM duel d WHERE d.market_id = p_market;
  INSERT INTO ledger.posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
  SELECT bench_id('paid' || d.id, 0), v.seq, v_escrow, v.account, v.amount, now()
  FROM duel d JOIN player p ON p.id = d.player_a_id
  CROSS JOIN LATERAL (VALUES (0, p.available_account_id, d.payout_a_xof), (1, v_commission, d.commission_xof), (2, v_tax, d.tax_xof)) v (seq, account, amount)
  WHERE d.market_id = p_market;
  UPDATE ledger.balance b SET amount_xof = b.amount_xof + w.won
  FROM (SELECT p.available_account_id AS account, sum(d.payout_a_xof)::bigint AS won FROM duel d JOIN player p ON p.id = d.player_a_id
    WHERE d.market_id = p_market GROUP BY 1) w WHERE b.account_id = w.account;
END $$;

CREATE PROCEDURE bench_settle_pool(p_pool int, p_settlement uuid)
LANGUAGE plpgsql AS $$
DECLARE
  v_escrow bigint := (SELECT escrow_account_id FROM pool WHERE id = p_pool);
  v_tax bigint := ledger.open_account('tax_payable', 'house', true);
  v_stakes bigint := (SELECT sum(stake_xof) FROM pool_ticket WHERE pool_id = p_pool);
  v_right bigint := (SELECT sum(stake_xof) FROM pool_ticket WHERE pool_id = p_pool AND picks = 'A');
  v_net bigint := v_stakes - v_stakes * 1000 / 10000;
BEGIN
  INSERT INTO pool_settlement (id, pool_id, version, outcomes, late_xof, stakes_xof, right_xof, take_out_xof, net_pool_xof, ticket_count)
  SELECT p_settlement, p_pool, 1, ARRAY['A'], 0, v_stakes, v_right, v_stakes - v_net, v_net, last_seq FROM pool WHERE id = p_pool;
  UPDATE pool_ticket t SET settlement_id = p_settlement, outcome = CASE WHEN g.gross > 0 THEN 'won' ELSE 'lost' END, gross_xof = g.gross,
    tax_xof = g.gross * 2000 / 10000, payout_xof = g.gross - g.gross * 2000 / 10000
  FROM (SELECT id, CASE picks WHEN 'A' THEN stake_xof * v_net / v_right ELSE 0 END AS gross FROM pool_ticket WHERE pool_id = p_pool) g
  WHERE t.id = g.id;
  INSERT INTO ledger.transfer (id, kind, input_hash, recorded_at)
  SELECT bench_id('shared' || t.id, 0), 'ticket_settled', sha256(uuid_send(t.id)), now() FROM pool_ticket t WHERE t.pool_id = p_pool AND t.outcome = 'won';
  INSERT INTO ledger.posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
  SELECT bench_id('shared' || t.id, 0), v.seq, v_escrow, v.account, v.amount, now()
  FROM pool_ticket t JOIN player p ON p.id = t.player_id
  CROSS JOIN LATERAL (VALUES (0, p.available_account_id, t.payout_xof), (1, v_tax, t.tax_xof)) v (seq, account, amount)
  WHERE t.pool_id = p_pool AND t.outcome = 'won';
  UPDATE ledger.balance b SET amount_xof = b.amount_xof + w.won
  FROM (SELECT p.available_account_id AS account, sum(t.payout_xof)::bigint AS won FROM pool_ticket t JOIN player p ON p.id = t.player_id
    WHERE t.pool_id = p_pool AND t.outcome = 'won' GROUP BY 1) w WHERE b.account_id = w.account;
END $$;
