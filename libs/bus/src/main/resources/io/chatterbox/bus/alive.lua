-- Notes that a replica is alive, and forgets those that were not heard of for too long.
-- KEYS[1] the sorted set of a service's replicas
-- ARGV[1] the replica
-- ARGV[2] milliseconds after which a replica counts as gone
-- Result: the live replicas
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2]))
return redis.call('ZRANGE', KEYS[1], 0, -1)
