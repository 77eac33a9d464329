-- Reads who is in a room.
-- KEYS[1] the partition's prefix; ARGV[1..4] as in common.lua; ARGV[5] the room, ARGV[6] how many
-- at most.
-- Result: {version, 1 if gateways have reported everything, how many there are; user, username,
-- user, username … the latest to come first}
local room = ARGV[5]
local result = {
  tonumber(redis.call('GET', prefix .. 'version:' .. room) or 0),
  isYoung() and 0 or 1,
  redis.call('ZCARD', prefix .. 'room:' .. room)}
for _, user in ipairs(redis.call('ZREVRANGE', prefix .. 'room:' .. room, 0, ARGV[6] - 1)) do
  result[#result + 1] = user
  result[#result + 1] = redis.call('HGET', prefix .. 'names:' .. room, user) or ''
end
return result
