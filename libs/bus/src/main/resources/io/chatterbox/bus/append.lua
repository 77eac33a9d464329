-- Appends an entry of commands to a stream, unless the entry of an earlier try is still there.
-- KEYS[1] the command stream
-- ARGV[1] how many entries the stream holds at most
-- ARGV[2] the id of the earlier try's entry, or empty
-- ARGV[3] milliseconds since the commands were first sent
-- ARGV[4...] the entry's fields and values
-- Result: the id of the entry that holds the commands; nil when the stream is full
if ARGV[2] ~= '' and #redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2]) > 0 then
  return ARGV[2]
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then
  return false
end
local time = redis.call('TIME')
local first = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3]
return redis.call('XADD', KEYS[1], '*', 'first', string.format('%.0f', first), unpack(ARGV, 4))
