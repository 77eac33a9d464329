-- Reads who is in a room.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6] the room, ARGV[7] how many
-- at most.
-- Result: {version, 1 if gateways have reported everything, how many there are; user, username,
-- user, username … the latest to come first}
local room = ARGV[6]
local result = {
  tonumber(redis.call('GET', prefix .. 'version:' .. room) or 0),
  isYoung() and 0 or 1,
  redis.call('ZCARD', prefix .. 'room:' .. room)}
for _, user in ipairs(redis.call('ZREVRANGE', prefix .. 'room:' .. room, 0, ARGV[7] - 1)) do
  result[#result + 1] = user
  result[#result + 1] = redis.call('HGET', prefix .. 'names:' .. room, user) or ''
end
return result
