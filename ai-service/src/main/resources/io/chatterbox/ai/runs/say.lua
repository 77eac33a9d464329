-- Adds a part to a run's text.
-- KEYS[1] the run in Redis: a hash of run, writer, index (of the last part), stop
-- KEYS[2] its text
-- ARGV[1] the run
-- ARGV[2] the writer
-- ARGV[3] the part's index
-- ARGV[4] the part, or the whole text with it
-- ARGV[5] 1 when it is the whole text
-- ARGV[6] milliseconds after which both are forgotten unless something is said
-- Result: 0 done; 1 done, and the run is to stop; -1 what was said before is not here, so that the
--   whole text is needed; -2 refused: another writer has it
local known = redis.call('HMGET', KEYS[1], 'run', 'writer', 'index', 'stop')
if known[1] and (known[1] ~= ARGV[1] or known[2] ~= ARGV[2]) then
  return -2
end
local index = tonumber(ARGV[3])
local last = tonumber(known[3] or -1)
if ARGV[5] == '1' then
  redis.call('SET', KEYS[2], ARGV[4])
elseif not known[1] or last < index - 1 then
  return -1
elseif last < index then
  redis.call('APPEND', KEYS[2], ARGV[4])
end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'writer', ARGV[2], 'index', math.max(last, index))
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
return known[4] and 1 or 0
