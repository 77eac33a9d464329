-- Does what has fallen due.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] how much at most.
-- Result: the users who went offline by it.
local offline = {}
local due = redis.call('ZRANGEBYSCORE', prefix .. 'due', '-inf', now, 'LIMIT', 0, ARGV[5])
for _, what in ipairs(due) do
  redis.call('ZREM', prefix .. 'due', what)
  local kind, rest = string.match(what, '^(%S+) (.*)$')
  if kind == 'left' then
    local room, user = string.match(rest, '^(%S+) (.*)$')
    if redis.call('SCARD', prefix .. 'in:' .. room .. ' ' .. user) == 0 then
      leaveRoom(room, user)
    end
  elseif settle(rest) then
    redis.call('ZREM', prefix .. 'due', 'away ' .. rest)
    offline[#offline + 1] = rest
  end
end
return offline
