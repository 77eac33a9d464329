-- Counts a try of a command.
-- KEYS[1] the partition's tries
-- ARGV[1] the command's id
-- ARGV[2] 1, or -1 to take a try back
-- ARGV[3] milliseconds after which all tries of the partition are forgotten if none is counted
-- Result: the tries so far
local tries = redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return tries
