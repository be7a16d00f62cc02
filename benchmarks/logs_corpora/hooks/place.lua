-- Loaded through LUA_INIT: what Prosody logs, with the place of the caller.
local path = os.getenv("PLACED_LOG")
if path then
  local out = io.open(path .. ".lua", "a")
  out:setvbuf("line")
  local function quoted(text)
    return '"' .. text:gsub('[%c"\\\127-\255]', function(c) return string.format("\\u%04x", c:byte()) end) .. '"'
  end
  local function sink(name, level, message, ...)
    for depth = 2, 12 do
      local at = debug.getinfo(depth, "Sl")
      if not at then return end
      if at.currentline > 0 and not at.source:find("util/logger%.lua") and not at.source:find("moduleapi%.lua") then
        local text = require("util.format").format(message, ...)
        out:write(string.format('{"place":%s,"level":%s,"logger":%s,"message":%s}\n', quoted(at.source .. ":" .. at.currentline), quoted(level), quoted(name), quoted(text)))
        return
      end
    end
  end
  local real, hooked = require, false
  function require(name)
    local module = real(name)
    if name == "util.logger" and not hooked then
      hooked = true
      local function listen() for _, level in ipairs({ "debug", "info", "warn", "error" }) do module.add_level_sink(level, sink) end end
      local reset = module.reset
      module.reset = function() reset() listen() end
      listen()
    end
    return module
  end
end
