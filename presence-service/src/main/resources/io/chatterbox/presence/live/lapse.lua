-- Ends what a gateway reported whose lease has ended, a part at a time.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the incarnation; ARGV[6] how
-- much at most.
-- Result: how much is left.
local of = prefix .. 'of:' .. ARGV[5]
for _, reported in ipairs(redis.call('SRANDMEMBER', of, ARGV[6])) do
  local room, user = string.match(reported, '^r (%S+) (.*)$')
  if room then
    outOf(ARGV[5], 'cut', room, user)
  else
    gone(ARGV[5], string.sub(reported, 3))
  end
end
local rest = redis.call('SCARD', of)
if rest == 0 then
  redis.call('SREM', prefix .. 'incarnations', ARGV[5])
end
return rest
