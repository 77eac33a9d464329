-- Sets a status by hand.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] the user, ARGV[7] `away`,
-- `busy`, or `online` for automatic; ARGV[8] the socket that sets it.
-- Result: nothing.
local key = prefix .. 'user:' .. ARGV[6]
if (redis.call('HGET', key, 'state') or 'offline') == 'offline' then
  -- found in the database when he comes
  return 0
end
if ARGV[7] == 'online' then
  redis.call('HDEL', key, 'manual')
else
  redis.call('HSET', key, 'manual', ARGV[7])
end
sawActive(ARGV[6], 0)
settle(ARGV[6], ARGV[8])
return 0
