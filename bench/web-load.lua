-- A script for wrk: searches for the words of a file, one after the other, and counts answers by
-- status. wrk calls the functions; each of its threads has a state of its own.
local threads = {}
local paths = {}
local turn = 0

local function escape(words)
  return (words:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  counts = ""
  for line in io.lines(args[1]) do
    if line ~= "" and line:sub(1, 1) ~= "#" then
      table.insert(paths, "/suche?q=" .. escape(line))
    end
  end
  turn = number * 37
end

function request()
  turn = turn + 1
  return wrk.format("GET", paths[turn % #paths + 1])
end

local seen = {}
function response(status)
  seen[status] = (seen[status] or 0) + 1
  counts = ""
  for code, count in pairs(seen) do counts = counts .. code .. "=" .. count .. " " end
end

function done(summary, latency)
  local all = {}
  for _, thread in ipairs(threads) do
    for code, count in thread:get("counts"):gmatch("(%d+)=(%d+)") do
      all[code] = (all[code] or 0) + tonumber(count)
    end
  end
  for code, count in pairs(all) do io.write("status ", code, " ", count, "\n") end
  local e = summary.errors
  io.write("socket-errors ", e.connect + e.read + e.write, "\ntimeouts ", e.timeout, "\n")
  io.write("seconds ", summary.duration / 1e6, "\n")
  for _, p in ipairs({50, 90, 99, 100}) do
    io.write("p", p, " ", latency:percentile(math.min(p, 99.999)) / 1e6, "\n")
  end
end
