\set number random(1, :players)
\set side random(0, 1)
SELECT bench_place_bet(gen_random_uuid(), :market, bench_player(:number::int), CASE :side::int WHEN 0 THEN 'A' ELSE 'B' END, 1000, 1000);
