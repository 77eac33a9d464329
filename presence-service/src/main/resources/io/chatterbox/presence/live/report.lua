-- Takes a gateway's report over.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] the report as JSON:
-- {incarnation, changes: [{what, userId, username, room, manual?}],
--  active: [{userId, socketId, agoMillis}]}, where `manual` is the status set by hand of those who
-- are `online`, if there is one.
-- Result: nothing.
local report = cjson.decode(ARGV[6])
local incarnation = report.incarnation
redis.call('SADD', prefix .. 'incarnations', incarnation)

local take = {}

function take.online(change)
  local user = change.userId
  local key = prefix .. 'user:' .. user
  redis.call('SADD', prefix .. 'on:' .. user, incarnation)
  redis.call('SADD', prefix .. 'of:' .. incarnation, 'u ' .. user)
  redis.call('ZREM', prefix .. 'due', 'offline ' .. user)
  redis.call('HSET', key, 'username', change.username)
  if (redis.call('HGET', key, 'state') or 'offline') == 'offline' then
    if change.manual then
      redis.call('HSET', key, 'manual', change.manual)
    else
      redis.call('HDEL', key, 'manual')
    end
    sawActive(user, 0)
  end
  settle(user)
end

function take.entered(change)
  local room, user = change.room, change.userId
  redis.call('SADD', prefix .. 'in:' .. room .. ' ' .. user, incarnation)
  redis.call('SADD', prefix .. 'of:' .. incarnation, 'r ' .. room .. ' ' .. user)
  redis.call('ZREM', prefix .. 'due', 'cut ' .. room .. ' ' .. user)
  redis.call('HSET', prefix .. 'names:' .. room, user, change.username)
  if redis.call('ZADD', prefix .. 'room:' .. room, 'NX', now, user) == 1 then
    sayRoom('entered', room, user, change.username)
  end
end

function take.gone(change)
  gone(incarnation, change.userId)
end

function take.cut(change)
  outOf(incarnation, 'cut', change.room, change.userId)
end

function take.left(change)
  outOf(incarnation, 'left', change.room, change.userId)
end

for _, change in ipairs(report.changes) do
  take[change.what](change)
end
for _, sign in ipairs(report.active) do
  local active = redis.call('HGET', prefix .. 'user:' .. sign.userId, 'active')
  -- of somebody who went offline meanwhile nothing is to be known
  if active and now - sign.agoMillis > tonumber(active) then
    sawActive(sign.userId, sign.agoMillis)
    settle(sign.userId, sign.socketId)
  end
end
return 0
