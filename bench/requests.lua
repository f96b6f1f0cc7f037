-- Asks for the addresses in the file BENCH_ADDRESSES one after the other, none of them twice: a
-- thread takes every n-th and stops at the end of the list. With BENCH_REPEAT=1 it starts again.
-- Writes one line of JSON at the end.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long microseconds; } bench_time;
  int gettimeofday(bench_time *now, void *zone);
]]

local threads = {}

local function now()
  local time = ffi.new("bench_time")
  ffi.C.gettimeofday(time, nil)
  return tonumber(time.seconds) + tonumber(time.microseconds) / 1e6
end

function setup(thread)
  thread:set("place", #threads)
  thread:set("step", tonumber(os.getenv("BENCH_THREADS") or "1"))
  table.insert(threads, thread)
end

function init()
  addresses = {}
  for line in io.lines(os.getenv("BENCH_ADDRESSES")) do
    table.insert(addresses, wrk.format("GET", line))
  end
  again = os.getenv("BENCH_REPEAT") == "1"
  last = addresses[1]
  began, ended = 0, 0
end

function request()
  if began == 0 then began = now() end
  place = place + step
  if again then
    last = addresses[(place - step) % #addresses + 1]
  elseif place - step < #addresses then
    last = addresses[place - step + 1]
  elseif ended == 0 then
    ended = now()
    wrk.thread:stop()
  end
  return last
end

function done(summary, latency)
  local seconds = 0
  for _, thread in ipairs(threads) do
    local ended = thread:get("ended")
    local taken = ended > 0 and ended - thread:get("began") or summary.duration / 1e6
    seconds = math.max(seconds, taken)
  end
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    'bench: {"requests": %d, "seconds": %.4f, "errors": %d, "lost": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, seconds, errors.status, lost,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
