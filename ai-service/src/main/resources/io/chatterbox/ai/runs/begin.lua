-- Makes a replica the writer of a run's text, and keeps the text if it is that run's.
-- KEYS[1] the run in Redis: a hash of run, writer, index (of the last part), stop
-- KEYS[2] its text
-- ARGV[1] the run
-- ARGV[2] the writer
-- ARGV[3] milliseconds after which both are forgotten unless something is said
-- Result: {index, text}; -1 and nothing when nothing was said
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'run', ARGV[1], 'index', '-1')
end
redis.call('HSET', KEYS[1], 'writer', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {redis.call('HGET', KEYS[1], 'index'), redis.call('GET', KEYS[2]) or ''}
