-- Renews a partition's lease, or takes it when nobody has it. Names one key alone, so that it is
-- carried out also while the partition's slot is on its way from one master to another.
-- KEYS[1] the lease
-- ARGV[1] the replica
-- ARGV[2] the length of the lease in milliseconds
-- ARGV[3] 1 to take it when it is free, 0 to renew only
-- Result: {0 another's or nobody's, 1 renewed, 2 taken; seconds and microseconds of Redis's clock}
local time = redis.call('TIME')
local owner = redis.call('GET', KEYS[1])
local state = 0
if owner == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  state = 1
elseif not owner and ARGV[3] == '1' then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  state = 2
end
return {state, time[1], time[2]}
