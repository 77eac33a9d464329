-- Puts a command away that failed too often.
-- KEYS[1] the partition's dead letters
-- KEYS[2] the partition's tries
-- ARGV[1] how many dead letters are kept
-- ARGV[2] the command's id
-- ARGV[3...] the letter's fields and values
-- Result: the letter's id
redis.call('HDEL', KEYS[2], ARGV[2])
return redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], '*', unpack(ARGV, 3))
