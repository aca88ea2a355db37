-- For wrk: asks for the paths in the file that SERVE_PATHS names, one after the other, each once. With SERVE_DELAY a connection
-- waits so many milliseconds before each question, as readers do.
local paths = {}
for line in io.lines(os.getenv("SERVE_PATHS")) do paths[#paths + 1] = line end
local at = 0

request = function()
  at = at + 1
  if at > #paths then
    io.stderr:write("serve_mix: there are no more paths; give more\n")
    os.exit(1)
  end
  return wrk.format("GET", paths[at])
end

local pause = tonumber(os.getenv("SERVE_DELAY") or "0")
if pause > 0 then
  delay = function() return pause end
end

done = function(summary, latency)
  io.write(string.format("%.0f requests/s; p50 %.1f ms, p99 %.1f ms, most %.1f ms; errors: %d statuses, %d sockets\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
