-- Forgets what is in the database now.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6...] user, lastSeen (ms),
-- user, lastSeen …
-- Result: nothing.
for i = 6, #ARGV, 2 do
  if redis.call('HGET', prefix .. 'unsaved', ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', prefix .. 'unsaved', ARGV[i])
  end
end
return 0
