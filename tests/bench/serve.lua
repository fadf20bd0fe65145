-- For wrk: asks what the lines of the file BENCH_REQUESTS say ("METHOD PATH BODY", the body may be
-- empty) in turns, as the reader whose cookie is BENCH_COOKIE; prints "bench", answers a second,
-- median and 99th percentile in milliseconds, and how many answers were refusals or did not come.

local requests, turn = {}, 0

function init()
    local cookie = os.getenv("BENCH_COOKIE")
    local origin = "http://" .. wrk.host .. ":" .. wrk.port
    for line in io.lines(os.getenv("BENCH_REQUESTS")) do
        local method, path, body = line:match("^(%S+) (%S+) (.*)$")
        local headers = { ["Cookie"] = cookie, ["Host"] = wrk.host .. ":" .. wrk.port }
        if body ~= "" then
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = origin
        end
        requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
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
