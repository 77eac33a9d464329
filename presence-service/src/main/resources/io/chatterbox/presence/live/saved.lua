-- Forgets what is in the database now.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5...] user, lastSeen (ms),
-- user, lastSeen …
-- Result: nothing.
for i = 5, #ARGV, 2 do
  if redis.call('HGET', prefix .. 'unsaved', ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', prefix .. 'unsaved', ARGV[i])
  end
end
return 0
