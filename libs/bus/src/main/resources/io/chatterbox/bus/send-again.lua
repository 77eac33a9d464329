-- Takes a dead letter back into the command stream, as a command that was just sent. Whoever waited
-- for it has his answer, so its reply is heard by nobody.
-- KEYS[1] the partition's dead letters
-- KEYS[2] the command stream
-- KEYS[3] the partition's tries
-- ARGV[1] the letter's id
-- ARGV[2] how many entries the stream holds at most
-- ARGV[3] the channel for the reply
-- Result: 1 when it was taken back, 0 when there is no such letter (any more), -1 when the stream is
-- full, -2 when it is no letter of a command
local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if #found == 0 then
  return 0
end
if redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[2]) then
  return -1
end
local letter = {}
for i = 1, #found[1][2], 2 do
  letter[found[1][2][i]] = found[1][2][i + 1]
end
if not (letter.key and letter.caller and letter.id and letter.event and letter.body) then
  return -2
end
local time = redis.call('TIME')
local first = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[3], letter.id)
redis.call('XADD', KEYS[2], '*', 'first', string.format('%.0f', first), 'key', letter.key, 'caller', letter.caller,
  'to', ARGV[3], 'id', letter.id, 'event', letter.event, 'body', letter.body)
redis.call('XDEL', KEYS[1], ARGV[1])
return 1
