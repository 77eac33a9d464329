-- Takes from a bucket as much of what is wanted as is in it, or gives back to it.
-- KEYS[1] the bucket, which holds the time in milliseconds when it will be full again; none is full
-- ARGV[1] milliseconds for each, ARGV[2] how many a full bucket holds, ARGV[3] how many are wanted;
-- negative: so many are given back
-- Result: {how many were taken, milliseconds until there is one more than these, 0 if all were}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local each = tonumber(ARGV[1])
local room = tonumber(ARGV[2]) * each
local wanted = tonumber(ARGV[3])
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
local taken = wanted
if wanted > 0 then
  taken = math.max(0, math.min(wanted, math.floor((now + room - full) / each)))
end
full = full + taken * each
if full > now then
  redis.call('SET', KEYS[1], full, 'PX', math.ceil(full - now))
else
  redis.call('DEL', KEYS[1])
end
local wait = 0
if taken < wanted then
  wait = math.max(1, math.ceil(full + each - now - room))
end
return {taken, wait}
