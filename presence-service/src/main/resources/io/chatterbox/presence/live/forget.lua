-- Forgets somebody, unless he is there.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the user.
-- Result: nothing.
local user = ARGV[5]
if redis.call('SCARD', prefix .. 'on:' .. user) == 0
    and not redis.call('ZSCORE', prefix .. 'due', 'offline ' .. user) then
  redis.call('DEL', prefix .. 'user:' .. user)
  redis.call('HDEL', prefix .. 'unsaved', user)
  redis.call('ZREM', prefix .. 'due', 'away ' .. user, 'again user ' .. user)
end
return 0
