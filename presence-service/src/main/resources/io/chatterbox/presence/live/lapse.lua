-- Ends all that a gateway reported which lives no more.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the incarnation.
-- Result: nothing.
for _, reported in ipairs(redis.call('SMEMBERS', prefix .. 'of:' .. ARGV[5])) do
  drop(ARGV[5], reported)
end
redis.call('DEL', prefix .. 'of:' .. ARGV[5])
redis.call('SREM', prefix .. 'incarnations', ARGV[5])
return 0
