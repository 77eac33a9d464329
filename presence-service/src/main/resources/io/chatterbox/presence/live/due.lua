-- Does what has fallen due.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] how much at most.
-- Result: {1 when the partition has just begun with nothing and gateways are to be asked, else 0;
-- milliseconds until the next is due, -1 for nothing; user, lastSeen (ms), user, lastSeen … of
-- those who are not in the database yet}
redis.call('SET', prefix .. 'since', now, 'NX')
local due = redis.call('ZRANGEBYSCORE', prefix .. 'due', '-inf', now, 'LIMIT', 0, ARGV[6])
for _, what in ipairs(due) do
  redis.call('ZREM', prefix .. 'due', what)
  local kind, rest = string.match(what, '^(%S+) (.*)$')
  if kind == 'again' then
    local of, id = string.match(rest, '^(%S+) (.*)$')
    if of == 'user' then
      sayUser(id, nil, true)
    else
      local version = redis.call('GET', prefix .. 'version:' .. id)
      if version then
        publish('room:' .. id, {roomName = id, version = tonumber(version)})
      end
    end
  elseif kind == 'cut' then
    local room, user = string.match(rest, '^(%S+) (.*)$')
    if redis.call('SCARD', prefix .. 'in:' .. room .. ' ' .. user) == 0 then
      leaveRoom('cut', room, user)
    end
  else
    settle(rest)
  end
end
local unsaved = redis.call('HSCAN', prefix .. 'unsaved', 0, 'COUNT', 500)[2]
local first = redis.call('ZRANGE', prefix .. 'due', 0, 0, 'WITHSCORES')
local wait = first[2] and math.max(0, math.ceil(tonumber(first[2]) - now)) or -1
return {1 - redis.call('EXISTS', prefix .. 'asked'), wait, unpack(unsaved)}
