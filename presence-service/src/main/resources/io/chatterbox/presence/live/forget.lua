-- Forgets somebody, unless he is there.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] the user.
-- Result: nothing.
local user = ARGV[6]
if redis.call('SCARD', prefix .. 'on:' .. user) == 0
    and not redis.call('ZSCORE', prefix .. 'due', 'offline ' .. user) then
  redis.call('DEL', prefix .. 'user:' .. user)
  redis.call('HDEL', prefix .. 'unsaved', user)
  redis.call('ZREM', prefix .. 'due', 'away ' .. user, 'again user ' .. user)
end
return 0
