-- For wrk: gets the paths that stand in the file BENCH_PATHS, a line each, in turns, as the reader whose
-- cookie is BENCH_COOKIE; prints "bench", answers a second, median and 99th percentile in milliseconds,
-- and how many answers were refusals or did not come.

local requests, turn = {}, 0

function init()
    local headers = { ["Cookie"] = os.getenv("BENCH_COOKIE"), ["Host"] = wrk.host .. ":" .. wrk.port }
    for path in io.lines(os.getenv("BENCH_PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path, headers)
    end
end

function request()
    turn = turn % #requests + 1
    return requests[turn]
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("bench %.1f %.3f %.3f %d", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
