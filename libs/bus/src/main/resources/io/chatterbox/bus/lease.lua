-- Renews a partition's lease, or takes it when nobody has it.
-- KEYS[1] the lease
-- KEYS[2] the partition's command stream
-- KEYS[3] the note of the batch begun last
-- ARGV[1] the replica
-- ARGV[2] the length of the lease in milliseconds
-- ARGV[3] 1 to take it when it is free, 0 to renew only
-- Result: {0 another's or nobody's, 1 renewed, 2 taken; entries in the stream; the note}
local owner = redis.call('GET', KEYS[1])
local state = 0
if owner == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  state = 1
elseif not owner and ARGV[3] == '1' then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  state = 2
end
return {state, redis.call('XLEN', KEYS[2]), redis.call('GET', KEYS[3]) or ''}
