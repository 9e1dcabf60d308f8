-- Asks for one path of many hosts in turn; hosts and cookies come line by line from a file.
local asked, turn = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local host, cookie = line:match("^(%S+) ?(.*)$")
    local headers = { ["Host"] = host }
    if cookie ~= "" then headers["Cookie"] = cookie end
    asked[#asked + 1] = wrk.format("GET", wrk.path, headers)
  end
end

function request()
  turn = turn % #asked + 1
  return asked[turn]
end
