-- Prepended to every script of this folder. KEYS[1] is what all keys of the partition begin with,
-- its hash tag included; every key and channel that is made here begins with it.
--
-- on:<user>           set of incarnations where the user has an open socket
-- user:<user>         hash: username, state (told last), manual, active (ms), version, lastSeen
-- room:<room>         sorted set of the users inside by the time they came (ms)
-- names:<room>        hash: user -> username
-- in:<room> <user>    set of incarnations where the user has a socket in the room
-- version:<room>      of what was told last about the room
-- of:<incarnation>    set of what it reported: "u <user>" and "r <room> <user>"
-- incarnations        set of those that reported anything
-- due                 sorted set of what to look at when (ms): "offline <user>", "away <user>",
--                     "left <room> <user>"
local prefix = KEYS[1]
local now = tonumber(ARGV[1])
local iso = ARGV[2]
local grace = tonumber(ARGV[3])
local awayAfter = tonumber(ARGV[4])

local function block(text)
  return struct.pack('>I4', #text) .. text
end

local function publish(key, version, event, payload)
  local head = cjson.encode({{version = version, events = {event}}})
  redis.call('PUBLISH', prefix .. 'channel:' .. key, block(head) .. block(cjson.encode(payload)))
end

local function nextVersion(known)
  return math.max((tonumber(known) or 0) + 1, now)
end

-- Brings what others are told of a user up to date. Result: whether he went offline just now.
local function settle(user)
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
    return false
  end
  local version = nextVersion(known[4])
  if wanted == 'offline' then
    redis.call('HSET', key, 'lastSeen', iso)
    publish('user:' .. user, version, {event = 'presence:offline', reach = 'INTERESTED'},
      {userId = user, status = 'offline', lastSeen = iso})
  else
    if state == 'offline' then
      publish('user:' .. user, version, {event = 'presence:online', reach = 'INTERESTED'},
        {userId = user, status = 'online'})
    end
    if state ~= 'offline' or wanted ~= 'online' then
      version = version + 1
      publish('user:' .. user, version, {event = 'presence:status', reach = 'INTERESTED'},
        {userId = user, status = wanted})
    end
  end
  redis.call('HSET', key, 'state', wanted, 'version', version)
  return wanted == 'offline'
end

local function sayRoom(event, room, user, username)
  local version = nextVersion(redis.call('GET', prefix .. 'version:' .. room))
  redis.call('SET', prefix .. 'version:' .. room, version)
  publish('room:' .. room, version, {event = event, reach = 'JOINED', except = user},
    {roomName = room, user = {_id = user, username = username}})
end

local function leaveRoom(room, user)
  if redis.call('ZREM', prefix .. 'room:' .. room, user) == 1 then
    local username = redis.call('HGET', prefix .. 'names:' .. room, user) or ''
    redis.call('HDEL', prefix .. 'names:' .. room, user)
    sayRoom('user-left-room', room, user, username)
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

-- The user's last socket at this incarnation has left the room.
local function left(incarnation, room, user, bye)
  local inside = prefix .. 'in:' .. room .. ' ' .. user
  redis.call('SREM', inside, incarnation)
  redis.call('SREM', prefix .. 'of:' .. incarnation, 'r ' .. room .. ' ' .. user)
  if redis.call('SCARD', inside) == 0 then
    if bye then
      redis.call('ZREM', prefix .. 'due', 'left ' .. room .. ' ' .. user)
      leaveRoom(room, user)
    else
      redis.call('ZADD', prefix .. 'due', 'NX', now + grace, 'left ' .. room .. ' ' .. user)
    end
  end
end

-- Ends what the incarnation reported as "u <user>" or "r <room> <user>".
local function drop(incarnation, reported)
  local room, user = string.match(reported, '^r (%S+) (.*)$')
  if room then
    left(incarnation, room, user, false)
  else
    gone(incarnation, string.sub(reported, 3))
  end
end
