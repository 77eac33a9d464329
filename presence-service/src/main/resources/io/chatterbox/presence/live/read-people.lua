-- Reads users' states.
-- KEYS as in common.lua; ARGV[1..5] as in common.lua; ARGV[6...] the users.
-- Result: for each {user, version, status, lastSeen (ms) or nil}; those of whom nothing is known
-- are left out while gateways may not have reported them yet.
local people = {}
local young = isYoung()
for i = 6, #ARGV do
  local known =
    redis.call('HMGET', prefix .. 'user:' .. ARGV[i], 'version', 'state', 'lastSeen')
  if known[1] then
    people[#people + 1] = {ARGV[i], known[1], known[2], known[3]}
  elseif not young then
    people[#people + 1] = {ARGV[i], '0', 'offline', false}
  end
end
return people
