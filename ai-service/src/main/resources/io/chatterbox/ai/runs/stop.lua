-- Leaves word that a run is to stop.
-- KEYS[1] the run in Redis: a hash of run, writer, index (of the last part), stop
-- ARGV[1] the run
-- Result: 1 when the word was left
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'stop', '1')
return 1
