-- Reads what a conversation's run has said.
-- KEYS[1] the run in Redis: a hash of run, writer, index (of the last part), stop
-- KEYS[2] its text
-- Result: {run, index, text}; nothing when nothing was said
local known = redis.call('HMGET', KEYS[1], 'run', 'index')
local text = redis.call('GET', KEYS[2])
if not known[1] or not text then
  return {}
end
return {known[1], known[2], text}
