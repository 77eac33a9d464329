-- Forgets a run that is over.
-- KEYS[1] the run in Redis: a hash of run, writer, index (of the last part), stop
-- KEYS[2] its text
-- ARGV[1] the run
-- Result: how many keys are gone
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1], KEYS[2])
