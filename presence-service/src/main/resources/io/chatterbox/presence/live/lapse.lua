-- Ends what a gateway reported whose lease has ended, a part at a time.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] the incarnation; ARGV[7] how
-- much at most.
-- Result: how much is left.
local of = prefix .. 'of:' .. ARGV[6]
for _, reported in ipairs(redis.call('SRANDMEMBER', of, ARGV[7])) do
  local room, user = string.match(reported, '^r (%S+) (.*)$')
  if room then
    outOf(ARGV[6], 'cut', room, user)
  else
    gone(ARGV[6], string.sub(reported, 3))
  end
end
local rest = redis.call('SCARD', of)
if rest == 0 then
  redis.call('SREM', prefix .. 'incarnations', ARGV[6])
end
return rest
