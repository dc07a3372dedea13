-- Who is invited finds what waits for him: by the number there is an index already, by the account there is this one.
CREATE INDEX offer_invited_player ON offer (invited_player_id) WHERE is_open AND invited_player_id IS NOT NULL;
