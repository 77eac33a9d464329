-- Prepended to every script of this folder. KEYS[1] is what all keys of the partition begin with,
-- its hash tag included; every key and channel that is made here begins with it. KEYS[2] stands for
-- these: it is never there, and a cluster runs no script that names two keys while some of a slot's
-- keys are at one master and some at another, where a script would find half of what it looks for.
-- ARGV[1] the command that publishes
-- ARGV[2] ms until somebody who has gone is offline, or out of a room
-- ARGV[3] ms of silence until somebody is away
-- ARGV[4] ms until what is published is published again
-- ARGV[5] ms after which all gateways have reported to a partition that lost everything
--
-- on:<user>           set of incarnations where the user has an open socket
-- user:<user>         hash: username, state (told last), was (before that), manual, active (ms),
--                     version, lastSeen (ms); forgotten a day after he has gone
-- room:<room>         sorted set of the users inside by the time they came (ms)
-- names:<room>        hash: user -> username
-- in:<room> <user>    set of incarnations where the user has a socket in the room
-- version:<room>      of what was told last about the room
-- of:<incarnation>    set of what it reported: "u <user>" and "r <room> <user>"
-- incarnations        set of those that reported anything
-- due                 sorted set of what to look at when (ms): "offline <user>", "away <user>",
--                     "cut <room> <user>", "again user <user>", "again room <room>"
-- unsaved             hash: user -> lastSeen (ms) that is not in the database yet
-- since               when (ms) this partition began with nothing
local prefix = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local grace = tonumber(ARGV[2])
local awayAfter = tonumber(ARGV[3])
local repeatAfter = tonumber(ARGV[4])
local settling = tonumber(ARGV[5])
local REMEMBERED = 86400

-- Whether gateways may not have reported everything since this partition lost it.
local function isYoung()
  return now - tonumber(redis.call('GET', prefix .. 'since') or now) < settling
end

local function publish(key, news)
  redis.call(ARGV[1], prefix .. 'channel:' .. key, cjson.encode(news))
end

local function sayUser(user, by, again)
  local known = redis.call('HMGET', prefix .. 'user:' .. user, 'version', 'was', 'state', 'lastSeen')
  if known[1] then
    publish('user:' .. user, {
      userId = user, version = tonumber(known[1]), was = known[2], status = known[3],
      lastSeen = known[4] and tonumber(known[4]) or nil, by = by, again = again})
  end
end

-- Brings what others are told of a user up to date. `by` is the socket that caused it, or nil.
local function settle(user, by)
  local key = prefix .. 'user:' .. user
  local known = redis.call('HMGET', key, 'state', 'manual', 'active', 'version')
  local state = known[1] or 'offline'
  local wanted = 'online'
  if redis.call('SCARD', prefix .. 'on:' .. user) == 0
      and not redis.call('ZSCORE', prefix .. 'due', 'offline ' .. user) then
    wanted = 'offline'
  elseif known[2] then
    wanted = known[2]
  elseif now - (tonumber(known[3]) or now) >= awayAfter then
    wanted = 'away'
  end
  if wanted == state then
    return
  end
  local version = math.max((tonumber(known[4]) or 0) + 1, now)
  redis.call('HSET', key, 'state', wanted, 'was', state, 'version', version)
  if wanted == 'offline' then
    redis.call('HSET', key, 'lastSeen', now)
    redis.call('HSET', prefix .. 'unsaved', user, now)
    redis.call('ZREM', prefix .. 'due', 'away ' .. user)
    redis.call('EXPIRE', key, REMEMBERED)
  elseif state == 'offline' then
    redis.call('PERSIST', key)
  end
  sayUser(user, by, false)
  redis.call('ZADD', prefix .. 'due', now + repeatAfter, 'again user ' .. user)
end

local function sawActive(user, ago)
  redis.call('HSET', prefix .. 'user:' .. user, 'active', now - ago)
  redis.call('ZADD', prefix .. 'due', now - ago + awayAfter, 'away ' .. user)
end

local function sayRoom(what, room, user, username)
  local known = redis.call('GET', prefix .. 'version:' .. room)
  local version = known and known + 1 or now
  redis.call('SET', prefix .. 'version:' .. room, version, 'EX', REMEMBERED)
  publish('room:' .. room, {roomName = room, version = version, what = what,
    person = {userId = user, username = username}})
  redis.call('ZADD', prefix .. 'due', now + repeatAfter, 'again room ' .. room)
end

-- `what` is how: `left` or `cut`.
local function leaveRoom(what, room, user)
  if redis.call('ZREM', prefix .. 'room:' .. room, user) == 1 then
    local username = redis.call('HGET', prefix .. 'names:' .. room, user) or ''
    redis.call('HDEL', prefix .. 'names:' .. room, user)
    sayRoom(what, room, user, username)
  end
end

-- The user's last socket at this incarnation has gone.
local function gone(incarnation, user)
  redis.call('SREM', prefix .. 'on:' .. user, incarnation)
  redis.call('SREM', prefix .. 'of:' .. incarnation, 'u ' .. user)
  if redis.call('SCARD', prefix .. 'on:' .. user) == 0
      and (redis.call('HGET', prefix .. 'user:' .. user, 'state') or 'offline') ~= 'offline' then
    redis.call('ZADD', prefix .. 'due', 'NX', now + grace, 'offline ' .. user)
  end
end

-- The user's last socket at this incarnation has left the room: `left` by its will, or `cut`.
local function outOf(incarnation, what, room, user)
  local inside = prefix .. 'in:' .. room .. ' ' .. user
  redis.call('SREM', inside, incarnation)
  redis.call('SREM', prefix .. 'of:' .. incarnation, 'r ' .. room .. ' ' .. user)
  if redis.call('SCARD', inside) == 0 then
    if what == 'left' then
      redis.call('ZREM', prefix .. 'due', 'cut ' .. room .. ' ' .. user)
      leaveRoom(what, room, user)
    else
      redis.call('ZADD', prefix .. 'due', 'NX', now + grace, 'cut ' .. room .. ' ' .. user)
    end
  end
end
