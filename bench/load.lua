-- What wrk sends beside plain requests, and how it tells what it measured. The first argument names what is sent:
--   wrk ... -- read              the same request again and again
--   wrk ... -- create            a new task each time
local words = { "paint", "window", "order", "chairs", "poster", "insurance", "workbench", "kettle", "lamp", "drawer",
    "garden", "screws", "radio", "letter", "budget", "rota", "bicycle", "sewing", "library", "invoice" }
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local function sentence(count)
    local chosen = {}
    for i = 1, count do
        chosen[i] = math.random(10) == 1 and words[math.random(#words)] or "word" .. math.random(3000)
    end
    return table.concat(chosen, " ")
end

function init(args)
    if args[1] ~= "create" then return end
    math.randomseed(number + 1)
    local made = 0
    wrk.headers["Content-Type"] = "application/json"
    request = function()
        made = made + 1
        local body = string.format('{"title":"%s %d-%d","description":"%s"}', sentence(4), number, made, sentence(24))
        return wrk.format("POST", nil, nil, body)
    end
end

function done(summary)
    local errors = summary.errors
    io.write(string.format(
        '{"answers":%d,"seconds":%.4f,"wrong":%d,"late":%d}\n',
        summary.requests, summary.duration / 1e6,
        errors.status + errors.connect + errors.read + errors.write, errors.timeout))
end
