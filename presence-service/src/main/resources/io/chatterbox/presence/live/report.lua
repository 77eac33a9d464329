-- Takes a gateway's report over.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the report as JSON:
-- {incarnation, whole, online: [{userId, username, manual?}], gone: [userId], active: [userId],
--  entered: [{room, userId, username}], left: [{room, userId, bye}]}.
-- Result: nothing.
local report = cjson.decode(ARGV[5])
local incarnation = report.incarnation
local named = {}
redis.call('SADD', prefix .. 'incarnations', incarnation)
for _, person in ipairs(report.online) do
  local user = person.userId
  local key = prefix .. 'user:' .. user
  if redis.call('EXISTS', key) == 0 and person.manual then
    redis.call('HSET', key, 'manual', person.manual)
  end
  redis.call('SADD', prefix .. 'on:' .. user, incarnation)
  redis.call('SADD', prefix .. 'of:' .. incarnation, 'u ' .. user)
  redis.call('ZREM', prefix .. 'due', 'offline ' .. user)
  redis.call('HSET', key, 'username', person.username)
  if (redis.call('HGET', key, 'state') or 'offline') == 'offline' then
    redis.call('HSET', key, 'active', now)
    redis.call('ZADD', prefix .. 'due', now + awayAfter, 'away ' .. user)
  end
  named['u ' .. user] = true
  settle(user)
end
for _, user in ipairs(report.active) do
  redis.call('HSET', prefix .. 'user:' .. user, 'active', now)
  redis.call('ZADD', prefix .. 'due', now + awayAfter, 'away ' .. user)
  settle(user)
end
for _, one in ipairs(report.entered) do
  local user = one.userId
  redis.call('SADD', prefix .. 'in:' .. one.room .. ' ' .. user, incarnation)
  redis.call('SADD', prefix .. 'of:' .. incarnation, 'r ' .. one.room .. ' ' .. user)
  redis.call('ZREM', prefix .. 'due', 'left ' .. one.room .. ' ' .. user)
  redis.call('HSET', prefix .. 'names:' .. one.room, user, one.username)
  named['r ' .. one.room .. ' ' .. user] = true
  if redis.call('ZADD', prefix .. 'room:' .. one.room, 'NX', now, user) == 1 then
    sayRoom('user-joined-room', one.room, user, one.username)
  end
end
for _, user in ipairs(report.gone) do
  gone(incarnation, user)
end
for _, one in ipairs(report.left) do
  left(incarnation, one.room, one.userId, one.bye)
end
if report.whole then
  for _, reported in ipairs(redis.call('SMEMBERS', prefix .. 'of:' .. incarnation)) do
    if not named[reported] then
      drop(incarnation, reported)
    end
  end
end
return 0
