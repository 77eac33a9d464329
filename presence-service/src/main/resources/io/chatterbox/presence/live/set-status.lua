-- Sets a status by hand.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the user, ARGV[6] `away`,
-- `busy`, or `online` for automatic; ARGV[7] the socket that sets it.
-- Result: nothing.
local key = prefix .. 'user:' .. ARGV[5]
if (redis.call('HGET', key, 'state') or 'offline') == 'offline' then
  -- found in the database when he comes
  return 0
end
if ARGV[6] == 'online' then
  redis.call('HDEL', key, 'manual')
else
  redis.call('HSET', key, 'manual', ARGV[6])
end
sawActive(ARGV[5], 0)
settle(ARGV[5], ARGV[7])
return 0
