-- Sets a status by hand.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the user, ARGV[6] `away`,
-- `busy`, or `online` for automatic.
-- Result: nothing.
local key = prefix .. 'user:' .. ARGV[5]
if ARGV[6] == 'online' then
  redis.call('HDEL', key, 'manual')
else
  redis.call('HSET', key, 'manual', ARGV[6])
end
redis.call('HSET', key, 'active', now)
redis.call('ZADD', prefix .. 'due', now + awayAfter, 'away ' .. ARGV[5])
settle(ARGV[5])
return 0
