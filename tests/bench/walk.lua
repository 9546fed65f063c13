-- Asks for the addresses of a file in turn; with a mark given, also checks that every answer is 200 and holds it.
-- Runs inside wrk; prints one line of JSON at the end.

local waiting = {}
local threads = {}
asked, bad = 0, 0

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for path in io.lines(args[1]) do
    table.insert(waiting, wrk.format("GET", path))
  end
  local mark = args[2]
  if mark and mark ~= "" then
    response = function(status, headers, body)
      if status ~= 200 or not body:find(mark, 1, true) then
        bad = bad + 1
      end
    end
  end
end

function request()
  asked = asked + 1
  return waiting[(asked - 1) % #waiting + 1]
end

function done(summary, latency, requests)
  local asked_by_all, bad_of_all = 0, 0
  for _, thread in ipairs(threads) do
    asked_by_all = asked_by_all + thread:get("asked")
    bad_of_all = bad_of_all + thread:get("bad")
  end
  local errors = summary.errors
  print(string.format(
    '{"answers": %d, "bytes": %d, "microseconds": %d, "failed": %d, "bad": %d, "asked": %d}',
    summary.requests, summary.bytes, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, bad_of_all, asked_by_all))
end
