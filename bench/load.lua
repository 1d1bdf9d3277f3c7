-- What wrk sends beside plain requests, and how it tells what it measured. The first argument names what is sent:
--   wrk ... -- read              the same request again and again
--   wrk ... -- create            a new task each time
--   wrk ... -- status FILE       another status each time for one of the tasks whose paths are FILE's lines, behind its first two
--                                lines, which are the two statuses
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

local function change_status(file)
    local lines = {}
    for line in io.lines(file) do lines[#lines + 1] = line end
    local made = number * 7919
    wrk.headers["Content-Type"] = "application/json"
    request = function()
        made = made + 1
        local body = string.format('{"status_id":"%s"}', lines[1 + math.floor(made / (#lines - 2)) % 2])
        return wrk.format("PATCH", lines[3 + made % (#lines - 2)], nil, body)
    end
end

function init(args)
    if args[1] == "status" then return change_status(args[2]) end
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
